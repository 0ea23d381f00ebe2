"""The highlights of an article as annotations for export."""

from collections.abc import Sequence

from reader.archive.article import Article
from reader.document.anchor import find_anchors
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.marks.facade import Marks
from reader.marks.highlights import Highlight
from reader.reading.opened_article import Reading


def annotations_of(marks: Marks, reading: Reading) -> tuple[Annotation, ...]:
    """Return the highlights whose text still exists in the article, in reading order.

    Raises:
        StoreError: The marks cannot be read.
    """
    return placed(highlights_of(marks, reading.article), reading.document)


def highlights_of(marks: Marks, article: Article) -> list[Highlight]:
    """Return the highlights of an article.

    It is looked up by its id and by its path, because a moved article keeps the id of its original path.

    Raises:
        StoreError: The marks cannot be read.
    """
    ids = {article.id, *marks.articles.ids_at(article.path)}
    return [highlight for article_id in sorted(ids) for highlight in marks.highlights.of(article_id)]


def placed(highlights: Sequence[Highlight], document: Document) -> tuple[Annotation, ...]:
    """Return the highlights of an article whose text still exists in its document, in reading order."""
    matches = find_anchors(document, [highlight.anchor for highlight in highlights])
    annotations = (
        Annotation(match.span, highlight.colour, highlight.note)
        for highlight, match in zip(highlights, matches, strict=True)
        if match is not None
    )
    return tuple(sorted(annotations, key=lambda annotation: annotation.span))
