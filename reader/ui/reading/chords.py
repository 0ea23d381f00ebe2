"""Chords: keys of two presses, such as `g g` and `Ctrl+X Ctrl+C`."""

from collections import defaultdict
from collections.abc import Container

from textual.events import Key

from reader.keymap.actions import SIDEBAR, Context
from reader.keymap.key_names import key_label, presses
from reader.keymap.keymap import Keymap, ascii_twin
from reader.language import N_, _
from reader.lean_dataclasses import dataclass
from reader.ui.key_bindings import typed_character

_WORDS = {
    "line_to_top": N_("top"),
    "line_to_middle": N_("middle"),
    "line_to_bottom": N_("bottom"),
    "toggle_fold": N_("fold"),
    "unfold_all": N_("unfold all"),
    "fold_all": N_("fold all"),
    "unfold": N_("unfold"),
    "fold": N_("close fold"),
    "top": N_("beginning"),
    "next_article": N_("next article"),
    "previous_article": N_("previous article"),
    "open_link": N_("open link"),
    "open_link_on_web": N_("in browser"),
    "select": N_("select"),
    "search": N_("search"),
    "recent": N_("recent"),
    "toggle_sidebar": N_("sidebar"),
    "next_pane": N_("next pane"),
    "line_down": N_("down"),
    "line_up": N_("up"),
    "star": N_("star"),
    "tags": N_("tags"),
}
"""Short descriptions of actions that have chords, the most useful ones first; other actions have their titles."""


@dataclass(frozen=True, slots=True)
class PressedChord:
    """A key of a chord.

    Attributes:
        action: The id of the action of the chord that it completes, or empty.
        unknown: The label of a chord that means nothing, or empty.
    """

    action: str = ""
    unknown: str = ""


class Chords:
    """The first key of a chord, if one was pressed.

    Attributes:
        notes: The first key and what may follow it, for the status line; empty if no first key was pressed.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._actions: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for action in keymap.of(Context.PAGE):
            for key in action.keys:
                if len(pressed := presses(key)) > 1:
                    self._actions[pressed[0]][pressed[1]] = action.id
        self._of_lists = {key for action in keymap.of(*SIDEBAR) for key in action.keys}
        controlled = {key for action in keymap.of(Context.PAGE) if action.id == "back" for key in action.keys}
        # A key of `back` without Ctrl does not cancel a chord: it may be a typing mistake, and is then explained.
        self._cancelling = {"escape"} | {key for key in controlled if key.startswith("ctrl+")}
        self._titles = {action.id: action.title for action in keymap.of(Context.PAGE)}
        self._first = ""
        self.notes: tuple[str, ...] = ()

    def take(self, event: Key, *, in_list: bool) -> "PressedChord | None":
        """Handle a key; return what it means, or None if it belongs to no chord.

        If a list has the focus (`in_list`), its own keys begin no chord, except where pressing one twice is a chord,
        such as `g g` of vim; the chord then does what the key does in the list.
        """
        first, self._first, self.notes = self._first, "", ()
        if first:
            second = _key(event, self._actions[first])
            if in_list and second == first and first in self._of_lists:
                return None
            action = self._actions[first].get(second, "")
            if not action and event.key in self._cancelling:
                return PressedChord()
            return PressedChord(action, "" if action else f"{key_label(first)} {key_label(event.key)}")
        key = _key(event, self._actions)
        if key not in self._actions or (in_list and key in self._of_lists and key not in self._actions[key]):
            return None
        self._first = key
        self.notes = self._choices(key)
        return PressedChord()

    def _choices(self, key: str) -> tuple[str, ...]:
        """What may follow a key, in variants from the longest to the shortest."""
        # An action may have several keys, of which the first one is enough.
        firsts: dict[str, str] = {}
        for second, action in self._actions[key].items():
            firsts.setdefault(action, second)
        order = [*(name for name in _WORDS if name in firsts), *(name for name in firsts if name not in _WORDS)]
        hints = [f"{key_label(firsts[name])} {_(_WORDS.get(name) or self._titles[name])}" for name in order]
        label = key_label(key)
        whole = _("{key} … {choices} · Esc cancels").format(key=label, choices=" · ".join(hints))
        shorter = _("{key} … {choices} · Esc")
        counts = range(len(hints), 0, -1)
        parts = (shorter.format(key=label, choices=" · ".join(hints[:count])) for count in counts)
        return (whole, *parts, label)


def _key(event: Key, known: Container[str]) -> str:
    """The pressed key; for a character of an input method, its ASCII twin if that is one of the `known` keys."""
    twin = ascii_twin(typed_character(event))
    return twin if event.key not in known and twin in known else event.key
