"""Text inputs that remove control characters and escape sequences, even from pasted text."""

from collections.abc import Callable

from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.document.sanitizing import inert

_LONGEST = 4_000
"""The maximum length in characters."""

_TYPED = frozenset("\u3000\u00a0\u200c\u200d")
"""Characters that Python does not count as printable: spaces of input methods, and joiners of emoji and scripts."""

_WORD_LEFT, _WORD_RIGHT = "alt+b", "alt+f"


class CleanInput(Input):
    """A single-line input of clean text."""

    def validate_value(self, value: str) -> str:
        """Clean the value, join its lines, and limit its length.

        A joiner stays even where it joins nothing yet, because a sequence of emoji is typed character by character.
        """
        return inert(value).replace("\n", " ").replace("\t", " ")[:_LONGEST]

    def on_key(self, event: Key) -> None:
        """Insert the characters that Textual does not count as printable, and move by words as shells do."""
        _edit(self, event, self.action_cursor_left_word, self.action_cursor_right_word)


class NoteArea(TextArea):
    """A text of several lines."""

    def on_key(self, event: Key) -> None:
        """Insert the characters that Textual does not count as printable, and move by words as shells do."""
        _edit(self, event, self.action_cursor_word_left, self.action_cursor_word_right)


def _edit(focused: Input | TextArea, event: Key, word_left: Callable[[], None], word_right: Callable[[], None]) -> None:
    """Insert a typed space or joiner that Textual would ignore, or move to another word."""
    if event.character in _TYPED and insert_typed_early(focused, event):
        event.stop()
        event.prevent_default()
    elif move := {_WORD_LEFT: word_left, _WORD_RIGHT: word_right}.get(event.key):
        move()
        event.stop()


def insert_typed_early(focused: Widget | None, event: Key) -> bool:
    """Insert a character into the input that has the focus; return whether it was inserted.

    An input with the focus handles typed characters; a character that nothing handled was typed before that.
    """
    if not event.character or not (event.is_printable or event.character in _TYPED):
        return False
    if isinstance(focused, Input):
        focused.replace(event.character, *sorted(focused.selection))
    elif isinstance(focused, TextArea):
        focused.replace(event.character, *focused.selection)
    else:
        return False
    return True
