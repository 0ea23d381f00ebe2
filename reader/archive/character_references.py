"""Character references of HTML in metadata."""

import re

from reader.regex import regex

_REFERENCE = regex(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def unescaped(text: str) -> str:
    """Decode the character references in `text` that end with a semicolon."""
    if "&" not in text:
        return text
    from html import unescape  # noqa: PLC0415 - it loads a large table, and few titles have entities

    return _REFERENCE.sub(lambda reference: unescape(reference[0]), text)
