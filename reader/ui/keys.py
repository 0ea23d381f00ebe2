"""From the table of keys to Textual's bindings, and from what arrives to the action that is meant."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.events import Key

from reader.keymap import ACTIONS, Context, Keymap, ascii_twin, key_label

STEPS = {"next": "step(1)", "previous": "step(-1)", "page_down": "step(8)", "page_up": "step(-8)"}
"""The calls of `Context.TYPING`, for a list below a line that is typed into."""

_NO_KEY = "f63"
"""A key that no keyboard has: Textual's keymap cannot say that an action has none."""


def arriving(key: str) -> tuple[str, ...]:
    """By what names a key arrives: most terminals send Shift+F2 as the F14 of old keyboards."""
    if key.startswith("shift+f") and key[7:].isdigit():
        return key, f"f{int(key[7:]) + 12}"
    return (key,)


def _bound(keys: Sequence[str]) -> str:
    """Keys as Textual binds them."""
    return ",".join(name for key in keys for name in arriving(key)) or _NO_KEY


def bindings(
    context: Context,
    calls: Mapping[str, str] | None = None,
    *,
    call: str = "{id}",
    priority: bool = False,
    behind: Collection[str] = (),
) -> list[BindingType]:
    """The bindings of a context with their usual keys; `App.set_keymap` changes those that a person chose otherwise.

    Args:
        context: Whose keys are bound.
        calls: Textual's call for an action's id, where it is not `call`.
        call: Textual's call, with the action's `{id}` in it.
        priority: Whether they come before what the focused widget does with a key.
        behind: The ids of those that come behind it all the same.
    """
    return [
        Binding(
            _bound(action.keys),
            (calls or {}).get(action.id) or call.format(id=action.id),
            show=False,
            priority=priority and action.id not in behind,
            id=action.name,
        )
        for action in ACTIONS
        if action.context is context
    ]


def changed_bindings(keymap: Keymap) -> dict[str, str]:
    """What `App.set_keymap` is given for a keymap."""
    return {name: _bound(keys) for name, keys in keymap.changed().items()}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a key of a box does, in a word or two.

    Attributes:
        word: What it does, in the person's language; empty where the key alone says it.
        names: The actions that do it; of several, each first key is shown.
        fixed: Keys that nobody can change, as Enter in a line that is typed into.
    """

    word: str
    names: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()

    def text(self, keymap: Keymap) -> str:
        """The keys, and the word; empty if the action has no key."""
        labels = [*(keymap.label(name) for name in self.names), *map(key_label, self.fixed)]
        labels = [label for label in labels if label]
        if not labels and (self.names or self.fixed):
            return ""
        is_range = len(labels) > 2 and "".join(labels) in "123456789"
        keys = f"{labels[0]}–{labels[-1]}" if is_range else " ".join(labels)
        return f"{keys} {self.word}".strip()


def hint_line(keymap: Keymap, hints: Sequence[Hint]) -> str:
    """The line at the foot of a box."""
    return " · ".join(filter(None, (hint.text(keymap) for hint in hints)))


class PressedKeys:
    """What keys mean, where a binding cannot tell: with the full-width twins that an input method sends."""

    def __init__(self, keymap: Keymap) -> None:
        page, selecting = keymap.of(Context.PAGE), keymap.of(Context.SELECTING)
        self._by_key = {name: action.id for action in page for key in action.keys for name in arriving(key)}
        self._by_character = {
            key_label(key): action.id for action in page for key in action.keys if len(key_label(key)) == 1
        }
        self._selecting = {name: action.id for action in selecting for key in action.keys for name in arriving(key)}

    def action(self, event: Key) -> str:
        """The page's action of a key; empty if it has none."""
        return self._by_key.get(event.key, "")

    def twin_action(self, event: Key) -> str:
        """The page's action of a key's full-width twin; empty for every other key."""
        character = _character(event)
        twin = ascii_twin(character) if character else ""
        return self._by_character.get(twin, "") if twin != character else ""

    def selecting_action(self, event: Key) -> str:
        """What a key does while text is selected, its full-width twin included; empty for every other."""
        twin, known = ascii_twin(_character(event)), self._selecting
        return known.get(event.key) or known.get(twin) or known.get("space" if twin == " " else "") or ""


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
