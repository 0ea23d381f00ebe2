"""Targets of links: another note, a heading in it, an embedded file, or a page that a site generator looks up."""

from reader.document.addresses import EMBED, REFERENCE, WIKI
from reader.regex import regex

_ADDRESS = regex(r"(?:\]\(\s*<?|\]:\s*<?|<|(?:src|href|action|cite|poster)\s*=\s*[\"']?)[^\s\"'<>)]*$")
_LONGEST_ADDRESS = 500
"""The maximum number of characters of a URL before an offset inside it."""

_FILES = {
    "image": "png jpg jpeg gif svg webp bmp avif tiff ico",
    "video": "mp4 webm ogv mov mkv",
    "audio": "mp3 wav m4a ogg flac 3gp",
}
_KINDS = {suffix: kind for kind, suffixes in _FILES.items() for suffix in suffixes.split()}


def reference(name: str) -> str:
    """Return the link target of a page that a site generator looks up by name, escaped for `](…)`."""
    return REFERENCE + written_path(name)


def written_path(path: str) -> str:
    """Return a path escaped for `](…)`."""
    return path.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def is_in_address(text: str, at: int) -> bool:
    """Whether the offset `at` in Markdown or HTML is inside the URL of a link or picture."""
    return _ADDRESS.search(text[max(0, at - _LONGEST_ADDRESS) : at]) is not None


def note_target(target: str, *, embeds: bool) -> str:
    """Return the link target of a note."""
    return (EMBED if embeds else WIKI) + " ".join(target.split())


def note_text(target: str) -> str:
    """Return the text of a wiki link without an alias: “Note › Heading” for `Note#Heading`."""
    if target.startswith("((") and target.endswith("))"):
        return f"(({target[2:10]}…))"
    return " › ".join(part.strip() for part in target.split("#") if part.strip())


def embedded_kind(target: str) -> str:
    """Return the kind of an embedded file: "image", "video" or "audio", or empty for notes and other files."""
    return _KINDS.get(target.partition("#")[0].rpartition(".")[2].strip().lower(), "")
