"""Permitted breaks are permitted.

Forbidding too many would cause ragged lines, which the fault checker does not detect.
"""

import pytest

from reader.layout.linebreak import LineBreaks
from reader.settings.options import KoreanBreaks, Strictness

FIRST = ("灯", "か", "カ", "，", "。", "）", "》", "lamp", "ＬＥＤ", "36", "３６", "々")
SECOND = ("塔", "か", "カ", "（", "《", "lamp", "ＬＥＤ", "36", "３６", "😀")
WHOLE = {
    ("lamp", "lamp"), ("lamp", "36"), ("36", "lamp"), ("36", "36"), ("36", "３６"), ("３６", "36"), ("３６", "３６"),
    ("ＬＥＤ", "ＬＥＤ"), ("ＬＥＤ", "３６"),
}  # fmt: skip
"""Pairs that form one word or number: letters with letters and digits of the same width, digits with digits."""


@pytest.mark.parametrize("level", Strictness)
@pytest.mark.parametrize("around", ["{}", "海{}海"])
def test_line_may_end_between_characters_that_form_no_word(level: Strictness, around: str) -> None:
    forbidden = set()
    for first in FIRST:
        for second in SECOND:
            text = around.format(first + second)
            if not LineBreaks(text, level, KoreanBreaks.WORD).allowed(text.index(first) + len(first)):
                forbidden.add((first, second))
    assert forbidden == WHOLE


@pytest.mark.parametrize("level", Strictness)
def test_digits_of_either_width_break_before_text_that_is_no_unit(level: Strictness) -> None:
    for number in ("3", "36", "３", "３６"):
        for text in (f"灯{number}", f"{number}灯", f"灯，{number}灯", f"か{number}か"):
            breaks = LineBreaks(text, level, KoreanBreaks.WORD)
            place = text.index(number)
            assert breaks.allowed(place) or place == 0, text
            assert breaks.allowed(place + len(number)), text


@pytest.mark.parametrize("mark", "，。、；：！？）》」』】〕…—")
@pytest.mark.parametrize("after", ["塔", "か", "36", "３６", "ＬＥＤ"])
def test_line_may_end_after_a_closing_mark(mark: str, after: str) -> None:
    text = f"灯{mark}{after}"
    assert LineBreaks(text, Strictness.STRICT, KoreanBreaks.WORD).allowed(2), text


@pytest.mark.parametrize("mark", "（《「『【〔")
@pytest.mark.parametrize("before", ["灯", "か", "36", "３６", "ＬＥＤ", "，", "）"])
def test_line_may_end_before_an_opening_mark(before: str, mark: str) -> None:
    text = f"{before}{mark}塔"
    assert LineBreaks(text, Strictness.STRICT, KoreanBreaks.WORD).allowed(len(before)), text


@pytest.mark.parametrize("text", ["深1.5，300米", "192.168.0.1，255.255.255.0", "10.0.0.2，188.188.5.222"])
def test_line_may_end_between_a_decimal_or_an_address_and_a_number(text: str) -> None:
    assert LineBreaks(text, Strictness.NORMAL, KoreanBreaks.WORD).allowed(text.index("，") + 1)
