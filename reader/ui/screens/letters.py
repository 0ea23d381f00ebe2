"""A key that waits for a letter: `m a` names a bookmark, `' a` goes there."""

from collections.abc import Callable

from textual.events import Key

from reader.keymap import ascii_twin
from reader.ui.keys import pressed_action


class Letters:
    """What waits for a letter, if anything does."""

    def __init__(self) -> None:
        self.note = ""
        self._action = ""
        self._then: Callable[[str], None] | None = None

    def ask(self, note: str, action: str, then: Callable[[str], None]) -> None:
        """Wait for a letter, which `then` is given.

        Esc gives nothing at all; anything else gives no letter. Enter and the keys of `action`, which asked, are used
        up by that; every other key does besides what it always does, so that nothing typed on is lost.
        """
        self.note, self._action, self._then = note, action, then

    def take(self, event: Key) -> bool:
        """Take a key if one is waited for; whether it is used up."""
        then, self._then, self.note = self._then, None, ""
        if then is None:
            return False
        if event.key == "escape":
            return True
        again = pressed_action(event) == self._action or event.key == "enter"
        letter = ascii_twin(event.character or "")
        named = len(letter) == 1 and letter.isascii() and letter.isalpha() and not again
        then(letter if named else "")
        return named or again
