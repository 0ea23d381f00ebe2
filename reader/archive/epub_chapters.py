"""The chapters of an EPUB as one HTML text: links between their files become links within it."""

import re
from collections.abc import Callable, Collection, Mapping
from html import escape, unescape
from urllib.parse import quote

from reader.archive.epub_headings import HeadingChanges
from reader.archive.epub_notes import ChapterNotes
from reader.archive.epub_package import resolve
from reader.document.language_tags import language_tag, says_more
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_BODY = regex(r"(?i)<body(?=[\s>/])[^<>]*>")
_LANGUAGE = regex(r"(?i)<(?:html|body)(?=\s)[^<>]{0,2000}?\s(?:xml:)?lang\s*=\s*[\"']([^\"'<>]{1,40})")
_LOOKED_AT = 4_000
"""The number of characters in which the `html` element of a chapter without a body is searched."""
_BODY_END = regex(r"(?i)</body\s*>")
_HEAD_END = regex(r"(?i)</head\s*>")
_PROLOGUE = regex(r"\s*(?:<\?[^<>]*\?>\s*|<!--.{0,4000}?-->\s*)*(?:<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>)?", re.DOTALL)
_PREFIX = regex(
    r"""xmlns:([A-Za-z][\w.-]*)\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|1998/Math/MathML|2000/svg)["']"""
)
_TOKEN = regex(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<text>.*?)(?:\]\]>|\Z)"
    r"|<(?P<dropped>script|style)(?=[\s/>])(?:[^<>]*/>|.*?(?:</(?P=dropped)\s*>|\Z))"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = regex(r"""(?<![\w:.-])([A-Za-z_][\w:.-]*+)\s*+=\s*+("[^"]*+"|'[^']*+')""")
