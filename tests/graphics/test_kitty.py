"""kitty's graphics: what a terminal makes of the sequences."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reader.graphics import kitty
from tests.graphics.kitty_terminal import KittyMemory, Shown

NUMBER = kitty.picture_number(7, 200)


def passed_through_tmux(output: str) -> str:
    """What tmux writes to its terminal: the content of passthrough sequences, with single escapes."""
    assert re.fullmatch(r"(?:\x1bPtmux;(?:\x1b\x1b|[^\x1b])*\x1b\\)*", output)
    return "".join(
        part.replace("\x1b\x1b", "\x1b") for part in re.findall(r"\x1bPtmux;((?:\x1b\x1b|[^\x1b])*)\x1b\\", output)
    )


@given(st.binary(max_size=20_000), st.booleans())
def test_pictures_arrive_in_chunks_and_are_deleted(png: bytes, in_tmux: bool) -> None:  # noqa: FBT001 - drawn
    memory = KittyMemory()

    def send(output: str) -> None:
        memory.feed(passed_through_tmux(output) if in_tmux else output)

    send(kitty.transmission(NUMBER, png, 40, 12, in_tmux=in_tmux))
    assert memory.pictures == {NUMBER: Shown(png, 40, 12)}
    send(kitty.deletion(NUMBER, in_tmux=in_tmux))
    assert memory.pictures == {}


def test_a_cell_tells_its_row_its_column_and_its_picture() -> None:
    """By any order of its marks that is as long: they are digits."""
    marks: list[str] = []
    for column, cell in enumerate(kitty.placeholders(0, 0, kitty.MOST).split(kitty.PLACEHOLDER)[1:]):
        zero, mark, first = list(cell)
        marks.append(mark)
        assert (zero, first, marks.index(mark)) == (marks[0], marks[0], column)
    found = [
        [marks.index(mark) for mark in cell]
        for row in (0, 1, 41)
        for cell in kitty.placeholders(NUMBER, row, 3).split(kitty.PLACEHOLDER)[1:]
    ]
    assert found == [[row, column, 7] for row in (0, 1, 41) for column in range(3)]
    assert kitty.colour_of(NUMBER) == 200


def test_the_marks_are_those_of_the_protocol() -> None:
    """Of class 230 without decomposition, in order, beginning with the overline, as its list is derived."""
    marks = [cell[1] for cell in kitty.placeholders(0, 0, kitty.MOST).split(kitty.PLACEHOLDER)[1:]]
    assert len(set(marks)) == 297
    assert marks == sorted(marks)
    assert marks[:5] == list("\u0305\u030d\u030e\u0310\u0312")
    assert marks[-1] == "\U0001d244"
    assert {unicodedata.combining(mark) for mark in marks} == {230}
    assert not any(unicodedata.decomposition(mark) for mark in marks)
    assert all(unicodedata.normalize("NFC", f"a{mark}b") == f"a{mark}b" for mark in marks)
