"""Notes in exports of Evernote (ENEX): a content in ENML, which is HTML with a few elements of its own."""

import re
from html import escape, unescape

from reader.archive.bundles.entry_articles import EntryArticle, digest_id, entry_name
from reader.archive.xml_elements import XmlElements, parse_xml
from reader.regex import regex

_DOCTYPE = regex(r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!DOCTYPE[^<>]*>\s*)?")
_OWN = regex(r"<(?P<end>/?)en-(?P<name>note|media|todo|crypt)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_CRYPT = regex(r"(<en-crypt\b[^<>]*>)[^<]*(?=</en-crypt)", re.IGNORECASE)
_ATTRIBUTE = regex(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_RESOURCE = regex(rb"<resource(?=[\s>])")
_CDATA_END = b"</content>"


def note_name(data: bytes) -> str | None:
    """Return the name of a note, from its beginning: an export states no ids, but a title and when it was created."""
    found = parse_xml(data)
    return entry_name(digest_id(_first(found, "title"), _first(found, "created")), ".html")


def note_article(data: bytes) -> EntryArticle:
    """Convert a note, given as a document. Its resources (pictures, files) are not read."""
    end = data.find(_CDATA_END)
    resource = _RESOURCE.search(data, max(0, end))
    if resource is not None:
        # They are many times longer than the note, and `</note>` need not be there for the parser.
        data = data[: resource.start()]
    found = parse_xml(data)
    content = next((found.raw_text(element) for _place, element in found.named("content")), "")
    return EntryArticle(
        _html(content),
        title=_first(found, "title"),
        date=_first(found, "created") or _first(found, "updated"),
        authors=[name] if (name := _first(found, "author")) else [],
        url=_first(found, "source-url"),
        tags=[found.text(element) for _place, element in found.named("tag")],
    )


def _first(found: XmlElements, name: str) -> str:
    return next((found.text(element) for _place, element in found.named(name)), "")


def _html(content: str) -> str:
    """Return ENML as HTML."""
    content = _CRYPT.sub(r"\1", content)
    return _OWN.sub(_replaced, _DOCTYPE.sub("", content, count=1))


def _replaced(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name == "note":
        return f"<{tag['end']}div>"
    if tag["end"]:
        return ""
    stated = {key.lower(): unescape(value[1:-1]) for key, value in _ATTRIBUTE.findall(tag["attributes"])}
    if name == "todo":
        return "☑ " if stated.get("checked") == "true" else "☐ "
    if name == "crypt":
        return "🔒"
    kind = stated.get("type", "")
    named = f"{stated.get('hash', 'attachment')}.{kind.rpartition('/')[2]}"
    if kind.startswith("image/"):
        return f'<img src="{escape(named)}" alt="{escape(stated.get("alt", ""))}">'
    return f"<code>{escape(named)}</code>"
