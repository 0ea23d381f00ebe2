"""The status line: location, progress, messages and key hints."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.keymap.actions import Context
from reader.keymap.key_names import key_label
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted

_BAR = 16
_ROOMY = 60
"""The minimum width in cells for a warning in words."""

_WIDE = 100
"""The minimum width in cells for key hints."""

MessageVariants = tuple[str, ...]
"""Variants of a message from the longest to the shortest; empty for no message."""


class StatusLine(Widget):
    """The line at the bottom of the screen."""

    ALLOW_SELECT = False

    def __init__(self, colours: Colours, keymap: Keymap) -> None:
        super().__init__(id="status")
        self._keymap = keymap
        self.colours = colours
        self._path: tuple[str, ...] = ()
        self._section: str | None = None
        self._notes: MessageVariants = ()
        self._work = ""
        self._warning: MessageVariants = ()
        self._progress: float | None = None

    def show(  # noqa: PLR0913 - all that the line says
        self,
        *,
        path: tuple[str, ...],
        section: str | None,
        progress: float | None,
        notes: MessageVariants = (),
        work: str = "",
        warning: MessageVariants = (),
    ) -> None:
        """Set the location (archive, categories and section) and the progress (0 to 1).

        The section is empty before the first one, and None if there are none, which hides the key hint for sections.
        A message replaces the location in the longest variant that fits. `work` describes a running task; it replaces
        the hints, or the location on a narrow screen. A warning precedes everything else.
        """
        new = (path, section, progress, notes, work, warning)
        if new != (self._path, self._section, self._progress, self._notes, self._work, self._warning):
            self._path, self._section, self._progress, self._notes, self._work, self._warning = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render the line."""
        del y
        width = self.size.width
        warning = self._warned(width)
        taken = sum(segment.cell_length for segment in warning)
        right = self._right(width)
        if self._notes and cell_len(self._notes[0]) > width - taken - sum(segment.cell_length for segment in right) - 2:
            # A message takes precedence over the progress and the hints.
            right = []
        room = width - taken - sum(segment.cell_length for segment in right) - 2
        left = [Segment(" ", self.colours.text), *warning, *self._left(max(room, 0))]
        used = sum(segment.cell_length for segment in left)
        gap = Segment(" " * max(0, width - used - sum(one.cell_length for one in right)), self.colours.text)
        return Strip([*left, gap, *right]).adjust_cell_length(width, self.colours.text)

    def _warned(self, width: int) -> list[Segment]:
        if not self._warning:
            return []
        wording = self._warning[0] if width >= _ROOMY else self._warning[-1]
        return [Segment(f"{wording}  ", self.colours.role("error"))]

    def _left(self, room: int) -> list[Segment]:
        muted = self.colours.role("muted")
        if self._notes:
            note = next((one for one in self._notes if cell_len(one) <= room), self._notes[-1])
            return [Segment(fitted(note, room), self.colours.role("accent"))]
        if self._work and self.size.width < _WIDE:
            return [Segment(fitted(self._work, room), muted)]
        if self._section and (room < 30 or cell_len(" › ".join(self._path)) + 8 > room):
            return [Segment(fitted(self._section, room), muted)]
        path = " › ".join(self._path)
        if not self._section:
            return [Segment(fitted(path, room), muted)]
        first = fitted(path, room)
        rest = fitted(" › " + self._section, room - cell_len(first))
        return [Segment(first, muted), Segment(rest, self.colours.role("ink"))]

    def _right(self, width: int) -> list[Segment]:
        muted = self.colours.role("muted")
        found: list[Segment] = []
        if self._progress is not None:
            percent = f"{round(self._progress * 100):3d}% "
            if width >= 72:
                full = round(self._progress * _BAR)
                found += [
                    Segment("━" * full, self.colours.role("accent")),
                    Segment("─" * (_BAR - full), self.colours.role("border")),
                ]
            found.append(Segment(percent, muted))
        if width >= _WIDE and self._work:
            found.append(Segment(f"   {self._work} ", muted))
        elif width >= _WIDE:
            shown = [one for one in self._keymap.of(Context.PAGE) if one.footer and one.keys]
            hints = [one for one in shown if one.id != "next_section" or self._section is not None]
            found.append(Segment("  ", self.colours.text))
            for action in hints:
                found += [
                    Segment(f" {key_label(action.keys[0])}", self.colours.role("accent")),
                    Segment(f" {_(action.footer)} ", muted),
                ]
        return found
