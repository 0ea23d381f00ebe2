"""Conversion of the table of keys to Textual's bindings, and of arriving keys to actions."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from textual.binding import Binding, BindingType
from textual.events import Key

from reader.keymap.actions import ACTIONS, Context, Group
from reader.keymap.key_names import key_label, presses
from reader.keymap.keymap import Keymap, ascii_twin
from reader.lean_dataclasses import dataclass

STEPS = {"next": "step(1)", "previous": "step(-1)", "page_down": "step(8)", "page_up": "step(-8)"}
"""The calls of `Context.TYPING`, for a list below an input."""

_NO_KEY = "f63"
"""A key that no keyboard has, because Textual's keymap cannot leave an action without a key."""


_OF_OPTION = {
    f"alt+{key}": character if character.isalnum() else unicodedata.name(character).lower().replace(" ", "_")
    for key, character in zip((*"1234567890", "minus", "equals_sign"), "¡™£¢∞§¶•ªº–≠", strict=True)
}
"""The names under which Textual reports Alt with a digit, `-` or `=`: the characters that Option types on a Mac."""

_WITH_ALT = {name: key for key, name in _OF_OPTION.items()}


def arriving(key: str) -> tuple[str, ...]:
    """The names under which a key may arrive.

    Most terminals send Shift+F2 as the F14 of old keyboards. Textual reports Alt+1 as `¡`, as Option+1 types on a Mac.
    """
    if key.startswith("shift+f") and key[7:].isdigit():
        return key, f"f{int(key[7:]) + 12}"
    return (key, _OF_OPTION[key]) if key in _OF_OPTION else (key,)


def pressed_label(event: Key) -> str:
    """The label of a pressed key, also of one that Textual reports under another name, or the typed character."""
    key = _WITH_ALT.get(event.key, event.key)
    typed = typed_character(event)
    return typed if key == event.key and typed.isprintable() and typed.strip() else key_label(key)


def _bound(keys: Sequence[str]) -> str:
    """Keys in Textual's notation, without chords, which it does not have."""
    return ",".join(name for key in keys if len(presses(key)) == 1 for name in arriving(key)) or _NO_KEY


def bindings(
    context: Context,
    calls: Mapping[str, str] | None = None,
    *,
    call: str = "{id}",
    priority: bool = False,
    behind: Collection[str] = (),
) -> list[BindingType]:
    """The bindings of a context with their default keys; `App.set_keymap` replaces them with custom ones.

    Args:
        context: The context of the keys.
        calls: Textual's call by action id, where it differs from `call`.
        call: Textual's call, with the action's `{id}` in it.
        priority: Whether the keys precede the bindings of the focused widget.
        behind: The ids of actions whose keys have no priority.
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
    """The argument of `App.set_keymap` for a keymap."""
    known = {action.name for action in ACTIONS}
    return {name: _bound(keys) for name, keys in keymap.changed().items() if name in known}


def own_bindings(keymap: Keymap) -> list[tuple[str, str]]:
    """The keys in Textual's notation and the action ids of the commands of the settings."""
    return [(_bound(action.keys), action.id) for action in keymap.actions if action.group is Group.COMMANDS]


@dataclass(frozen=True, slots=True)
class Hint:
    """A key hint of a modal, in a word or two.

    Attributes:
        word: The effect of the key, in the language in use; empty if the key explains itself.
        names: The actions of the hint; the first key of each is shown.
        fixed: Keys that cannot be changed, such as Enter in an input.
    """

    word: str
    names: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()

    def text(self, keymap: Keymap, within: Sequence[Context] = ()) -> str:
        """The keys and the word; empty if the action has no key.

        Where actions of the reading screen are shown in a modal, `within` has the contexts of the modal's own keys.
        """
        labels = [*(keymap.label_within(name, *within) if within else keymap.label(name) for name in self.names)]
        labels += map(key_label, self.fixed)
        labels = [label for label in labels if label]
        if not labels and (self.names or self.fixed):
            return ""
        is_range = len(labels) > 2 and "".join(labels) in "123456789"
        keys = f"{labels[0]}–{labels[-1]}" if is_range else " ".join(labels)
        return f"{keys} {self.word}".strip()


def hint_line(keymap: Keymap, hints: Sequence[Hint], within: Sequence[Context] = ()) -> str:
    """The hint line at the bottom of a modal; for `within`, see `Hint.text`."""
    return " · ".join(filter(None, (hint.text(keymap, within) for hint in hints)))


_AT_ONCE = 0.03
"""Maximum seconds between two characters that an input method sends at once; nobody types as fast."""


class PressedKeys:
    """The meaning of keys that a binding cannot express, such as the full-width twins that an input method sends."""

    def __init__(self, keymap: Keymap) -> None:
        page, selecting = keymap.of(Context.PAGE), keymap.of(Context.SELECTING)
        self._by_key = {name: action.id for action in page for key in action.keys for name in arriving(key)}
        self._by_character = {
            key_label(key): action.id for action in page for key in action.keys if len(key_label(key)) == 1
        }
        own = [action for action in page if action.group is Group.COMMANDS]
        self._selecting = {
            name: action.id for action in (*own, *selecting) for key in action.keys for name in arriving(key)
        }
        self._names = {key_label(key): key for action in keymap.actions for key in action.keys} | {" ": "space"}

    def action(self, event: Key) -> str:
        """The page action of a key, or empty."""
        return self._by_key.get(event.key, "")

    def twin_action(self, event: Key) -> str:
        """The page action of the ASCII twin of a full-width key, or empty."""
        character = typed_character(event)
        twin = ascii_twin(character) if character else ""
        if twin == character:
            return ""
        return self._by_key.get("space", "") if twin == " " else self._by_character.get(twin, "")

    def twin(self, event: Key) -> Key | None:
        """The ASCII key for which an input method sent a full-width character, or None."""
        character = typed_character(event)
        twin = ascii_twin(character) if character else ""
        return Key(self._names.get(twin, twin), twin) if twin != character else None

    def selecting_action(self, event: Key) -> str:
        """The action of a key during a keyboard selection, also of a full-width twin, or empty.

        The commands of the settings keep their keys, since they may receive the selection.
        """
        twin, known = ascii_twin(typed_character(event)), self._selecting
        return known.get(event.key) or known.get(twin) or known.get("space" if twin == " " else "") or ""


class TypedPairs:
    """Tells the second character of —— and ……, which Chinese input methods send for `_` and `^`, from a key."""

    def __init__(self) -> None:
        self._last = ("", 0.0)

    def is_second(self, event: Key) -> bool:
        """Whether a key is the second character of a pair that was sent at once."""
        character = typed_character(event)
        (before, sent), self._last = self._last, (character, event.time)
        if character not in {"—", "…"} or before != character or event.time - sent > _AT_ONCE:
            return False
        self._last = ("", 0.0)
        return True


def typed_character(event: Key) -> str:
    """The character that a key types, even if only its Unicode name arrived; empty for other keys.

    Textual gives a key with Alt the character of the key without it, although the two are different keys.
    """
    if "alt+" in event.key:
        return ""
    if event.character:
        return event.character
    try:
        return unicodedata.lookup(event.key.replace("_", " "))
    except KeyError:
        return ""
