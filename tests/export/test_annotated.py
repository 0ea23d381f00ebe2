"""Highlights and notes in exported text and Markdown."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wcwidth import wcwidth

from reader import language
from reader.document.annotation import Annotation
from reader.document.blocks import (
    Block,
    CodeBlock,
    Footnote,
    Footnotes,
    Image,
    Inline,
    MathBlock,
    Paragraph,
    Rule,
    Span,
    SpanKind,
)
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position, Range
from reader.export.annotated import CLOSING, OPENING, bracketed, highlighted
from reader.export.link_places import LinkForm, places_within
from reader.export.text_exporter import TextExporter, render_text
from reader.layout.cells import Cells
from reader.layout.head import Head
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse
from reader.settings.options import Typesetting
from tests.export.compared import written
from tests.layout.strategies import documents
from tests.parse.blocks import bullets, cell, head, para, table

HEAD = Head("灯塔")
LINK, MARKED, STRONG = SpanKind.LINK, SpanKind.MARKED, SpanKind.STRONG


def mark(start: tuple[int, int], end: tuple[int, int], note: str = "") -> Annotation:
    return Annotation(Range(Position(*start), Position(*end)), 1, note)


def as_text(blocks: Sequence[Block], *annotations: Annotation, width: int = 60) -> list[str]:
    """The lines below the title."""
    exporter = TextExporter(width, annotations=annotations)
    return b"".join(exporter.render(HEAD, Document(tuple(blocks)))).decode().splitlines()[2:]


def as_markdown(blocks: Sequence[Block], *annotations: Annotation) -> str:
    return written(blocks, annotations=annotations)


# Text


def test_highlight_is_in_numbered_brackets_and_listed() -> None:
    assert as_text([para("海边的灯塔亮着。")], mark((0, 3), (0, 5), "好看\n\n真的")) == [
        "海边的⟦灯塔⟧[1]亮着。",
        "",
        "",
        "Highlights",
        "────────",
        "",
        "[1] “灯塔”",
        "好看",
        "真的",
    ]


def test_brackets_are_narrow_in_text_set_by_width() -> None:
    assert [wcwidth(sign, ambiguous_width=2) for sign in (OPENING, CLOSING)] == [1, 1]


def test_list_is_in_the_current_language() -> None:
    language.use("zh")
    try:
        assert "划线与笔记" in as_text([para("灯塔")], mark((0, 0), (0, 2)))
    finally:
        language.use("en")


def test_highlights_may_touch_many_leaves_of_all_kinds() -> None:
    blocks: list[Block] = [
        head("一", 1), bullets("甲乙", "丙丁"), table((cell("戊"), cell("己")), (cell("庚"), cell("辛")), head=1),
        CodeBlock(Inline("a = 1\nb = 2")), Image(Inline("图"), "a.png"), MathBlock(Inline("x^2")), Rule(), para("末"),
    ]  # fmt: skip
    lines = as_text(blocks, mark((0, 0), (1, 1)), mark((2, 1), (6, 1)), mark((7, 0), (8, 1)), mark((8, 0), (9, 1)))
    text = "\n".join(lines)
    marked = re.findall(r"[^\s│]*[⟦⟧][^\s│]*", text)
    assert marked == ["⟦一", "甲⟧[1]乙", "丙⟦丁", "辛⟧[2]", "⟦a", "⟦图⟧[3]", "x^2⟧[4]"]


def test_overlapping_highlights_close_in_order() -> None:
    blocks: list[Block] = [para("一二三四五六")]
    assert as_text(blocks, mark((0, 0), (0, 4)), mark((0, 2), (0, 6)))[0] == "⟦一二⟦三四⟧[1]五六⟧[2]"
    assert as_text(blocks, mark((0, 0), (0, 4)), mark((0, 2), (0, 4)))[0] == "⟦一二⟦三四⟧[2]⟧[1]五六"
    assert as_text(blocks, mark((0, 0), (0, 2)), mark((0, 2), (0, 4)))[0] == "⟦一二⟧[1]⟦三四⟧[2]五六"
    assert as_text(blocks, mark((0, 0), (0, 2)), mark((0, 0), (0, 4)))[0] == "⟦⟦一二⟧[1]三四⟧[2]五六"


def test_highlight_starts_and_ends_at_visible_text() -> None:
    assert as_text([para("甲"), para("乙 丙")], mark((0, 1), (1, 2)))[2] == "⟦乙⟧[1] 丙"
    family = "👩\u200d👩\u200d👧"
    assert as_text([para(f"一{family}家")], mark((0, 2), (0, 3)))[0] == f"一⟦{family}⟧[1]家"
    ruby = para("灯塔亮", ("灯塔", SpanKind.RUBY, "とうだい"))
    assert as_text([ruby], mark((0, 1), (0, 3)))[0] == "⟦灯塔(とうだい)亮⟧[1]"


def test_highlight_of_the_title_or_of_missing_text_is_only_listed() -> None:
    lines = as_text([head("灯塔", 0), para("甲")], mark((0, 0), (0, 2)), mark((7, 0), (9, 1), "无处"))
    assert lines[0] == "甲"
    assert lines[-3:] == ["[1] “灯塔”", "", "[2] 无处"]


def test_a_long_highlight_is_quoted_by_its_beginning() -> None:
    text = "\n".join(as_text([para("灯" * 300)], mark((0, 0), (0, 300))))
    assert re.sub(r"\s", "", text).endswith(f"[1]“{'灯' * 200}…”")


def test_number_never_starts_a_line() -> None:
    for width in range(10, 30):
        lines = as_text([para("海边的灯塔在夜里亮着")], mark((0, 3), (0, 9)), width=width)
        assert not any(line.startswith(("[1]亮", "[1]着", CLOSING)) for line in lines)


def test_text_without_highlights_is_unchanged() -> None:
    document = Document((head("一", 1), para("甲"), bullets("乙")))
    expected = "".join(f"{line}\n" for line in render_text(HEAD, document, 40, Typesetting()))
    assert b"".join(TextExporter(40).render(HEAD, document)).decode() == expected


# Markdown


@pytest.mark.parametrize(
    ("block", "start", "end", "expected"),
    [
        (para("海边的灯塔"), 3, 5, "海边的<mark>灯塔</mark>"),
        (head("一二", 1), 0, 1, "# <mark>一</mark>二"),
        (para("甲粗乙", ("粗", STRONG)), 0, 2, "<mark>甲**粗**</mark>乙"),
        (para("甲粗粗乙", ("粗粗", STRONG)), 0, 2, "<mark>甲</mark>**<mark>粗</mark>粗**乙"),
        (para("粗体", ("粗体", STRONG)), 0, 2, "<mark>**粗体**</mark>"),
        (para("见链接", ("链接", LINK, "/a")), 0, 2, "<mark>见</mark>[<mark>链</mark>接](/a)"),
        (para("码a + b", ("a + b", SpanKind.CODE)), 1, 2, "码<code><mark>a</mark> + b</code>"),
        (para("设x^2则", ("x^2", SpanKind.MATH)), 2, 5, "设<mark>$x^2$则</mark>"),
    ],
)
def test_a_highlight_is_a_mark(block: Block, start: int, end: int, expected: str) -> None:
    assert as_markdown([block], mark((0, start), (0, end))) == f"{expected}\n"


def test_a_note_is_a_footnote() -> None:
    link = para("见链接", ("链接", LINK, "/a"))
    found = as_markdown([link], mark((0, 0), (0, 2), "好\n真好"), mark((0, 0), (0, 3)))
    assert found == ("<mark><mark>见</mark>[<mark>链</mark>接](/a)</mark>[^note-1]\n\n[^note-1]: 好\\\n    真好\n")
    _, notes = parse_markdown(found)
    assert notes == Footnotes((Footnote("1", (para("好\n真好"),)),))


def test_labels_of_notes_differ_from_those_of_the_article() -> None:
    reference = Paragraph(Inline("甲[1]", (Span(1, 4, SpanKind.FOOTNOTE, "note-1"),)))
    blocks: list[Block] = [reference, Footnotes((Footnote("note-1", (para("其一"),)),))]
    assert as_markdown(blocks, mark((0, 0), (0, 1), "批")) == (
        "<mark>甲</mark>[^note-2][^note-1]\n\n[^note-2]: 批\n\n[^note-1]: 其一\n"
    )


def test_highlights_that_cannot_be_spans_are_listed() -> None:
    blocks: list[Block] = [
        para("甲"),
        CodeBlock(Inline("a *b*")),
        MathBlock(Inline("x")),
        Image(Inline("图"), "/a"),
        head("灯塔", 0),
    ]
    found = as_markdown(
        blocks, mark((0, 0), (1, 1), "批"), mark((1, 2), (1, 5)), mark((2, 0), (2, 1)), mark((3, 0), (3, 1))
    )
    assert found.startswith("<mark>甲</mark>\n\n```\na *b*\n```\n")
    assert found.endswith("# Highlights\n\n“甲 a”\\\n批\n\n“\\*b\\*”\n\n“x”\n\n“图”\n")


def test_marks_in_cells_and_items() -> None:
    blocks: list[Block] = [bullets("甲", "乙"), table((cell("丙"), cell("丁")), (cell("戊"), cell("己")), head=1)]
    assert as_markdown(blocks, mark((0, 0), (4, 1), "批")) == (
        "- <mark>甲</mark>\n- <mark>乙</mark>\n\n"
        "| <mark>丙</mark> | <mark>丁</mark> |\n| --- | --- |\n| <mark>戊</mark>[^note-1] | 己 |\n\n[^note-1]: 批\n"
    )


def test_any_number_of_highlights_may_overlap() -> None:
    text = "灯塔照着海面" * 200
    annotations = [mark((0, number), (0, 600 + number), f"批{number}") for number in range(500)]
    found = as_markdown([para(text)], *annotations)
    assert all(re.search(rf"(?<!\d)批{number}$", found, re.MULTILINE) for number in range(500))
    assert found.count("<mark>") == found.count("</mark>")
    assert max(accumulate(1 if one == "<mark>" else -1 for one in re.findall("</?mark>", found))) == 8
    # A highlight that cannot be marked in place is quoted by its beginning.
    assert found.count("…”") == 492


# Whole documents


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Document, tuple[Annotation, ...]]:
    document = draw(documents())
    positions = st.builds(Position, st.integers(0, len(document.leaves)), st.integers(0, 20))
    pairs = draw(st.lists(st.lists(positions, min_size=2, max_size=2, unique=True).map(sorted), max_size=4))
    notes = st.sampled_from(["", "批注", "批注\n其二"])
    return document, tuple(Annotation(Range(*pair), 1, draw(notes)) for pair in sorted(pairs))


@given(annotated())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_annotations_change_nothing_else(case: tuple[Document, tuple[Annotation, ...]]) -> None:
    document, annotations = case
    for made, signs in ((bracketed(document, annotations), r"[⟦⟧]|(?<=⟧)\[\d\]"), (highlighted(*case), r"\[\d\]")):
        assert len(made.leaves) >= len(document.leaves)
        for old, new in zip(document.leaves, made.leaves, strict=False):
            assert type(old) is type(new)
            assert re.sub(signs, "", new.text.text) == old.text.text
            assert_nested(new.text)
    for line in render_text(HEAD, bracketed(document, annotations), 40, Typesetting()):
        assert Cells(1).width(line) <= 40


@given(annotated())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_note_is_written(case: tuple[Document, tuple[Annotation, ...]]) -> None:
    document, annotations = case
    found = written(document.blocks, annotations=annotations)
    assert found.count("批注") == sum(bool(one.note) for one in annotations)


def assert_nested(inline: Inline) -> None:
    around: list[Span] = []
    assert list(inline.spans) == sorted(inline.spans, key=lambda span: (span.start, -span.end))
    for span in inline.spans:
        while around and around[-1].end <= span.start:
            around.pop()
        assert 0 <= span.start <= span.end <= len(inline.text)
        assert not around or span.end <= around[-1].end
        around.append(span)


def test_links_to_headings_lead_there_in_annotated_documents() -> None:
    document = parse(Body("## 第二座塔\n\n见[上文](#第二座塔)。", BodyFormat.MARKDOWN))
    places = places_within(document, LinkForm.PAGE)
    assert places == {"#第二座塔": "#s1"}
    noted = Annotation(Range(Position(1), Position(1, 2)), 1, "记")
    for made in (highlighted(document, [noted]), highlighted(document, [noted], merged=True)):
        assert places_within(made, LinkForm.PAGE) == places


@pytest.mark.parametrize("annotate", [bracketed, highlighted])
def test_annotated_documents_keep_their_language_and_soft_hyphens(
    annotate: Callable[[Document, Sequence[Annotation]], Document],
) -> None:
    hyphens = {"lighthouse": (5,)}
    document = Document((Paragraph(Inline("A lighthouse.")),), soft_hyphens=hyphens, language="en")
    made = annotate(document, [Annotation(Range(Position(0), Position(0, 1)), 1, "note")])
    assert made.blocks != document.blocks
    assert (made.language, made.soft_hyphens) == ("en", hyphens)
