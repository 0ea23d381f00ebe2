"""Chapters of downloaded novels: either all lines of a form, or none."""

import pytest

from reader.document.blocks import Heading
from reader.document.body import Body, BodyFormat
from reader.parse.headings.shapes import number_of
from reader.parse.parser import parse

TEXT = "　　码头上的人都认得那条船，它每天天不亮就出去，傍晚带着一身鱼腥气回来，船头的漆掉了一半。"
HAN = "一二三四五六七八九十"


def headings(source: str) -> list[str]:
    document = parse(Body(source, BodyFormat.TEXT, "潮见岛"))
    return [block.text.text for block in document.blocks if isinstance(block, Heading) and block.level]


def book(*titles: str) -> str:
    return "潮见岛\n\n" + "\n\n".join(f"{title}\n\n{TEXT}\n{TEXT}" for title in titles)


@pytest.mark.parametrize(
    "pattern",
    [
        "第{}章 旧船新漆",
        "　　第{}回　　岸边点灯人未归　海上行船雾正浓",
        "正文 第{}章 旧船",
        "上卷 第{}回  旧船",
        "第一卷 潮起 第{}章 旧船",
        "VIP卷 第{}章 旧船",
        "第{}节",
        "第{}话 旧船！",
        "第{}章旧船",
    ],
)
def test_every_form_of_number(pattern: str) -> None:
    titles = [pattern.format(number) for number in HAN]
    assert headings(book(*titles)) == [title.strip("\u3000 ") for title in titles]


@pytest.mark.parametrize("pattern", ["{:03}章 旧船", "{:03} 旧船", "{:03}、旧船", "{:04}章 新漆"])
def test_padded_numbers(pattern: str) -> None:
    titles = [pattern.format(number) for number in (*range(1, 12), *range(95, 105))]
    assert headings(book(*titles)) == titles


def test_amounts_and_years_are_not_chapters() -> None:
    assert headings(book(*(f"{number} 艘船" for number in range(120, 130)))) == []


def test_numbers_may_restart_in_each_volume() -> None:
    titles = [f"第{volume}卷 第{number}章 船" for volume in "一二三" for number in "一二三四"]
    assert headings(book(*titles)) == titles


def test_table_of_contents_is_not_a_chapter() -> None:
    titles = [f"第{number}章 船{number}" for number in HAN]
    contents = "\n".join(titles)
    assert headings(f"潮见岛\n\n目录\n\n{contents}\n\n" + book(*titles).partition("\n\n")[2]) == titles


def test_sentences_that_begin_alike_are_text() -> None:
    titles = [f"第{number}章 船" for number in HAN]
    source = book(*titles) + "\n\n　　第三章里说过的那条船，今天又回来了。\n\n　　第四章的灯，灭了"
    assert headings(source) == titles


def test_lines_between_chapters_are_dialogue_or_watermarks() -> None:
    titles = [f"第{number}章 船" for number in HAN]
    source = book(*titles).replace(
        f"{TEXT}\n{TEXT}", f"{TEXT}\n\n更新时间:2007-1-12 本章字数:8294\n\n某某书屋\n\n{TEXT}"
    )
    assert headings(source) == titles


def test_two_lines_are_not_a_book() -> None:
    assert headings(f"序\n\n第三章说的是船\n\n{TEXT}") == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十三", 123),
        ("一千零三", 1003),
        ("一〇五", 105),
        ("一二", 12),
        ("１２", 12),
        ("拾贰", 12),
    ],
)
def test_numerals(written: str, value: int) -> None:
    assert number_of(written) == value


@pytest.mark.parametrize("title", ["走吧，回家！", "是他？2", "船来了！（第二更，求票）"])
def test_a_title_like_a_sentence_is_a_chapter_if_its_number_is_missing(title: str) -> None:
    titles = [f"第{number}章 {title if number in '四五' else '船'}" for number in HAN]
    assert headings(book(*titles)) == titles


def test_a_sentence_with_the_number_of_a_chapter_is_none() -> None:
    titles = [f"第{number}章 船" for number in HAN]
    source = book(*titles).replace(TEXT, f"{TEXT}\n\n第三章，他说过，不看也罢。", 1)
    assert headings(source) == titles


def test_titles_without_an_indent_between_indented_paragraphs() -> None:
    long = "　　码头上的人都认得那条船，它每天天不亮就出去，傍晚带着一身鱼腥气回来。"
    titles = [f"第{number}章 旧船上的新漆" for number in HAN]
    source = "\n\n".join(f"　　他说：“走。”\n\n{long}\n{title}\n{long}" for title in titles)
    assert headings(source) == titles


def test_a_sentence_that_ends_at_the_margin_is_continued() -> None:
    long = "　　码头上的人都认得那条船，它每天天不亮就出去，傍晚带着一身鱼腥气回来。"
    document = parse(Body(f"{long}\n船头的漆掉了一半，谁也不管。", BodyFormat.TEXT, "潮见岛"))
    assert len(document.blocks) == 1


@pytest.mark.parametrize("part", ["楔　子", "引子", "序一", "自 序", "再版后记", "番外一 旧灯", "终章", "题记", "弁言"])
def test_a_book_has_parts_besides_its_chapters(part: str) -> None:
    chapters = [f"第{number}章 旧船" for number in HAN]
    assert headings(book(part, *chapters)) == [part, *chapters]
    assert headings(book(*chapters, part)) == [*chapters, part]


def test_parts_in_a_table_of_contents_are_no_headings() -> None:
    chapters = [f"第{number}章 旧船" for number in HAN]
    contents = "\n".join(["目录", "楔子", *chapters])
    assert headings(contents + "\n\n" + book("楔子", *chapters)).count("楔子") == 1
