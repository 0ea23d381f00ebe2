"""Which numbers, and which lines between them, make lines such as 第三章 the chapters of a book."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.parse.headings.chapters import chapters
from reader.parse.headings.evidence import _may_accompany_chapters
from reader.parse.headings.shapes import shape
from reader.parse.headings.visual_lines import LineKind, VisualLine

LONG = 20.0
"""The width in ems from which a line separates two lines."""


def line(text: str, ems: float = 6.0, kind: LineKind = LineKind.TEXT) -> VisualLine:
    return VisualLine(0, 0, len(text), kind, text, ems, shape=shape(text))


def numbered(numbers: list[int]) -> list[VisualLine]:
    """Chapter lines with these numbers, each followed by a long line."""
    return [one for number in numbers for one in (line(f"第{number}章 灯"), line("雾", LONG))]


@example([1, 2, 3, 5])
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8) | st.integers(1, 9).map(lambda count: [*range(1, count)]))
def test_seven_of_ten_numbers_follow_or_restart_at_one(numbers: list[int]) -> None:
    follow = 0
    for number, before in zip(numbers[1:], numbers, strict=False):
        follow += number == 1 or number - before == 1
    is_book = len(numbers) >= 3 and 10 * follow >= 7 * (len(numbers) - 1)
    assert chapters(numbered(numbers)) == (set(range(0, 2 * len(numbers), 2)) if is_book else set())


@pytest.mark.parametrize(("width", "is_title"), [(36.0, True), (36.5, False)])
def test_a_chapter_line_has_a_greatest_width(width: float, *, is_title: bool) -> None:
    lines = [one for number in "一二三" for one in (line(f"第{number}章 灯", width), line("雾", LONG))]
    assert chapters(lines) == ({0, 2, 4} if is_title else set())


@pytest.mark.parametrize("count", [3, 4, 5])
def test_four_lines_with_nothing_long_between_them_are_a_table_of_contents(count: int) -> None:
    listed = [line(f"第{number}章 灯") for number in range(1, count + 1)]
    body = numbered([*range(1, count + 1)])
    found = chapters([*listed, line("雾", LONG), *body])
    after = {count + 1 + 2 * number for number in range(count)}
    assert found == (after if count >= 4 else after | set(range(count)))


@pytest.mark.parametrize(("between", "is_one_list"), [(3, True), (4, False)])
def test_lines_of_a_table_of_contents_are_at_most_four_lines_apart(between: int, *, is_one_list: bool) -> None:
    """Three short lines between two entries are the sections of a chapter; four are not."""
    short = [line("灯", LONG - 0.5)] * between
    lines = [one for number in range(1, 5) for one in (line(f"第{number}章 灯"), *short)]
    assert chapters(lines) == (set() if is_one_list else {number * (between + 1) for number in range(4)})


@pytest.mark.parametrize(("last", "is_found"), [(4, True), (3, False), (5, False)])
def test_a_sentence_is_a_chapter_if_exactly_its_number_is_missing(last: int, *, is_found: bool) -> None:
    lines = [*numbered([1, 2, 3]), line(f"第{last}章 走吧，回家！"), line("雾", LONG)]
    assert (6 in chapters(lines)) is is_found


def test_a_number_that_the_next_chapter_has_is_not_missing() -> None:
    lines = [*numbered([1, 2]), line("第3章 走吧，回家！"), line("雾", LONG), *numbered([3, 4])]
    assert chapters(lines) == {0, 2, 6, 8}


@pytest.mark.parametrize(
    ("text", "may"),
    [("第一卷 灯塔", True), ("Part 1 Light", True), ("第一集 潮", True), ("楔子", True), ("第一节 雾", False),
     ("一、灯", False), ("灯塔", False)],
)  # fmt: skip
def test_volumes_and_prefaces_accompany_chapters_and_sections_do_not(text: str, *, may: bool) -> None:
    assert _may_accompany_chapters(line(text)) is may
