from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import (
    Block,
    Cell,
    Heading,
    Image,
    Inline,
    Leaf,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
    leaves,
)
from reader.document.body import Body, BodyFormat
from reader.document.outline import outline
from reader.parse.headings.heading_blocks import mark_headings
from reader.parse.parser import parse
from tests.growth import assert_linear
from tests.parse.headings.heading_labels import RUNNING, labelled, own_articles, sections

# The title


def leaves_of(blocks: Sequence[Block]) -> list[Leaf]:
    return [leaf for block in blocks for leaf in leaves(block)]


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    return Paragraph(Inline(text, (Span(0, len(text), SpanKind.STRONG),) if bold else ()))


LONG = RUNNING[""][1]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("风的名字", "风的名字"),
        ("“风”的名字", "_风_的名字"),
        ("Ｗｉｎｄ Names", "wind names"),
        ("风的\u3000名字 #", "风的名字"),
    ],
)
def test_title_is_recognized_whatever_its_punctuation(body: str, title: str) -> None:
    for block in (Heading(Inline(body), 2), paragraph(body), paragraph(body, bold=True)):
        (made, _) = mark_headings([block, paragraph(LONG)], title)
        assert isinstance(made, Heading)
        assert (made.level, made.text) == (0, block.text)


@pytest.mark.parametrize(
    ("body", "title"),
    [("风的名字和水的名字", "风的名字…"), ("风的名字", ""), ("风", "风的名字 - 周报"), ("……", "！！")],
)
def test_heading_longer_or_shorter_than_the_title_stays(body: str, title: str) -> None:
    (made, _) = mark_headings([Heading(Inline(body), 1), paragraph(LONG)], title)
    assert isinstance(made, Heading)
    assert made.level == 1


def test_title_repeated_later_is_a_section() -> None:
    blocks: list[Block] = [paragraph(LONG), Heading(Inline("风"), 2), paragraph(LONG)]
    assert sections(mark_headings(blocks, "风")) == [(1, "风")]


def test_the_first_line_of_a_paragraph_that_repeats_the_title_is_not_shown() -> None:
    emphasis = Span(2, 9, SpanKind.EMPHASIS)
    text = Inline("第三回 灯\n塔影横江", (emphasis,))
    made = mark_headings([Paragraph(text, "top"), paragraph(LONG)], "第三回 灯")
    title, others, _ = made
    assert title == Heading(Inline("第三回 灯", (Span(2, 5, SpanKind.EMPHASIS),)), 0, anchor="top")
    assert isinstance(others, Heading | Paragraph)
    assert others.text == Inline("塔影横江", (Span(0, 3, SpanKind.EMPHASIS),))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_title_that_the_text_repeats_twice_is_not_shown(between: str) -> None:
    text = f"第三回 灯{between}\u3000\u3000第三回 灯{between}\u3000\u3000{RUNNING[''][0]}\n\n\u3000\u3000{LONG}"
    found = leaves_of(parse(Body(text, BodyFormat.TEXT, title="第三回 灯")).blocks)
    assert [leaf.level if isinstance(leaf, Heading) else None for leaf in found] == [0, 0, None, None]
    assert "".join("".join(leaf.text.text for leaf in found).split()) == "".join(text.split())


def test_the_title_within_a_line_is_text() -> None:
    block = paragraph("第三回 灯 塔影横江\n" + LONG)
    assert mark_headings([block], "第三回 灯") == [block]


# Real headings


def test_empty_headings_are_removed() -> None:
    assert mark_headings([Heading(Inline("\u3000"), 2), paragraph(LONG)], "") == [paragraph(LONG)]


def test_headings_in_containers_are_levelled_with_the_others() -> None:
    blocks: list[Block] = [
        Heading(Inline("甲"), 3),
        Quote((Heading(Inline("乙"), 5), ListBlock((ListItem((Heading(Inline("丙"), 6),)),)))),
        Table(((Cell((Heading(Inline("丁"), 5),)),),)),
    ]
    made = mark_headings(blocks, "")
    levels = [leaf.level for block in made for leaf in leaves(block) if isinstance(leaf, Heading)]
    assert levels == [1, 2, 3, 2]


def test_whole_paragraph_marked_as_a_heading_is_a_paragraph() -> None:
    assert mark_headings([Heading(Inline(LONG), 3), paragraph(LONG)], "") == [paragraph(LONG), paragraph(LONG)]


def test_deep_nesting_is_safe() -> None:
    block: Block = Heading(Inline("deep"), 3)
    for _ in range(300):
        block = Quote((block,))
    made = mark_headings([block, Heading(Inline("flat"), 4)], "")
    assert made[0] == block
    assert isinstance(made[1], Heading)
    assert made[1].level == 2


# Completeness


def letters(blocks: list[Block]) -> str:
    return "".join("".join(leaf.text.text.split()) for block in blocks for leaf in leaves(block))


@pytest.mark.parametrize("path", own_articles(), ids=lambda path: path.stem)
def test_no_character_is_lost_or_moved(path: Path) -> None:
    blocks, title, _ = labelled(path)
    assert letters(mark_headings(list(blocks), title)) == letters(list(blocks))


