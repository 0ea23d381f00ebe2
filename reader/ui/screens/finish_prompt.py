"""The question of what to do with an interrupted restore."""

from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.sanitizing import clean
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.marks.backups import holds
from reader.marks.interrupted_restores import InterruptedRestore
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage


class Unfinished(Enum):
    """What to do with an interrupted restore."""

    FINISH = "finish"
    SET_ASIDE = "set aside"


class FinishScreen(Dialog[Unfinished]):
    """A modal about an interrupted restore; returns the choice, or None to decide later."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.INTERRUPTED)

    def __init__(self, colours: Colours, keymap: Keymap, left: InterruptedRestore) -> None:
        hints = (
            Hint(_("finish it"), ("interrupted.finish",)),
            Hint(_("set it aside"), ("interrupted.discard",)),
            Hint(_("later"), ("box.close",)),
        )
        super().__init__(colours, keymap, _("Interrupted restore"), hints)
        self._left = left

    def body(self) -> ComposeResult:
        """The explanation."""
        highlights, bookmarks = holds(self._left.path)
        what = _(
            "A restore of the marks database was interrupted on {made}. The restored database is complete (highlights: "
            "{highlights:,}, bookmarks: {bookmarks:,}), but not in use yet."
        ).format(made=f"{self._left.made.astimezone():%Y-%m-%d %H:%M}", highlights=highlights, bookmarks=bookmarks)
        kept = _(
            "Finishing it also adds the marks of the database in use. Nothing is deleted: the other database is kept "
            "beside it in either case."
        )
        yield Passage(clean(f"{what}\n\n{kept}"), id="restore-text")

    def action_finish(self) -> None:
        """Finish the restore."""
        self.dismiss(Unfinished.FINISH)

    def action_discard(self) -> None:
        """Set the restore aside."""
        self.dismiss(Unfinished.SET_ASIDE)
