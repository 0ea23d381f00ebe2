"""The page: renders the lines of an article with overlays, and handles the mouse."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.events import Click, Leave, MouseMove
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from reader.document.annotation import Annotation
from reader.document.document import Document, Position, Range
from reader.document.tabs import typed_part
from reader.hyperlinks import takes_hyperlinks
from reader.layout.lines import NO_BLOCK, Line, Role
from reader.layout.links import PlacedLink
from reader.layout.picture_rooms import PictureRooms
from reader.layout.span_at import span_at
from reader.settings.options import Typesetting
from reader.ui.ambiguous_width import filled
from reader.ui.colours import Colours
from reader.ui.picture_app import output_of
from reader.ui.segments import segments_of, with_code_background
from reader.ui.strips import joined_parts, kept_apart, moved_sideways, overhang, written_over
from reader.ui.widgets.mouse_selection import selected_range
from reader.ui.widgets.page_code import PageCode
from reader.ui.widgets.page_overlays import PageOverlays
from reader.ui.widgets.page_pictures import PagePictures
from reader.ui.widgets.scrolled_sheet import ScrolledSheet
from reader.ui.widgets.visible_links import LinkLabel, LinkOverlays, VisibleLink, links_in_columns, links_in_rows

if TYPE_CHECKING:
    from reader.layout.arrangement import Screenful
    from reader.ui import late

_SIDEWAYS = 8
"""The horizontal scroll step of wide code in cells."""


class Page(ScrolledSheet, can_focus=True):
    """The article view: a sheet with colours and overlays."""

    class LinkChosen(Message):
        """A link was clicked, with Ctrl to open it on the web."""

        def __init__(self, link: str, *, on_web: bool) -> None:
            super().__init__()
            self.link = link
            self.on_web = on_web

    class LinkHovered(Message):
        """The mouse points at another link; if the target is empty, at none."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class HighlightChosen(Message):
        """A highlight was clicked."""

        def __init__(self, highlight: Annotation) -> None:
            super().__init__()
            self.highlight = highlight

    class Picked(Message):
        """A position in the text was double-clicked or clicked more often."""

        def __init__(self, place: Position, clicks: int) -> None:
            super().__init__()
            self.place = place
            self.clicks = clicks

    def __init__(self, colours: Colours, typesetting: Typesetting, measure: int, *, id: str = "page") -> None:  # noqa: A002 - Textual's own name
        super().__init__(typesetting, measure)
        self.id = id
        self.colours = colours
        self.overlaid = PageOverlays(self.document)
        self.code = PageCode(self)
        self.pictures = PagePictures(self)
        self._sideways = 0
        self._dragged: tuple[Selection, Range | None] | None = None
        self.links = LinkOverlays()

    def on_mount(self) -> None:
        """Find out whether the terminal takes hyperlinks."""
        output_of(self.app).add_source(self.pictures)
        self.links.with_hyperlinks = not self.app.is_headless and takes_hyperlinks(os.environ)

    # Content

    def show(
        self, head: "late.Head", document: Document, place: Position | None, layout: "late.Layout | None" = None
    ) -> None:
        """Show an article at its beginning or at a position; `layout` is used if it has the width of the page."""
        self.overlaid = PageOverlays(document)
        self.code.show(document)
        self._sideways = 0
        self._dragged = None
        super().show(head, document, place, layout)

    def show_marks(self, highlights: tuple[Annotation, ...], bookmarks: tuple[Position, ...]) -> None:
        """Show highlights, and bookmarks in the left margin."""
        if self.overlaid.show_marks(highlights, bookmarks):
            self.refresh()

    def show_hits(self, hits: tuple[Range, ...], current: int | None) -> None:
        """Show matches, and go to the current one."""
        self.overlaid.show_hits(hits, current)
        if current is not None:
            self.show_position(hits[current].start)
        self.refresh()

    def show_selection(self, selection: Range | None) -> None:
        """Show the keyboard selection."""
        self.overlaid.show_selection(selection)
        self.refresh()

    def show_focused_link(self, link: PlacedLink | None) -> None:
        """Emphasize a link, or no link."""
        self.links.focus(link)
        self.refresh()

    def show_labels(self, labels: Sequence[LinkLabel]) -> None:
        """Show labels over links in sight, in place of those shown before."""
        self.links.label(labels)
        self.refresh()

    def visible_links(self) -> list[VisibleLink]:
        """The links in sight. Parts of wide code that are scrolled out of sight have none."""
        if (view := self._view) is not None:
            return links_in_columns(view, self._cells)
        return links_in_rows(self.lines_in_sight, self._cells, self._shift, self.column)

    def screen_cell(self, link: VisibleLink) -> tuple[int, int]:
        """The column and the row of the screen at which a link in sight begins."""
        text = self.text_region
        return text.x + link.cell, text.y + link.row

    @property
    def viewport_stamp(self) -> object:
        """A value that changes whenever other rows are in sight, or the same ones elsewhere."""
        return self._layout, self._generation, self.size, int(self.scroll_y), self._sideways

    def scroll_sideways(self, steps: int) -> None:
        """Scroll wide rows horizontally, to the end of the widest in sight, or columns by lines or pages."""
        if not self.scroll_columns(steps):
            most = max(map(self._overhang, self.lines_in_sight), default=0)
            self._sideways = max(0, min(min(self._sideways, most) + steps * _SIDEWAYS, most))
            self.refresh()

    # Painting

    def repaint(self, colours: Colours) -> None:
        """Change the colours."""
        self.colours = colours
        if self._layout is not None and self._layout.rooms != self._rooms:
            self._set()
        self.refresh()

    @property
    def _rooms(self) -> PictureRooms | None:
        return self.pictures.rooms(self._geometry, self.typesetting, self.colours)

    def render_line(self, y: int) -> Strip:
        """Render a row of the viewport."""
        if y == 0 and self._layout is not None and not self._is_laid_out:
            # The size changed without a resize event, so lay the text out again for the current width.
            self.call_later(self._set)
        if self.is_paged:
            return self._columns_row(self._shown_view or self._view, y)
        base = self.colours.text
        row = y + int(self.scroll_y)
        line = self._line(row)
        # Computing the geometry takes as long as painting a row, so do it only once.
        geometry = self._geometry
        strip, left = kept_apart(self._painted_line(line, geometry.column)), geometry.left
        in_text = row >= len(self._above)
        beside = self.overlaid.beside(line, left, self.colours) if in_text else [Segment(" " * left, base)]
        strip = Strip([*beside, *strip]).adjust_cell_length(geometry.width, base)
        parts = () if self._shift(line) else self.links.parts(line, self._cells, self.colours)
        return self.links.painted(strip, y, parts, left=left, colours=self.colours)

    def _painted_line(self, line: Line, column: int) -> Strip:
        """Paint a line in a column of `column` cells, without the margins."""
        painted = segments_of(line, self.colours, self.overlaid.overlays(self.colours), self.code.between)
        strip = Strip(filled(painted, self.typesetting))
        if line.overflows:
            strip = moved_sideways(strip, line, column, self._sideways, self.colours)
        if line.background is Role.CODE:
            strip = Strip(with_code_background([*strip], line, column, self.colours))
        return strip if line.picture is None else self.pictures.painted(strip, line, self.colours)

    def _columns_row(self, view: "Screenful | None", y: int) -> Strip:
        """Render a row of columns."""
        if view is None:  # before the first layout
            return Strip.blank(self.size.width, self.colours.text)
        parts = [(part, kept_apart(self._painted_line(part.line, part.cells))) for part in view.row(y)]
        strip = joined_parts(parts, self.size.width, self.colours.text)
        for cell, signs in self.overlaid.beside_columns(view, y):
            strip = written_over(strip, cell, signs, self.colours.role("accent"))
        for part, _painted in parts:
            over = self.links.parts(part.line, self._cells, self.colours)
            strip = self.links.with_parts(strip, over, part.x)
        return self.links.painted(strip, y, (), left=0, colours=self.colours)

    # The mouse

    def offset_at(self, x: int, y: int) -> Offset:
        """Convert screen coordinates to the nearest row and the cell in its text, which is negative in the margin."""
        region = self.scrollable_content_region
        if (view := self._view) is not None:
            number, cell = view.at(x - region.x, y - region.y)
            return Offset(cell, number)
        row = min(max(y - region.y, 0), region.height - 1) + int(self.scroll_y)
        return Offset(self._cell(min(max(x - region.x, 0), region.width - 1), row), row)

    def _cell(self, x: int, row: int) -> int:
        """Return the cell of a row's text that is shown at `x`."""
        line, cell = self._line(row), x - self._left
        return cell + self._shift(line) if cell >= line.indent else cell

    def _shift(self, line: Line) -> int:
        """Return the cells by which a row is scrolled to the left."""
        return min(self._sideways, self._overhang(line)) if self._sideways else 0

    def _overhang(self, line: Line) -> int:
        cells = self._cells.width("".join(run.text for run in line.runs)) if line.overflows else 0
        return overhang(line, cells, self.column)

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the mouse selection."""
        self.overlaid.show_dragged(self.range_of(selection) if selection is not None else None)
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected source text, without wrapped line breaks, padding or markers."""
        span = self.range_of(selection)
        return (typed_part(self._document, span), "\n") if span else None

    def range_of(self, selection: Selection) -> Range | None:
        """Return the range of the document that the mouse selected."""
        # Convert each selection only once, because rows may shift while layout continues.
        if self._dragged is None or self._dragged[0] is not selection:
            layout = self._layout
            self._dragged = selection, selected_range(layout, len(self._above), selection) if layout else None
        return self._dragged[1]

    def on_click(self, event: Click) -> None:
        """Post a message for the clicked link or highlight, or for the position of a double click."""
        cell, row = self.offset_at(event.screen_x, event.screen_y)
        if event.chain > 1:
            # By default Textual would select the whole text.
            event.prevent_default()
            self._pick(event, row - len(self._above), cell)
            return
        run, inside = self._run_at(row, cell)
        if run is None:
            return
        if run.link:
            event.stop()
            self.post_message(self.LinkChosen(run.link, on_web=event.ctrl))
        elif run.block != NO_BLOCK:
            place = Position(run.block, run.start + self._cells.cut(run.text, inside))
            highlight = self.overlaid.highlight_at(place)
            if highlight is not None:
                event.stop()
                self.post_message(self.HighlightChosen(highlight))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Post a message with the link under the mouse, or none."""
        cell, row = self.offset_at(event.screen_x, event.screen_y)
        run, _inside = self._run_at(row, cell)
        self.post_message(self.LinkHovered(run.link if run is not None else ""))

    def on_leave(self, event: Leave) -> None:
        """Post a message when the mouse leaves a link."""
        del event
        self.post_message(self.LinkHovered(""))

    def _pick(self, event: Click, row: int, cell: int) -> None:
        if self._layout is not None and self._document.leaves and row >= 0:
            event.stop()
            self.post_message(self.Picked(span_at(self._layout, row, cell)[0], event.chain))
