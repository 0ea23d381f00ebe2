"""From the table of actions to what Textual calls them, and from full-width characters to the keys they mean."""

import unicodedata

from textual.events import Key

from reader.keymap import ACTIONS, SELECTING, Action, ascii_twin, key_label


def arriving(key: str) -> tuple[str, ...]:
    """By what names a key arrives: most terminals send Shift+F2 as the F14 of old keyboards."""
    if key.startswith("shift+f") and key[7:].isdigit():
        return key, f"f{int(key[7:]) + 12}"
    return (key,)


_BY_CHARACTER = {key_label(key): action.id for action in ACTIONS for key in action.keys if len(key_label(key)) == 1}
"""The action of each key that is one character."""

_BY_KEY = {name: action.id for action in ACTIONS for key in action.keys for name in arriving(key)}

_SELECTING = {key: action.id for action in SELECTING for key in action.keys}


def bound(action: Action) -> str:
    """The keys of an action as Textual binds them."""
    return ",".join(name for key in action.keys for name in arriving(key))


def pressed_action(event: Key) -> str:
    """The action of the key that was pressed; empty if it has none."""
    return _BY_KEY.get(event.key, "")


def selecting_action(event: Key) -> str:
    """What a key does while text is selected, its full-width twin included; empty for every other."""
    twin = ascii_twin(_character(event))
    found = _SELECTING.get(event.key) or _SELECTING.get(twin) or _SELECTING.get("space" if twin == " " else "")
    return found or ""


def twin_action(event: Key) -> str:
    """The id of the action of a key's full-width twin, as an input method sends it; empty for every other key."""
    character = _character(event)
    twin = ascii_twin(character) if character else ""
    return _BY_CHARACTER.get(twin, "") if twin != character else ""


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
