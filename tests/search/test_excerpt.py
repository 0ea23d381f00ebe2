"""The beginning and end of excerpts, and the offsets of matches in them."""

import re
from dataclasses import replace

import pytest

from reader.search.excerpt import excerpt, hit_positions, hits_pattern
from reader.search.query_tree import Words

BEFORE = 12
"""Characters of context before the first match if no sentence ends among them."""


def pattern(*words: str) -> re.Pattern[str]:
    found = hits_pattern([Words(word, exact=False) for word in words])
    assert found is not None
    return found


def shown(text: str, most: int, *words: str) -> tuple[str, list[str]]:
    """The text of an excerpt and the matches in it."""
    part = excerpt(text, pattern(*words or ("灯塔",)), most)
    return part.text, [part.text[start:end] for start, end in part.hits]


@pytest.mark.parametrize("length", [BEFORE + 1, BEFORE + 2, 30])
def test_twelve_characters_precede_the_first_match(length: int) -> None:
    assert shown("海" * length + "灯塔", 20) == ("…" + "海" * BEFORE + "灯塔", ["灯塔"])


@pytest.mark.parametrize("length", [0, 1, BEFORE])
def test_a_match_near_the_start_is_shown_from_the_start(length: int) -> None:
    assert shown("海" * length + "灯塔", 20) == ("海" * length + "灯塔", ["灯塔"])


@pytest.mark.parametrize("mark", "。！？；!?; ")
@pytest.mark.parametrize("between", [1, 5, BEFORE - 1])
def test_excerpt_begins_after_the_end_of_a_sentence(mark: str, between: int) -> None:
    assert shown("海" * 20 + mark + "夜" * between + "灯塔", 30) == ("…" + "夜" * between + "灯塔", ["灯塔"])


def test_excerpt_begins_after_the_last_of_several_sentence_ends() -> None:
    assert shown("海" * 20 + "。夜夜！风风灯塔", 30)[0] == "…风风灯塔"


def test_sentence_starting_with_the_match_is_shown_after_the_previous_one() -> None:
    assert shown("海" * 20 + "。灯塔", 30)[0] == "…" + "海" * (BEFORE - 1) + "。灯塔"


def test_more_distant_sentence_end_is_ignored() -> None:
    assert shown("海。" + "夜" * BEFORE + "灯塔", 30)[0] == "…" + "夜" * BEFORE + "灯塔"


def test_end_is_truncated_only_if_text_follows() -> None:
    assert shown("灯塔" + "海" * 8, 10) == ("灯塔" + "海" * 8, ["灯塔"])
    assert shown("灯塔" + "海" * 9, 10) == ("灯塔" + "海" * 8 + "…", ["灯塔"])


def test_match_is_truncated_with_the_end() -> None:
    assert shown("灯塔" + "海" * 7 + "灯塔", 10)[1] == ["灯塔", "灯"]
    assert shown("灯塔" + "海" * 8 + "灯塔", 10)[1] == ["灯塔"]
    assert shown("夜" * 20 + "灯塔" + "海" * 7 + "灯塔", BEFORE + 10)[1] == ["灯塔", "灯"]


def test_every_match_is_marked_once() -> None:
    assert shown("灯塔，海，灯塔守，海", 20, "灯塔", "海", "灯塔守")[1] == ["灯塔", "海", "灯塔守", "海"]


def test_leaves_and_lines_are_shown_on_one_line() -> None:
    assert shown("海\0夜\n灯塔", 20) == ("海 夜 灯塔", ["灯塔"])


@pytest.mark.parametrize("hits", [None, pattern("风")])
def test_without_a_match_the_start_is_shown(hits: re.Pattern[str] | None) -> None:
    assert excerpt("海" * 10, hits, 10).text == "海" * 10
    assert excerpt("海" * 11, hits, 10).text == "海" * 10 + "…"
    assert excerpt("海海 夜", hits, 3).text == "海海…"
    assert excerpt("海", hits, 10).hits == ()


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        # Folding makes 1⁄2 of ½, km of ㎞ and two letters of each ligature: a match of a part marks the whole.
        ("约½海里", "1", "½"),
        ("约½海里", "2", "½"),
        ("约5㎞远", "m", "㎞"),
        ("约5㎞远", "5k", "5㎞"),
        ("ﬁne", "in", "ﬁn"),
        ("ｶﾞﾗｽ", "ガ", "ｶﾞ"),
    ],
)
def test_match_of_a_part_of_a_character_marks_the_whole(text: str, word: str, marked: str) -> None:
    assert excerpt(text, re.compile(re.escape(word)), 20).hits == (
        (text.index(marked), text.index(marked) + len(marked)),
    )


def test_positions_are_leaves_and_offsets_in_them() -> None:
    text = "灯塔\0海边的灯塔，灯塔\0\0Lighthouse 与灯塔"
    found = hit_positions(text, pattern("灯塔", "lighthouse"), 9)
    assert found == [(0, 0, 2), (1, 3, 5), (1, 6, 8), (3, 0, 10), (3, 12, 14)]
    leaves = text.split("\0")
    assert {leaves[leaf][start:end] for leaf, start, end in found} == {"灯塔", "Lighthouse"}
    assert hit_positions(text, pattern("灯塔"), 2) == [(0, 0, 2), (1, 3, 5)]
    assert hit_positions(text, None, 2) == []


def test_a_word_that_is_being_typed_is_marked_from_two_letters_on() -> None:
    words = Words("ru", exact=False)
    assert re.search(hits_pattern([replace(words, begun=True)]) or "", "rust")
    assert not re.search(hits_pattern([words]) or "", "rust")
