"""The first frame: the page of the article, painted before Textual is imported.

The page that Textual paints later has the same text at the same place in the same colours, because both use
`page_geometry.py`, `segments.py` and the layout. If anything is uncertain, no first frame is painted.
"""

import os
from itertools import islice
from stat import S_ISDIR

from rich.color import ColorSystem
from rich.segment import Segment

from reader.archive.article import Article
from reader.archive.bundles.entry_paths import file_of
from reader.document.document import Position
from reader.document.sanitizing import inert
from reader.errors import ReaderError
from reader.layout.layout import Layout
from reader.layout.lines import Line, Role
from reader.layout.transclusions import Expansion
from reader.lean_dataclasses import dataclass, replace
from reader.library.first_article import first_article, named_article, unindexed_article
from reader.reading.article_beginning import AT_START, Beginning, open_beginning
from reader.reading.opened_article import Reading, open_article
from reader.reading.picture_sizes import pictures_of
from reader.settings.options import Direction, PictureStyle
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.ui.ambiguous_width import filled, narrowed
from reader.ui.cell_size import cell_shape
from reader.ui.early_terminal import EarlyTerminal
from reader.ui.filler import FILLER
from reader.ui.first_shelves import FirstShelves, count_first, sidebar_rows
from reader.ui.page_geometry import PageGeometry
from reader.ui.pane_list import SIDEBAR, TWO, PaneChoice, cells_beside
from reader.ui.saved_view import head_of, head_of_beginning, kept_panes, kept_typesetting, kept_width
from reader.ui.segments import segments_of, with_code_background
from reader.ui.session import Session
from reader.ui.shown_marks import ShownMarks
from reader.ui.transparency import transparent_paper, without_paper
from reader.ui.widgets.page_overlays import PageOverlays
from reader.workers.limits import OutOfTimeError, interrupted_cpu

_MAX_BYTES = 400_000
"""The maximum size in bytes of a file that is parsed before the screen starts: a larger one takes too long."""

_CPU_LIMIT = 3.0
"""Seconds of CPU time after which the first frame is given up.

The screen then opens the article in another process, which can be cancelled; until then only Ctrl+C works.
"""


@dataclass(frozen=True, slots=True)
class FirstReading:
    """The article that is shown first.

    Attributes:
        reading: The article, or the beginning of a long one that was never opened.
        place: The saved position; None if the article was never opened.
        stamp: The modification time and the size of its file, to detect later changes.
        layout: The layout from which the first frame was painted, if it was.
        shelves: The shelves, if they were counted.
    """

    reading: Reading | Beginning
    place: Position | None
    stamp: tuple[int, int] | None
    layout: Layout | None = None
    shelves: FirstShelves | None = None


def read_first(session: Session, *, sample: bool) -> FirstReading | None:
    """Read the first article; return None if it is not known yet, unreadable, or takes too long."""
    library = session.library
    try:
        article = (
            named_article(library, session.starting)
            or first_article(library, sample=sample)
            or unindexed_article(library, sample=sample)
        )
        # Do not use the size in the index, which may be old, or that of a page in a web archive.
        stamp = file_stamp(article) if article is not None else None
        if article is None or stamp is None:
            return None
        article = session.placed(article)
        with interrupted_cpu(_CPU_LIMIT):
            if stamp[1] > _MAX_BYTES:
                return _first_beginning(session, article, stamp)
            reading = session.based(open_article(article, breaks=session.settings.line_breaks))
            if session.settings.pictures is not PictureStyle.FRAME:
                reading = replace(reading, pictures=pictures_of(article, reading.document))
        return FirstReading(reading, session.opening_position(reading), stamp)
    except (ReaderError, OutOfTimeError):
        # The screen will try the same and report the error.
        return None


def _first_beginning(session: Session, article: Article, stamp: tuple[int, int]) -> FirstReading | None:
    """Read the beginning of a long article; None if it has none, or will be shown at another position."""
    if article.path in session.starting or session.library.marks.articles.place(article.id) not in AT_START:
        return None
    beginning = open_beginning(article, session.settings.line_breaks)
    return FirstReading(beginning, None, stamp) if beginning is not None else None


def file_stamp(article: Article) -> tuple[int, int] | None:
    """Return the modification time in nanoseconds and the size in bytes of an article's file.

    None if it is gone, or a folder has taken its place.
    """
    try:
        status = file_of(article.path).stat()
    except OSError:
        return None
    return None if S_ISDIR(status.st_mode) else (status.st_mtime_ns, status.st_size)


def paint_first(session: Session, first: FirstReading, terminal: EarlyTerminal) -> FirstReading:
    """Paint the page of the first article if everything needed is known; return the article with its layout."""
    colours, typesetting = _colour_system(), kept_typesetting(session)
    if colours is None:
        return first
    try:
        place = _placement(session, terminal.size)
        if place is None:
            return first
        has_colours = colours is not ColorSystem.STANDARD and not session.colours.plain
        if typesetting.direction is Direction.VERTICAL or place.geometry.arrangement(typesetting, is_vertical=False):
            # Only the page itself can paint columns.
            return first
        layout = Layout(
            first.reading.document,
            place.geometry.column,
            typesetting,
            expansion=Expansion(can_fold=True),
            rooms=place.geometry.rooms(first.reading.pictures, typesetting, has_colours=has_colours, cell=cell_shape()),
        )
        with interrupted_cpu(_CPU_LIMIT):
            lines = _lines(session, replace(first, layout=layout), place.geometry)
        first = replace(first, layout=layout)
        terminal.paint(_frame(session, first, place, lines, colours))
        if place.left:
            first = replace(first, shelves=count_first(session))
            terminal.paint(_sidebar(session, first, place, colours))
    except (ReaderError, OSError, OutOfTimeError):
        # The screen will try the same and report the error.
        pass
    return first


