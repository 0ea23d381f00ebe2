"""Titles and authors of pages to which programs give the same `<title>` in each export: Kindle, Telegram Desktop."""

import re

from reader.archive.character_references import unescaped
from reader.regex import regex

_NOTEBOOK = ("noteHeading", "bookTitle")
_BOOK = regex(r"<div\b[^<>]{0,80}\bclass\s*=\s*[\"']bookTitle[\"'][^<>]{0,80}>([^<]{1,1000})")
_AUTHORS = regex(r"<div\b[^<>]{0,80}\bclass\s*=\s*[\"']authors[\"'][^<>]{0,80}>([^<]{1,1000})")
_CHAT = regex(r"<div class=\"page_header\">\s*(?:<(?:div|a)\b[^<>]{0,200}>\s*){1,3}([^<]{1,1000})")
_CHAT_TITLE = "<title>Exported Data</title>"


def exported_page(text: str) -> tuple[str, str]:
    """Return the title and the author of a notebook of Kindle or a chat of Telegram; empty for any other page."""
    if all(sign in text for sign in _NOTEBOOK):
        return _first(_BOOK.search(text)), _first(_AUTHORS.search(text))
    return (_first(_CHAT.search(text)) if _CHAT_TITLE in text else ""), ""


def _first(found: re.Match[str] | None) -> str:
    return " ".join(unescaped(found[1]).split()) if found else ""
