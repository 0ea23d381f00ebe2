"""From the table of actions to what Textual calls them, and from full-width characters to the keys they mean."""

import unicodedata

from textual.events import Key

from reader.keymap import ACTIONS, ascii_twin, key_label

_OF_THE_LIBRARY = frozenset(
    {
        *("next_article", "previous_article", "open_original", "export", "copy", "search", "arrange"),
        *("star", "toggle_read", "stop_reading"),
        *("bookmark", "bookmarks", "theme", "help", "palette", "quit"),
    }
)
"""Actions that the app does, because they concern more than the page."""

_BY_CHARACTER = {key_label(key): action.id for action in ACTIONS for key in action.keys if len(key_label(key)) == 1}
"""The action of each key that is one character."""


def command(action_id: str) -> str:
    """An action as Textual calls it."""
    return f"app.{action_id}" if action_id in _OF_THE_LIBRARY else f"screen.{action_id}"


def twin_action(event: Key) -> str:
    """What the full-width twin of a key does, as an input method sends it; empty for every other key."""
    character = _character(event)
    twin = ascii_twin(character) if character else ""
    action_id = _BY_CHARACTER.get(twin) if twin != character else None
    return command(action_id) if action_id else ""


def _character(event: Key) -> str:
    """The character that a key types, also where only its Unicode name came along; empty for keys that type none."""
    if event.character:
        return event.character
    if not event.key.startswith("fullwidth_"):
        return ""
    try:
        return unicodedata.lookup(event.key.replace("_", " "))
    except KeyError:
        return ""
