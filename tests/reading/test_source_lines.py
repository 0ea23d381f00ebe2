"""The line of a source that a position comes from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Inline, Paragraph
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position
from reader.parse.parser import parse
from reader.reading.source_lines import SourceMap, line_of, source_line


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Inline(text)) for text in texts))


def test_the_line_below_the_front_matter_is_found() -> None:
    source = "---\ntitle: 换灯\n---\n\n换灯\n\n守塔人说。\n"
    shown = document("换灯", "守塔人说。")
    assert line_of(source, shown, Position(0)) == 5
    assert line_of(source, shown, Position(1)) == 7


def test_equal_lines_are_told_apart_by_their_number() -> None:
    source = "晴。\n\n雨。\n\n晴。\n\n雪。\n"
    shown = document("晴。", "雨。", "晴。", "雪。")
    assert [line_of(source, shown, Position(number)) for number in range(1, 4)] == [3, 5, 7]


HTML = "<p>第一<strong>盏</strong>灯&mdash;又一盏\n<p>守塔<a href='https://example.org/abc'>日记</a>本"
MARKDOWN = "# 灯\n\n第一**盏**灯又一盏\n\n守塔[日记](https://example.org/abc)本，wrapped\nlines follow"


@pytest.mark.parametrize(("source", "written_in"), [(HTML, BodyFormat.HTML), (MARKDOWN, BodyFormat.MARKDOWN)])
def test_markup_between_letters_does_not_matter(source: str, written_in: BodyFormat) -> None:
    shown = parse(Body(source, written_in))
    last = len(shown.leaves) - 1
    assert shown.text(last).startswith("守塔日记本")
    expected = next(number for number, line in enumerate(source.split("\n"), 1) if "守塔" in line)
    assert line_of(source, shown, Position(last)) == expected
    assert line_of(source, shown, Position(last, 3)) == expected


def test_text_that_the_source_does_not_have_is_skipped() -> None:
    shown = document("one", "生成された見出しはここにある", "the letters that follow it are found")
    assert line_of("one\n\nthe letters that follow it are found\n", shown, Position(1)) == 3


PLACES = st.builds(Position, st.integers(0, 9), st.integers(0, 14))


@given(st.lists(st.text("ab灯塔 \n*#", max_size=12), max_size=8), PLACES, st.text(max_size=60))
def test_every_answer_is_a_line_of_the_source(texts: list[str], place: Position, source: str) -> None:
    assert 1 <= line_of(source, document(*texts), place) <= source.count("\n") + 1


def test_containers_that_are_not_text_have_no_line(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"PK\x03\x04rest")
    assert source_line(file, document("a"), Position(0)).line is None
    feed = tmp_path / "feed.xml"
    feed.write_text("<a/>\n<b>守塔人说</b>", encoding="utf-8")
    found = source_line(feed / "守塔", document("x", "守塔人说"), Position(1))
    assert (found.path, found.line, found.is_container) == (feed, 2, True)


@pytest.mark.parametrize(("source", "written_in"), [(HTML, BodyFormat.HTML), (MARKDOWN, BodyFormat.MARKDOWN)])
def test_the_place_of_a_line_has_its_text(source: str, written_in: BodyFormat) -> None:
    shown = parse(Body(source, written_in))
    lines = SourceMap(source, shown)
    for number, line in enumerate(source.split("\n"), 1):
        if not line:
            continue
        text = "守塔" if "守塔" in line else "lines" if "lines" in line else "灯"
        place = lines.place(number)
        assert shown.text(place.block)[place.offset :].removeprefix("第一盏").startswith(text)


def test_lines_that_are_not_shown_mean_the_text_below_them() -> None:
    head = "---\ntitle: The long watch\ndate: 2021-03-04\n---\n"
    source = f"{head}\nThe long watch begins.\n\n<!-- aside -->\n\nIt ends.\n"
    lines = SourceMap(source, document("The long watch begins.", "It ends."))
    assert [lines.place(number).block for number in (1, 2, 6, 7, 8, 10, 99)] == [0, 0, 0, 1, 1, 1, 1]
    assert SourceMap("", document()).place(3) == Position(0)


@given(st.lists(st.text("ab灯塔 \n*#", max_size=12), max_size=8), st.integers(1, 99), st.text(max_size=60))
def test_every_line_has_a_place(texts: list[str], line: int, source: str) -> None:
    shown = document(*texts)
    place = SourceMap(source, shown).place(line)
    assert place == shown.clamp(place)
