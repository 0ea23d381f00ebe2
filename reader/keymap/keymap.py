"""The keymap: the keys of the actions, which a user may change."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reader.keymap.actions import ACTIONS, Action, Context
from reader.keymap.key_names import key_label, presses
from reader.lean_dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Keymap:
    """All actions with the keys in use.

    Attributes:
        actions: The actions, in the order of the table.
    """

    actions: tuple[Action, ...] = ACTIONS

    def of(self, *contexts: Context) -> tuple[Action, ...]:
        """The actions of some contexts."""
        return tuple(action for action in self.actions if action.context in contexts)

    def __getitem__(self, name: str) -> Action:
        """The action with a name.

        Raises:
            KeyError: There is no such action.
        """
        for action in self.actions:
            if action.name == name:
                return action
        raise KeyError(name)

    def label(self, name: str) -> str:
        """The label of an action's first key, or empty if it has none."""
        keys = self[name].keys
        return key_label(keys[0]) if keys else ""

    def label_within(self, name: str, *contexts: Context) -> str:
        """The label of the first key of an action that works even where `contexts` take their own keys first.

        That is a key without a meaning in any of `contexts`, and no chord, since chords do not work there. Empty if
        there is none.
        """
        taken = {presses(key)[0] for action in self.of(*contexts) for key in action.keys}
        return next((key_label(key) for key in self[name].keys if len(presses(key)) == 1 and key not in taken), "")

    def changed(self) -> dict[str, tuple[str, ...]]:
        """The keys that differ from the defaults, by action name."""
        usual = {action.name: action.keys for action in ACTIONS}
        return {action.name: action.keys for action in self.actions if action.keys != usual.get(action.name, ())}

    def with_keys(self, changes: Mapping[str, Sequence[str]]) -> "Keymap":
        """Return a keymap with other keys for some actions, by name.

        Raises:
            KeyError: There is no action with a name.
            ValueError: A key would trigger two actions in one context.
        """
        for name in changes:
            self[name]
        actions = tuple(
            replace(action, keys=tuple(changes[action.name])) if action.name in changes else action
            for action in self.actions
        )
        counts = Counter((action.context, key) for action in actions for key in action.keys)
        # The first key of a chord cannot have a meaning of its own.
        counts.update({(context, presses(key)[0]) for context, key in counts if len(presses(key)) > 1})
        if twice := [f"{context}: {key}" for (context, key), count in counts.items() if count > 1]:
            raise ValueError(f"keys of two actions: {', '.join(sorted(twice))}")
        return Keymap(actions)


_TWINS = dict(zip("\u3000【】「」《》『』、‘’“”·￥—…", " [][]<>{}\\''\"\"`$_^", strict=True))
"""Characters that Chinese and Japanese input methods send for ASCII keys instead of the full-width forms."""


def ascii_twin(character: str) -> str:
    """The ASCII key for which an input method sends this character (［, 【 and 「 for [), or the character itself."""
    twin = _TWINS.get(character)
    if twin is not None:
        return twin
    return chr(ord(character) - 0xFEE0) if len(character) == 1 and "\uff01" <= character <= "\uff5e" else character
