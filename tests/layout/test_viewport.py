"""Scrolling by rows, two columns, and pages: every line is shown once, and the way back is the way there."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Heading, Inline, Paragraph
from reader.document.document import Document
from reader.layout.arrangement import LineAt, following, is_blank
from reader.layout.layout import Layout
from reader.layout.lines import BlockRow, Line, Run, Style
from reader.layout.paged_viewport import PagedViewport
from reader.layout.two_columns import TwoColumns
from reader.layout.vertical_columns import VerticalColumns
from reader.layout.viewport import ScrolledViewport
from reader.settings.options import Typesetting

KINDS = st.lists(st.sampled_from(["text", "text", "text", "blank", "heading"]), min_size=1, max_size=60)


def line(kind: str, number: int) -> Line:
    runs = (Run(f"灯{number % 10}", Style(), number, 0, 2),)
    return Line() if kind == "blank" else Line(runs, is_heading=kind == "heading")


def reader_of(kinds: Sequence[str]) -> LineAt:
    lines = [line(kind, number) for number, kind in enumerate(kinds)]
    return lambda number: lines[number] if 0 <= number < len(lines) else None


@settings(max_examples=150, deadline=None)
@given(KINDS, st.integers(2, 12))
def test_two_columns_show_every_line_once(kinds: list[str], rows: int) -> None:
    columns, line_at = TwoColumns(2, 20, 4, 1, rows), reader_of(kinds)
    shown: list[int] = []
    top = 0
    while True:
        view = columns.view(top, line_at)
        assert [one.x for one in view.placed] == sorted(one.x for one in view.placed)
        assert all(1 <= one.y <= rows and one.x in {2, 26} for one in view.placed)
        for one in view.placed:
            place = view.place_of(one.number, 3)
            assert place is not None
            assert view.at(*place) == (one.number, 3)
        shown += [one.number for one in view.placed]
        if view.is_last:
            break
        assert following(view, line_at) > top
        top = following(view, line_at)
    assert [number for number in shown if kinds[number] != "blank"] == [
        number for number, kind in enumerate(kinds) if kind != "blank"
    ]


@settings(max_examples=100, deadline=None)
@given(kinds=KINDS, rows=st.integers(2, 8), is_vertical=st.booleans())
def test_pages_are_turned_there_and_back(kinds: list[str], rows: int, *, is_vertical: bool) -> None:
    line_at = reader_of(kinds)
    columns = VerticalColumns(0, 4 * rows, 0, 5, 2) if is_vertical else TwoColumns(0, 10, 2, 0, rows)
    viewport = PagedViewport(columns, line_at, len(kinds), is_complete=True, is_end_known=True)
    tops = [0.0]
    while viewport.progress(tops[-1]) < 1:
        tops.append(viewport.paged(tops[-1], 1))
    assert viewport.paged(tops[-1], 1) == tops[-1]
    assert viewport.scrolled(tops[-1], 1) == tops[-1]
    assert viewport.paged(0, len(tops) + 3) == tops[-1]
    for top in tops[1:]:
        back = viewport.paged(top, -1)
        assert 0 <= back < top
        # Only headings and blank lines may be left for the next page.
        assert all(kinds[number] != "text" for number in range(viewport.stop(int(back)), int(top)))
    assert viewport.view(viewport.last_top).is_last
    assert 0 <= viewport.scrolled(0, 1) <= max(1, viewport.last_top)


def test_heading_at_the_foot_of_a_column_moves_to_the_next() -> None:
    columns = TwoColumns(0, 10, 2, 0, 4)
    view = columns.view(0, reader_of(["text", "text", "blank", "heading", "text", "text"]))
    assert [(one.number, one.x, one.y) for one in view.placed] == [
        *((0, 0, 0), (1, 0, 1)),
        *((3, 12, 0), (4, 12, 1), (5, 12, 2)),
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 6])
def test_heading_of_any_level_moves_with_its_rule(level: int) -> None:
    text = [Paragraph(Inline(name)) for name in "甲乙丙丁"]
    layout = Layout(Document((*text, Heading(Inline("灯"), level), Paragraph(Inline("塔")))), 10, Typesetting())
    lines = layout.lines(0, 99)
    title = next(number for number, one in enumerate(lines) if one.text == "灯")
    paragraph = next(number for number, one in enumerate(lines) if one.text == "塔")
    for rows in range(title + 1, paragraph + 1):
        view = TwoColumns(0, 10, 2, 0, rows).view(0, lambda number: lines[number] if number < len(lines) else None)
        assert {one.number: one.x for one in view.placed}[title] == 12


def test_parts_of_pages_are_counted_in_lines() -> None:
    line_at = reader_of(["text"] * 40)
    viewport = PagedViewport(TwoColumns(0, 10, 2, 0, 4), line_at, 40, is_complete=True, is_end_known=True)
    assert (viewport.paged(0, 0.5), viewport.paged(8, -0.5)) == (4, 4)
    assert (viewport.showing(0, 7), viewport.showing(0, 20)) == (0, 18)
    assert (viewport.revealing(0, 3, 7), viewport.revealing(0, 9, 9), viewport.revealing(20, 3, 5)) == (0, 2, 3)


def test_end_is_an_estimate_until_the_layout_is_complete() -> None:
    columns, line_at = TwoColumns(0, 10, 2, 0, 4), reader_of(["text"] * 4)
    viewport = PagedViewport(columns, line_at, 40, is_complete=False, is_end_known=False)
    assert viewport.last_top == 32
    assert viewport.progress(0) < 1


@pytest.mark.parametrize(("pages", "top"), [(1, 18), (-1, 2), (0.5, 14), (-0.5, 6)])
def test_one_column_is_scrolled_with_an_overlap(pages: float, top: int) -> None:
    viewport = ScrolledViewport(10, 100)
    assert viewport.paged(10, pages) == top
    assert (viewport.stop(3), viewport.last_top, viewport.progress(45), viewport.scrolled(3, -2)) == (13, 90, 0.5, 1)
    assert (viewport.showing(10, 12), viewport.showing(10, 40)) == (10, 37)
    # A line above the page, and the first and last rows, which are too near its edges.
    assert [viewport.showing(10, line) for line in (5, 10, 11, 17, 18)] == [2, 7, 10, 10, 15]
    assert (viewport.revealing(10, 12, 14), viewport.revealing(10, 30, 32)) == (10, 23)


def test_column_beside_a_block_of_odd_width_is_never_cut() -> None:
    block = Line((Run("---", Style(), 0, 0, 3),), in_block=BlockRow(0, 1, 3))
    column = Line((Run("灯塔", Style(), 1, 0, 2),))
    for width, numbers in ((6, [0]), (10, [0, 1])):
        view = VerticalColumns(0, width, 0, 5, 2).view(0, lambda number: dict(enumerate((block, column))).get(number))
        assert [one.number for one in view.placed] == numbers
        assert all(one.x >= 0 for one in view.placed)


def test_blank_line_is_recognized() -> None:
    assert is_blank(None)
    assert is_blank(Line((Run("  \u3000"),)))
    assert not is_blank(line("text", 0))
