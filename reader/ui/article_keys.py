"""The keys of the reading screen that act on articles, in dialogs that list articles or their marks."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.archive.article import Article
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.ui.key_bindings import PressedKeys, arriving

if TYPE_CHECKING:
    from textual.events import Key

ARTICLE_ACTIONS = ("toggle_read", "star", "later", "tags", "export", "export_marked", "export_as", "pipe")
"""The ids of the actions on articles, in the order in which they are offered."""


class ArticleActions(Protocol):
    """Acts on several articles at once."""

    def perform(self, name: str, articles: Sequence[Article]) -> None:
        """Perform the action with an id of `ARTICLE_ACTIONS`."""

    def choose(self, articles: Sequence[Article]) -> None:
        """Ask which action to perform, and perform it."""


class ArticleKeys:
    """The keys of the reading screen that act on articles in a dialog.

    Attributes:
        own: The keys that the dialog handles itself.
    """

    def __init__(self, keymap: Keymap, *own: Context) -> None:
        """Leave the keys of the contexts `own` to the dialog itself."""
        self._pressed = PressedKeys(keymap)
        self.own = frozenset(name for action in keymap.of(*own) for key in action.keys for name in arriving(key))

    def action(self, event: "Key") -> str:
        """The action of a key on articles, also in the full-width form of an input method; empty for other keys."""
        if event.key in self.own:
            return ""
        action = self._pressed.action(event) or self._pressed.twin_action(event)
        return action if action in ARTICLE_ACTIONS else ""

    def take(self, event: "Key", actions: ArticleActions, chosen: Callable[[], Sequence[Article]]) -> bool:
        """Perform the action of a key on the `chosen` articles; return whether it has one."""
        action = self.action(event)
        if action:
            event.stop()
            event.prevent_default()
            actions.perform(action, chosen())
        return bool(action)
