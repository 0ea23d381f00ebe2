"""The notes of an EPUB: a short link and the note that it leads to, which links back, become a footnote."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import unescape

from reader.archive.epub_package import resolve
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_TOKEN = regex(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>",
    re.DOTALL,
)
_ATTRIBUTE = regex(r"""(?<![\w:.-])([A-Za-z_][\w:.-]*+)\s*+=\s*+("[^"]*+"|'[^']*+')""")
_TAG = regex(r"<[^<>]*>")
_MARK = regex(
    r"[\[(（【〔〈]?\s*(?:[注註]|note )?\s*(?P<mark>\d{1,4}|[*∗†‡§¶]{1,4}|[①-⑳]|[a-z]|[ivxlc]{1,6})"
    r"\s*[\])）】〕〉]?[.:]?",
    re.IGNORECASE,
)
"""The text of a link that refers to a note."""
_BACK = "↩"
"""The arrow that stands for all arrows in links back from a note."""
_LONGEST_MARK = 12
_BLOCKS = frozenset(("li", "p", "div", "aside", "section", "blockquote"))
"""Elements that can be notes."""
_OTHER_BLOCKS = frozenset(
    ("td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ol", "ul", "dl", "body")
)
_VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "embed", "track", "param")
)
_ARROWS = ("↩", "↩︎", "↑", "^", "返回")
_LONGEST_LINK = 400
"""The maximum length of the HTML in a link that refers to a note, in characters."""
_DEEPEST = 64
"""The maximum number of open elements that are searched."""
_LINKS_AT_MOST = 200
"""The maximum number of links in a note that are examined."""
_LONGEST_NOTE = 20_000
"""The maximum length of the HTML of a note, in characters."""


@dataclass(slots=True)
class ChapterNotes:
    """The notes in a chapter, by offsets in its HTML.

    Attributes:
        references: The labels of the notes to which links lead, by the offsets of the links' start tags.
        starts: The labels of notes by the offsets of their start tags.
        ends: The offsets of their end tags.
        dropped: The offsets of the ends of links that lead back, by the offsets of their start tags.
    """

    references: dict[int, str] = field(default_factory=dict)
    starts: dict[int, str] = field(default_factory=dict)
    ends: set[int] = field(default_factory=set)
    dropped: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _NoteLink:
    """A link in the book: the offsets of its start and end, its ids, its target, and its text."""

    at: int
    end: int
    ids: tuple[str, ...]
    target: tuple[str, str]
    mark: str
    is_raised: bool
    is_reference: bool


@dataclass(slots=True)
class _NoteElement:
    """An element that may be a note, by the offsets of its start tag and of its end tag."""

    start: int
    end: int


def find_notes(chapters: Sequence[tuple[str, str]], find: Callable[[str], str]) -> Mapping[str, ChapterNotes]:
    """Return the notes of a book by the names of its chapters.

    Args:
        chapters: The names of the chapters in the container, and their HTML.
        find: Returns the exact name of a file in the container, or empty.
    """
    read = {name: _ChapterReader(name, html, find).read() for name, html in chapters}
    numbers = {name: number for number, (name, _html) in enumerate(chapters, 1)}
    chosen = _chosen(read, numbers)
    marks = Counter({target: link.mark for _name, link, target in chosen}.values())
    is_repeated = any(count > 1 for count in marks.values())
    labels: dict[tuple[str, str], str] = {}
    found = {name: ChapterNotes() for name in read}
    used: Counter[str] = Counter()
    for name, link, target in chosen:
        if target not in labels:
            label = f"{numbers[name]}.{link.mark}" if is_repeated else link.mark
            used[label] += 1
            label = label if used[label] == 1 else f"{label}({used[label]})"
            labels[target] = label
            element = read[target[0]][1][target[1]]
            notes = found[target[0]]
            notes.starts[element.start] = label
            notes.ends.add(element.end)
            backs = _inside(read[target[0]][0], element, name)
            notes.dropped.update({back.at: back.end for back in backs if back.mark in (link.mark, _BACK)})
        found[name].references[link.at] = labels[target]
    return found


def _chosen(
    read: Mapping[str, tuple[list[_NoteLink], dict[str, _NoteElement]]], numbers: Mapping[str, int]
) -> list[tuple[str, _NoteLink, tuple[str, str]]]:
    """Return the links that refer to notes, with the chapters that contain them and their targets."""
    found = [
        (name, link, link.target)
        for name, (links, _elements) in read.items()
        for link in links
        if link.target[1] and link.target[0] in read and link.target[1] in read[link.target[0]][1] and link.mark
    ]
    chosen = [one for one in found if _is_note(*one, read, numbers)]
    # An element with several notes in it is not a note itself.
    shared = Counter((target[0], read[target[0]][1][target[1]].start) for target in {one[2] for one in chosen})
    return [one for one in chosen if shared[one[2][0], read[one[2][0]][1][one[2][1]].start] == 1]


