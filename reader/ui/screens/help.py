"""Help: every action with its keys, from the table of keys."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from reader.keymap.actions import Action, Context, Group
from reader.keymap.key_names import key_label
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.layout.wrapping import set_plain
from reader.settings.options import Typesetting
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.rows import RowList

_INDENT = _GAP = "  "
_ENOUGH = 30
"""The minimum width for descriptions in cells beside a column that has room for the keys of every action."""


_Line = tuple[Group | None, str, str]
"""A row: the name of a group, or the keys and the description of an action."""


class _Keys(RowList):
    """The actions by group, each in as many rows as its description needs."""

    SHOWS_CURSOR = False

    def __init__(self, colours: Colours, keymap: Keymap, typesetting: Typesetting) -> None:
        super().__init__(colours, id="help")
        self._all = self._actions = [action for action in keymap.actions if action.keys]
        self._typesetting = typesetting
        self._set_for: int | None = None
        self._lines: list[_Line] = []

    def filter(self, needle: str) -> None:
        """Show the actions whose key is `needle`, or whose title, keys and id contain all words of it."""
        key, words = needle.strip(), needle.casefold().split()
        found = [one for one in self._all if all(word in _searched(one) for word in words)]
        labelled = [one for one in self._all if key in map(key_label, one.keys)]
        self._actions = labelled if len(key) == 1 and labelled else found
        self._set_for = None
        self.scroll_to(y=0, animate=False)
        self.rebuild()

    def _column(self, width: int) -> int:
        """The width of the keys in cells, including the gap before the descriptions."""
        widest = max(cell_len(_keys(action)) for action in self._all) + len(_GAP)
        if width - len(_INDENT) - widest >= _ENOUGH:
            return widest
        # Wide enough for the keys of most actions; others take a row of their own.
        return max(min(widest, (width - len(_INDENT)) * 3 // 7), len(_GAP))

    def _set(self) -> list[_Line]:
        """Wrap the rows to the available width."""
        width = self.row_width
        if width != self._set_for:
            self._set_for, self._lines = width, []
            if not self._actions:
                # In the column of the keys, so that it has the whole width.
                self._lines.append((None, _("No match"), ""))
            for group in (one for one in Group if any(action.group is one for action in self._actions)):
                if self._lines:
                    self._lines.append((None, "", ""))
                self._lines.append((group, "", ""))
                for action in self._actions:
                    if action.group is group:
                        self._lines += self._action(action, width)
        return self._lines

    def _action(self, action: Action, width: int) -> Iterator[_Line]:
        keys, column = _keys(action), self._column(width)
        described = set_plain(_(action.title), width - len(_INDENT) - column, self._typesetting)
        if cell_len(keys) + len(_GAP) > column:
            yield None, keys, ""
            keys = ""
        for line in described:
            yield None, keys, line
            keys = ""

    def count(self) -> int:
        """The number of rows."""
        return len(self._set())

    def action_cursor(self, step: int) -> None:
        """Scroll, because there is nothing to choose."""
        self.scroll_to(y=self.scroll_y + step, animate=False)

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render the name of a group, or a row of an action."""
        del lit
        group, keys, described = self._set()[number]
        if group is not None:
            return [Segment(fitted(_(group.value), width), self.colours.role("heading", bold=True))]
        room = width - len(_INDENT)
        shown = padded(keys, self._column(width)) if described else fitted(keys, room)
        return [
            Segment(_INDENT + shown, self.colours.role("accent")),
            Segment(fitted(described, max(room - cell_len(shown), 0)), self.colours.role("ink")),
        ]

    def action_choose(self) -> None:
        """Do nothing, because there is nothing to choose."""


def _keys(action: Action) -> str:
    return _GAP.join(key_label(key) for key in action.keys)


def _searched(action: Action) -> str:
    return f"{_(action.title)}\n{action.title}\n{action.id}\n{_keys(action)}".casefold()


class HelpScreen(Dialog[None]):
    """All keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.HELP)

    def __init__(self, colours: Colours, keymap: Keymap, typesetting: Typesetting) -> None:
        scroll, find = Hint(_("scroll"), ("list.up", "list.down")), Hint(_("filter"), ("help.find",))
        hints = scroll, find, Hint(_("close"), ("box.close",))
        super().__init__(colours, keymap, _("Keyboard shortcuts"), hints)
        self._typesetting = typesetting

    def body(self) -> ComposeResult:
        """Compose the filter input, hidden at first, and the list."""
        yield CleanInput(placeholder=_("type to filter"), compact=True, id="help-input")
        yield _Keys(self.colours, self.keymap, self._typesetting)

    def on_mount(self) -> None:
        """Focus the list."""
        self.query_one(CleanInput).display = False
        self.query_one(_Keys).focus()

    def typing_hints(self) -> tuple[Hint, ...]:
        """The keys that work while the filter is typed."""
        return Hint(_("show the list"), fixed=("enter",)), Hint(_("close"), ("box.close",))

    def action_find(self) -> None:
        """Open the filter input."""
        line = self.query_one(CleanInput)
        line.display = True
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by the typed text."""
        event.stop()
        self.query_one(_Keys).filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return to the filtered list."""
        event.stop()
        self.query_one(_Keys).focus()

    async def asked_for_help(self, perform: Callable[[str], Awaitable[None]]) -> None:
        """Close the help by the key that opens it."""
        del perform
        self.action_close()

    def action_close(self) -> None:
        """Close the filter, or the help."""
        line = self.query_one(CleanInput)
        if not line.display:
            self.dismiss(None)
            return
        line.value = ""
        line.display = False
        self.query_one(_Keys).focus()
