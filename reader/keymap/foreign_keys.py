"""Keys that people know from other programs and that do nothing here: what to say when one is pressed."""

from collections.abc import Mapping
from typing import NamedTuple

from reader.language import N_


class ForeignKey(NamedTuple):
    """A message about a key.

    Attributes:
        message: A sentence in English with `{key}`, and with the keys of the actions as `{first}` and `{second}`.
        actions: The names of the actions whose keys replace `{first}` and `{second}`.
    """

    message: str
    actions: tuple[str, ...]


_NOT_WRITTEN = ForeignKey(
    N_("{key}: articles are read here, not written · {first} opens the source in $EDITOR"), ("edit_source",)
)
_NOT_DELETED = ForeignKey(N_("{key}: articles are never deleted · {first} marks one as read"), ("toggle_read",))
_SELECTED = ForeignKey(N_("{key}: {first} selects text, {second} copies the section"), ("select", "copy"))
_ALL_READ = ForeignKey(
    N_("{key}: to mark a whole list as read, press {first} in the sidebar, then {second}"),
    ("sidebar.mark_all", "toggle_read"),
)
_SETTINGS = ForeignKey(N_("{key}: the settings are a file · “reader settings” tells where"), ())
_RELOADED = ForeignKey(N_("{key}: new and changed files are found automatically · {first} sorts them"), ("arrange",))
_PIPED = ForeignKey(N_("{key}: {first} pipes the article to a command"), ("pipe",))

EVERYWHERE: Mapping[str, ForeignKey] = {
    "insert": _NOT_WRITTEN,
    "delete": _NOT_DELETED,
    "ctrl+a": _SELECTED,
    "ctrl+comma": _SETTINGS,
    "exclamation_mark": _PIPED,
}
"""Messages by key, for any keymap in which no action has the key."""

OF_PRESETS: Mapping[str, Mapping[str, ForeignKey]] = {
    "vim": {"full_stop": _NOT_WRITTEN, "x": _NOT_DELETED, "ctrl+a": _NOT_WRITTEN},
    "obsidian": {"ctrl+n": _NOT_WRITTEN, "ctrl+b": _NOT_WRITTEN, "ctrl+i": _NOT_WRITTEN},
    "newsboat": {
        "A": _ALL_READ,
        "C": _ALL_READ,
        "D": _NOT_DELETED,
        "dollar_sign": _NOT_DELETED,
        **dict.fromkeys(("r", "R", "ctrl+r"), _RELOADED),
    },
}
"""Messages by key for the keymap of each preset; they take precedence over `EVERYWHERE`."""


def foreign_keys(preset: str) -> dict[str, ForeignKey]:
    """The messages for the keymap of a preset, by key; they apply to keys that no action has."""
    return {**EVERYWHERE, **OF_PRESETS.get(preset, {})}
