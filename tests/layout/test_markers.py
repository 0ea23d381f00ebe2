"""Markers of list items."""

import pytest

from reader.document.blocks import ListBlock, ListItem
from reader.layout.glyphs import glyphs
from reader.layout.markers import markers, number_text
from reader.settings.options import Typesetting

LIGHT = glyphs(Typesetting())
ASCII = glyphs(Typesetting(ascii_borders=True))


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (1, "1", "1"),
        (0, "1", "0"),
        (1, "a", "a"),
        (26, "a", "z"),
        (27, "A", "AA"),
        (702, "a", "zz"),
        (703, "a", "aaa"),
        (0, "a", "0"),
        (4, "i", "iv"),
        (1994, "I", "MCMXCIV"),
        (3999, "i", "mmmcmxcix"),
        (4000, "i", "4000"),
        (0, "I", "0"),
    ],
)
def test_numbers(number: int, style: str, expected: str) -> None:
    assert number_text(number, style) == expected


def test_explicit_number_affects_the_following_items() -> None:
    items = (ListItem(()), ListItem((), number=7), ListItem(()))
    assert markers(ListBlock(items, ordered=True, start=3), LIGHT, 0) == ["3.", "7.", "8."]


def test_bullets_change_with_the_level_and_deeper_ones_repeat_the_last() -> None:
    block = ListBlock((ListItem(()),))
    assert [markers(block, LIGHT, level)[0] for level in range(5)] == ["•", "◦", "▪", "▪", "▪"]
    assert [markers(block, ASCII, level)[0] for level in range(4)] == ["*", "-", "+", "+"]


def test_tasks_have_boxes() -> None:
    items = (ListItem((), checked=True), ListItem((), checked=False), ListItem(()))
    assert markers(ListBlock(items), LIGHT, 0) == ["☑", "☐", "•"]
    assert markers(ListBlock(items, ordered=True), ASCII, 0) == ["1. [x]", "2. [ ]", "3."]
