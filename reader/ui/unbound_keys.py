"""Keys that have no meaning: the screen says so, and what to press instead."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from reader.keymap.foreign_keys import ForeignKey
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.regex import regex
from reader.ui.key_bindings import pressed_label

if TYPE_CHECKING:
    from textual.timer import Timer

_CALM = 0.2
"""Seconds without another key before a key is explained, so that pasted or early text is not explained."""

_CHORD = regex(r"(?:shift\+)?(?:ctrl|alt)\+|(?:shift\+)?f\d")
_PLACES = ("first", "second")
"""The fields for the keys in the message about a key of another program."""


class UnboundKeys:
    """Notices keys of a screen that no binding takes."""

    def __init__(
        self,
        screen: Screen[Any],
        keymap: Keymap,
        say: Callable[[str], None],
        foreign: Mapping[str, ForeignKey] | None = None,
    ) -> None:
        """Explain such keys of `screen` with `say`; `foreign` has messages by key, for keys of other programs."""
        self._screen = screen
        self._keymap = keymap
        self._foreign = foreign or {}
        self._say = say
        self._timer: Timer | None = None

    def pressed(self, event: Key, *, is_bound: bool) -> None:
        """Notice a key; `is_bound` tells whether it has a meaning."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if is_bound or not self._is_unused(event):
            return
        self._timer = self._screen.set_timer(_CALM, lambda: self._notice(event))

    @property
    def is_waiting(self) -> bool:
        """Whether the screen waits for its keys, instead of text."""
        return self._screen.is_current and not isinstance(self._screen.focused, Input | TextArea)

    def _is_unused(self, event: Key) -> bool:
        """Whether a key that is not bound is no text either: in a text field, only a chord or a function key."""
        return self.is_waiting or (self._screen.is_current and _CHORD.match(event.key) is not None)

    def _notice(self, event: Key) -> None:
        if self._is_unused(event):
            label = pressed_label(event)
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
