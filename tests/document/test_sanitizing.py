import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.sanitizing import clean, clean_line

NASTY = st.text(
    st.one_of(
        st.sampled_from("\r\n\t\x1b\x07\u200b\u200d\u200c\ufe0f\u202e\u2028\U000e0067\U0001f3f4❤👩灯aक\u0301"),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灯塔 lamp", "灯塔 lamp"),
        ("a\r\nb\rc\u2028d\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\u202eb\u2066c\u200fd\ufeff\u00ade", "abcde"),
        ("a\u200db\u200bc", "abc"),
        ("👩\u200d🚀 ❤\ufe0f\u200d🔥", "👩\u200d🚀 ❤\ufe0f\u200d🔥"),
        ("👩\u200dx", "👩x"),
        ("क्\u200dष", "क्\u200dष"),
        ("नि\u200c", "नि\u200c"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("x\U000e0041\U000e0042", "x"),
        ("a\ud800b", "a\ufffdb"),
        ("e" + "\u0301" * 500, "e" + "\u0301" * 30),
    ],
)
def test_control_functions_are_removed_and_other_text_stays(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(NASTY)
def test_no_control_function_is_left(text: str) -> None:
    cleaned = clean(text)
    left = {one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")}
    assert left <= {"\n", "\t"}
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]", cleaned)
    assert clean(cleaned) == cleaned


@given(NASTY)
def test_no_letter_sign_or_number_is_lost(text: str) -> None:
    def shown(one: str) -> str:
        return "".join(
            char for char in one if unicodedata.category(char)[0] in "LNPS" and not "\ufe00" <= char <= "\ufe0f"
        )

    assert shown(clean(text)).replace("\ufffd", "") == shown(text).replace("\ufffd", "")


@given(NASTY)
def test_line_is_one_line_with_single_spaces(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())


def test_a_line_keeps_its_words() -> None:
    assert clean_line("\n 灯塔\u3000 的\tlamp \r\n") == "灯塔 的 lamp"