def _inside(links: Sequence[_NoteLink], element: _NoteElement, name: str) -> list[_NoteLink]:
    """Return the links in an element that lead to the chapter `name`, by binary search, as there may be many notes."""
    first = bisect_right(links, element.start, key=_offset)
    last = bisect_left(links, element.end, lo=first, key=_offset)
    return [one for one in links[first : min(last, first + _LINKS_AT_MOST)] if one.target[0] == name]


def _offset(link: _NoteLink) -> int:
    return link.at


def _is_note(
    name: str,
    link: _NoteLink,
    target: tuple[str, str],
    read: Mapping[str, tuple[list[_NoteLink], dict[str, _NoteElement]]],
    numbers: Mapping[str, int],
) -> bool:
    """Whether a link refers to a note: it declares itself a reference, or the note links back to it."""
    links, elements = read[target[0]]
    element = elements[target[1]]
    if name == target[0] and element.start <= link.at < element.end:
        return False
    if link.is_reference:
        return True
    backs = _inside(links, element, name)
    # Of two links that lead to each other, the first one is the reference.
    is_below = numbers[target[0]] > numbers[name] or (target[0] == name and element.start > link.at)
    return is_below and any(one.target[1] in link.ids or (link.is_raised and one.mark) for one in backs)


class _ChapterReader:
    """Finds the links of a chapter, and the elements that may be notes, by the ids on them or in them."""

    def __init__(self, name: str, html: str, find: Callable[[str], str]) -> None:
        self.links: list[_NoteLink] = []
        self.elements: dict[str, _NoteElement] = {}
        self._name, self._html, self._find = name, html, find
        self._opened: list[tuple[str, int, str]] = []
        self._waiting: dict[int, list[str]] = {}

    def read(self) -> tuple[list[_NoteLink], dict[str, _NoteElement]]:
        for token in _TOKEN.finditer(self._html):
            tag = (token["name"] or "").lower()
            if tag and token["end"]:
                self._close(tag, token.start())
            elif tag:
                self._open(tag, token)
        return self.links, self.elements

    def _open(self, tag: str, token: re.Match[str]) -> None:
        found = {key.lower(): unescape(said[1:-1]) for key, said in _ATTRIBUTE.findall(token["attributes"])}
        identifier = found.get("id") or (found.get("name", "") if tag == "a" else "")
        if not token["attributes"].endswith("/") and tag not in _VOID:
            self._opened.append((tag, token.start(), identifier))
        if identifier:
            near = reversed(self._opened[-_DEEPEST:])
            block = next((one for one in near if one[0] in _BLOCKS or one[0] in _OTHER_BLOCKS), None)
            if block is not None:
                self._waiting.setdefault(block[1], []).append(identifier)
        if tag == "a" and "href" in found:
            self._link(token, found)

    def _close(self, tag: str, at: int) -> None:
        """Close the open elements up to the last one called `tag`, which may be a note."""
        opened = self._opened
        for place in range(len(opened) - 1, max(-1, len(opened) - _DEEPEST), -1):
            if opened[place][0] == tag:
                start = opened[place][1]
                if tag in _BLOCKS and at - start <= _LONGEST_NOTE:
                    for one in self._waiting.pop(start, ()):
                        self.elements.setdefault(one, _NoteElement(start, at))
                del opened[place:]
                return

    def _link(self, token: re.Match[str], found: Mapping[str, str]) -> None:
        end = self._html.find("</a", token.end(), token.end() + _LONGEST_LINK)
        stop = self._html.find(">", end, end + _LONGEST_LINK) if end >= 0 else -1
        if stop < 0:
            return
        inner = self._html[token.end() : end]
        said = " ".join(unescape(_TAG.sub("", inner)).split())
        mark = _MARK.fullmatch(said) if len(said) <= _LONGEST_MARK else None
        path, fragment = resolve(self._name, found["href"])
        around = [one for one in self._opened[-3:] if one[0] not in _BLOCKS]
        kinds = f"{found.get('epub:type', '')} {found.get('role', '')}".split()
        is_reference = "noteref" in kinds or "doc-noteref" in kinds
        is_back = "backlink" in kinds or "doc-backlink" in kinds or said in _ARROWS
        own = _BACK if is_back else said.replace(" ", "")[:_LONGEST_MARK] if is_reference else ""
        self.links.append(
            _NoteLink(
                token.start(),
                stop + 1,
                tuple(one[2] for one in around if one[2]),
                (self._find(path) if path else "", fragment),
                mark["mark"] if mark else own,
                is_raised="<sup" in inner or any(one[0] == "sup" for one in around),
                is_reference=is_reference,
            )
        )
