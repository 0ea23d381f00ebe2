"""Keys of two presses, such as `g g` and `Ctrl+X Ctrl+C`: the first one waits for the second."""

from collections import defaultdict
from collections.abc import Container

from textual.events import Key

from reader.keymap.actions import Context
from reader.keymap.key_names import key_label, presses
from reader.keymap.keymap import Keymap, ascii_twin
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.ui.key_bindings import typed_character

_LISTS = (Context.LIST, Context.SIDEBAR)


@dataclass(frozen=True, slots=True)
class PressedChord:
    """A key of a chord.

    Attributes:
        action: The id of the action of the chord that it completes, or empty.
        unknown: The chord as it is shown if it means nothing, or empty.
    """

    action: str = ""
    unknown: str = ""


class Chords:
    """The first key of a chord, if one was pressed.

    Attributes:
        notes: The first key, for the status line; empty if none was pressed.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._actions: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for action in keymap.of(Context.PAGE):
            for key in action.keys:
                if len(pressed := presses(key)) > 1:
                    self._actions[pressed[0]][pressed[1]] = action.id
        self._of_lists = {key for action in keymap.of(*_LISTS) for key in action.keys}
        controlled = {key for action in keymap.of(Context.PAGE) if action.id == "back" for key in action.keys}
        # Only with Ctrl: another key may be mistyped, and is then explained.
        self._cancelling = {"escape"} | {key for key in controlled if key.startswith("ctrl+")}
        self._first = ""
        self.notes: tuple[str, ...] = ()

    def take(self, event: Key, *, in_list: bool) -> "PressedChord | None":
        """Handle a key; return what it means, or None if it belongs to no chord.

        `in_list` tells whether a list has the focus, whose own keys begin no chord.
        """
        first, self._first, self.notes = self._first, "", ()
        if first:
            action = self._actions[first].get(_key(event, self._actions[first]), "")
            if not action and event.key in self._cancelling:
                return PressedChord()
            return PressedChord(action, "" if action else f"{key_label(first)} {key_label(event.key)}")
        key = _key(event, self._actions)
        if key not in self._actions or (in_list and key in self._of_lists):
            return None
        self._first = key
        known = " ".join(map(key_label, self._actions[key]))
        self.notes = (_("{key} … then {keys} · Esc cancels").format(key=key_label(key), keys=known), key_label(key))
        return PressedChord()


def _key(event: Key, known: Container[str]) -> str:
    """The key by which a chord knows what was pressed: with an input method, the twin of the character."""
    twin = ascii_twin(typed_character(event))
    return twin if event.key not in known and twin in known else event.key
