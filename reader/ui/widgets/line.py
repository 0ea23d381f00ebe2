"""A line to type into that takes nothing a terminal could obey, however it was pasted."""

from textual.widgets import Input

from reader.document.cleaning import clean

_LONGEST = 4_000
"""Characters."""


class Line(Input):
    """One line of clean text."""

    def validate_value(self, value: str) -> str:
        """What is kept of it."""
        return clean(value).replace("\n", " ").replace("\t", " ")[:_LONGEST]
