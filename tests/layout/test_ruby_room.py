"""Readings in vertical text: none is beside a base that has a reading of its own (JLREQ 3.3.8)."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.document import Document
from reader.layout.lines import NO_BLOCK, Line, Run, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.ruby_room import is_beside
from reader.layout.vertical_text import upright_forms
from reader.lean_dataclasses import replace
from reader.settings.options import Fill, RubyStyle
from tests.layout.test_vertical import CELLS, PLAIN, columns


def reading_places(inline: Inline, rows: int, fill: Fill) -> dict[int, tuple[str, set[int]]]:
    """The readings of a text by the offset of their base, with the offsets of the characters that they are beside."""
    typesetting, forms = replace(PLAIN, ruby=RubyStyle.ABOVE, fill=fill), upright_forms(Document(()), PLAIN)
    lines = lay_out_paragraph(inline, 2 * rows, typesetting, block=0, base=Style(), upright=forms)
    found: dict[int, tuple[str, set[int]]] = {}
    for line, after in pairwise(lines):
        for cell, run in cells_before(line):
            if run.block != NO_BLOCK and run.start == run.end and run.text.strip():
                reading = range(cell, cell + CELLS.width(run.text))
                beside = {
                    run.start + number
                    for at, run in cells_before(after)
                    for number in range(run.end - run.start)
                    if at + 2 * number in reading
                }
                # A base that is torn for want of room has the rest of its reading on the next line.
                begun, earlier = found.get(run.start, ("", set()))
                found[run.start] = begun + run.text, earlier | beside
    return found


def cells_before(line: Line) -> Iterator[tuple[int, Run]]:
    """The runs of a line with the cells before them."""
    at = 0
    for run in line.runs:
        yield at, run
        at += CELLS.width(run.text)


_WORDS = st.tuples(
    st.sampled_from(["三浦半島", "東", "端", "入口", "の"]),
    st.text("いうらはん", max_size=8),
    st.sampled_from(["", "の", "、", "。」", "甲", "に", "「"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=12), st.integers(10, 24), st.sampled_from(Fill))
def test_no_reading_is_beside_another_base_with_a_reading(
    words: list[tuple[str, str, str]], rows: int, fill: Fill
) -> None:
    text, spans = "", []
    for base, reading, mark in words:
        if reading:
            spans.append(Span(len(text), len(text) + len(base), SpanKind.RUBY, reading))
        text += base + mark
    places = reading_places(Inline(text, tuple(spans)), rows, fill)
    for span in spans:
        drawn, beside = places[span.start]
        others = {at for other in spans if other is not span for at in range(other.start, other.end)}
        assert drawn == span.value
        assert not beside & others
        assert all(span.start <= at < span.end or text[at] in "の、。」に「" for at in beside)


def test_reading_begins_beside_its_base_at_the_start_of_a_column() -> None:
    text, spans = "塔塔塔塔塔塔塔塔、灯塔", [Span(9, 10, SpanKind.RUBY, "ともしび")]
    assert columns(text, 9, *spans)[1:] == ["ともしび", "    灯  塔"]


def test_reading_of_a_torn_base_continues_on_the_next_line() -> None:
    text = "三浦半島「三浦半島"
    spans = [Span(0, 4, SpanKind.RUBY, "い" * 8), Span(5, 9, SpanKind.RUBY, "みうら")]
    columns_of_both = columns(text, 10, *spans)
    assert columns_of_both[-2].strip() == "ら"


def test_readings_close_to_each_other_leave_rows_free() -> None:
    text, spans = "入口、三浦半島の東の端に", []
    for base, reading in (("入口", "いりぐち"), ("三浦半島", "みうらはんとう"), ("東", "ひがし"), ("端", "はし")):
        at = text.index(base)
        spans.append(Span(at, at + len(base), SpanKind.RUBY, reading))
    assert columns(text, 30, *spans) == [
        "いりぐちみうらはんとうひがしはし",
        "入口  、  三浦半島  の東  の端に".replace("、", "︑"),
    ]


def test_a_short_latin_reading_is_beside_its_base_in_vertical_text_only() -> None:
    vertical = upright_forms(Document(()), PLAIN).cells
    assert is_beside("灯", "dēng", vertical)
    assert not is_beside("灯", "とう", vertical)
    assert not is_beside("灯塔", "dēng", vertical)
    assert not is_beside("a", "dēng", CELLS)
