"""The count before a movement: `5j` scrolls five lines, `20G` goes to line 20."""

from textual.events import Key

from reader.keymap.keymap import ascii_twin
from reader.ui.key_bindings import typed_character

_LONGEST = 7
"""The maximum number of digits."""


class KeyCounts:
    """The digits typed so far."""

    def __init__(self) -> None:
        self._digits = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The digits, for the status line; empty if there are none."""
        return (self._digits,) if self._digits else ()

    def take(self, event: Key, *, is_free: bool) -> bool:
        """Collect a digit, or delete the digits on Esc; return whether the key was consumed.

        The first digit is not 0, and must be a key without an action (`is_free`).
        """
        digit = ascii_twin(typed_character(event))
        if len(digit) == 1 and digit in "0123456789" and (self._digits or (is_free and digit != "0")):
            self._digits = (self._digits + digit)[:_LONGEST]
            return True
        if event.key == "escape" and self._digits:
            self._digits = ""
            return True
        return False

    def end(self) -> int:
        """Return the count, 0 for none, and forget it."""
        count, self._digits = int(self._digits or 0), ""
        return count
