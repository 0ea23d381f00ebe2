"""The outline pane: the sections of the article, with the current one marked."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from reader.document.outline import Outline
from reader.language import _
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Callable


class OutlinePane(RowList):
    """The sections of the open article. The pane follows the page but never scrolls it."""

    HEADING_ROWS = 1

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours, id="outline")
        self._outline = Outline(())
        self._current: int | None = None
        self._links = ""
        self.progress: Callable[[int], float] = lambda _number: 0.0

    def fill(self, outline: Outline) -> None:
        """Show another outline."""
        self._outline = outline
        self._current, self._links = None, ""
        self.scroll_to(y=0, animate=False)
        self.cursor = 0
        self.rebuild()

    def show_titles(self, outline: Outline) -> None:
        """Show the same sections with other titles."""
        self._outline = outline
        self.rebuild()

    def show_links(self, incoming: int, outgoing: int) -> None:
        """Show in the head how many articles link to the open one, and how many it links to."""
        self._links = f" ←{incoming:,} →{outgoing:,}" if incoming or outgoing else ""
        self.refresh()

    def follow(self, section: int | None) -> None:
        """Mark the current section."""
        if section == self._current:
            return
        self._current = section
        if section is not None and not self.has_focus:
            self.cursor = section
        self.refresh()

    def count(self) -> int:
        """Return the number of sections."""
        return len(self._outline.sections)

    def heading(self, width: int) -> list[Segment]:
        """Return the title of the pane with the number of the current section."""
        muted = self.colours.role("muted")
        count = self.count()
        if not count:
            return [Segment(fitted(" " + _("No headings") + self._links, width), muted)]
        place = f"{(self._current or 0) + 1}/{count} " if self._current is not None else f"{count} "
        title = " " + _("Outline") + self._links
        used = Segment(title).cell_length
        return [Segment(title, muted), Segment(" " * max(1, width - used - len(place)) + place, muted)]

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Return a section, indented by its level."""
        del lit
        section = self._outline.sections[number]
        here = number == self._current
        indent = "  " * min(section.level - 1, 4)
        mark = "▌" if here else " "
        name = "accent" if here else "ink" if section.level == 1 else "muted"
        far = self.progress(number)
        read = " ✓" if far >= 1 else f" {far * 100:.0f}%" if far >= 0.01 else ""
        room = width - len(indent) - 3
        title = padded(section.title, max(room - len(read), 1)) if read else fitted(section.title, room)
        return [
            Segment(mark + " " + indent, self.colours.role("accent")),
            Segment(title, self.colours.role(name, bold=here)),
            Segment(read, self.colours.role("muted")),
        ]
