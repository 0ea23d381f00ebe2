"""Sections of an article that are in an embedded note, such as a file that a site generator inserts."""

from collections.abc import Callable, Sequence
from itertools import islice

from reader.archive.article import Article
from reader.document.document import Document, Position
from reader.layout.transclusions import embedded_note
from reader.linking.archive_links import ArchiveLinks
from reader.linking.destination import Destination
from reader.linking.fragments import place_of

_MOST = 30
"""Maximum number of embedded notes that are read."""


def embedded_articles(
    document: Document, destinations: Callable[[Sequence[str]], Sequence[Destination]], links: ArchiveLinks
) -> list[tuple[int, Article]]:
    """The first articles that are embedded as a whole, each with the leaf that embeds it.

    `destinations` tells where links of the document lead.
    """
    notes = ((number, embedded_note(leaf)) for number, leaf in enumerate(document.leaves))
    embedded = list(islice(((number, target) for number, target in notes if target), _MOST))
    led = destinations([target for _number, target in embedded])
    found = ((number, links.article(one)) for (number, _), one in zip(embedded, led, strict=True) if not one.fragment)
    return [(number, article) for number, article in found if article is not None]


def embedded_section(
    embedded: Sequence[tuple[int, Article]], read: Callable[[Article], Document | None], fragment: str
) -> Position | None:
    """The place that a fragment means in the first of the `embedded_articles` that has such a place.

    `read` returns the document of an article; None if it cannot be read.
    """
    for number, article in embedded:
        document = read(article)
        if document is not None and place_of(document, fragment) is not None:
            return Position(number)
    return None
