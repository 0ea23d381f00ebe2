"""The question what to do with unsaved marks before quitting."""

from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.cleaning import clean
from reader.errors import StoreError
from reader.keymap import Context, Keymap
from reader.language import _, ngettext
from reader.ui.colours import Colours
from reader.ui.keys import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage


class Unsaved(Enum):
    """The choice."""

    SAVE_TO_FILE = "save"
    DISCARD = "discard"


class UnsavedScreen(Dialog[Unsaved]):
    """Describes how many marks would be lost, and why; returns the choice, or None to stay."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.UNSAVED)

    def __init__(self, colours: Colours, keymap: Keymap, error: StoreError, count: int) -> None:
        hints = (
            Hint(_("saves to a file and quits"), ("unsaved.save",)),
            Hint(_("quits without saving"), ("unsaved.discard",)),
            Hint(_("keeps waiting"), ("box.close",)),
        )
        super().__init__(colours, keymap, _("Unsaved marks"), hints)
        self._error = error
        self._count = count

    def body(self) -> ComposeResult:
        """Compose the text."""
        count = ngettext(
            "{n:,} change to your marks is not in the marks database yet.",
            "{n:,} changes to your marks are not in the marks database yet.",
            self._count,
        ).format(n=self._count)
        waiting = _(
            "While you wait, they are saved as soon as the database can be used. A file of marks in the data folder is"
            " added at the next start; others are added by “reader marks import”."
        )
        yield Passage(clean(f"{count}\n\n{self._error.message}\n\n{waiting}"), id="unsaved-text")

    def action_save(self) -> None:
        """Save them to a file, and quit."""
        self.dismiss(Unsaved.SAVE_TO_FILE)

    def action_discard(self) -> None:
        """Discard them, and quit."""
        self.dismiss(Unsaved.DISCARD)
