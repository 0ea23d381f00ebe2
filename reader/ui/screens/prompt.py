"""A question with one line of answer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.language import _
from reader.ui.colours import Colours
from reader.ui.screens.overlay import Overlay
from reader.ui.widgets.line import Line


class PromptScreen(Overlay[str]):
    """Asks for a line; gives it, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, colours: Colours, title: str, value: str) -> None:
        super().__init__(colours, title, _("Enter keeps it · Esc leaves it"))
        self._value = value

    def body(self) -> ComposeResult:
        """The line."""
        yield Line(self._value, compact=True, id="prompt-input")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        event.stop()
        self.dismiss(" ".join(event.value.split()) or None)
