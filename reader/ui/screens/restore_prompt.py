"""The question whether to restore an intact backup of a corrupt marks database."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.sanitizing import clean
from reader.errors import CorruptStoreError
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.marks.backups import Backup, holds
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage


class RestoreScreen(Dialog[bool]):
    """Describes the corrupt database and the backup; returns whether to restore the backup."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.RESTORE)

    def __init__(self, colours: Colours, keymap: Keymap, error: CorruptStoreError, backup: Backup | None) -> None:
        hints = Hint(_("restore"), ("restore.restore",)), Hint(_("leave everything as it is"), ("box.close",))
        super().__init__(colours, keymap, _("The marks database is corrupt"), hints)
        self._error = error
        self._backup = backup

    def body(self) -> ComposeResult:
        """Compose the text."""
        if self._backup is not None:
            made = f"{self._backup.made.astimezone():%Y-%m-%d %H:%M}"
            highlights, bookmarks = holds(self._backup.path)
            offer = _(
                "There is an intact backup from {made} (highlights: {highlights:,}, bookmarks: "
                "{bookmarks:,}). The reader can restore it and add everything that can still be read."
            )
            what = offer.format(made=made, highlights=highlights, bookmarks=bookmarks)
        else:
            what = _(
                "There is no intact backup. The reader can create a new marks database and add everything "
                "that can still be read."
            )
        kept = _(
            "Nothing is deleted: the corrupt file is kept next to it. Until you restore, marks are lost"
            " when the program ends."
        )
        # The title says what happened; the message of the error would say it again.
        where = f"{self._error.path}\n{self._error.reason}".rstrip()
        yield Passage(clean(f"{where}\n\n{what}\n\n{kept}"), id="restore-text")

    def action_restore(self) -> None:
        """Restore the backup."""
        self.dismiss(True)  # noqa: FBT003 - the result's own value
