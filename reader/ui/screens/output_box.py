"""The output of a command, shown while it is written."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.settings.options import Typesetting
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.programs import exit_message
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.text_rows import TextRows
from reader.workers.external_program import ExternalProgram

_POLL = 0.1
"""Seconds between two checks of a running program."""


class OutputBox(Dialog[bool]):
    """Shows what a program writes; returns whether it is to be shown in the pager. Closing it ends the program."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.OUTPUT)

    def __init__(
        self, colours: Colours, keymap: Keymap, typesetting: Typesetting, title: str, program: ExternalProgram
    ) -> None:
        """Show the output of `program`, which was started as `title`."""
        hints = (
            Hint(_("scroll"), ("list.up", "list.down")),
            Hint(_("pager"), ("output.pager",)),
            Hint(_("copy"), ("output.copy",)),
            Hint(_("close"), ("box.close",)),
        )
        super().__init__(colours, keymap, title, hints)
        self._program = program
        self._program_name = title
        self._rows = TextRows(colours, typesetting, id="output")

    def body(self) -> ComposeResult:
        """Compose the output and the state of the program."""
        yield self._rows
        yield Passage(_("Running …"), id="output-state")

    def on_mount(self) -> None:
        """Follow the program."""
        self._rows.focus()
        self._watch = self.set_interval(_POLL, self._follow)
        self._follow()

    def _follow(self) -> None:
        program = self._program
        has_ended = program.code is not None
        output = program.output
        self._rows.show([(line, "ink", False) for line in output.expandtabs().split("\n")] if output else [])
        if has_ended:
            self._watch.stop()
            self.query_one("#output-state", Passage).show(self._state(output))

    def _state(self, output: str) -> str:
        failure = exit_message(self._program_name, self._program.code or 0)
        cut = _("Only the beginning of the output is kept") if self._program.is_cut else ""
        nothing = _("No output") if not output and not failure else ""
        return " · ".join(filter(None, (failure, cut, nothing)))

    def action_pager(self) -> None:
        """Show the output in the pager."""
        self.dismiss(True)  # noqa: FBT003 - the result

    def action_copy(self) -> None:
        """Copy the output."""
        self.app.copy_to_clipboard(self._program.output)
        self.query_one("#output-state", Passage).show(_("Copied"))

    def on_unmount(self) -> None:
        """End the program."""
        self._program.stop()
