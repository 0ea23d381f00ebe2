"""Heading levels: styles are ranked from the outermost to the innermost by convention, or by first occurrence."""

import pytest

from reader.document.blocks import Heading, Inline
from reader.parse.headings.levels import levels


def pseudo(*texts: str) -> list[int]:
    return levels([Heading(Inline(text), 1, pseudo=True) for text in texts])


def real(*headings: tuple[int, str]) -> list[int]:
    return levels([Heading(Inline(text), level) for level, text in headings])


def test_no_heading_has_no_level() -> None:
    assert pseudo() == []


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("第一部分 海", "第一章 灯"),
        ("第一章 灯", "第一节 塔"),
        ("第一节 塔", "一、光"),
        ("一、光", "（一）远"),
        ("（一）远", "1. 近"),
        ("1. 近", "1.1 左"),
        ("1.1 左", "1.1.1 右"),
        ("1.1.1 右", "(1) 上"),
        ("(1) 上", "① 下"),
        ("第一章 灯", "1. 近"),
        ("Chapter 1 Sea", "Section 1 Lamp"),
    ],
)
def test_numbers_nest_by_convention_regardless_of_order(outer: str, inner: str) -> None:
    assert pseudo(outer, inner) == [1, 2]
    assert pseudo(inner, outer) == [2, 1]


def test_tags_take_precedence_over_numbers() -> None:
    assert real((2, "一、海"), (3, "1. 灯"), (2, "二、塔")) == [1, 2, 1]
    assert real((3, "一、海"), (2, "1. 灯")) == [2, 1]


def test_headings_of_one_tag_are_ranked_by_their_numbers() -> None:
    assert real((2, "一、海"), (2, "（一）灯"), (2, "（二）塔"), (2, "二、风")) == [1, 2, 2, 1]


def test_pseudo_headings_are_below_real_ones() -> None:
    headings = [Heading(Inline("海"), 6), Heading(Inline("灯"), 1, pseudo=True), Heading(Inline("塔"), 2)]
    assert levels(headings) == [2, 3, 1]


def test_gaps_between_tags_are_closed_and_six_is_the_deepest() -> None:
    assert real((2, "海"), (5, "灯"), (6, "塔")) == [1, 2, 3]
    texts = ["第一部分 一", "第一章 一", "第一节 一", "一、一", "1. 一", "1.1 一", "1.1.1 一", "(1) 一"]
    assert pseudo(*texts) == [1, 2, 3, 4, 5, 6, 6, 6]


def test_of_symbols_the_first_is_the_outer_one() -> None:
    assert pseudo("【海】", "■ 灯", "【塔】", "■ 风") == [1, 2, 1, 2]
    assert pseudo("■ 灯", "【塔】") == [1, 2]


def test_plain_heading_among_numbers_is_on_their_level_or_below() -> None:
    # Before the first number and after the last one it is on their level: a preface, an afterword.
    assert real((2, "前言"), (2, "一、海"), (2, "二、灯"), (2, "后记")) == [1, 1, 1, 1]
    assert pseudo("一、海", "潮", "二、灯") == [1, 2, 1]


def test_restarting_numbers_are_below_plain_headings() -> None:
    assert pseudo("海", "1. 甲", "2. 乙", "灯", "1. 丙", "2. 丁") == [1, 2, 2, 1, 2, 2]
    assert pseudo("海", "1. 甲", "灯", "2. 乙") == [1, 2, 1, 2]


def test_numbers_in_brackets_are_below_plain_headings() -> None:
    assert pseudo("海", "（一）甲", "（二）乙", "灯") == [1, 2, 2, 1]
    assert pseudo("海", "(1) 甲", "(2) 乙", "灯") == [1, 2, 2, 1]


def test_numbering_that_restarts_after_a_plain_heading_is_below_it() -> None:
    assert real((2, "1. 甲"), (2, "海"), (2, "1. 乙")) == [2, 1, 2]
    assert pseudo("一、甲", "海", "一、乙") == [2, 1, 2]


def test_numbering_across_plain_headings_is_below_them_only_if_one_precedes_it() -> None:
    assert pseudo("海", "1. 甲", "灯", "2. 乙") == [1, 2, 1, 2]
    assert pseudo("1. 甲", "灯", "2. 乙") == [1, 2, 1]
    assert pseudo("前言", "1. 甲", "2. 乙", "后记") == [1, 1, 1, 1]
    # Other numbers than 1. and tags of HTML are no sign of subsections.
    assert pseudo("海", "一、甲", "灯", "二、乙") == [1, 1, 2, 1]
    assert real((2, "海"), (2, "1. 甲"), (2, "灯"), (2, "2. 乙")) == [1, 1, 1, 1]


def test_symbols_do_not_rank_headings_of_one_tag() -> None:
    assert real((2, "【海】"), (2, "■ 灯"), (2, "塔")) == [1, 1, 1]
