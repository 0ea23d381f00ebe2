"""Pinyin in vertical text: horizontal at the right of its character, in a gap that is as wide as it needs."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Inline, Paragraph, Quote, Span, SpanKind
from reader.document.document import Document
from reader.layout.arrangement import LineAt, Screenful, following, is_blank
from reader.layout.cells import Cells
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.layout.vertical_columns import VerticalColumns
from reader.settings.options import RubyStyle, Typesetting

CELLS = Cells()
SHOWN = Typesetting(ruby=RubyStyle.ABOVE, first_line_indent=1)


def paragraph(*parts: tuple[str, str]) -> Paragraph:
    """A paragraph of bases, each with its reading, if it has one."""
    text, spans = "", []
    for base, reading in parts:
        if reading:
            spans.append(Span(len(text), len(text) + len(base), SpanKind.RUBY, reading))
        text += base
    return Paragraph(Inline(text, tuple(spans)))


def reader_of(layout: Layout) -> LineAt:
    def line_at(number: int) -> Line | None:
        return next(iter(layout.lines(number, number + 1)), None) if number >= 0 else None

    return line_at


def views(arrangement: VerticalColumns, line_at: LineAt) -> Iterator[Screenful]:
    top = 0
    while not (view := arrangement.view(top, line_at)).is_last:
        yield view
        top = following(view, line_at)
    yield view


def rows(document: Document, height: int, width: int = 40, gap: int = 2) -> list[str]:
    """The rows of the first screenful."""
    arrangement = VerticalColumns(0, width, 0, height, gap)
    view = arrangement.view(0, reader_of(Layout(document, arrangement.measure, SHOWN, across=width)))
    shown = []
    for y in range(height):
        row = ""
        for part in view.row(y):
            row += " " * (part.x - CELLS.width(row)) + "".join(run.text for run in part.line.runs)
        shown.append(row.rstrip())
    return shown


def test_a_reading_is_in_the_row_of_its_character() -> None:
    document = Document((paragraph(("海", "hǎi"), ("上", "shàng"), ("生", ""), ("明", "míng"), ("月", "yuè")),))
    assert rows(document, 4, 24) == [
        *("       明 míng", "       月 yuè  海 hǎi", "               上 shàng", "               生")
    ]


def test_kana_run_downwards_beside_pinyin() -> None:
    document = Document((paragraph(("海", "hǎi"), ("灯台", "とう"), ("月", "yuè")),))
    assert rows(document, 6, 24) == [
        *(
            "",
            "                 海 hǎi",
            "                 灯と",
            "                 台う",
            "                 月 yuè",
            "",
        )
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("海上生明月，天涯共此"), st.sampled_from(["", "", "hǎi", "zhuàng", "ā", "ふね"])),
        min_size=1,
        max_size=60,
    ),
    st.integers(5, 16),
    st.integers(24, 80),
    st.integers(0, 6),
)
def test_readings_overlap_nothing_and_move_no_character(
    parts: list[tuple[str, str]], height: int, width: int, gap: int
) -> None:
    pinyin = [(base, reading if reading != "ふね" else "") for base, reading in parts]
    arrangement = VerticalColumns(0, width, 0, height, gap)

    def layout(*paragraphs: Paragraph) -> Layout:
        return Layout(Document((*paragraphs, Quote(paragraphs))), arrangement.measure, SHOWN, across=width)

    with_pinyin = layout(paragraph(*pinyin))
    plain = [line.text for line in layout(paragraph(*((base, "") for base, _ in parts))).lines(0, 10**6)]
    shown = [line.text for line in with_pinyin.lines(0, 10**6) if not line.reading_cells]
    assert shown == plain
    for one in (with_pinyin, layout(paragraph(*parts))):
        line_at = reader_of(one)
        numbers: list[int] = []
        for view in views(arrangement, line_at):
            for y in range(height):
                taken: set[int] = set()
                for part in view.row(y):
                    text = "".join(run.text for run in part.line.runs)
                    used = set(range(part.x, part.x + CELLS.width(text)))
                    assert not used & taken
                    assert all(0 <= x < width for x in used)
                    taken |= used
            numbers += [placed.number for placed in view.placed]
            assert arrangement.view(arrangement.before(view.stop, line_at), line_at).stop >= view.stop
        lines = one.lines(0, 10**6)
        assert [number for number in numbers if not is_blank(lines[number])] == [
            number for number, line in enumerate(lines) if not is_blank(line)
        ]
        readings = [run.text.strip() for line in lines if line.reading_cells for run in line.runs if run.text.strip()]
        assert {"hǎi", "zhuàng", "ā"} & {reading for _, reading in parts} <= set(readings)
