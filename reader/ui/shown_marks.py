"""The marks of the open article, at their positions in its current text."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.document.annotation import Annotation
from reader.document.document import Position, Range
from reader.reading.opened_article import Reading
from reader.ui import late

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.marks.highlights import Highlight

Paint = Callable[[tuple[Annotation, ...], tuple[Position, ...]], object]
"""Shows highlights, and the positions of bookmarks."""


class ShownMarks:
    """The positions of the bookmarks and highlights of one article."""

    def __init__(self, library: "Library", paint: Paint) -> None:
        """Show the marks in `library` by `paint`."""
        self._library = library
        self._paint = paint
        self._reading: Reading | None = None
        self._found: dict[str, late.AnchorMatch | None] = {}
        self._highlights: list[tuple[Highlight, Annotation]] = []

    def begin(self, reading: Reading) -> None:
        """Show the marks of another or a reloaded article."""
        self._reading = reading
        self._found = {}

    def forget(self) -> None:
        """Locate all marks again."""
        self._found = {}

    def made(self, highlight: "Highlight") -> None:
        """Record the position of a highlight that was just added in the current text."""
        self._found[highlight.uid] = late.AnchorMatch(highlight.anchor.span, changed=False)

    def show(self) -> None:
        """Show the marks as they are in the database."""
        reading, marks = self._reading, self._library.marks
        if reading is None:
            return
        highlights = marks.highlights.of(reading.article.id)
        unknown = [one for one in highlights if one.uid not in self._found]
        if unknown:
            found = self._library.find_highlights(unknown, reading.document)
            self._found.update({one.uid: place for one, place in zip(unknown, found, strict=True)})
        self._highlights = [
            (one, Annotation(place.span, one.colour, one.note))
            for one in highlights
            if (place := self._found[one.uid]) is not None
        ]
        bookmarks = marks.bookmarks.of(reading.article.id)
        places = (self._library.find_bookmark(one, reading.document) for one in bookmarks)
        self._paint(self.annotations, tuple(place for place in places if place is not None))

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The highlights found in the text, in its order."""
        return tuple(sorted((annotation for _one, annotation in self._highlights), key=lambda one: one.span))

    def place(self, highlight: "Highlight") -> Position | None:
        """The start of a highlight; None if its text is gone."""
        found = self._found.get(highlight.uid)
        return found.span.start if found is not None else None

    def of(self, annotation: Annotation) -> "Highlight | None":
        """The highlight of an annotation."""
        return next((one for one, shown in self._highlights if shown is annotation), None)

    def within(self, span: Range) -> "list[Highlight]":
        """The highlights that touch a range."""
        return [one for one, shown in self._highlights if shown.span.start < span.end and span.start < shown.span.end]

    def around(self, span: Range) -> "Highlight | None":
        """The smallest highlight that contains a whole range."""
        holding = [
            (one, shown)
            for one, shown in self._highlights
            if shown.span.start <= span.start and span.end <= shown.span.end
        ]
        return max(holding, key=lambda pair: pair[1].span.start, default=(None, None))[0]
