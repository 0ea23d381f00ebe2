"""Notes in exports of Evernote (ENEX), whose content is in ENML: HTML with a few elements of its own."""

import re
from html import escape, unescape

from reader.archive.bundles.entry_articles import NOT_WELL_FORMED, EntryArticle, digest_id, entry_name
from reader.archive.xml_elements import XmlElements, parse_repaired, parse_xml
from reader.document.note_addresses import with_title
from reader.regex import regex

_DOCTYPE = regex(r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!DOCTYPE[^<>]*>\s*)?")
_OWN = regex(r"<(?P<end>/?)en-(?P<name>note|media|todo|crypt)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_CRYPT = regex(r"(<en-crypt\b[^<>]*>)[^<]*(?=</en-crypt)", re.IGNORECASE)
_LINK = regex(
    r"(?P<before><a\b[^<>]*?\shref\s*=\s*)(?P<address>\"evernote:[^\"<>]*\"|'evernote:[^'<>]*')(?P<after>[^<>]*>)"
    r"(?P<text>(?:[^<]|<(?!/?a\b)){1,1000}+)(?=</a\b)",
    re.IGNORECASE,
)
_TAG = regex(r"<[^<>]*>")
_ATTRIBUTE = regex(r"(?<![\w-])([\w-]++)\s*+=\s*+(\"[^\"]*\"|'[^']*')")
_RESOURCE = regex(rb"<resource(?=[\s>])")
_CONTENT = b"<content"
_CONTENT_END = b"</content>"


def note_name(data: bytes, is_last: bool) -> str | None:  # noqa: FBT001 - as `_XmlKind` calls it
    """Return the name of a note, made of its title and creation time, since exports state no ids.

    Args:
        data: The note or its beginning, wrapped in a document.
        is_last: Whether no more of the note will be read.

    Returns:
        The name; None if the time may come later: it precedes the content in new exports, but follows it in old ones.
    """
    resource = _resource(data)
    found = parse_xml(data if resource is None else data[: resource.start()])
    title, created = _first(found, "title"), _first(found, "created")
    if not created and resource is None and not is_last:
        return None
    return entry_name(digest_id(title, created), ".html")


def note_article(data: bytes) -> EntryArticle:
    """Convert a note, wrapped in a document. Its resources (pictures, files) are not read."""
    resource = _resource(data)
    if resource is not None:
        # Cut resources off: they are long.
        data = data[: resource.start()] + b"</note></root>"
    found = parse_repaired(data)
    content = _content(found)
    if not content.strip() and found.is_broken and (start := data.find(_CONTENT)) >= 0:
        # An error before the content cannot be corrected, such as a bare `<` in the title: parse only the rest.
        content = _content(parse_repaired(data[start:]))
    return EntryArticle(
        _html(content),
        title=_first(found, "title"),
        date=_first(found, "created") or _first(found, "updated"),
        authors=[name] if (name := _first(found, "author")) else [],
        url=_first(found, "source-url"),
        tags=[found.text(element) for _place, element in found.named("tag")],
        problem=NOT_WELL_FORMED if found.is_broken else "",
    )


def _resource(data: bytes) -> re.Match[bytes] | None:
    """Return the beginning of the first resource of a note, which follows the content."""
    content = data.find(_CONTENT)
    end = data.find(_CONTENT_END, content) if content >= 0 else 0
    return _RESOURCE.search(data, end) if end >= 0 else None


def _content(found: XmlElements) -> str:
    return next((found.raw_text(element) for _place, element in found.named("content")), "")


def _first(found: XmlElements, name: str) -> str:
    return next((found.text(element) for _place, element in found.named(name)), "")


def _html(content: str) -> str:
    """Return ENML as HTML; a link to another note gets the title of that note, since exports do not state ids."""
    content = _LINK.sub(_titled, _CRYPT.sub(r"\1", content))
    return _OWN.sub(_replaced, _DOCTYPE.sub("", content, count=1))


def _titled(link: re.Match[str]) -> str:
    """Add the text of a link to a note, which is the title of that note unless it was changed."""
    title = " ".join(unescape(_TAG.sub("", link["text"])).split())
    address = unescape(link["address"][1:-1])
    return f'{link["before"]}"{escape(with_title(address, title) if title else address)}"{link["after"]}{link["text"]}'


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
