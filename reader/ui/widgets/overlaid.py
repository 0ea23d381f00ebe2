"""What lies over the text of the page, and beside it: highlights, what was found, what is selected, bookmarks."""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style as Paint

from reader.document.annotation import Annotation
from reader.document.document import Document, Position, Range
from reader.layout.lines import NO_BLOCK, Line
from reader.ui.colours import Colours
from reader.ui.strips import Overlays, overlays_of


class Overlaid:
    """The overlays of one document. They enter neither its text nor its layout."""

    def __init__(self) -> None:
        self._document = Document(())
        self._highlights: Sequence[Annotation] = ()
        self._hits: Sequence[Range] = ()
        self._hit: int | None = None
        self._selection: Range | None = None
        self._bookmarks: Sequence[Position] = ()
        self._painted: tuple[Colours, Overlays] | None = None

    def begin(self, document: Document) -> None:
        """Lie over another document: nothing, to begin with."""
        self.__init__()  # type: ignore[misc]
        self._document = document

    def show_marks(self, highlights: Sequence[Annotation], bookmarks: Sequence[Position]) -> None:
        """Show these highlights and bookmarks."""
        self._highlights, self._bookmarks, self._painted = highlights, bookmarks, None

    def show_hits(self, hits: Sequence[Range], current: int | None) -> None:
        """Show what was found, the current one stronger."""
        self._hits, self._hit, self._painted = hits, current, None

    def show_selection(self, selection: Range | None) -> None:
        """Show what is selected by keys."""
        self._selection, self._painted = selection, None

    def overlays(self, colours: Colours) -> Overlays:
        """All of them, leaf by leaf: the selection over what was found, and that over the highlights."""
        if self._painted is None or self._painted[0] is not colours:
            self._painted = colours, overlays_of(self._ranges(colours), self._document)
        return self._painted[1]

    def _ranges(self, colours: Colours) -> Iterable[tuple[Range, Paint]]:
        for one in self._highlights:
            yield one.span, colours.role(f"highlight_{one.colour}")
        hit, current = colours.role("hit"), colours.role("hit_current")
        for number, span in enumerate(self._hits):
            yield span, current if number == self._hit else hit
        if self._selection is not None:
            yield self._selection, colours.role("selection")

    def highlight_at(self, place: Position) -> Annotation | None:
        """The highlight at a place; of several, the shortest that was begun last."""
        found = [one for one in self._highlights if one.span.start <= place < one.span.end]
        return max(found, key=lambda one: one.span.start, default=None)

    def beside(self, line: Line, cells: int, colours: Colours) -> list[Segment]:
        """The margin of a row, so many cells: a dot for a note that begins there, a bar for a bookmark."""
        signs = ""
        if any(one.note and _holds(line, one.span.start) for one in self._highlights):
            signs += "•"
        if any(_holds(line, place) for place in self._bookmarks):
            signs += "▍"
        signs = signs[-cells:] if cells else ""
        blank = Segment(" " * (cells - len(signs)), colours.paper)
        return [blank, Segment(signs, colours.role("accent"))] if signs else [blank]


def _holds(line: Line, place: Position) -> bool:
    return any(
        run.block == place.block and (run.start <= place.offset < run.end or run.start == run.end == place.offset == 0)
        for run in line.runs
        if run.block != NO_BLOCK
    )
