"""Wrapping of plain text outside the page."""

import pytest

from reader.layout.cells import Cells
from reader.layout.wrapping import set_parts, set_plain, unbreakable_parts
from reader.settings.options import Typesetting

_USUAL = Typesetting()


def test_no_line_begins_with_a_mark_that_may_not_begin_one() -> None:
    text = "灯塔在夜里亮着，“守塔人”说：今天的风很大，船都回来了。" * 4
    for width in range(8, 40):
        lines = set_plain(text, width, _USUAL)
        assert "".join(lines) == text
        assert not any(line[0] in "，。：”" or line[-1] == "“" for line in lines)
        assert all(Cells(1).width(line) <= width for line in lines)


def test_line_ends_of_the_text_are_kept_including_empty_lines() -> None:
    assert set_plain("one\n\ntwo three", 6, _USUAL) == ["one", "", "two", "three"]


def test_text_is_ragged_and_not_indented_whatever_the_options() -> None:
    page = Typesetting(justify=True, first_line_indent=2)
    assert set_plain("one two three", 9, page) == ["one two", "three"]


@pytest.mark.parametrize("width", range(1, 3))
def test_single_character_always_fits(width: int) -> None:
    assert set_plain("灯塔", width, _USUAL) == ["灯", "塔"]


def test_part_stays_whole_if_it_fits() -> None:
    keys = "Enter 前往 · n 笔记 · d 删除 · E 导出"
    assert set_parts(keys, 20, _USUAL) == ["Enter 前往 · n 笔记", "d 删除 · E 导出"]
    assert set_parts(keys, 8, _USUAL)[:3] == ["Enter 前", "往", "n 笔记"]


def test_a_byline_breaks_between_its_parts_and_between_tags() -> None:
    lines = set_plain(unbreakable_parts("8 minutes · 2,000 characters · #one #two"), 28, _USUAL)
    assert lines == ["8 minutes ·", "2,000 characters · #one #two"]


@pytest.mark.parametrize("width", [30, 34, 40])
def test_argument_of_a_command_to_install_stays_whole(width: int) -> None:
    lines = set_plain("pip install 'archive-reader[dictionary]'", width, _USUAL)
    assert " ".join(lines) == "pip install 'archive-reader[dictionary]'"
    assert "'archive-reader[dictionary]'" in lines[-1]
