"""A text input that removes control characters and escape sequences, even from pasted text."""

from textual.widgets import Input

from reader.document.cleaning import clean

_LONGEST = 4_000
"""The maximum length in characters."""


class CleanInput(Input):
    """A single-line input of clean text."""

    def validate_value(self, value: str) -> str:
        """Clean the value, join its lines, and limit its length."""
        return clean(value).replace("\n", " ").replace("\t", " ")[:_LONGEST]
