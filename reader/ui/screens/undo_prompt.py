"""Confirmation before undoing or redoing a change that the user may have forgotten."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.sanitizing import clean
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage


class UndoScreen(Dialog[bool]):
    """A modal that shows the change and its position; returns True to undo or redo it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.UNDO)

    def __init__(self, colours: Colours, keymap: Keymap, explanation: str, change: str, *, redoes: bool) -> None:
        hints = Hint(_("redo") if redoes else _("undo"), ("undo.undo",)), Hint(_("cancel"), ("box.close",))
        super().__init__(colours, keymap, _("Redo this change?") if redoes else _("Undo this change?"), hints)
        self._text = f"{explanation}\n\n{change}"

    def body(self) -> ComposeResult:
        """Compose the explanation and the change."""
        yield Passage(clean(self._text), id="undo-text")

    def action_undo(self) -> None:
        """Undo or redo the change."""
        self.dismiss(True)  # noqa: FBT003 - the result of the modal
