"""Project Gutenberg's frame round a book: what stands above its start and below its end, mostly the licence."""

import re

_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*$", re.MULTILINE)
_END = re.compile(
    r"^(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)[^\n]*$", re.MULTILINE
)
_SOUGHT = 20_000
"""Characters from the top in which the start is looked for."""


def gutenberg_parts(text: str) -> tuple[str, str, str] | None:
    """The frame above a book, the book, and the frame below it; None for a text of another origin."""
    if "Project Gutenberg" not in text[:2_000] and "PROJECT GUTENBERG" not in text[:_SOUGHT]:
        return None
    start = _START.search(text, 0, _SOUGHT)
    if start is None:
        return None
    end = _END.search(text, start.end())
    below = end.start() if end else len(text)
    return text[: start.end()], text[start.end() : below], text[below:]