@dataclass(frozen=True, slots=True)
class _Placement:
    """The size of the screen, the number of cells to the left of the page, and the geometry of the page."""

    columns: int
    rows: int
    left: int
    geometry: PageGeometry


def _placement(session: Session, size: tuple[int, int]) -> _Placement | None:
    """Return the placement of the page on a terminal of `size` (columns, rows); None if there is no room."""
    columns, rows = size
    kept = kept_panes(session)
    # A pane that would cover the page is not restored.
    choice = kept.choice if columns >= TWO else PaneChoice()
    left, right = cells_beside(() if kept.zen else choice.shown(columns), columns)
    # The status line takes one row, except in zen mode.
    geometry = PageGeometry(columns - left - right, rows - (not kept.zen), kept_width(session))
    return _Placement(columns, rows, left, geometry) if geometry.width >= 2 and geometry.height >= 1 else None


def _frame(
    session: Session, first: FirstReading, place: _Placement, lines: list[Line], colour_system: ColorSystem
) -> str:
    """Return the output that paints the first frame; empty if a row would have to be scrolled horizontally."""
    if any(line.overflows for line in lines):
        return ""
    overlays, colours, geometry = _overlays(session, first), session.colours, place.geometry
    typesetting, paper = session.settings.typesetting, transparent_paper(session)
    blank = Segment(" " * place.columns, colours.text)
    parts: list[str] = []
    for row in range(place.rows):
        parts += f"\x1b[{row + 1};1H", _rendered(without_paper([blank], paper), colour_system)
        if row < len(lines) and (line := lines[row]).runs:
            segments = filled(segments_of(line, colours, overlays.overlays(colours)), typesetting)
            if line.background is Role.CODE:
                segments = with_code_background(segments, line, geometry.column, colours)
            beside = overlays.beside(line, geometry.left, colours)
            shown = narrowed([*beside, *segments], typesetting)
            parts += f"\x1b[{row + 1};{place.left + 1}H", _rendered(without_paper(shown, paper), colour_system)
    return "".join(parts)


def _sidebar(session: Session, first: FirstReading, place: _Placement, colour_system: ColorSystem) -> str:
    """Return the output that paints the sidebar; empty if it has the focus, because it then looks different."""
    if first.shelves is None or kept_panes(session).keys == SIDEBAR.name:
        return ""
    size, paper = (place.left, place.geometry.height), transparent_paper(session)
    shown = [
        without_paper(narrowed(segments, session.settings.typesetting), paper)
        for segments in sidebar_rows(session, first.shelves, first.reading.article.id, size)
    ]
    return "".join(f"\x1b[{row};1H{_rendered(segments, colour_system)}" for row, segments in enumerate(shown, 1))


def _lines(session: Session, first: FirstReading, geometry: PageGeometry) -> list[Line]:
    """Return the visible lines, with the same scroll offset as in `Sheet`."""
    layout = first.layout
    assert layout is not None  # noqa: S101 - `paint_first` made it
    reading = first.reading
    head = head_of_beginning(reading) if isinstance(reading, Beginning) else head_of(session, reading)
    above = geometry.rows_above(head, layout.typesetting, layout.rooms)
    top = 0
    if first.place is not None and first.place != Position(0):
        top = layout.settle(first.place, 0, geometry.height) + len(above)
        whole = len(above) + layout.height + geometry.rows_below
        top = max(0, min(top, whole - geometry.height))
    shown = range(max(0, top - len(above)), max(0, top + geometry.height - len(above)))
    return [*islice(above, top, top + geometry.height), *(layout.line(row) for row in shown if row < layout.height)]


def _overlays(session: Session, first: FirstReading) -> PageOverlays:
    """Return the highlights and bookmarks of the article; none for the beginning of one."""
    overlays = PageOverlays(first.reading.document)
    if isinstance(first.reading, Beginning):
        return overlays
    marks = ShownMarks(session.library, overlays.show_marks)
    marks.begin(first.reading)
    marks.show()
    return overlays


def _rendered(segments: list[Segment], colour_system: ColorSystem) -> str:
    """Return text and control sequences that paint segments; control characters in the text are made inert."""
    return "".join(
        style.render(text, color_system=colour_system) if style else text
        for text, style in ((inert(text.replace(FILLER, "")), style) for text, style, _control in segments)
    )


def _colour_system() -> ColorSystem | None:
    """Return the colour system that Textual will use, found as in Rich; None if the environment overrides it."""
    if any(name in os.environ for name in ("TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR", "TEXTUAL_DRIVER")):
        return None
    if has_few_colours(os.environ):
        return ColorSystem.STANDARD
    return ColorSystem.TRUECOLOR if has_true_colour(os.environ) else ColorSystem.EIGHT_BIT
