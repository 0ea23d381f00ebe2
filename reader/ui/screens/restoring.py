"""Asking whether to go back to a good copy of a damaged store of marks."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.cleaning import clean
from reader.errors import StoreError
from reader.keymap import Context, Keymap
from reader.language import _
from reader.marks.backups import Backup, holds
from reader.ui.colours import Colours
from reader.ui.keys import Hint, bindings
from reader.ui.screens.overlay import Overlay
from reader.ui.widgets.passage import Passage


class RestoreScreen(Overlay[bool]):
    """Tells what is wrong, and what can be done; gives whether to do it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.RESTORE)

    def __init__(self, colours: Colours, keymap: Keymap, error: StoreError, backup: Backup | None) -> None:
        hints = Hint(_("restores"), ("restore.restore",)), Hint(_("changes nothing"), ("box.close",))
        super().__init__(colours, keymap, _("The store of marks is damaged"), hints)
        self._error = error
        self._backup = backup

    def body(self) -> ComposeResult:
        """What there is to say."""
        if self._backup is not None:
            made = f"{self._backup.made.astimezone():%Y-%m-%d %H:%M}"
            highlights, bookmarks = holds(self._backup.path)
            offer = _(
                "There is a good copy of {made} (highlights: {highlights:,}, bookmarks: {bookmarks:,})."
                " The reader can go back to it, and add what it can still read."
            )
            what = offer.format(made=made, highlights=highlights, bookmarks=bookmarks)
        else:
            what = _("There is no good copy. The reader can begin a new store, and add what it can still read.")
        kept = _(
            "Nothing is deleted: the damaged file is kept beside it. Until then marks last until the program ends."
        )
        yield Passage(clean(f"{self._error.message}\n\n{what}\n\n{kept}"), id="restore-text")

    def action_restore(self) -> None:
        """Do it."""
        self.dismiss(True)  # noqa: FBT003 - the result's own value
