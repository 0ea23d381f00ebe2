"""The body of an article file: decoded, without its front matter, not yet parsed."""

from enum import StrEnum

from reader.lean_dataclasses import dataclass


class BodyFormat(StrEnum):
    """The format of a body. HTML, Markdown and text are detected by content, the others by file suffix."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    AOZORA = "aozora"
    ORG = "org"
    RESTRUCTURED = "rst"
    ASCIIDOC = "asciidoc"
    GEMTEXT = "gemtext"
    DOKUWIKI = "dokuwiki"
    TIDDLYWIKI = "tiddlywiki"


@dataclass(frozen=True, slots=True)
class Body:
    """A body, decoded to text but otherwise unchanged (not sanitized: `parse` does that).

    Attributes:
        text: The body without front matter.
        format: The detected format.
        title: The article's title, needed to recognize a heading that repeats it.
        first_line: The line number in the file at which the body starts, counted from 1.
        whole_page: Whether all of a web page was requested, not only its article.
        is_outlined: Whether the source marks all headings, as a book does, so that other lines do not become headings.
        language: The language that the source declares (BCP 47), or empty.
        site_blocks: The boilerplate of the site of a web page: blocks on most pages (see `parse/site_blocks.py`).
    """

    text: str
    format: BodyFormat
    title: str = ""
    first_line: int = 1
    whole_page: bool = False
    is_outlined: bool = False
    language: str = ""
    site_blocks: frozenset[int] = frozenset()
