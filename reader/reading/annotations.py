"""The highlights of an article, for an export that carries them."""

from reader.document.anchor import find_anchors
from reader.document.annotation import Annotation
from reader.marks.facade import Marks
from reader.reading.opened import Reading


def annotations_of(marks: Marks, reading: Reading) -> tuple[Annotation, ...]:
    """The highlights that stand in an article's text as it is now, in its order.

    The article is known by its id, or by where it lies: one that was moved keeps the id of its first place.

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
