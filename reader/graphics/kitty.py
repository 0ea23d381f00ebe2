"""kitty's graphics protocol with Unicode placeholders (https://sw.kovidgoyal.net/kitty/graphics-protocol/).

A picture is sent once, with a virtual placement of a number of cells and rows. It appears wherever placeholders
are printed: their combining marks encode the row, the column and the highest byte of the picture's number; their colour
encodes the lowest byte. The picture is therefore scrolled, cropped and covered like text.

Pictures are sent in the sequences themselves (`t=d`), never by the path of a file.
"""

from base64 import b64encode
from functools import cache

PLACEHOLDER = "\U0010eeee"
"""The character that stands for a cell of a picture."""

_CHUNK = 4_096
"""The maximum number of base64 characters in a sequence, by the protocol."""

_MARKS = (
    "305 30D-30E 310 312 33D-33F 346 34A-34C 350-352 357 35B 363-36F 483-487 592-595 597-599 59C-5A1 5A8-5A9 5AB-5AC "
    "5AF 5C4 610-617 657-65B 65D-65E 6D6-6DC 6DF-6E2 6E4 6E7-6E8 6EB-6EC 730 732-733 735-736 73A 73D 73F-741 743 745 "
    "747 749-74A 7EB-7F1 7F3 816-819 81B-823 825-827 829-82D 951 953-954 F82-F83 F86-F87 135D-135F 17DD 193A 1A17 "
    "1A75-1A7C 1B6B 1B6D-1B73 1CD0-1CD2 1CDA-1CDB 1CE0 1DC0-1DC1 1DC3-1DC9 1DCB-1DCC 1DD1-1DE6 1DFE 20D0-20D1 "
    "20D4-20D7 20DB-20DC 20E1 20E7 20E9 20F0 2CEF-2CF1 2DE0-2DFF A66F A67C-A67D A6F0-A6F1 A8E0-A8F1 AAB0 AAB2-AAB3 "
    "AAB7-AAB8 AABE-AABF AAC1 FE20-FE26 10A0F 10A38 1D185-1D189 1D1AA-1D1AD 1D242-1D244"
)
"""The protocol's digits, as ranges: the combining marks of class 230 in Unicode 6.0 that compose with no letter."""

MOST = 297
"""The number of these combining marks, and so the maximum number of cells and of rows of a picture."""

_COLOURS = 256
"""The number of palette colours, which tmux passes on unchanged, unlike true colours."""


def picture_number(index: int, colour: int) -> int:
    """Return the number of a picture: `index` (from 0) is its highest byte, `colour` (from 1) its lowest.

    The colour is that of its placeholders, a number in the terminal's palette.
    """
    return index << 24 | colour


def colour_of(number: int) -> int:
    """Return the colour that the placeholders of a picture must have, as a number in the terminal's palette of 256."""
    return number % _COLOURS


def transmission(number: int, png: bytes, cells: int, rows: int, *, in_tmux: bool = False) -> str:
    """Return the sequences that send a PNG picture and place it virtually, without a reply.

    Args:
        number: The number of the picture, as `picture_number` makes it.
        png: The picture.
        cells: Its width in cells.
        rows: Its height in rows.
        in_tmux: Whether the sequences are to be passed through tmux.
    """
    encoded = b64encode(png).decode("ascii")
    chunks = [encoded[start : start + _CHUNK] for start in range(0, len(encoded), _CHUNK)] or [""]
    first = f"a=T,U=1,i={number},f=100,t=d,c={cells},r={rows},q=2"
    last = len(chunks) - 1
    return "".join(
        _sequence(f"{first if at == 0 else 'q=2'},m={int(at < last)}", chunk, in_tmux=in_tmux)
        for at, chunk in enumerate(chunks)
    )


def deletion(number: int, *, in_tmux: bool = False) -> str:
    """Return the sequence that deletes a picture with its placements from the terminal's memory."""
    return _sequence(f"a=d,d=I,i={number},q=2", in_tmux=in_tmux)


def query(number: int, *, in_tmux: bool = False) -> str:
    """Return the sequence that asks whether the terminal knows the protocol; the number comes back in its reply.

    The key for placeholders is in it, because kitty before 0.28 does not reply to keys that it does not know.
    """
    return _sequence(f"i={number},s=1,v=1,a=q,U=1,t=d,f=24", "AAAA", in_tmux=in_tmux)


def trial(number: int) -> str:
    """Return the sequences that place an invisible picture virtually and delete it.

    A terminal that does not know placeholders draws the picture at the cursor and moves the cursor; one that knows them
    does neither.
    """
    return _sequence(f"a=T,U=1,i={number},f=32,s=1,v=1,t=d,c=2,r=1,q=2", "AAAAAA==") + deletion(number)


def placeholders(number: int, row: int, cells: int) -> str:
    """Return the cells of `row` of a picture, counted from 0; each names its row and column, so any may be covered."""
    marks = _marks()
    before, after = PLACEHOLDER + marks[row], marks[number >> 24]
    return "".join([f"{before}{marks[column]}{after}" for column in range(cells)])


def _sequence(control: str, payload: str = "", *, in_tmux: bool = False) -> str:
    if in_tmux:
        # The escape characters within must be doubled (`allow-passthrough` in the manual of tmux).
        return f"\x1bPtmux;\x1b\x1b_G{control};{payload}\x1b\x1b\\\x1b\\"
    return f"\x1b_G{control};{payload}\x1b\\"


@cache
def _marks() -> str:
    """The combining marks for the numbers 0, 1, 2 and so on."""
    ranges = (part.partition("-") for part in _MARKS.split())
    return "".join(
        chr(code) for first, _dash, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)
    )
