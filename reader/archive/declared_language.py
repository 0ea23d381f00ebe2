"""The language that a file declares: in its header (EPUB's `dc:language` too) or in the `html` element of a page."""

import re
from collections.abc import Mapping
from typing import Any

from reader.document.language_tags import language_tag
from reader.regex import regex

_KEYS = ("lang", "language", "locale")
_HTML = regex(r"<html\b[^<>]{0,500}?\s(?:xml:)?lang\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_LOOKED_AT = 4_000
"""The number of characters that are searched for the `html` element."""


def declared_language(values: Mapping[str, Any], body: str) -> str:
    """Return the language that a header or else a page declares (BCP 47); empty if neither declares a valid one."""
    found = _HTML.search(body, 0, _LOOKED_AT)
    for value in (*map(values.get, _KEYS), found[1] if found else ""):
        if isinstance(value, str) and (tag := language_tag(value)):
            return tag
    return ""
