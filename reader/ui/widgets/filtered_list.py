"""A list below an input: the typed text selects rows, Enter or a click chooses one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from reader.keymap.actions import Context
from reader.ui.key_bindings import STEPS, bindings
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.rows import RowList


class FilterableRows(RowList, can_focus=False):
    """Rows that are filtered by a text. Subclasses define `filter`."""

    def filter(self, needle: str) -> None:
        """Show the rows that match `needle`, with the cursor on the first."""
        raise NotImplementedError


class FilteredList(Vertical):
    """An input and the rows that its text selects; keys of `STEPS` move the cursor of the rows during typing.

    `Submitted` contains no row, because there is a cursor even if no row matches: the screen asks the rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.TYPING, STEPS, priority=True)

    class Submitted(Message):
        """The row under the cursor was chosen."""

    def __init__(self, line: CleanInput, rows: FilterableRows) -> None:
        """An input `line` above `rows`."""
        super().__init__()
        self._line = line
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Compose the input and the rows."""
        yield self._line
        yield self._rows

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by the typed text."""
        self._rows.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the row under the cursor."""
        event.stop()
        self.post_message(self.Submitted())

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Choose the clicked row."""
        event.stop()
        self.post_message(self.Submitted())

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._rows.action_cursor(step)
