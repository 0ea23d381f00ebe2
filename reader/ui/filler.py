"""The cell after a character that the terminal draws wider than Textual counts."""

FILLER = "\U0010fffd"
"""A cell that is not sent to the terminal, because the terminal draws the character before it two cells wide."""
