"""The page: an article's lines painted one by one, with what lies over them, and what the mouse does there."""

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from reader.document.annotation import Annotation
from reader.document.document import Document, Position, Range
from reader.layout.lines import NO_BLOCK, Role
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.colours import Colours
from reader.ui.strips import moved_by, moved_sideways, on_code_paper, segments_of
from reader.ui.widgets.overlaid import Overlaid
from reader.ui.widgets.sheet import Sheet

_SIDEWAYS = 8
"""Cells that wide code moves in one step."""


class Page(Sheet, can_focus=True):
    """An article as one sees it: its sheet in colours, and the marks over it."""

    class LinkChosen(Message):
        """A link was clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class HighlightChosen(Message):
        """A highlight was clicked."""

        def __init__(self, highlight: Annotation) -> None:
            super().__init__()
            self.highlight = highlight

    class Picked(Message):
        """A place of the text was clicked twice, or more often."""

        def __init__(self, place: Position, clicks: int) -> None:
            super().__init__()
            self.place = place
            self.clicks = clicks

    def __init__(self, colours: Colours, typesetting: Typesetting, measure: int) -> None:
        super().__init__(typesetting, measure)
        self.id = "page"
        self.colours = colours
        self.overlaid = Overlaid(self.document)
        self._sideways = 0
        self._dragged: tuple[Selection, Range | None] | None = None

    # What it shows

    def show(self, head: "late.Head", document: Document, place: Position | None) -> None:
        """Show an article, at its beginning or where it was left."""
        self.overlaid = Overlaid(document)
        self._sideways = 0
        self._dragged = None
        super().show(head, document, place)

    def show_marks(self, highlights: tuple[Annotation, ...], bookmarks: tuple[Position, ...]) -> None:
        """Paint highlights, and mark the rows of bookmarks at the left."""
        if self.overlaid.show_marks(highlights, bookmarks):
            self.refresh()

    def show_hits(self, hits: tuple[Range, ...], current: int | None) -> None:
        """Paint what was found, and go to the current one."""
        self.overlaid.show_hits(hits, current)
        if current is not None:
            self.show_position(hits[current].start)
        self.refresh()

    def show_selection(self, selection: Range | None) -> None:
        """Paint what is selected by keys."""
        self.overlaid.show_selection(selection)
        self.refresh()

    def scroll_sideways(self, steps: int) -> None:
        """Move wide code to the side."""
        self._sideways = max(0, self._sideways + steps * _SIDEWAYS)
        self.refresh()

    # Painting

    def repaint(self, colours: Colours) -> None:
        """Take other colours."""
        self.colours = colours
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the page in sight."""
        width = self.size.width
        if y == 0 and self._layout is not None and self._layout.width != self.column:
            # The size settled after the last word on it: set the text for the width that there is.
            self.call_later(self._set)
        paper = self.colours.paper
        row = y + int(self.scroll_y)
        line = self._line(row)
        column = self.column
        segments = segments_of(line, self.colours, self.overlaid.overlays(self.colours))
        strip = Strip(segments)
        if line.overflows:
            strip = moved_sideways(strip, line, column, self._sideways, self.colours)
        if line.paper is Role.CODE:
            strip = on_code_paper(strip, line, column, self.colours)
        # Numbered, the text is not joined with the margin, which pictures of the screen would stretch with it.
        strip = strip.apply_offsets(0, row)
        left = self._left
        in_text = row >= len(self._above)
        beside = self.overlaid.beside(line, left, self.colours) if in_text else [Segment(" " * left, paper)]
        return Strip([*beside, *strip]).adjust_cell_length(width, paper)

    # The mouse

    @property
    def _cells(self) -> "late.Cells":
        return late.Cells(self.typesetting.ambiguous_width)

    def offset_at(self, x: int, y: int) -> Offset:
        """The row at a place of the screen or next to it, and the cell of its text: below 0 in the left margin."""
        region = self.scrollable_content_region
        row = min(max(y - region.y, 0), region.height - 1) + int(self.scroll_y)
        return Offset(self._cell(min(max(x - region.x, 0), region.width - 1), row), row)

    def _cell(self, x: int, row: int) -> int:
        """The cell of a row's text that is painted at `x`."""
        line, cell = self._line(row), x - self._left
        if line.overflows and cell >= line.indent:
            cells = self._cells.width("".join(run.text for run in line.runs))
            cell += moved_by(cells, self.column, self._sideways)
        return cell

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected."""
        self.overlaid.show_dragged(self.range_of(selection) if selection is not None else None)
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as the author wrote it: no ends of lines, no padding, no markers."""
        span = self.range_of(selection)
        return (self._document.extract(span), "\n") if span else None

    def range_of(self, selection: Selection) -> Range | None:
        """The range of the document that the mouse selected."""
        # Rows shift, what was selected in them does not: it is looked up once.
        if self._dragged is None or self._dragged[0] is not selection:
            self._dragged = selection, self._selected(selection)
        return self._dragged[1]

    def _selected(self, selection: Selection) -> Range | None:
        if self._layout is None or not self._document.leaves:
            return None
        above = len(self._above)
        last = len(self._document.leaves) - 1
        upper = lower = (Position(0), Position(last, len(self._document.text(last))))
        if selection.start is not None:
            upper = self._layout.span_at(selection.start.y - above, selection.start.x)
        if selection.end is not None:
            # Textual tells the cell behind the one that the mouse is on.
            lower = self._layout.span_at(selection.end.y - above, selection.end.x - 1)
        # In a table what stands lower may come first.
        return self._document.trimmed(upper[0], lower[1]) or self._document.trimmed(lower[0], upper[1])

    def on_click(self, event: Click) -> None:
        """Tell of the link or the highlight that was clicked, or of the place that was more than once."""
        cell, row = self.offset_at(event.screen_x, event.screen_y)
        if event.chain > 1:
            # Textual would select the whole text.
            event.prevent_default()
            self._pick(event, row - len(self._above), cell)
            return
        at = 0
        for run in self._line(row).runs:
            cells = self._cells.width(run.text)
            if at <= cell < at + cells:
                if run.link:
                    event.stop()
                    self.post_message(self.LinkChosen(run.link))
                elif run.block != NO_BLOCK:
                    place = Position(run.block, run.start + self._cells.cut(run.text, cell - at))
                    highlight = self.overlaid.highlight_at(place)
                    if highlight is not None:
                        event.stop()
                        self.post_message(self.HighlightChosen(highlight))
                return
            at += cells

    def _pick(self, event: Click, row: int, cell: int) -> None:
        if self._layout is not None and self._document.leaves and row >= 0:
            event.stop()
            self.post_message(self.Picked(self._layout.span_at(row, cell)[0], event.chain))
