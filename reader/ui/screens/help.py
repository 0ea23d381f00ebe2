"""Help: every action with its keys, from the table of actions."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult

from reader.keymap import ACTIONS, SELECTING, Action, Group, key_label
from reader.language import _
from reader.ui.colours import Colours
from reader.ui.screens.overlay import Overlay
from reader.ui.strips import fitted, padded
from reader.ui.widgets.rows import RowList

_ALL = (*ACTIONS, *SELECTING)


class _Keys(RowList):
    """The actions by group."""

    SHOWS_CURSOR = False

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours, id="help")
        self._rows: list[Group | Action | None] = []
        for group in Group:
            if self._rows:
                self._rows.append(None)
            self._rows.append(group)
            self._rows += [action for action in _ALL if action.group is group]
        self._widest = max(cell_len(_keys(action)) for action in _ALL)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def action_cursor(self, step: int) -> None:
        """There is nothing to choose: the arrows scroll."""
        self.scroll_to(y=self.scroll_y + step, animate=False)

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """A group's name, or an action with its keys."""
        del lit
        row = self._rows[number]
        if row is None:
            return []
        if isinstance(row, Group):
            return [Segment(fitted(_(row.value), width), self.colours.role("heading", bold=True))]
        keys = _keys(row)
        room = min(self._widest + 2, width // 2)
        return [
            Segment("  " + padded(keys, room), self.colours.role("accent")),
            Segment(fitted(_(row.title), max(width - room - 2, 0)), self.colours.role("ink")),
        ]

    def action_choose(self) -> None:
        """Nothing is chosen here."""


def _keys(action: Action) -> str:
    return "  ".join(key_label(key) for key in action.keys)


class HelpScreen(Overlay[None]):
    """All keys."""

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours, _("Keys"), _("↑ ↓ scroll · Esc back"))

    def body(self) -> ComposeResult:
        """The list."""
        yield _Keys(self.colours)
