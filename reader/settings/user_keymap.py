"""The keymap of the settings: a preset, and the user's own keys."""

from collections.abc import Mapping
from pathlib import Path

from reader.errors import SettingsError
from reader.keymap.actions import ACTIONS, Action, Context, Group
from reader.keymap.key_names import KEY_NAMES, key_label, key_name, presses
from reader.keymap.keymap import Keymap
from reader.keymap.presets import PRESETS
from reader.language import _
from reader.settings.folders import settings_path
from reader.settings.options import Settings
from reader.settings.validation import shortened
from reader.yaml_files import nearest

_COMMANDS = "commands."
"""Prefix of the ids of the user's own commands."""

_CONTEXTS = {action.name: action.context for action in ACTIONS}


def keymap_of(settings: Settings, file: Path | None = None) -> Keymap:
    """The keymap of some settings; `file` is named in errors.

    Raises:
        SettingsError: An action or a key is unknown, or two actions of one context have the same key.
    """
    preset = PRESETS[settings.keymap]
    if not preset and not settings.keys and not settings.commands:
        return Keymap()
    own = _own(settings, file or settings_path())
    actions = _actions(settings)
    keys = {action.name: action.keys for action in actions}
    for changes in (preset, own):
        keys = _changed(keys, changes)
    usual = {action.name: action.keys for action in actions}
    return Keymap(actions).with_keys({name: found for name, found in keys.items() if found != usual[name]})


def key_warnings(settings: Settings, file: Path | None = None) -> list[str]:
    """Warnings about own keys that make chords of other actions unreachable; `file` is named in them.

    Raises:
        SettingsError: As `keymap_of`.
    """
    path = file or settings_path()
    own = _own(settings, path)
    usual = {action.name: action.keys for action in ACTIONS} | dict(PRESETS[settings.keymap])
    chords = [key for name, keys in usual.items() if name not in own for key in keys if len(presses(key)) > 1]
    found: list[str] = []
    for name, keys in own.items():
        for key in keys if _context(name) is Context.PAGE else ():
            if lost := [key_label(chord) for chord in chords if presses(chord)[0] == key]:
                message = _("“{name}” in {path} has the key {key}, so that these have no meaning: {lost}")
                shown = f"{name}.key" if name.startswith(_COMMANDS) else f"keys.{name}"
                found.append(message.format(name=shown, path=path, key=key_label(key), lost=", ".join(lost)))
    return found


def _actions(settings: Settings) -> tuple[Action, ...]:
    """All actions; those of the user's own commands come after the actions of the page."""
    own = tuple(Action(f"{_COMMANDS}{name}", (), name, Group.COMMANDS) for name in settings.commands)
    number = sum(action.context is Context.PAGE for action in ACTIONS)
    return (*ACTIONS[:number], *own, *ACTIONS[number:])


def _changed(keys: Mapping[str, tuple[str, ...]], changes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Give actions other keys, and take these from the other actions of their contexts."""
    given = [(_context(name), presses(key)) for name, found in changes.items() for key in found]
    # A chord cannot coexist with its first key: whichever of them is new takes the other from its action.
    taken = {(context, " ".join(pressed[:count])) for context, pressed in given for count in (1, 2)}
    first = {(context, pressed[0]) for context, pressed in given if len(pressed) == 1}

    def is_left(name: str, key: str) -> bool:
        return (_context(name), key) not in taken and (_context(name), presses(key)[0]) not in first

    return {
        name: changes[name] if name in changes else tuple(key for key in found if is_left(name, key))
        for name, found in keys.items()
    }


def _own(settings: Settings, file: Path) -> dict[str, tuple[str, ...]]:
    """The keys of the settings by Textual's names, checked."""
    found: dict[str, tuple[str, ...]] = {}
    holders: dict[tuple[str, str], str] = {}
    commands = {f"{_COMMANDS}{name}": one.key for name, one in settings.commands.items()}
    for name, written in (*settings.keys.items(), *commands.items()):
        if name not in _CONTEXTS and name not in commands:
            message = _("Unknown action “{key}” in {path}").format(key=shortened(f"keys.{name}"), path=file)
            raise SettingsError(message, _near_action(name))
        labels = [] if written is None else [written] if isinstance(written, str | int) else written
        shown = f"{name}.key" if name in commands else f"keys.{name}"
        keys = tuple(dict.fromkeys(_key(str(label), shown, file) for label in labels))
        for key in keys:
            _check_chord(key, name, shown, file)
            other = holders.setdefault((_context(name), key), shown)
            if other != shown:
                message = _("“{first}” and “{second}” have the same key {key} in {path}")
                raise SettingsError(
                    message.format(first=other, second=shown, key=key_label(key), path=file),
                    _("give one of them another key"),
                )
        found[name] = keys
    for (context, key), shown in holders.items():
        if len(presses(key)) > 1 and (other := holders.get((context, presses(key)[0]), shown)) != shown:
            message = _("“{first}” in {path} has the key {key}, with which that of “{second}” begins")
            label = key_label(presses(key)[0])
            raise SettingsError(
                message.format(first=other, second=shown, key=label, path=file), _("give one of them another key")
            )
    return found


def _check_chord(key: str, name: str, shown: str, file: Path) -> None:
    """Refuse a chord of an action outside the page, where chords do not work."""
    if len(presses(key)) > 1 and _context(name) is not Context.PAGE:
        message = _("“{label}” of “{key}” in {path} is two keys, which only actions of the page can have").format(
            label=key_label(key), key=shortened(shown), path=file
        )
        raise SettingsError(message, _("give it a single key"))


def _context(name: str) -> Context:
    return _CONTEXTS.get(name, Context.PAGE)


def _near_action(name: str) -> str:
    """The hint for an unknown action: the most similar one."""
    hint = nearest(name[:40], list(_CONTEXTS))
    return hint if len(hint) < 80 else _("“reader keys” lists the actions")


def _key(label: str, name: str, file: Path) -> str:
    key = key_name(label)
    if key is None:
        message = _("“{label}” of “{key}” in {path} is not a key").format(
            label=shortened(label), key=shortened(name), path=file
        )
        raise SettingsError(message, _near_key(label))
    return key


def _near_key(label: str) -> str:
    hint = nearest(label[:20], KEY_NAMES)
    return hint if len(hint) < 40 else _("write it as in the help: j, G, ], Ctrl+P, PgDn, F2")
