"""The question of what to do with unsaved marks before quitting."""

from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.sanitizing import clean
from reader.errors import StoreError
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _, ngettext
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage


class Unsaved(Enum):
    """What to do with unsaved marks."""

    SAVE_TO_FILE = "save"
    DISCARD = "discard"


class UnsavedScreen(Dialog[Unsaved]):
    """A modal that shows how many changes would be lost, and why; returns the choice, or None to keep waiting."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.UNSAVED)

    def __init__(self, colours: Colours, keymap: Keymap, error: StoreError, count: int) -> None:
        hints = (
            Hint(_("save to a file and quit"), ("unsaved.save",)),
            Hint(_("quit without saving"), ("unsaved.discard",)),
            Hint(_("keep waiting"), ("box.close",)),
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
            "While you wait, they are saved as soon as the database is available. A marks file in the data folder is"
            " imported at the next start; import other files with “reader marks import”."
        )
        yield Passage(clean(f"{count}\n\n{self._error.message}\n\n{waiting}"), id="unsaved-text")

    def action_save(self) -> None:
        """Save the changes to a file, and quit."""
        self.dismiss(Unsaved.SAVE_TO_FILE)

    def action_discard(self) -> None:
        """Discard the changes, and quit."""
        self.dismiss(Unsaved.DISCARD)
