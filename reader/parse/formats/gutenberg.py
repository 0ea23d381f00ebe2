"""Project Gutenberg's boilerplate around a book: mostly the licence."""

import re

from reader.regex import regex

_START = regex(r"^(?:\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG|\*END\*? ?THE SMALL PRINT)[^\n]*$", re.MULTILINE)
"""The last line above the book; the second form is that of books older than 2003."""
_END = regex(
    r"^(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)[^\n]*$", re.MULTILINE
)
_SOUGHT = 20_000
"""Characters at the top that are searched for the start of the book."""


def gutenberg_parts(text: str) -> tuple[str, str, str] | None:
    """Split a text into header, book and footer; return None if it is not from Project Gutenberg."""
    if "Project Gutenberg" not in text[:2_000] and "PROJECT GUTENBERG" not in text[:_SOUGHT]:
        return None
    start = _START.search(text, 0, _SOUGHT)
    if start is None:
        return None
    end = _END.search(text, start.end())
    below = end.start() if end else len(text)
    return text[: start.end()], text[start.end() : below], text[below:]
