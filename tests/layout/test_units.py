"""Units are created on demand, from any starting position."""

from itertools import accumulate

import pytest

from reader.document.blocks import (
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Embed,
    Footnote,
    Footnotes,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Span,
    SpanKind,
)
from reader.document.document import Document, Position
from reader.layout.flow import flow
from reader.layout.layout import Layout
from reader.layout.units import Units
from reader.settings.options import Typesetting

PLAIN = Typesetting()
MANY = 20_000


def para(number: int) -> Paragraph:
    return Paragraph(Inline(f"灯{number}"))


SHAPES: dict[str, Block] = {
    "list": ListBlock(tuple(ListItem((para(number),)) for number in range(MANY))),
    "definitions": DefinitionList(
        tuple(Definition((para(number),), (para(number + 1),)) for number in range(0, MANY, 2))
    ),
    "footnotes": Footnotes(tuple(Footnote(str(number), (para(number),)) for number in range(MANY))),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_first_page_creates_only_the_first_units(shape: str) -> None:
    units = Units((SHAPES[shape],), PLAIN)
    layout = Layout(Document((SHAPES[shape],)), 60, PLAIN, units)
    assert len(layout.lines(0, 50)) == 50
    assert not units.complete
    assert len(units.upto(0)) < MANY // 4


@pytest.mark.parametrize("shape", SHAPES)
def test_units_created_step_by_step_equal_those_created_at_once(shape: str) -> None:
    units = Units((SHAPES[shape],), PLAIN)
    number = 0
    while not units.complete:
        number += 999
        units.upto(number)
    first, again = units.upto(0), list(flow((SHAPES[shape],), PLAIN))
    assert [(unit.own_content, unit.start, unit.gap, unit.opened, unit.tail) for unit in first] == [
        (unit.own_content, unit.start, unit.gap, unit.opened, unit.tail) for unit in again
    ]


def test_distant_position_is_found_first() -> None:
    document = Document((SHAPES["list"],))
    layout = Layout(document, 60, PLAIN)
    place = Position(MANY - 3, 1)
    row = layout.settle(place, 10, 10)
    assert f"灯{MANY - 3}" in layout.line(row).text
    assert layout.position_at(*layout.cell_of(place)) == place


def test_height_of_missing_units_is_estimated_and_becomes_exact() -> None:
    layout = Layout(Document((SHAPES["list"],)), 60, PLAIN)
    assert not layout.complete
    guessed = layout.height
    assert len(layout.lines(0, 10**9)) == layout.height == MANY
    assert abs(guessed - MANY) < MANY / 20


def test_another_width_creates_no_unit_again() -> None:
    units = Units((SHAPES["list"],), PLAIN)
    layout = Layout(Document((SHAPES["list"],)), 60, PLAIN, units)
    layout.lines(0, 8_000)
    made = len(units.upto(0))
    narrow = layout.resized(30)
    assert narrow.lines(0, 8_000)[-1].text == layout.line(7_999).text
    assert len(units.upto(0)) == made


def test_an_empty_document_has_no_unit() -> None:
    units = Units((), PLAIN)
    assert (units.upto(5), units.complete, units.at(Position(0))) == ([], True, 0)


def test_the_text_of_a_long_paragraph_is_not_copied_into_its_units() -> None:
    long = Paragraph(Inline("灯塔照着黑夜里的海。" * 20_000))
    units = list(flow((long,), PLAIN))
    assert len(units) > 5
    assert all(unit.content is long for unit in units)
    texts = [unit.own_content.text.text for unit in units if isinstance(unit.own_content, Paragraph)]
    assert "".join(texts) == long.text.text
    assert [unit.start.offset for unit in units] == [0, *accumulate(map(len, texts))][:-1]


def test_rows_above_a_settled_position_do_not_move_later() -> None:
    document = Document(
        tuple(Paragraph(Inline("a lighthouse, extraordinarily " * (number % 40 + 1))) for number in range(400))
    )
    complete, jumped = Layout(document, 30, PLAIN), Layout(document, 30, PLAIN)
    complete.lines(0, 10**9)
    place = Position(300)
    row, exact = jumped.settle(place, 30, 5), complete.row_of(place)
    above = [line.text for line in jumped.lines(row - 30, row)]
    assert above == [line.text for line in complete.lines(exact - 30, exact)]
    assert jumped.row_of(place) == row


def test_text_is_beside_a_label_if_it_has_at_least_four_cells() -> None:
    label = "▶ Video  "
    document = Document((Embed(Inline("灯塔"), "video", "a.mp4"),))
    for width in range(10, 30):
        first = Layout(document, width, PLAIN).line(0).text
        assert ("灯" in first) == (width - len(label) >= 4), first


def test_only_links_in_code_have_a_target() -> None:
    kinds = (SpanKind.STRONG, 0, 4), (SpanKind.LINK, 5, 9), (SpanKind.EMPHASIS, 10, 12)
    spans = tuple(Span(start, end, kind, "https://example.org/") for kind, start, end in kinds)
    (line,) = Layout(Document((CodeBlock(Inline("bold link em after", spans)),)), 60, PLAIN).lines(0, 10**9)
    linked = "".join(run.text for run in line.runs if run.link)
    assert linked == "link"
    assert {run.link for run in line.runs} == {"", "https://example.org/"}


def test_a_newline_at_the_end_of_a_paragraph_belongs_to_its_last_line() -> None:
    for text in ("灯塔\n", "海边的灯塔亮着\n"):
        lines = Layout(Document((Paragraph(Inline(text)),)), 10, PLAIN).lines(0, 10**9)
        ranges = [(run.start, run.end) for line in lines for run in line.runs]
        assert ranges[-1] == (len(text) - 1, len(text))
        assert "".join(text[start:end] for start, end in ranges) == text
