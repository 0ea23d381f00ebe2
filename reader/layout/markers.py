"""Markers of list items and footnotes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.document.blocks import Footnotes, ListBlock
from reader.layout.glyphs import Glyphs

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_FOOTNOTE_RULE_CELLS = 6
"""Width in cells of the rule above footnotes: fits on every page."""

_VERTICAL_RULE = "———"
"""The rule before footnotes in vertical text, in its horizontal form."""


def markers(block: ListBlock, glyphs: Glyphs, level: int, upright: "UprightForms | None" = None) -> list[str]:
    """The marker of each item without the following space; `level` is the number of enclosing bulleted lists.

    With `upright`, they are markers of vertical text.
    """
    found = _horizontal(block, glyphs, level)
    return found if upright is None else [upright.marker(text) for text in found]


def footnote_labels(block: Footnotes, upright: "UprightForms | None") -> list[str]:
    """The label of each footnote, with the following space."""
    labels = [f"[{note.label}] " for note in block.notes]
    return labels if upright is None else [upright.whole_rows(label) for label in labels]


def footnote_rule(glyphs: Glyphs, upright: "UprightForms | None") -> str:
    """The rule before the footnotes."""
    return glyphs.horizontal * _FOOTNOTE_RULE_CELLS if upright is None else upright.drawn(_VERTICAL_RULE)


def _horizontal(block: ListBlock, glyphs: Glyphs, level: int) -> list[str]:
    if block.ordered:
        return [
            f"{number_text(number, block.style)}.{'' if item.checked is None else ' ' + _box(glyphs, item.checked)}"
            for number, item in zip(_numbers(block), block.items, strict=True)
        ]
    bullet = glyphs.bullets[min(level, len(glyphs.bullets) - 1)]
    return [bullet if item.checked is None else _box(glyphs, item.checked) for item in block.items]


def number_text(number: int, style: str) -> str:
    """A number in the style of HTML's `type` attribute: "1", "a", "A", "i" or "I"; digits if it has no such form."""
    if style in {"a", "A"} and number > 0:
        text = _letters(number)
    elif style in {"i", "I"} and 0 < number < 4000:
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if style.isupper() else text


def _box(glyphs: Glyphs, checked: bool) -> str:  # noqa: FBT001 - a field of the item
    return glyphs.checked if checked else glyphs.unchecked


def _numbers(block: ListBlock) -> Iterator[int]:
    """The items' numbers: an explicit number also affects the following items, as in HTML."""
    number = block.start
    for item in block.items:
        number = number if item.number is None else item.number
        yield number
        number += 1


def _letters(number: int) -> str:
    """1 is a, 26 z, 27 aa: numerals without a zero (CSS Counter Styles 3, alphabetic)."""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
