"""HTML of blocks and of texts, also for EPUB: each element where it belongs, in time that grows with the text."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest

from reader.document.blocks import (
    Block,
    Cell,
    Details,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document
from reader.export.html_blocks import HtmlBlocks
from reader.export.html_exporter import HtmlExporter
from reader.export.html_inline import HtmlInline
from reader.layout.head import Head
from reader.parse.callout_titles import kind_title
from reader.parse.html import parse_html


def para(text: str, *spans: Span) -> Paragraph:
    return Paragraph(Inline(text, spans))


def written(*blocks: Block) -> str:
    return "".join(HtmlBlocks(lambda _source: "").write(blocks))


def inline(text: str, *spans: Span) -> str:
    return HtmlInline(lambda _source: "", {}).written(Inline(text, spans))


def test_the_name_of_a_callout_is_written() -> None:
    assert written(Quote((kind_title("note"), para("fog")), "note")) == (
        '<aside class="callout note"><p><strong>Note</strong></p><p>fog</p></aside>'
    )


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (((0, 4, "strong"), (1, 2, "emphasis"), (2, 3, "code")), "<strong>a<em>b</em><code>c</code>d</strong>ef"),
        (((0, 2, "strong"), (1, 4, "emphasis")), "<strong>ab</strong>cdef"),
        (((0, 4, "math"), (1, 2, "emphasis")), '<code class="math">abcd</code>ef'),
        (((0, 4, "strong"), (0, 4, "emphasis")), "<strong><em>abcd</em></strong>ef"),
        (((4, 6, "strong"), (5, 6, "small")), "abcd<strong>e<small>f</small></strong>"),
    ],
)
def test_spans_nest_as_elements(spans: Sequence[tuple[int, int, str]], expected: str) -> None:
    assert inline("abcdef", *(Span(start, end, SpanKind(kind)) for start, end, kind in spans)) == expected


class CountedSpan(Span):
    """A span that counts how often its start is read."""

    reads = 0

    def __getattribute__(self, name: str) -> object:
        if name == "start":
            CountedSpan.reads += 1
        return super().__getattribute__(name)


def test_each_span_is_read_a_bounded_number_of_times() -> None:
    counts = []
    for size in (100, 1000):
        CountedSpan.reads = 0
        inline("ab" * size, *(CountedSpan(2 * n, 2 * n + 1, SpanKind.STRONG) for n in range(size)))
        counts.append(CountedSpan.reads)
    assert counts[1] == 10 * counts[0]


def test_spans_of_any_depth_lose_no_text() -> None:
    deep = [Span(n, 9000 - n, SpanKind.EMPHASIS) for n in range(4000)]
    found = inline("ab" * 4500, *deep)
    assert re.sub("<[^>]*>", "", found) == "ab" * 4500
    assert found.count("<em>") == found.count("</em>") < 256


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((1, 2, 2, 3, 1), (2, 3, 3, 4, 2)),
        ((3, 3, 4), (2, 2, 3)),
        ((1, 3, 3, 2, 4, 4, 1, 4), (2, 3, 3, 3, 4, 4, 2, 3)),
        ((2, 5, 1, 6), (2, 3, 2, 3)),
        ((1, 2, 3, 4, 5, 6, 6), (2, 3, 4, 5, 6, 6, 6)),
    ],
)
def test_no_heading_skips_a_level(levels: tuple[int, ...], expected: tuple[int, ...]) -> None:
    html = written(*(Heading(Inline(f"Part {number}"), level) for number, level in enumerate(levels)))
    found = tuple(map(int, re.findall(r"<h(\d)", html)))
    assert found == expected
    # The title is the heading of level 1.
    assert all(after <= before + 1 for before, after in zip((1, *found), found, strict=False))


def test_open_details_and_captions_above() -> None:
    assert written(Details(para("a"), (para("b"),), is_open=True)).startswith('<details open="open">')
    assert written(Details(para("a"), (para("b"),))).startswith("<details>")
    assert written(Figure((para("a"),), (para("b"),), caption_above=True)).startswith("<figure><figcaption>b")
    assert written(Figure((para("a"),), (para("b"),))).startswith("<figure><p>a")


@pytest.mark.parametrize("is_list", [False, True])
def test_notes_within_other_blocks_are_reached_and_lead_back(is_list: bool) -> None:  # noqa: FBT001
    notes = Footnotes((Footnote("x", (para("buoy"),)), Footnote("x", (para("other"),)), Footnote("y", (para("z"),))))
    around = ListBlock((ListItem((notes,)),)) if is_list else Quote((notes,))
    text = para("fog[1][1]", Span(3, 6, SpanKind.FOOTNOTE, "x"), Span(6, 9, SpanKind.FOOTNOTE, "x"))
    page = ET.fromstring(f"<body>{written(text, around)}</body>")  # noqa: S314 - our own page
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert ids == ["fn1-ref", "fn1", "fn2"], "each id occurs once"
    assert [one.get("href") for one in page.iter("a")] == ["#fn1", "#fn1", "#fn1-ref"]
    note = next(one for one in page.iter("li") if one.get("id") == "fn1")
    assert "".join(note.itertext()).startswith("buoy")


def test_a_header_cell_that_reaches_into_the_rows_below_is_not_cut_off() -> None:
    def cell(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((para(text),), header=True, column_span=columns, row_span=rows)

    first, second = (cell("A", rows=2), cell("B", columns=2)), (cell("b"), cell("c"))
    body = (Cell((para("1"),)), Cell((para("2"),)), Cell((para("3"),)))
    page = written(Table((first, second, body), header_rows=1))
    # At the end of a head of the table, all cells end, and those of the next row would move to the left.
    assert '<tr><th rowspan="2">' in page
    assert "<thead>" not in page
    assert "<thead><tr><th>" in written(Table(((cell("A"),), body), header_rows=1))
    # What the source itself has cut off stays cut off.
    assert "<thead>" in written(Table((first, second, body), header_rows=2))


def test_no_cell_covers_columns_behind_the_last_in_which_one_begins() -> None:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((para(text),), column_span=columns, row_span=rows)

    table = Table(((cell("all", 100),), (cell("a", rows=2), cell("b"), cell("c", 3)), (cell("d", 2),)))
    shown = written(table)
    assert re.findall(r"<td([^>]*)>", shown) == [' colspan="3"', ' rowspan="2"', "", "", ' colspan="2"']
    assert "colspan" not in written(Table(((cell("one", 9),), (cell("two", 9),))))


def test_the_language_of_a_text_is_written() -> None:
    assert inline("Er: oui", Span(4, 7, SpanKind.LANGUAGE, "fr")) == 'Er: <span lang="fr">oui</span>'
    whole = para("Die Lampe", Span(0, 9, SpanKind.LANGUAGE, "de"), Span(4, 9, SpanKind.EMPHASIS))
    (read,) = parse_html(written(whole))
    assert read == whole


@pytest.mark.parametrize(
    ("text", "declared", "stated"),
    [
        ("Die Lampe brennt.", "de-AT", "de-AT"),
        ("The lamp is lit.", "", "en"),
        ("灯塔亮着。", "en", "zh"),  # The theme of a site is in English.
        ("燈塔亮著。", "zh-TW", "zh-TW"),
        ("灯台の光", "zh", "ja"),
        ("The lamp is lit.", "ja", "en"),
    ],
)
def test_a_file_states_the_declared_language_if_it_is_possible(text: str, declared: str, stated: str) -> None:
    document = Document((para(text),), language=declared)
    page = b"".join(HtmlExporter().render(Head("T"), document)).decode()
    assert f'<html lang="{stated}">' in page
