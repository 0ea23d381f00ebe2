"""The highlights of an article as annotations for export."""

from reader.document.anchor import find_anchors
from reader.document.annotation import Annotation
from reader.marks.facade import Marks
from reader.reading.opened import Reading


def annotations_of(marks: Marks, reading: Reading) -> tuple[Annotation, ...]:
    """Return the highlights whose text still exists in the article, in reading order.

    The article is looked up by its id and by its path, because a moved article keeps the id of its original path.

    Raises:
        StoreError: The marks cannot be read.
    """
    ids = {reading.article.id, *marks.articles.ids_at(reading.article.path)}
    highlights = [one for article_id in sorted(ids) for one in marks.highlights.of(article_id)]
    found = find_anchors(reading.document, [one.anchor for one in highlights])
    annotations = (
        Annotation(place.span, one.colour, one.note)
        for one, place in zip(highlights, found, strict=True)
        if place is not None
    )
    return tuple(sorted(annotations, key=lambda one: one.span))
