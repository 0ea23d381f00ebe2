"""Lists that are written as text, such as the tags in a header."""

from reader.regex import regex

# Spaces are stripped later: with spaces before the separator, the pattern takes quadratic time for a run of them.
_SEPARATOR = regex(r"[,，、;；]")


def split_list(text: str) -> list[str]:
    """Split a list at ASCII and Chinese commas and semicolons, and strip the items."""
    return [part.strip() for part in _SEPARATOR.split(text)]
