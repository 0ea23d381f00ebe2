"""The menu of what can be done with several articles: each action by its own key, or chosen from the list."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.events import Key

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui.article_keys import ARTICLE_ACTIONS, ArticleKeys
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint
from reader.ui.screens.dialog import Dialog
from reader.ui.text_fitting import fitted
from reader.ui.widgets.rows import RowList

_OWN = (Context.LIST, Context.BOX)
"""The contexts whose keys the menu needs itself."""


class _Actions(RowList):
    def __init__(self, colours: Colours, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__(colours, id="entries")
        self._rows = rows

    def count(self) -> int:
        """The number of actions."""
        return len(self._rows)

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render an action with its key at the right."""
        del lit
        title, key = self._rows[number]
        text = " " + fitted(title, max(0, width - cell_len(key) - 3))
        gap = " " * max(0, width - cell_len(text) - cell_len(key) - 1)
        return [Segment(text, self.colours.role("ink")), Segment(f"{gap}{key} ", self.colours.role("muted"))]


class ArticleMenu(Dialog[str]):
    """The actions on articles; returns the id of the one that was chosen or whose key was pressed."""

    def __init__(self, colours: Colours, keymap: Keymap, title: str) -> None:
        hints = Hint(_("run"), ("list.choose",)), Hint(_("cancel"), ("box.close",))
        super().__init__(colours, keymap, title, hints)
        self._keys_of_actions = ArticleKeys(keymap, *_OWN)
        rows = [(_(keymap[name].title), keymap.label_within(name, *_OWN)) for name in ARTICLE_ACTIONS]
        self._list = _Actions(colours, rows)

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self._list

    def on_key(self, event: Key) -> None:
        """Return the action of a key."""
        if action := self._keys_of_actions.action(event):
            event.stop()
            event.prevent_default()
            self.dismiss(action)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return the chosen action."""
        event.stop()
        self.dismiss(ARTICLE_ACTIONS[event.number])
