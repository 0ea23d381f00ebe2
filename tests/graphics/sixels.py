"""A decoder of sixels, written from the manual of the VT340 alone."""

import re
from typing import NamedTuple


class Decoded(NamedTuple):
    """A picture: the red, green and blue of each pixel in percent, None where nothing was drawn."""

    width: int
    height: int
    rows: list[list[tuple[int, int, int] | None]]


def decoded(sequence: str) -> Decoded:
    """Draw a sixel sequence pixel by pixel."""
    found = re.fullmatch(r"\x1bP[\d;]*q\"1;1;(\d+);(\d+)(.*)\x1b\\", sequence, re.DOTALL)
    assert found is not None, sequence[:80]
    width, height, data = int(found[1]), int(found[2]), found[3]
    canvas: dict[tuple[int, int], tuple[int, int, int]] = {}
    registers: dict[int, tuple[int, int, int]] = {}
    x = top = register = 0
    for part in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])", data):
        number, red, green, blue, count, repeated, single, control = part.groups()
        if number is not None:
            register = int(number)
            if red is not None:
                registers[register] = int(red), int(green), int(blue)
        elif control == "$":
            x = 0
        elif control == "-":
            x, top = 0, top + 6
        else:
            bits, columns = ord(repeated or single) - 63, int(count or 1)
            for column in range(x, x + columns):
                for bit in range(6):
                    if bits >> bit & 1:
                        canvas[column, top + bit] = registers[register]
            x += columns
    assert not re.sub(r"#\d+(;2;\d+;\d+;\d+)?|!\d+[?-~]|[?-~$-]", "", data)
    assert all(0 <= column < width and row < height for column, row in canvas)
    return Decoded(width, height, [[canvas.get((column, row)) for column in range(width)] for row in range(height)])
