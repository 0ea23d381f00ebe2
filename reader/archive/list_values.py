"""Lists that are written as text, such as the tags in a header."""

from reader.regex import regex

# Blanks before a separator are stripped later: the expression would try each blank of a long run as its beginning.
_SEPARATOR = regex(r"[,，、;；]")


def split_list(text: str) -> list[str]:
    """Split a list at its commas and semicolons, ASCII and Chinese ones; the items have no blanks at their ends."""
    return [part.strip() for part in _SEPARATOR.split(text)]
