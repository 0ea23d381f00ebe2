"""The line at the foot of the screen in which one types what to find."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from reader.keymap import Context
from reader.ui.keys import bindings
from reader.ui.widgets.line import Line


class FindBar(Horizontal):
    """A line to type into, and how many were found."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.FIND, {"next": "step(1)", "previous": "step(-1)"})

    class Typed(Message):
        """What to find changed."""

        def __init__(self, needle: str) -> None:
            super().__init__()
            self.needle = needle

    class Stepped(Message):
        """The next hit was asked for, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The bar was left; `kept` if by Enter."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def compose(self) -> ComposeResult:
        """A sign, the input, the count."""
        yield Label("/", id="find-sign")
        yield Line(id="find-input", compact=True)
        yield Label("", id="find-count")

    def open(self, asked: str, text: str = "") -> None:
        """Show the bar with what is asked for, let it have the keys, and offer `text`."""
        self.display = True
        line = self.query_one(Input)
        line.placeholder = asked
        with self.prevent(Input.Changed):
            line.value = text
        line.focus()
        line.select_all()

    def say(self, count: str) -> None:
        """Show how many were found."""
        self.query_one("#find-count", Label).update(count)

    @property
    def needle(self) -> str:
        """What to find."""
        return self.query_one(Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Stay at the hit."""
        event.stop()
        self.display = False
        self.post_message(self.Closed(kept=True))

    def action_close(self) -> None:
        """Go back to where one was."""
        self.display = False
        self.post_message(self.Closed(kept=False))

    def action_step(self, step: int) -> None:
        """Go to the next hit while the bar is open."""
        self.post_message(self.Stepped(step))