_REFERENCE = regex(r"""(?i)\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# No match extends over another tag of the same name, so that matching takes linear time.
_SWITCH = regex(r"(?i)<\w{1,20}:switch(?=[\s>])(?:[^<]++|<(?!/?\w{1,20}:switch))*+</\w{1,20}:switch\s*>")
_CASE = regex(r"(?i)<\w{1,20}:case(?=[\s>])([^<>]*+)>((?:[^<]++|<(?!/?\w{1,20}:case))*+)</\w{1,20}:case\s*>")
_DEFAULT = regex(r"(?i)<\w{1,20}:default(?=[\s>])")
_PREFIXES_AT_MOST = 8
_WRITTEN_ID = regex(r' id="[^"]*+"')
_EXTERNAL = regex(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")
_UPWARDS = regex(r"(?:/|\.\.?(?:/|$))+")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its name in the container, and its body as HTML with its own ids and links."""

    name: str
    html: str


def chapter_body(text: str, language: str = "") -> str:
    """Return the body of a chapter's XHTML, without namespace prefixes of XHTML, MathML and SVG.

    `language` is that of the book (BCP 47); a chapter in another one is put into an element that says so.
    """
    body = _BODY.search(text)
    if body is not None:
        ends = list(_BODY_END.finditer(text, body.end()))
        inner = text[body.end() : ends[-1].start() if ends else len(text)]
    else:
        head = _HEAD_END.search(text)
        prologue = _PROLOGUE.match(text)
        inner = text[head.end() if head else prologue.end() if prologue else 0 :]
    if prefixes := list(dict.fromkeys(_PREFIX.findall(text[:20_000])))[:_PREFIXES_AT_MOST]:
        inner = re.sub(rf"(</?)(?:{'|'.join(map(re.escape, prefixes))}):(?=[A-Za-z])", r"\1", inner)
    inner = _SWITCH.sub(_chosen_case, inner) if ":switch" in inner else inner
    own = _language(text[: body.end() if body else _LOOKED_AT])
    return f'<div lang="{own}">{inner}</div>' if own and says_more(own, language) else inner


def _language(before: str) -> str:
    """The language (BCP 47) that the last of the elements around a chapter's text declares; empty if none."""
    return next((tag for found in reversed(_LANGUAGE.findall(before)) if (tag := language_tag(found))), "")


def _chosen_case(switch: re.Match[str]) -> str:
    """Return what an `epub:switch` (EPUB 3.0) shows: the MathML if it has any, else the default."""
    case = next((case for case in _CASE.finditer(switch[0]) if "MathML" in case[1]), None)
    if case is not None:
        return case[2]
    return _CASE.sub("", switch[0]) if _DEFAULT.search(switch[0]) else switch[0]


def linked_names(chapter: Chapter) -> dict[str, set[str]]:
    """Return the paths in the container to which the links of a chapter lead, and the fragments there."""
    found: dict[str, set[str]] = {}
    for match in _REFERENCE.finditer(chapter.html):
        path, fragment = resolve(chapter.name, unescape(match[1] or match[2] or ""))
        if path:
            found.setdefault(path, set()).add(fragment)
    return found


def _as_note(token: re.Match[str], written: str, notes: ChapterNotes) -> str:
    """Return a tag as it is written to the article; the tags of a note are wrapped in those of a list item.

    A reference keeps its id: links back to it are dropped only if their text is an arrow or the mark of the note.
    """
    if (label := notes.references.get(token.start())) is not None:
        identifier = _WRITTEN_ID.search(written)
        return f'<a{identifier[0] if identifier else ""} href="#fn-{escape(label)}">'
    is_item = (token["name"] or "").lower() == "li"
    if (label := notes.starts.get(token.start())) is not None:
        item = f'<li id="fn-{escape(label)}">'
        return item if is_item else f"<ul>{item}{written}"
    return f"{written}</li></ul>" if token.start() in notes.ends and not is_item else written


@dataclass(frozen=True, slots=True)
class ChapterWriter:
    """Writes chapters as sections of one text, in which their ids and links are unique.

    Attributes:
        numbers: The numbers of the chapters by their names in the container.
        targets: The ids to which links lead, by the names of the chapters; other ids are dropped.
        find: Returns the exact name of a file in the container, or empty.
        notes: The notes by the names of the chapters.
        book: The name of the book's file.
    """

    numbers: Mapping[str, int]
    targets: Mapping[str, Collection[str]]
    find: Callable[[str], str]
    notes: Mapping[str, ChapterNotes] = field(default_factory=dict)
    book: str = "book.epub"

    def section(self, chapter: Chapter, changes: HeadingChanges) -> str:
        """Return a chapter as a section of the text, with the changes to its headings."""
        pieces = [f'<section id="c{self.numbers[chapter.name]}">\n']
        pieces.append(changes.inserted.get(0, ""))
        notes = self.notes.get(chapter.name) or ChapterNotes()
        at = 0
        for token in _TOKEN.finditer(chapter.html):
            if token.start() < at:
                continue
            if token.start():
                pieces += (chapter.html[at : token.start()], changes.inserted.get(token.start(), ""))
            at = notes.dropped.get(token.start(), 0)
            if not at:
                pieces.append(_as_note(token, self._token(token, chapter, changes), notes))
                at = token.end()
        return "".join((*pieces, chapter.html[at:], "\n</section>\n"))

    def _token(self, token: re.Match[str], chapter: Chapter, changes: HeadingChanges) -> str:
        name = token["name"]
        if name is None:
            return escape(token["text"], quote=False) if token["text"] else ""
        if ":" in name:
            # An extension such as `epub:trigger`: drop the tag, keep the content.
            return ""
        if token["end"]:
            return f"</{changes.ends.get(token.start(), name)}>"
        name = changes.renamed.get(token.start(), name)
        written = token["attributes"]
        return f"<{name}{self._attributes(name.lower(), written, chapter)}{'/' if written.endswith('/') else ''}>"

    def _attributes(self, tag: str, written: str, chapter: Chapter) -> str:
        """Return the attributes of a tag, with a space before each."""
        if "=" not in written:
            return " hidden" if " hidden" in written else ""
        found = {key.lower(): unescape(value[1:-1]) for key, value in _ATTRIBUTE.findall(written)}
        href = found.get("href") or found.get("xlink:href", "")
        kept = {key: value for key, value in found.items() if ":" not in key and key not in ("id", "href")}
        if language := found.get("xml:lang"):
            kept["lang"] = language
        if tag == "a":
            kept.pop("name", None)
        elif tag == "aside" and "epub:type" in found:
            # The role tells a note from a sidebar.
            kept.setdefault("role", found["epub:type"])
        identifier = found.get("id") or (found.get("name", "") if tag == "a" else "")
        if identifier and identifier in self.targets.get(chapter.name, ()):
            kept["id"] = self._id(chapter.name, identifier)
        if tag in ("img", "image", "audio", "video", "source", "embed"):
            self._embed(kept, href, chapter)
        elif href and (target := self._target(href, chapter)):
            kept["href"] = target
            if target.startswith("#"):
                # With the classes of notes, links back to the text would be hidden.
                for key in ("class", "role", "rel"):
                    kept.pop(key, None)
        return "".join(f' {key}="{escape(value)}"' for key, value in kept.items())

    def _embed(self, kept: dict[str, str], href: str, chapter: Chapter) -> None:
        """Replace the URL of a picture or recording by its path in the container."""
        kept.pop("srcset", None)
        if source := kept.get("src") or href:
            path = resolve(chapter.name, source)[0]
            kept["src"] = quote(self.find(path) or path) if path else source

    def _target(self, href: str, chapter: Chapter) -> str:
        """Return the target of a link in the text; empty for a file of the book that is not a chapter.

        For a file that the book lacks, the target is a path below the book, so that the link counts as broken.
        """
        if _EXTERNAL.match(href):
            return href
        path, fragment = resolve(chapter.name, href)
        name = self.find(path) if path else ""
        if name in self.numbers:
            return f"#{quote(self._id(name, fragment))}"
        return "" if name else quote(f"{self.book}/{path or _UPWARDS.sub('', href.strip())}")

    def _id(self, name: str, identifier: str) -> str:
        number = self.numbers[name]
        return f"c{number}-{'-'.join(identifier.split())}" if identifier else f"c{number}"
