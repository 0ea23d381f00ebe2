"""A body as it lies in a file: decoded, its front matter taken off, not yet parsed."""

from dataclasses import dataclass
from enum import StrEnum


class BodyFormat(StrEnum):
    """What a body is written in: HTML, Markdown and text are told by content, the others by the file's suffix."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    AOZORA = "aozora"
    ORG = "org"
    RESTRUCTURED = "rst"
    ASCIIDOC = "asciidoc"
    GEMTEXT = "gemtext"


@dataclass(frozen=True, slots=True)
class Body:
    """A body, decoded to text but otherwise as it was written (not clean: `parse` cleans it).

    Attributes:
        text: The body without front matter.
        format: What it is written in.
        title: The article's title, so that a heading which repeats it can be told.
        first_line: The line of the file on which it begins, counted from 1.
    """

    text: str
    format: BodyFormat
    title: str = ""
    first_line: int = 1
