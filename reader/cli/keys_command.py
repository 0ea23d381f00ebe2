"""`reader keys`: the table of keys, with the preset and the user's own keys from the settings."""

from argparse import Namespace

from reader.cli.output import print_json
from reader.keymap.actions import Group
from reader.keymap.key_names import key_label
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.layout.cells import Cells
from reader.lean_dataclasses import replace
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of


def run(options: Namespace, settings: Settings) -> int:
    """Print each action with its keys and its name in the settings, or as JSON; return 0."""
    if options.preset is not None:
        settings = replace(settings, keymap=options.preset, keys={})
    keymap = keymap_of(settings)
    changed = keymap.changed()
    if options.json:
        print_json(
            [
                {
                    "action": action.name,
                    "title": _(action.title),
                    "keys": [key_label(key) for key in action.keys],
                    "changed": action.name in changed,
                }
                for action in keymap.actions
            ]
        )
        return 0
    _print(keymap)
    return 0


def _print(keymap: Keymap) -> None:
    """Print the actions by group; a changed action is marked with an asterisk."""
    cells, changed = Cells(), keymap.changed()
    names = max(cells.width(action.name) for action in keymap.actions) + 2
    labels = {action.name: "  ".join(key_label(key) for key in action.keys) or "—" for action in keymap.actions}
    keys = min(40, max(cells.width(label) for label in labels.values())) + 2
    groups = [group for group in Group if any(action.group is group for action in keymap.actions)]
    for number, group in enumerate(groups):
        print(f"{chr(10) if number else ''}{_(group.value)}")
        for action in keymap.actions:
            if action.group is group:
                sign = "*" if action.name in changed else " "
                label = labels[action.name]
                name = action.name + " " * (names - cells.width(action.name))
                gap = " " * max(2, keys - cells.width(label))
                print(f"{sign} {name}{label}{gap}{_(action.title)}")
