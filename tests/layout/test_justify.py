"""Justified lines have few gaps, and none in readings, code, keys, formulas and addresses."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Cell, Inline, Paragraph, Span, SpanKind, Table
from reader.document.document import Document
from reader.layout.cells import Cells
from reader.layout.layout import Layout
from reader.settings.options import RubyStyle, Typesetting
from tests.layout.setting import painted, rejoined, set_lines

CELLS = Cells()
JUSTIFIED = Typesetting(justify=True)
RAGGED = Typesetting()
HAN = ["海边的", "灯塔，", "夜里亮着。", "岬の光は", "いまも", "船を", "導いている。"]
PROSE = [*HAN, "the lamp ", "Python", " 17 个"]
KEPT = {
    SpanKind.CODE: ["git commit --amend", "a b c", "灯 塔里", "用Python写"],
    SpanKind.KEYBOARD: ["Ctrl + 左键"],
    SpanKind.MATH: ["a + b 海x"],
    SpanKind.RUBY: ["灯台", "昨日海辺", "A岬b"],
}
PARTS = st.one_of(
    st.tuples(st.none(), st.sampled_from(PROSE)),
    *(st.tuples(st.just(kind), st.sampled_from(texts)) for kind, texts in KEPT.items()),
)


def joined(parts: list[tuple[SpanKind | None, str]]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for kind, part in parts:
        if kind is not None:
            value = "かんのんさき とうだい"[: 2 * len(part)] if kind is SpanKind.RUBY else ""
            spans.append(Span(len(text), len(text) + len(part), kind, value))
        text += part
    return text, spans


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PARTS, min_size=4, max_size=40), st.integers(30, 80), st.sampled_from([RubyStyle.INLINE, RubyStyle.ABOVE])
)
def test_no_gap_in_readings_and_code(parts: list[tuple[SpanKind | None, str]], width: int, ruby: RubyStyle) -> None:
    text, spans = joined(parts)
    lines = set_lines(text, width, Typesetting(justify=True, hyphenation=False, ruby=ruby), *spans)
    assert rejoined(lines, text) == text
    # Blanks that layout adds are runs without text of the document, at the offset of what follows them.
    for line in lines:
        blank = [run.text.isspace() and run.start == run.end for run in line.runs]
        added = [run.start for run, is_added in zip(line.runs, blank, strict=True) if is_added]
        assert not [place for place in added for span in spans if span.start < place < span.end]
        before = "".join(run.text for run, is_added in zip(line.runs, blank, strict=True) if not is_added)
        for part in (r"\([^()]*\)", r"^[^()]*\)", r"\([^()]*$"):
            assert re.findall(part, line.text.strip()) == re.findall(part, before.strip())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(HAN), min_size=8, max_size=40), st.integers(30, 80))
def test_few_gaps_between_han(parts: list[str], width: int) -> None:
    text = "".join(parts)
    for line, before in zip(painted(text, width, JUSTIFIED), painted(text, width, RAGGED), strict=True):
        pairs = sum(not set(pair) & set("，。") for pair in pairwise(before))
        gaps = len(re.findall("[^，。 ] ", line))
        assert gaps <= -(-pairs // 7)
        assert "  " not in line
        assert CELLS.width(line) - CELLS.width(before) <= max(3, width // 10)
        assert line == before or CELLS.width(line) == width


def test_japanese_words_have_no_gap() -> None:
    text = "岬の光は、いまも船を導いている。灯台守がいなくなってからも長い年月がたった。" * 4
    for width in range(30, 80):
        for line in painted(text, width, JUSTIFIED):
            assert not re.search("[^、。ぁ-ゖ] | [ぁ-ゖ]", re.sub("([、。]) ", r"\1", line))


@pytest.mark.parametrize("text", ["在 Python 里用", "在Python里用", "与 AP 哥"])
def test_latin_word_has_equal_gaps_on_both_sides(text: str) -> None:
    found = set()
    for width in range(30, 60):
        for line in painted(f"海边的灯塔夜里亮着，{text}守塔人说风浪不大" * 4, width, JUSTIFIED)[:-1]:
            for before, after in re.findall(r"[一-鿿]( *)[A-Za-z][A-Za-z ]*?( *)(?=[一-鿿])", line):
                assert before == after
                found.add(before)
    assert len(found) == 2


@pytest.mark.parametrize("number", ["17个", "17 个", "3 km 长", "100%的"])
def test_number_keeps_its_unit(number: str) -> None:
    for width in range(30, 60):
        lines = "".join(painted(f"海边的灯塔，夜里亮着{number}守塔人说" * 4, width, JUSTIFIED))
        assert lines.count(number) == 4 or number.count(" ")
        assert "  " not in re.sub("，  ?", "，", lines)


def test_gap_between_words_has_at_most_three_cells() -> None:
    text = "a lamp incomprehensibilities of lighthouses notwithstanding " * 8
    for width in range(30, 60):
        for line in painted(text, width, Typesetting(justify=True, hyphenation=False)):
            assert " " * 4 not in line


def test_a_chinese_name_in_an_english_line_has_no_gap() -> None:
    text = "the lamp of 灯塔守 stands notwithstanding all weathers and everybody knows it " * 4
    for width in range(30, 60):
        assert not [line for line in painted(text, width, JUSTIFIED) if re.search("灯 |塔 守", line.rstrip())]


def test_address_has_no_gap() -> None:
    address = "https://example.org/灯塔abc海"
    text = f"海边的灯塔，见{address}守塔人说风浪不大，" * 4
    spans = [Span(found.start(), found.end(), SpanKind.LINK, address) for found in re.finditer(address, text)]
    for width in range(30, 60):
        for line in set_lines(text, width, JUSTIFIED, *spans):
            added = [run.start for run in line.runs if run.text.isspace()]
            assert not [place for place in added for span in spans if span.start < place < span.end]


def test_narrow_columns_and_cells_stay_ragged() -> None:
    text = "A line on or near half a page of words, 海边的灯塔，夜里亮着光。" * 3
    for width in range(12, 30):
        options = Typesetting(justify=True, hyphenation=False)
        assert painted(text, width, options) == painted(text, width, RAGGED)
    cell = Cell((Paragraph(Inline("The supply boat did not come, as was to be expected.")),))
    table = Document((Table(((cell, cell, cell),)),))
    assert [line.text for line in Layout(table, 60, JUSTIFIED).lines(0, 99)] == [
        line.text for line in Layout(table, 60, RAGGED).lines(0, 99)
    ]
