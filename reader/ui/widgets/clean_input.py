"""A text input that removes control characters and escape sequences, even from pasted text."""

from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.document.cleaning import clean

_LONGEST = 4_000
"""The maximum length in characters."""


class CleanInput(Input):
    """A single-line input of clean text."""

    def validate_value(self, value: str) -> str:
        """Clean the value, join its lines, and limit its length."""
        return clean(value).replace("\n", " ").replace("\t", " ")[:_LONGEST]


def insert_typed_early(focused: Widget | None, event: Key) -> bool:
    """Insert a character into the input that has the focus; return whether it was inserted.

    An input takes the characters that are typed while it has the focus. One that nothing has taken was typed before.
    """
    if not event.is_printable or not event.character:
        return False
    if isinstance(focused, Input):
        focused.replace(event.character, *sorted(focused.selection))
    elif isinstance(focused, TextArea):
        focused.replace(event.character, *focused.selection)
    else:
        return False
    return True
