"""Sixels, read back by a decoder of their own."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reader.graphics.sixel import sixel_picture
from tests.graphics.sixels import decoded

PALETTE = [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 128, 255), (51, 51, 51)]
PERCENT = [(0, 0, 0), (100, 100, 100), (100, 0, 0), (0, 50, 100), (20, 20, 20)]


@given(st.integers(1, 20).flatmap(lambda width: st.tuples(st.just(width), st.lists(st.integers(0, 4), min_size=1))))
def test_every_pixel_has_its_colour(drawn: tuple[int, list[int]]) -> None:
    width, colours = drawn
    colours += [0] * (-len(colours) % width)
    height = len(colours) // width
    found = decoded(sixel_picture(bytes(colours), width, height, PALETTE))
    assert (found.width, found.height) == (width, height)
    assert found.rows == [[PERCENT[one] for one in colours[at : at + width]] for at in range(0, len(colours), width)]


def test_equal_columns_are_counted_and_the_last_band_does_not_move_on() -> None:
    sequence = sixel_picture(bytes(600 * 12), 600, 12, [(0, 0, 0)])
    assert re.findall(r"!(\d+)~", sequence) == ["600", "600"]
    assert sequence.count("-") == 1
    assert len(sequence) < 60


def test_only_characters_of_sixels_are_in_the_sequence() -> None:
    every = bytes(range(256))
    sequence = sixel_picture(every, 16, 16, [(one, one, one) for one in range(256)])
    assert re.fullmatch(r"\x1bP[0-9;]+q[0-9;\"#$!?-~-]*\x1b\\", sequence)
