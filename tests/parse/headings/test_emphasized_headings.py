"""Headings by emphasis: lines that are emphasized like most headings, and lines beside emphasized ones."""

import pytest

from reader.document.blocks import Block, Image, Inline, ListBlock, ListItem, Paragraph, Quote, Span, SpanKind
from reader.parse.headings.heading_blocks import mark_headings
from tests.parse.headings.heading_labels import RUNNING, sections

LONG = RUNNING[""][0]


def plain(text: str) -> Paragraph:
    return Paragraph(Inline(text))


def bold(text: str) -> Paragraph:
    return Paragraph(Inline(text, (Span(0, len(text), SpanKind.STRONG),)))


def article(*lines: Block) -> list[Block]:
    """An article with text above each line, and below the last one."""
    blocks: list[Block] = []
    for line in lines:
        blocks += [plain(LONG), line]
    return [*blocks, plain(LONG)]


def found(blocks: list[Block]) -> list[str]:
    return [title for _, title in sections(mark_headings(blocks, ""))]


THREE = ("点灯", "换灯芯", "加油")
SECTIONS = article(*map(bold, THREE))


@pytest.mark.parametrize("title", ["谁来守夜？", "灯灭了！", "Who keeps watch?"])
def test_a_bold_question_or_exclamation_among_bold_headings_is_one_of_them(title: str) -> None:
    assert found([*SECTIONS, bold(title), plain(LONG)]) == [*THREE, title]


@pytest.mark.parametrize("text", ["灯灭了。", "灯灭了；", "图1 灯塔", "文：守灯人"])
def test_a_bold_sentence_caption_or_credit_among_bold_headings_is_none(text: str) -> None:
    assert found([*SECTIONS, bold(text), plain(LONG)]) == list(THREE)


def test_a_bold_exclamation_that_is_much_wider_than_the_headings_is_none() -> None:
    assert found([*SECTIONS, bold("那天夜里谁也没有想到灯会在这个时候灭掉！"), plain(LONG)]) == list(THREE)


def test_few_headings_among_many_bold_lines_tell_nothing_about_the_others() -> None:
    shouted = [f"灯灭了{'啊' * count}！" for count in range(5)]
    assert found([*SECTIONS, *article(*map(bold, shouted))]) == list(THREE)


def test_a_bold_exclamation_above_a_picture_is_a_caption() -> None:
    assert found([*SECTIONS, bold("灯灭了！"), Image(Inline(), "a.png"), plain(LONG)]) == list(THREE)


def test_plain_and_quoted_lines_beside_bold_headings_are_none() -> None:
    items = ListBlock(tuple(ListItem((plain(item),)) for item in ("渔船", "渡轮")))
    lists: list[Block] = [plain("常来的几种船"), items, plain(LONG), plain("春天要做的几件事"), items, plain(LONG)]
    assert found([*SECTIONS, *lists, Quote((plain("雾里的钟声"),)), plain(LONG)]) == list(THREE)


def test_numbers_and_common_titles_beside_bold_headings_are_headings() -> None:
    numbered = [plain("1. 渔船"), plain("2. 渡轮"), plain("3. 驳船"), plain("后记")]
    assert found([*SECTIONS, *article(*numbered)]) == [*THREE, "1. 渔船", "2. 渡轮", "3. 驳船", "后记"]
