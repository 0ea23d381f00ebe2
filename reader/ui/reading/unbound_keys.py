"""Keys that have no meaning: the status line says so, and what to press instead."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from reader.keymap.foreign_keys import foreign_keys
from reader.keymap.key_names import key_label
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui.key_bindings import typed_character

if TYPE_CHECKING:
    from textual.timer import Timer

_CALM = 0.2
"""Seconds without another key before a key is explained, so that pasted or early text is not explained."""

_PLACES = ("first", "second")
"""The fields for the keys in the message about a key of another program."""


class UnboundKeys:
    """Notices keys of a screen that no binding takes."""

    def __init__(self, screen: Screen[None], keymap: Keymap, preset: str, say: Callable[[str], None]) -> None:
        """Explain such keys of `screen` with `say`, for users of the program that `preset` is named after."""
        self._screen = screen
        self._keymap = keymap
        self._foreign = foreign_keys(preset)
        self._say = say
        self._timer: Timer | None = None

    def pressed(self, event: Key, *, is_bound: bool) -> None:
        """Notice a key; `is_bound` tells whether it is known to have a meaning."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if is_bound or not self._is_waiting or event.key in self._screen.active_bindings:
            return
        self._timer = self._screen.set_timer(_CALM, lambda: self._notice(event))

    @property
    def _is_waiting(self) -> bool:
        """Whether the screen waits for its keys, instead of text."""
        return self._screen.is_current and not isinstance(self._screen.focused, Input | None)

    def _notice(self, event: Key) -> None:
        if self._is_waiting:
            typed = typed_character(event)
            label = typed if typed.isprintable() and typed.strip() else key_label(event.key)
            if told := self._instead(event.key, label):
                self._say(told)
            else:
                self.explain(label)

    def _instead(self, key: str, label: str) -> str:
        """What to press instead of a key of another program; empty if unknown, or if an action has no key."""
        foreign = self._foreign.get(key)
        if foreign is None:
            return ""
        labels = [self._keymap.label(name) for name in foreign.actions]
        return _(foreign.message).format(key=label, **dict(zip(_PLACES, labels, strict=False))) if all(labels) else ""

    def explain(self, label: str) -> None:
        """Say that a key does nothing, by its label."""
        told = _("{key} does nothing here · {help} shows the keys")
        self._say(told.format(key=label, help=self._keymap.label("help")))
