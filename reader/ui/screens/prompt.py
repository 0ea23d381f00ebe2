"""A prompt for one line of text."""

from textual.app import ComposeResult
from textual.widgets import Input

from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.clean_input import CleanInput


class PromptScreen(Dialog[str]):
    """Asks for a line; returns it, or None."""

    def __init__(self, colours: Colours, keymap: Keymap, title: str, value: str, *, does: str = "") -> None:
        """Ask with a `title`, beginning with `value`; `does` is the hint for Enter if that does not save the line."""
        hints = Hint(does or _("save"), fixed=("enter",)), Hint(_("cancel"), ("box.close",))
        super().__init__(colours, keymap, title, hints)
        self._value = value

    def body(self) -> ComposeResult:
        """Compose the input."""
        yield CleanInput(self._value, compact=True, id="prompt-input")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the typed line."""
        event.stop()
        self.dismiss(" ".join(event.value.split()) or None)
