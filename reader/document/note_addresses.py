"""Parsing of the addresses by which note-taking programs link to notes, since a linked note may be in the same export.

Sources: the URL schemes of Bear (x-callback-url), of Obsidian (its own, and that of the plugin Advanced URI), of Logseq
and of Joplin; the ids of Org; the addresses of pages in Notion.
"""

from urllib.parse import SplitResult, parse_qs, quote, unquote

from reader.document.web_addresses import split_address
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_NOTION = regex(r"(?i)(?:https?|notion)://(?:[\w-]+\.)?notion\.(?:so|site)/(?:[^?#]*[/-])?([0-9a-f]{32})(?:[?#]|$)")
_JOPLIN = regex(r"(?i):/([0-9a-f]{32})(?:#(.*))?")
_SCHEMES = ("id:", "obsidian:", "logseq:", "bear:", "joplin:", "evernote:", "notion:", ":/")


@dataclass(frozen=True, slots=True)
class NoteAddress:
    """The note that an address refers to.

    Attributes:
        name: The name of the note, perhaps with folders before it and a heading behind `#`; or its id.
        title: The title of the note, if the address states that instead of a name; else empty.
        fragment: A heading in the note, or empty.
    """

    name: str = ""
    title: str = ""
    fragment: str = ""


def note_address(address: str) -> NoteAddress | None:
    """The note that an address of a note-taking program refers to; None if it refers to none, or is another address."""
    if not address.lower().startswith(_SCHEMES):
        return None
    if address[:3].lower() == "id:":
        return NoteAddress(address[3:]) if address[3:] else None
    if found := _JOPLIN.fullmatch(address):
        return NoteAddress(found[1].lower(), fragment=unquote(found[2] or ""))
    if page := notion_page(address):
        return NoteAddress(page)
    parts = split_address(address)
    return _stated(parts) if parts is not None else None


def joplin_id(address: str) -> str:
    """The id of a note or of another file in Joplin's form `:/id`; empty for any other address."""
    found = _JOPLIN.fullmatch(address)
    return found[1].lower() if found else ""


def notion_page(address: str) -> str:
    """The id in the address of a page in Notion, 32 hexadecimal digits; empty for any other address."""
    found = _NOTION.match(address)
    return found[1].lower() if found else ""


def _stated(parts: SplitResult) -> NoteAddress | None:
    """The note that the query of a URL names, or the path of `obsidian://vault/VAULT/NOTE`; None if there is none."""
    stated = {name: values[0] for name, values in parse_qs(parts.query).items()}
    name = title = ""
    match parts.scheme:
        case "obsidian" if parts.netloc == "vault":
            name = unquote(parts.path.lstrip("/").partition("/")[2])
        case "obsidian":
            name = stated.get("file") or stated.get("filepath") or stated.get("filename") or ""
        case "logseq":
            name = stated.get("page") or (f"(({stated['block-id']}))" if "block-id" in stated else "")
        case "joplin":
            name = stated.get("id", "")
        case "bear":
            name, title = stated.get("id", ""), stated.get("title", "")
        case "evernote":
            title = stated.get("title", "")
    if title:
        return NoteAddress(title=title, fragment=stated.get("header", ""))
    return NoteAddress(name, fragment=stated.get("heading", "")) if name else None


def with_title(address: str, title: str) -> str:
    """An address of Evernote, whose ids only that program can resolve, with the title of the linked note added."""
    return f"{address.partition('?')[0]}?title={quote(title, safe='')}"
