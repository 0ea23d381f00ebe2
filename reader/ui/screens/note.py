"""Editing the note of a highlight, in place or in an external editor."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.widgets import TextArea

from reader.document.sanitizing import clean
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.highlights import COLOURS, shortened
from reader.private_files import FILE
from reader.ui.child_processes import keyboard_signals_ignored, run_in_foreground
from reader.ui.colours import Colours
from reader.ui.editors import editor
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.clean_input import NoteArea
from reader.ui.widgets.passage import Passage

_LONGEST = 2_000_000
"""Maximum characters read back from an editor."""

_KEEP = 1.0
"""Seconds after which a change is kept as a draft."""

_QUOTED = 160
"""Maximum characters of the quotation above the note."""


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """The result of the modal.

    Attributes:
        note: The note.
        colour: The colour of the highlight.
        deleted: Whether to delete the highlight.
    """

    note: str
    colour: int
    deleted: bool = False


class NoteScreen(Dialog[NoteEdit]):
    """Shows the text of a highlight; returns its note and colour."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.NOTE, priority=True)

    def __init__(  # noqa: PLR0913 - what a note is made of
        self,
        colours: Colours,
        keymap: Keymap,
        quotation: str,
        before: NoteEdit,
        *,
        is_new: bool = False,
        begun: NoteEdit | None = None,
        keep_draft: Callable[[NoteEdit], None] = lambda _written: None,
    ) -> None:
        """Edit the note `before`; `begun` is an unsaved draft.

        `keep_draft` is called with the current text, a second after a change and when the program ends.
        """
        deletes = () if is_new else (Hint(_("remove highlight"), ("note.delete",)),)
        hints = (
            Hint(_("save"), ("note.keep",)),
            Hint(_("edit in $EDITOR"), ("note.edit",)),
            Hint(_("colour"), ("note.colour",)),
            *deletes,
            Hint(_("cancel"), ("note.leave",)),
        )
        super().__init__(colours, keymap, _("Note"), hints)
        self._quotation = quotation
        self._begun = (begun or before).note
        self._colour = (begun or before).colour
        self._before = (before.note.strip(), before.colour)
        self._is_new = is_new
        self._warned = False
        self._is_draft = begun is not None
        self._keep_draft = keep_draft
        self._text = self._begun
        self._unkept = False

    def body(self) -> ComposeResult:
        """Compose the quotation and the note."""
        yield Passage(id="note-quotation")
        yield NoteArea(self._begun, id="note-text", show_line_numbers=False, soft_wrap=True, compact=True)
        yield Passage(id="note-said")

    def on_mount(self) -> None:
        """Place the cursor at the end of the note."""
        self._show_quotation()
        area = self._area
        area.move_cursor(area.document.end)
        area.focus()
        if self._is_draft:
            self._say(
                _("Unsaved draft · {keep} saves · {leave} twice discards").format(
                    keep=self.keymap.label("note.keep"), leave=self.keymap.label("note.leave")
                )
            )

    def on_unmount(self) -> None:
        """Keep the draft if the program ends without asking."""
        self._flush()

    def _say(self, message: str) -> None:
        self.query_one("#note-said", Passage).show(message)

    def _flush(self) -> None:
        """Keep the draft, unless the note was saved or discarded while the timer was running."""
        if self._unkept and not self._dismissed:
            self._unkept = False
            self._keep_draft(NoteEdit(clean(self._text), self._colour))

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    def _show_quotation(self) -> None:
        paint = self.colours.role("ink") + self.colours.role(f"highlight_{self._colour}")
        self.query_one("#note-quotation", Passage).show(shortened(self._quotation, _QUOTED), paint)

    @property
    def _changed(self) -> bool:
        return (self._area.text.strip(), self._colour) != self._before

    def action_leave(self) -> None:
        """Close the modal; the second attempt discards changes."""
        if self._changed and not self._warned:
            self._warned = True
            self._say(
                _("Unsaved changes · {keep} saves · {leave} again discards").format(
                    keep=self.keymap.label("note.keep"), leave=self.keymap.label("note.leave")
                )
            )
            return
        self.dismiss(None)

    def on_text_area_changed(self) -> None:
        """Warn again before discarding, because the note was edited further."""
        if self._warned:
            self._warned = False
            self._say("")
        text = self._area.text
        if text == self._text:
            return
        self._text = text
        self._touched()

    def _touched(self) -> None:
        """Save the draft within a second, even while the user goes on typing."""
        if not self._unkept:
            self._unkept = True
            self.set_timer(_KEEP, self._flush)

    def action_keep(self) -> None:
        """Save the note."""
        self.dismiss(NoteEdit(clean(self._area.text), self._colour))

    def action_colour(self) -> None:
        """Choose the next colour."""
        self._colour = self._colour % COLOURS + 1
        self._show_quotation()
        self._touched()

    def action_delete(self) -> None:
        """Delete the highlight."""
        if not self._is_new:
            self.dismiss(NoteEdit("", self._colour, deleted=True))

    def action_edit(self) -> None:
        """Edit the note in the external editor."""
        command = editor(os.environ)
        if not command:
            self._say(_("No editor: set $EDITOR"))
            return
        try:
            with keyboard_signals_ignored(), self.app.suspend():
                text = _edited(command, self._area.text)
        except SuspendNotSupported:
            self._say(_("This terminal cannot run an editor"))
            return
        if text is None:
            self._say(_("Cannot run the editor: {name}").format(name=command[0]))
        else:
            self._area.load_text(clean(text).rstrip())
            self._text, self._unkept = self._area.text, True
            self._flush()
            self._area.move_cursor(self._area.document.end)


def _edited(command: list[str], text: str) -> str | None:
    """Edit a text in the external editor; return the new text, or None if the editor failed."""
    try:
        with tempfile.TemporaryDirectory(prefix="reader-note-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "note.md"
            file.touch(FILE)
            file.write_text(text, encoding="utf-8", errors="replace")
            code = run_in_foreground([*command, os.fspath(file)])
            # Opening a pipe to read it would block.
            if not file.is_file():
                return None
            # The exit code of an editor that was killed means nothing: keep what it has saved.
            if code > 0 or (code < 0 and file.read_bytes() == text.encode(errors="replace")):
                return None
            with file.open(encoding="utf-8", errors="replace") as written:
                return written.read(_LONGEST)
    except OSError:
        return None
