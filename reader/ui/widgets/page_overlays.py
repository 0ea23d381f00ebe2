"""Overlays of the page: highlights, matches and selection over the text, and note and bookmark signs in the margin."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as Paint

from reader.document.annotation import Annotation
from reader.document.document import Document, Position, Range
from reader.layout.lines import NO_BLOCK, Line
from reader.ui.colours import Colours
from reader.ui.segments import Overlays, overlays_of

if TYPE_CHECKING:
    from reader.layout.arrangement import Screenful


class PageOverlays:
    """The overlays of a document. They change neither its text nor its layout."""

    def __init__(self, document: Document) -> None:
        """Start without overlays for `document`."""
        self._document = document
        self._highlights: Sequence[Annotation] = ()
        self._hits: Sequence[Range] = ()
        self._hit: int | None = None
        self._link_kinds: tuple[Sequence[Range], Sequence[Range]] = ((), ())
        self._selection: Range | None = None
        self._dragged: Range | None = None
        self._marks: tuple[Sequence[Annotation], Sequence[Position]] = ((), ())
        self._noted: Mapping[int, list[int]] = {}
        self._bookmarked: Mapping[int, list[int]] = {}
        self._painted: tuple[Colours, Overlays] | None = None

    def show_marks(self, highlights: Sequence[Annotation], bookmarks: Sequence[Position]) -> bool:
        """Set the highlights and bookmarks; return whether they have changed."""
        if (highlights, bookmarks) == self._marks:
            return False
        self._marks = highlights, bookmarks
        self._highlights, self._painted = highlights, None
        self._noted = _by_leaf(one.span.start for one in highlights if one.note)
        self._bookmarked = _by_leaf(bookmarks)
        return True

    def show_hits(self, hits: Sequence[Range], current: int | None) -> None:
        """Set the matches, of which the current one is emphasized."""
        self._hits, self._hit, self._painted = hits, current, None

    def show_link_kinds(self, inside: Sequence[Range], nowhere: Sequence[Range]) -> None:
        """Set the links that stay within the archive, and those that lead nowhere."""
        self._link_kinds, self._painted = (inside, nowhere), None

    def show_selection(self, selection: Range | None) -> None:
        """Set the keyboard selection."""
        self._selection, self._painted = selection, None

    def show_dragged(self, dragged: Range | None) -> None:
        """Set the mouse selection."""
        self._dragged, self._painted = dragged, None

    def overlays(self, colours: Colours) -> Overlays:
        """Return all overlays by leaf: highlights below matches below the selection."""
        if self._painted is None or self._painted[0] is not colours:
            self._painted = colours, overlays_of(self._ranges(colours), self._document)
        return self._painted[1]

    def _ranges(self, colours: Colours) -> Iterable[tuple[Range, Paint]]:
        for links, role in zip(self._link_kinds, ("link_inside", "muted"), strict=True):
            paint = colours.ink_of(role)
            yield from ((span, paint) for span in links)
        for one in self._highlights:
            yield one.span, colours.role(f"highlight_{one.colour}")
        hit, current = colours.role("hit"), colours.role("hit_current")
        for number, span in enumerate(self._hits):
            yield span, current if number == self._hit else hit
        for selected in (self._selection, self._dragged):
            if selected is not None:
                yield selected, colours.role("selection")

    def highlight_at(self, place: Position) -> Annotation | None:
        """Return the highlight at a position; of overlapping ones, the one that starts last."""
        found = [one for one in self._highlights if one.span.start <= place < one.span.end]
        return max(found, key=lambda one: one.span.start, default=None)

    def beside(self, line: Line, cells: int, colours: Colours) -> list[Segment]:
        """Return the left margin of a row, `cells` wide: a dot if a note begins there, a bar for a bookmark."""
        signs = self._signs(line)[-cells:] if cells else ""
        blank = Segment(" " * (cells - len(signs)), colours.text)
        return [blank, Segment(signs, colours.role("accent"))] if signs else [blank]

    def beside_columns(self, view: "Screenful", y: int) -> Iterable[tuple[int, str]]:
        """Yield the signs of row `y` of columns with their cells: above a vertical column, else at its left."""
        for one in view.placed:
            is_beside = one.y == y + one.is_turned and not (one.is_turned and one.line.is_reading)
            signs = self._signs(one.line) if is_beside else ""
            if signs:
                yield one.x if one.is_turned else max(one.x - len(signs), 0), signs

    def _signs(self, line: Line) -> str:
        """Return a dot if a note begins in a line, and a bar for a bookmark."""
        return ("•" if _holds_any(line, self._noted) else "") + ("▍" if _holds_any(line, self._bookmarked) else "")


def _by_leaf(places: Iterable[Position]) -> dict[int, list[int]]:
    """Group offsets by leaf in order, for a fast lookup by row."""
    found: dict[int, list[int]] = {}
    for place in sorted(places):
        found.setdefault(place.block, []).append(place.offset)
    return found


def _holds_any(line: Line, places: Mapping[int, list[int]]) -> bool:
    return any(
        _holds(run.start, run.end, places[run.block])
        for run in line.runs
        if run.block != NO_BLOCK and run.block in places
    )


def _holds(start: int, end: int, offsets: list[int]) -> bool:
    # A leaf without text has its label or rule at offset 0.
    first = bisect_left(offsets, start)
    return first < len(offsets) and (offsets[first] < end or start == end == offsets[first] == 0)
