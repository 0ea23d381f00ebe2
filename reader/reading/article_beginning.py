"""The beginning of a long Markdown or HTML article, which is shown while the whole of it is parsed."""

import re

from reader.archive.article import Article
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position
from reader.document.outline import Outline
from reader.lean_dataclasses import dataclass, replace
from reader.reading.picture_sizes import ArticlePictures
from reader.regex import regex
from reader.settings.options import SourceBreaks

_MIN_BYTES = 400_000
"""The size in bytes from which the beginning of a file is shown first; a smaller file is parsed fast enough."""

_CHARACTERS = 30_000
"""The number of characters that are parsed first: about a dozen screens, in a few hundredths of a second."""

AT_START = (None, Position(0))
"""The saved positions with which an article is shown from its start."""

_REFERENCE = regex(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S.*$", re.MULTILINE)
"""A link reference definition on a line of its own (CommonMark 4.7); it may occur anywhere in the text."""
_ELEMENT_END = regex(r"</(?:p|div|h[1-6]|li|tr|blockquote|pre|section)\s*+>|<br\s*+/?>", re.IGNORECASE)
"""Where HTML is cut: after a block element or a line break. Elements that are still open end there too."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first blocks of an article, their outline, and their pictures if the article's pictures are shown."""

    article: Article
    document: Document
    outline: Outline
    pictures: ArticlePictures | None = None


def open_beginning(article: Article, breaks: SourceBreaks) -> Beginning | None:
    """Read and parse the beginning of an article; None if it is short, or cannot be read or cut."""
    # Imported late, because the first paint needs no parser.
    from reader.archive.scan import read_body  # noqa: PLC0415
    from reader.document.outline import outline  # noqa: PLC0415
    from reader.parse.parser import parse  # noqa: PLC0415

    if article.format not in _BEGINNINGS or article.size < _MIN_BYTES:
        return None
    try:
        body, _warnings = read_body(article)
        text = _BEGINNINGS[body.format](body) if body.format in _BEGINNINGS else ""
        if not text:
            return None
        document = parse(replace(body, text=text), breaks=breaks)
    except Exception:  # noqa: BLE001 - parsing the whole article reports the error
        return None
    return Beginning(article, document, outline(document))


def _beginning_of_markdown(body: Body) -> str:
    """The first paragraphs, with the targets of their links; empty if there is no blank line between paragraphs."""
    end = body.text.rfind("\n\n", 0, _CHARACTERS)
    if end <= 0:
        return ""
    references = "\n".join(_REFERENCE.findall(body.text, end))
    return f"{body.text[:end]}\n\n{references}"


def _beginning_of_html(body: Body) -> str:
    """The first elements; empty for a whole page, whose article can only be found in all of it."""
    from reader.parse.pages import is_page  # noqa: PLC0415 - as above

    ends = [] if is_page(body.text) else [found.end() for found in _ELEMENT_END.finditer(body.text, 0, _CHARACTERS)]
    return body.text[: ends[-1]] if ends else ""


_BEGINNINGS = {BodyFormat.MARKDOWN: _beginning_of_markdown, BodyFormat.HTML: _beginning_of_html}
"""The formats that have a beginning."""


def same_place(place: Position, beginning: Document, whole: Document) -> Position | None:
    """Map a position in the beginning of an article to the whole article, by the number of characters before it.

    Return None at the start. The indexes of leaves may differ, because what counts as a heading depends on all lines.
    """
    remaining = sum(len(leaf.text.text) for leaf in beginning.leaves[: place.block]) + place.offset
    if not remaining:
        return None
    for number, leaf in enumerate(whole.leaves):
        if remaining <= len(leaf.text.text):
            return Position(number, remaining) if remaining < len(leaf.text.text) else Position(number + 1, 0)
        remaining -= len(leaf.text.text)
    return None
