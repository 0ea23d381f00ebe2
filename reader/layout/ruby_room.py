"""The room of a ruby reading that is wider or narrower than its base (CLREQ 3.4.4, JLREQ 3.3.8)."""

from typing import NamedTuple

from reader.layout.cells import Cells
from reader.regex import regex

_MAY_BE_OVERHUNG = regex("[\u3041-\u3096\u30a1-\u30fc、。，．・：；！？」』）】〕》〉「『（【〔《〈—…]")
"""Kana and marks beside the base, over which a reading may extend: they have no readings of their own."""


_LATIN = regex("[A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff'’ -]{1,8}")
"""A syllable or two in Latin letters, such as pinyin."""


class RubyRoom(NamedTuple):
    """The room of a reading.

    Attributes:
        before: Free cells before the base.
        after: Free cells after the base.
        pad: Offset of the reading from the start of `before`; negative if it begins earlier.
        start: The offset of the first character beside the reading: of the base, or of the kana or mark before it.
        end: The offset after the last character beside the reading.
    """

    before: int
    after: int
    pad: int
    start: int
    end: int


def ruby_room(text: str, base: tuple[int, int], reading: str, cells: Cells, free: tuple[int, int]) -> RubyRoom:
    """The room of a reading; `base` is the start and end of its base in `text`.

    The narrower of reading and base is centred on the wider. In vertical text a longer reading first overhangs the kana
    or mark after the base, then the one before it. It stays between the two offsets `free`, where no text is the base
    of another reading or overhung by one (JLREQ 3.3.8).
    """
    start, end = base
    step = cells.step
    lacking = cells.width(reading) - cells.width(text[start:end])
    if lacking <= 0:
        return RubyRoom(0, 0, -lacking // 2 // step * step, start, end)
    is_over_before = is_over_after = False
    if step > 1:
        if is_over_after := end < free[1] and bool(_MAY_BE_OVERHUNG.match(text, end)):
            lacking -= step
        if is_over_before := bool(lacking) and start > free[0] and bool(_MAY_BE_OVERHUNG.match(text, start - 1)):
            lacking -= step
    before = lacking // 2 // step * step
    pad = -step if is_over_before else 0
    return RubyRoom(before, lacking - before, pad, start - is_over_before, end + is_over_after)


def is_beside(base: str, reading: str, cells: Cells) -> bool:
    """Whether a reading is horizontal, to the right of its base in vertical text: a short Latin word beside one row is.

    Letter by letter, pinyin would need more rows than the text, and could not be read.
    """
    return cells.step > 1 and _LATIN.fullmatch(reading) is not None and cells.width(base) == cells.step
