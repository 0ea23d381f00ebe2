"""The sidebar of the first frame: its rows as Textual paints them later, from the indexes as they are at the start."""

from rich.segment import Segment
from rich.style import Style as Paint

from reader.errors import ReaderError
from reader.lean_dataclasses import dataclass
from reader.search.query_tree import State
from reader.shelves.counts import ShelfCounts
from reader.shelves.shelf import Shelf
from reader.ui.colours import Colours
from reader.ui.saved_view import kept_arrangement, kept_panes
from reader.ui.session import Session
from reader.ui.widgets.shelf_list import ShelfList
from reader.workers.limits import OutOfTimeError, interrupted_cpu

_CPU_LIMIT = 0.3
"""Seconds of CPU time for counting the shelves; if it takes longer, they are counted in a thread of the screen."""

_GROWING_CPU_LIMIT = 0.1
"""The same for an archive that is being indexed, whose shelves are soon counted again."""


@dataclass(frozen=True, slots=True)
class FirstShelves:
    """The shelves that are shown first.

    Attributes:
        counts: Their counts.
        root: The shelf that contains them.
    """

    counts: ShelfCounts
    root: Shelf


def count_first(session: Session) -> FirstShelves | None:
    """Count the shelves; return None if an archive was never indexed completely, or if it takes too long.

    While an archive is indexed for the first time, articles appear and duplicates disappear.
    """
    return _count(session, _CPU_LIMIT, complete=True)


def count_growing(session: Session) -> FirstShelves | None:
    """Count what is listed so far of archives that are being indexed for the first time.

    Return None if nothing is listed yet, if every archive was indexed before, or if counting takes too long.
    """
    return _count(session, _GROWING_CPU_LIMIT, complete=False)


def _count(session: Session, cpu_limit: float, *, complete: bool) -> FirstShelves | None:
    library = session.library
    view, sort = kept_arrangement(session)
    try:
        with interrupted_cpu(cpu_limit):
            if all(index.is_complete for index in library.catalogue.indexes) is not complete:
                return None
            counts = library.count(library.count_request(view, sort))
            return FirstShelves(counts, library.shelves(counts, sort)) if counts.total else None
    except (ReaderError, OutOfTimeError):
        # The screen will try the same and report the error.
        return None


def sidebar_rows(
    session: Session, shelves: FirstShelves, article_id: str, size: tuple[int, int]
) -> list[list[Segment]]:
    """Return the rows of the sidebar with its border, for a sidebar of `size` (columns, rows)."""
    columns, rows = size
    library, colours = session.library, session.colours
    shown = ShelfList(library.catalogue, lambda article: library.is_marked(article, State.STARRED))
    shown.open_saved(kept_panes(session).opened)
    shown.fill(shelves.counts, shelves.root)
    found = library.catalogue.by_id(article_id)
    cursor = None
    if found is not None:
        shown.current = found[1]
        cursor = shown.open_to(*found)
    width, height = columns - 1, rows - 1
    top = max(0, (cursor or 0) - height + 1)
    border = Segment("│", _border(colours))
    content = [shown.heading(width, colours)]
    content += [shown.row(number, width, colours) for number in range(top, top + height)]
    return [[*Segment.adjust_line_length(line, width, style=colours.text), border] for line in content]


def _border(colours: Colours) -> Paint:
    """Return the style of the border that reader.tcss gives to a pane without the focus."""
    return Paint() if colours.plain else Paint(color=colours.theme.border, bgcolor=colours.theme.paper)
