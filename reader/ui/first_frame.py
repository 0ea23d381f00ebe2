"""The first frame: the article's page, painted while Textual is not even imported.

The page that Textual paints later has the same text at the same place in the same colours, because both take them from
`page_geometry.py`, `segments.py` and the layout. Where anything is uncertain, there is no first frame.
"""

import os
from dataclasses import dataclass, replace
from itertools import islice

from rich.color import ColorSystem
from rich.segment import Segment

from reader.archive.article import Article
from reader.document.cleaning import inert
from reader.document.document import Position
from reader.errors import ReaderError
from reader.layout.layout import Layout
from reader.layout.lines import Line, Role
from reader.library.first_article import first_article, unindexed_article
from reader.reading.opened import Reading, open_article
from reader.ui.early_terminal import EarlyTerminal
from reader.ui.kept_view import head_of, kept_panes, kept_width
from reader.ui.page_geometry import TWO, PageGeometry, PaneChoice, pane_cells
from reader.ui.segments import on_code_paper, segments_of
from reader.ui.session import Session
from reader.ui.shown_marks import ShownMarks
from reader.ui.widgets.page_overlays import PageOverlays

_LARGEST = 400_000
"""Bytes of a file that is read before the screen is there; a larger one takes too long for that."""


@dataclass(frozen=True, slots=True)
class FirstReading:
    """The article that the screen begins with.

    Attributes:
        reading: The article.
        place: Where it was left; None if it was never opened.
        stamp: What tells that its file was changed since.
        layout: The layout of which the first frame was painted, if there is one.
    """

    reading: Reading
    place: Position | None
    stamp: tuple[int, int] | None
    layout: Layout | None = None


def read_first(session: Session, *, sample: bool) -> FirstReading | None:
    """Read the article to begin with; None where it is not known yet, is large, or cannot be read."""
    library = session.library
    try:
        article = first_article(library, sample=sample) or unindexed_article(library, sample=sample)
        # Looked at now: the index may know the file as it was, and a web archive only by the page in it.
        stamp = file_stamp(article) if article is not None else None
        if article is None or stamp is None or stamp[1] > _LARGEST:
            return None
        reading = open_article(article, breaks=session.settings.line_breaks)
        return FirstReading(reading, library.saved_position(reading), stamp)
    except ReaderError:
        # Reported when the screen is there and tries the same.
        return None


def file_stamp(article: Article) -> tuple[int, int] | None:
    """What tells that an article's file was changed: its time in nanoseconds and its bytes; None where it is gone."""
    try:
        status = article.path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def paint_first(session: Session, first: FirstReading, terminal: EarlyTerminal) -> FirstReading:
    """Paint the page of the first article, if all that it needs is known; return the article with its layout."""
    colours = _colour_system()
    if colours is None:
        return first
    try:
        place = _place_on(session, terminal.size)
        if place is None:
            return first
        layout = Layout(first.reading.document, place.geometry.column, session.settings.typesetting)
        first = replace(first, layout=layout)
        terminal.paint(_frame(session, first, place, colours))
    except (ReaderError, OSError):
        # Reported when the screen is there and tries the same.
        pass
    return first


@dataclass(frozen=True, slots=True)
class _PagePlace:
    """Where the page is on the screen: so many columns and rows, the page behind so many cells."""

    columns: int
    rows: int
    left: int
    geometry: PageGeometry


def _place_on(session: Session, size: tuple[int, int]) -> _PagePlace | None:
    """Where the page will be on a terminal of `size` (columns, rows); None if there is no room."""
    columns, rows = size
    kept = kept_panes(session)
    # A pane that would lie over the page is not what one comes back to.
    choice = kept.choice if columns >= TWO else PaneChoice()
    sidebar, outline = (False, False) if kept.zen else choice.shown(columns)
    left, right = (cells * shown for cells, shown in zip(pane_cells(columns), (sidebar, outline), strict=True))
    # The last row is the status line's.
    geometry = PageGeometry(columns - left - right, rows - (not kept.zen), kept_width(session))
    return _PagePlace(columns, rows, left, geometry) if geometry.width >= 2 and geometry.height >= 1 else None


def _frame(session: Session, first: FirstReading, place: _PagePlace, depth: ColorSystem) -> str:
    """What paints the first frame with so many colours; empty if a row has to be scrolled sideways."""
    lines = _lines(session, first, place.geometry)
    if any(line.overflows for line in lines):
        return ""
    overlays, colours, geometry = _overlays(session, first), session.colours, place.geometry
    blank = Segment(" " * place.columns, colours.paper)
    parts: list[str] = []
    for row in range(place.rows):
        parts += f"\x1b[{row + 1};1H", _painted([blank], depth)
        if row < len(lines) and (line := lines[row]).runs:
            segments = segments_of(line, colours, overlays.overlays(colours))
            if line.paper is Role.CODE:
                segments = on_code_paper(segments, line, geometry.column, colours)
            beside = overlays.beside(line, geometry.left, colours)
            parts += f"\x1b[{row + 1};{place.left + 1}H", _painted([*beside, *segments], depth)
    return "".join(parts)


def _lines(session: Session, first: FirstReading, geometry: PageGeometry) -> list[Line]:
    """The lines in sight, as `Sheet` would scroll to them."""
    layout = first.layout
    assert layout is not None  # noqa: S101 - `paint_first` made it
    above = geometry.rows_above(head_of(session, first.reading), session.settings.typesetting)
    top = 0
    if first.place is not None and first.place != Position(0):
        top = layout.settle(first.place, 0, geometry.height) + len(above)
        whole = len(above) + layout.height + geometry.rows_below
        top = max(0, min(top, whole - geometry.height))
    shown = range(max(0, top - len(above)), max(0, top + geometry.height - len(above)))
    return [*islice(above, top, top + geometry.height), *(layout.line(row) for row in shown if row < layout.height)]


def _overlays(session: Session, first: FirstReading) -> PageOverlays:
    """The highlights and bookmarks of the article."""
    overlays = PageOverlays(first.reading.document)
    marks = ShownMarks(session.library, overlays.show_marks)
    marks.begin(first.reading)
    marks.show()
    return overlays


def _painted(segments: list[Segment], depth: ColorSystem) -> str:
    """Text and control functions that paint segments; what the text holds is inert."""
    return "".join(
        style.render(inert(text), color_system=depth) if style else inert(text) for text, style, _control in segments
    )


def _colour_system() -> ColorSystem | None:
    """How many colours Textual will paint with, as Rich finds it out; None where it is told otherwise."""
    if any(name in os.environ for name in ("TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR", "TEXTUAL_DRIVER")):
        return None
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    colours = os.environ.get("TERM", "").strip().lower().rpartition("-")[2]
    return ColorSystem.EIGHT_BIT if colours in ("256color", "kitty") else ColorSystem.STANDARD
