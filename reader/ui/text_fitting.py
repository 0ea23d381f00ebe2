"""Truncation and padding of texts to a number of cells, by Rich's measure, which is Textual's too."""

from rich.cells import cell_len


def fitted(text: str, cells: int) -> str:
    """Truncate `text` to `cells` cells with an ellipsis."""
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    width = 0
    for number, character in enumerate(text):
        width += cell_len(character)
        if width > cells - 1:
            return text[:number].rstrip() + "…"
    return text


def padded(text: str, cells: int) -> str:
    """Truncate or pad `text` to exactly `cells` cells."""
    shown = fitted(text, cells)
    return shown + " " * (cells - cell_len(shown))
