"""Folding: equivalent texts become equal, and each offset maps to an offset of the source."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.text_folding import Folded, fold, fold_piece, folded, folds_variants, has_parts

needs_variants = pytest.mark.skipif(not folds_variants(), reason="OpenCC is not installed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("The LIGHT", "the light"),
        ("Ünïcode ÉÈ", "unicode ee"),
        ("cafe\u0301", "cafe"),
        ("Straße ﬁn", "strasse fin"),
        ("ＡＢＣ　１２３：", "abc 123:"),
        ("½ ① ㎏ …", "1\u20442 1 kg ..."),
        ("ﾃﾞｰﾀ ﾊﾟﾊﾞﾊ", "データ パバハ"),
        ("がぎ", "がぎ"),
        ("\u304b\u3099\u304d", "がき"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("Θάλασσας", "θαλασσασ"),
        ("İstanbul", "istanbul"),
        ("don’t re‑use", "don't re-use"),
        ("葛\U000e0100城❤\ufe0f", "葛城❤"),
        ("灯塔，“海”", '灯塔,"海"'),
    ],
)
def test_fold_of_text(text: str, expected: str) -> None:
    assert fold(text).text == folded(text) == expected


@needs_variants
def test_traditional_characters_fold_to_simplified_ones_one_by_one() -> None:
    assert folded("鐵塔與燈，進博會開幕") == "铁塔与灯,进博会开幕"
    # Compatibility ideographs are folded too; words that regions write differently are not.
    assert folded("\uf900軟體") == "岂软体"
    assert folded("𠮷野家") == "𠮷野家"


def test_without_opencc_traditional_characters_stay() -> None:
    script = (
        "import sys; sys.modules['opencc'] = None\n"
        "from reader.document.text_folding import folded, folds_variants\n"
        "assert not folds_variants()\n"
        "assert folded('進博會 ＡＢＣ') == '進博會 abc'"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_offsets_map_around_and_inside_changed_runs() -> None:
    made = fold("a½b\uff8a\uff9fc")
    assert made.text == "a1\u20442bパc"
    assert [made.source(offset, ends=False) for offset in range(len(made.text) + 1)] == [0, 1, 1, 1, 2, 3, 5, 6]
    assert [made.source(offset, ends=True) for offset in range(len(made.text) + 1)] == [0, 1, 2, 2, 2, 3, 5, 6]


def sources(made: Folded) -> list[tuple[int, int]]:
    return [(made.source(number, ends=False), made.source(number + 1, ends=True)) for number in range(len(made.text))]


def test_removed_accent_belongs_to_its_base() -> None:
    made = fold("e\u0301x")
    assert made.text == "ex"
    assert sources(made) == [(0, 2), (2, 3)]


def test_text_with_parts_is_recognized() -> None:
    assert has_parts("ﾊﾟ")
    assert has_parts("\u1112\u1161")
    assert not has_parts("パ한灯é")


ANY = st.text(
    st.one_of(
        st.sampled_from("aAéßﬁ½①…İ進会灯か\u3099ｶﾞﾊﾟー한\u1112\u1161\u11ab\u1100\u0301，　\n\0"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=20,
)


@given(ANY)
def test_both_folding_functions_agree(text: str) -> None:
    assert fold(text).text == folded(text)


@given(ANY)
def test_case_makes_no_difference(text: str) -> None:
    assert folded(text.swapcase()) == folded(text.swapcase().casefold())


# Two-part Indic vowels are not composed, because nobody types them in parts.
EUROPE_AND_EAST_ASIA = st.text(
    st.one_of(
        st.characters(max_codepoint=0x52F),
        st.characters(min_codepoint=0x1E00, max_codepoint=0x1FFF),
        st.characters(min_codepoint=0x3000, max_codepoint=0xD7FF),
        st.characters(min_codepoint=0xF900, max_codepoint=0xFFFF),
    ),
    max_size=12,
)


@given(EUROPE_AND_EAST_ASIA)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@given(ANY)
def test_no_accent_case_or_width_is_left(text: str) -> None:
    made = folded(text)
    for character in made:
        assert not unicodedata.combining(character) or character in "\u3099\u309a"
        # A character whose other case is not a single letter would be folded further.
        assert fold_piece(character) == character


@given(ANY, ANY)
def test_newline_separates_folding(one: str, other: str) -> None:
    assert folded(f"{one}\n{other}") == f"{folded(one)}\n{folded(other)}"


@given(ANY)
def test_every_folded_character_maps_to_a_range_that_folds_to_it(text: str) -> None:
    made = fold(text)
    last = (0, 0)
    for character, (start, end) in zip(made.text, sources(made), strict=True):
        assert last <= (start, end)
        assert start < end <= len(text)
        assert character in fold(text[start:end]).text
        last = (start, end)


@given(ANY)
def test_changed_runs_account_for_the_difference_in_length(text: str) -> None:
    made = fold(text)
    assert len(made.text) - len(text) == sum(
        (end - start) - (source_end - source_start) for start, end, source_start, source_end in made.changes
    )
