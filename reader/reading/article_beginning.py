"""The beginning of a long Markdown article, which is shown while the whole of it is parsed."""

import re

from reader.archive.article import Article
from reader.document.body import BodyFormat
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


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first blocks of an article, the sections among them, and their pictures if these were looked for."""

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

    if article.format is not BodyFormat.MARKDOWN or article.size < _MIN_BYTES:
        return None
    try:
        body, _warnings = read_body(article)
        end = body.text.rfind("\n\n", 0, _CHARACTERS)
        if body.format is not BodyFormat.MARKDOWN or end <= 0:
            return None
        references = "\n".join(_REFERENCE.findall(body.text, end))
        document = parse(replace(body, text=f"{body.text[:end]}\n\n{references}"), breaks=breaks)
    except Exception:  # noqa: BLE001 - parsing the whole article reports the error
        return None
    return Beginning(article, document, outline(document))


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