PIECES = st.sampled_from(
    [
        "一、潮",
        "（一）",
        "1. a",
        "第一章",
        "01",
        "灯塔",
        LONG,
        "■ 风",
        "【风】",
        "图1",
        "责编：方舟",
        "2021年",
        "x\n灯塔\ny",
        "\n",
        " ",
    ]
)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.sampled_from(SpanKind)), max_size=2)


@st.composite
def inlines(draw: st.DrawFn) -> Inline:
    text = draw(PIECES) if draw(st.booleans()) else draw(st.text(max_size=12))
    spans = {Span(start, min(start + size, len(text)), kind) for start, size, kind in draw(SPANS) if start < len(text)}
    outer = [span for span in spans if span.end == len(text)]
    return Inline(text, tuple(sorted(outer, key=lambda span: (span.start, -span.end))))


BLOCKS = st.recursive(
    st.one_of(
        inlines().map(Paragraph),
        st.builds(Heading, inlines(), st.integers(1, 6)),
        st.builds(Image, inlines(), st.just("a.png")),
        st.just(Rule()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda blocks: Quote(tuple(blocks))),
        st.lists(inner, max_size=2).map(lambda blocks: ListBlock((ListItem(tuple(blocks)),))),
    ),
    max_leaves=8,
)


@given(st.lists(BLOCKS, max_size=12), st.text(max_size=5))
def test_any_blocks_keep_their_characters_and_spans_and_have_valid_levels(blocks: list[Block], title: str) -> None:
    made = mark_headings(blocks, title)
    assert letters(made) == letters(blocks)
    for leaf in (leaf for block in made for leaf in leaves(block)):
        assert all(0 <= span.start < span.end <= len(leaf.text.text) for span in leaf.text.spans)
        if isinstance(leaf, Heading):
            assert 0 <= leaf.level <= 6


@given(st.lists(BLOCKS, max_size=8))
def test_spans_cover_the_same_text(blocks: list[Block]) -> None:
    def strong(all_of: list[Block]) -> str:
        covered = ""
        for leaf in (leaf for block in all_of for leaf in leaves(block)):
            inside = {
                n for span in leaf.text.spans if span.kind is SpanKind.STRONG for n in range(span.start, span.end)
            }
            covered += "".join(one for n, one in enumerate(leaf.text.text) if n in inside and not one.isspace())
        return covered

    assert strong(mark_headings(blocks, "")) == strong(blocks)


def test_wrapped_paragraph_is_split_at_its_heading_and_keeps_its_spans() -> None:
    text = f"上\n小标题\n{LONG}"
    start = text.index("小")
    spans = (
        Span(0, 1, SpanKind.EMPHASIS),
        Span(start, start + 3, SpanKind.STRONG),
        Span(start + 5, start + 7, SpanKind.CODE),
    )
    made = mark_headings([paragraph(LONG), Paragraph(Inline(text, spans)), paragraph(LONG)], "")
    assert made[1:4] == [
        Paragraph(Inline("上", (Span(0, 1, SpanKind.EMPHASIS),))),
        Heading(Inline("小标题", (Span(0, 3, SpanKind.STRONG),)), 1, pseudo=True),
        Paragraph(Inline(LONG, (Span(1, 3, SpanKind.CODE),))),
    ]


def test_html_body_goes_through_all_steps() -> None:
    body = (
        f"<p>{LONG}</p><p><strong>一、潮</strong></p><p>{LONG}</p><p><b>二、风</b><br>{LONG}</p><p>责任编辑：方舟</p>"
    )
    assert [section.title for section in outline(parse(Body(body, BodyFormat.HTML))).sections] == ["一、潮", "二、风"]


def test_heading_detection_in_a_long_article_takes_linear_time() -> None:
    def judge(size: int) -> None:
        lines = "\n".join(["短句", LONG] * size)
        blocks: list[Block] = [Paragraph(Inline(lines)), *(paragraph(LONG) for _ in range(size // 4))]
        mark_headings(blocks, "风")

    assert_linear(judge, 800)


def test_thousands_of_numbered_headings_take_linear_time() -> None:
    def judge(size: int) -> None:
        blocks: list[Block] = []
        for number in range(size):
            text = f"{number + 1}、灯塔"
            blocks += [paragraph(LONG), Paragraph(Inline(text, (Span(0, len(text), SpanKind.STRONG),)))]
        mark_headings(blocks, "风")

    # Quadratic if each line is compared with the numbers of all lines.
    assert_linear(judge, 400)


def test_thousands_of_spans_in_one_paragraph_take_linear_time() -> None:
    line = "短句也有粗的字"

    def judge(size: int) -> None:
        spans = tuple(Span(n * (len(line) + 1), n * (len(line) + 1) + 3, SpanKind.STRONG) for n in range(size))
        mark_headings([Paragraph(Inline("\n".join([line] * size), spans))], "")

    # Quadratic if each line checks every span.
    assert_linear(judge, 800)
