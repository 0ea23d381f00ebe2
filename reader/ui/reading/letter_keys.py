"""Keys that wait for a letter: `m a` names a bookmark, `' a` goes there."""

from collections.abc import Callable

from textual.events import Key

from reader.keymap.keymap import ascii_twin
from reader.language import _
from reader.ui.key_bindings import PressedKeys, typed_character
from reader.ui.widgets.status import MessageVariants


class Letters:
    """The pending prompt for a letter, if any."""

    def __init__(self, keys: PressedKeys) -> None:
        self._keys = keys
        self.notes: MessageVariants = ()
        self._action = ""
        self._then: Callable[[str], None] | None = None

    def ask(self, notes: MessageVariants, action: str, then: Callable[[str], None]) -> None:
        """Wait for a letter, and pass it to `then`.

        Esc cancels; Enter and the keys of `action` pass an empty text. Any other key is ignored, and the prompt stays.
        """
        self.notes, self._action, self._then = notes, action, then

    def take(self, event: Key) -> bool:
        """Handle a key if a letter is awaited; return whether it was consumed."""
        then = self._then
        if then is None:
            return False
        again = self._keys.action(event) == self._action or event.key == "enter"
        letter = "" if again else ascii_twin(typed_character(event))
        if event.key != "escape" and not again and not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
            self.notes = (
                _("Not a letter: press a–z or A–Z · Enter no letter · Esc cancel"),
                _("Not a letter: a–z, A–Z · Enter · Esc"),
            )
            return True
        self._then, self.notes = None, ()
        if event.key != "escape":
            then(letter)
        return True
