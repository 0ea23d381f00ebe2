"""The find bar at the bottom of the screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from reader.keymap.actions import Context
from reader.ui.key_bindings import bindings
from reader.ui.widgets.clean_input import CleanInput


class FindBar(Horizontal):
    """An input for the text to find, with the number of matches."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.FIND, {"next": "step(1)", "previous": "step(-1)"})

    class Typed(Message):
        """The text to find changed."""

        def __init__(self, needle: str) -> None:
            super().__init__()
            self.needle = needle

    class Stepped(Message):
        """The next or previous match was requested."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The bar was closed; `kept` if by Enter."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self, lend_rows: Callable[[int], None]) -> None:
        """Pass the number of rows that the bar takes from the page to `lend_rows`, as soon as it changes."""
        super().__init__(id="find")
        self._lend_rows = lend_rows

    def compose(self) -> ComposeResult:
        """Compose the label, the input and the count."""
        yield Label("/", id="find-sign")
        yield CleanInput(id="find-input", compact=True)
        yield Label("", id="find-count")

    def open(self, asked: str, text: str = "") -> None:
        """Show and focus the bar with the placeholder `asked` and the initial `text`."""
        self._show(display=True)
        line = self.query_one(Input)
        line.placeholder = asked
        with self.prevent(Input.Changed):
            line.value = text
        self.say("")
        # Unlike `focus`, this takes effect at once: keys typed right after the one that opens the bar arrive here.
        self.screen.set_focus(line)
        line.select_all()

    def _show(self, *, display: bool) -> None:
        self.display = display
        self._lend_rows(int(display))

    def say(self, count: str) -> None:
        """Show the number of matches."""
        self.query_one("#find-count", Label).update(count)

    @property
    def needle(self) -> str:
        """The text to find."""
        return self.query_one(Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the bar and stay at the match."""
        event.stop()
        self._show(display=False)
        self.post_message(self.Closed(kept=True))

    def action_close(self) -> None:
        """Close the bar and return to the previous position."""
        self._show(display=False)
        self.post_message(self.Closed(kept=False))

    def action_step(self, step: int) -> None:
        """Go to another match while the bar is open."""
        self.post_message(self.Stepped(step))
