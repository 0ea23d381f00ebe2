"""Plain text from the markup of dictionaries: HTML, Pango, XDXF."""

from html import unescape

from reader.document.sanitizing import clean
from reader.regex import regex

_TAG = regex(r"<[^<>]*>")
_LINE_BREAK = regex(r"(?i)<(?:br|hr|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>")
_UNSEEN = regex(r"(?is)<(script|style)\b.*?</\1\s*>")


def plain(text: str) -> str:
    """Text without tags; a block ends a line, and blank lines are left out."""
    text = unescape(_TAG.sub("", _LINE_BREAK.sub("\n", _UNSEEN.sub("", text))))
    return "\n".join(line for line in map(str.strip, clean(text).split("\n")) if line)
