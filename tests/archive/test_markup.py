"""Detection of markup formats by suffix or content, and the metadata in their first lines."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.archive.markup import markup_format, markup_head
from reader.archive.scan import read_head
from reader.archive.sniffing import body_format
from reader.document.body import BodyFormat
from tests.growth import assert_linear


def article(tmp_path: Path, name: str, text: str) -> Article:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_head(tmp_path / name, tmp_path, "a")[0]
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.org", "* 潮", BodyFormat.ORG),
        ("a.ORG", "<p>x</p>", BodyFormat.ORG),
        ("a.rst", "潮\n==\n", BodyFormat.RESTRUCTURED),
        ("a.adoc", "= 潮", BodyFormat.ASCIIDOC),
        ("a.gmi", "# 潮", BodyFormat.GEMTEXT),
        ("a.txt", "塔\n\n古い灯台《とうだい》と岬《みさき》。\n", BodyFormat.AOZORA),
        ("a.txt", "塔\n\n［＃２字下げ］上\n", BodyFormat.AOZORA),
        ("a.txt", "潮\n=> gemini://a.example/b 灯\n", BodyFormat.GEMTEXT),
        ("a.txt", "潮\n=> /b.gmi 灯\n=> https://a.example 塔\n", BodyFormat.GEMTEXT),
        ("a.txt", "=> Booting\n=> http://localhost:3000\nx => y\n", BodyFormat.TEXT),
        ("a.txt", "Build\n=> /usr/bin/cc\n=> /usr/bin/ld -o a\n=> ./b.o\n", BodyFormat.TEXT),
        ("a.txt", "潮\n=> /b.gmi\n=> ./c/ 塔\n", BodyFormat.GEMTEXT),
        ("a.txt", "# Books\n\n- from [Project Gutenberg](https://a.example)\n- an *ebook*\n", BodyFormat.MARKDOWN),
        ("a.txt", "Project Gutenberg's Lamps, by Anna Gale\n\n**Welcome**\n\n*a*\n\n**b**\n", BodyFormat.TEXT),
        ("a.txt", "The Project Gutenberg Etext of Lamps\n\n**Welcome**\n\n*a*\n\n**b**\n", BodyFormat.TEXT),
        ("a.txt", ".. link:\n.. title: Tide\n\nText `here <a>`_.\n", BodyFormat.RESTRUCTURED),
        ("a.txt", "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\n\nText", BodyFormat.DOKUWIKI),
        ("start.txt", "Text\n\n====== Tide ======\n  * one\n", BodyFormat.DOKUWIKI),
        ("start.txt", "====== Tide ======\n", BodyFormat.DOKUWIKI),
        ("start.txt", "===== Tide =====\n\nSee [[moon|the moon]].\n", BodyFormat.DOKUWIKI),
        ("novel.txt", "===== 第一章 =====\n\n  他走了。\n  她来了。\n", BodyFormat.TEXT),
        ("log.txt", "===== test session starts =====\ncollected 5 items\n", BodyFormat.TEXT),
        ("a.txt", "== Tide ==\n\nText\n\n=== Moon ===\n", BodyFormat.TEXT),
        ("a.txt", "======================\nTide ====== Moon\n", BodyFormat.TEXT),
        ("a.txt", "Title: Tide\n\nText ``here``.\n", BodyFormat.TEXT),
        ("a.txt", "他读《红楼梦》和《西游记》。\n", BodyFormat.TEXT),
        ("a.txt", "『灯台』《とうだい》という名。\n", BodyFormat.TEXT),
        ("a.md", "古い灯台《とうだい》と岬《みさき》。\n", BodyFormat.MARKDOWN),
    ],
)
def test_formats(name: str, text: str, expected: BodyFormat) -> None:
    assert body_format(text, name) is expected


def test_org_head_has_title_author_date_and_tags(tmp_path: Path) -> None:
    source = "#+TITLE: 潮见\n#+AUTHOR: 浜野\n#+DATE: <2021-03-04 Thu>\n#+FILETAGS: :sea:light:\n\n* 一\n"
    found = article(tmp_path, "a.org", source)
    assert (found.title, found.author, found.tags) == ("潮见", "浜野", ("sea", "light"))
    assert found.date is not None
    assert found.date.strftime("%Y-%m-%d") == "2021-03-04"


def test_restructured_text_has_title_and_fields(tmp_path: Path) -> None:
    source = "####\n潮见\n####\n\n:date: 2021-03-04 10:00\n:author: 浜野\n:tags: sea, light\n\n文\n"
    found = article(tmp_path, "a.rst", source)
    assert (found.title, found.author, found.tags) == ("潮见", "浜野", ("sea", "light"))
    assert found.date is not None


def test_two_signs_underline_a_title_of_one_wide_character(tmp_path: Path) -> None:
    assert article(tmp_path, "b.rst", "海\n==\n\n文\n").title == "海"


def test_an_asciidoc_revision_may_be_a_date_alone(tmp_path: Path) -> None:
    found = article(tmp_path, "b.adoc", "= 潮见\n浜野 <a@example.org>\n2021-03-04\n\n文\n")
    assert found.date is not None
    assert found.date.strftime("%Y-%m-%d") == "2021-03-04"


def test_asciidoc_head_has_title_author_and_revision(tmp_path: Path) -> None:
    found = article(
        tmp_path, "a.adoc", "= 潮见\n浜野 一 <a@example.org>\nv1.0, 2021-03-04\n:keywords: sea, light\n\n文\n"
    )
    assert (found.title, found.author, found.tags) == ("潮见", "浜野 一", ("sea", "light"))
    assert found.date is not None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('[[tide]]\n// 注\n=== `潮` 见 ((("潮")))\n\n文\n\n=== 二\n', "潮 见"),
        ("== 一\n\n文\n\n= 潮见\n", "tide"),
        ("文\n\n== 一\n", "tide"),
        ("[source]\n----\n= x\n----\n", "tide"),
    ],
)
def test_the_first_heading_of_a_part_of_an_asciidoc_book_is_its_title(tmp_path: Path, text: str, title: str) -> None:
    assert article(tmp_path, "tide.asciidoc", text).title == title


def test_gemtext_has_a_title(tmp_path: Path) -> None:
    assert article(tmp_path, "x1.gmi", "=> / Home\n# 潮见\n文\n").title == "潮见"


def test_aozora_head_has_title_and_author(tmp_path: Path) -> None:
    rule = "-" * 55
    source = f"潮見の塔《とう》\n浜野一\n\n{rule}\n【テキスト中に現れる記号について】\n\n《》：ルビ\n{rule}\n\n　文。\n"
    found = article(tmp_path, "a.txt", source)
    assert (found.title, found.author, found.format) == ("潮見の塔", "浜野一", BodyFormat.AOZORA)


def test_a_post_of_ablog_has_a_date(tmp_path: Path) -> None:
    source = "灯塔\n====\n\n.. post:: Dec 22, 2013\n   :category: 海\n   :tags: a, b\n   :author: 林一\n\n正文。\n"
    found = article(tmp_path, "a.rst", source)
    assert (found.title, found.local_day, found.author) == ("灯塔", "2013-12-22", "林一")
    assert (found.categories, found.tags) == (("海",), ("a", "b"))


def test_options_of_directives_are_no_fields(tmp_path: Path) -> None:
    text = "Tides\n=====\n\n:author: Anna Gale\n\n.. chart:: Pie\n   :title: Ports by tide\n   :author: Ben\n\n   a\n"
    found = article(tmp_path, "a.rst", text)
    assert (found.title, found.author) == ("Tides", "Anna Gale")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", ".. author: Anna Gale\n.. title: Tides\n.. date: 2015/03/04\n\nText.\n\nChanges\n=======\n\nMore.\n"),
        (
            "a.rst",
            "PEP: 9\nTitle: Tides\nAuthor: Anna Gale <anna@a.example>\nStatus: A\nCreated: 04-Mar-2015\n\nAims\n====\n",
        ),
    ],
)
def test_stated_title_of_restructured_text_precedes_its_headings(tmp_path: Path, name: str, text: str) -> None:
    found = article(tmp_path, name, text)
    assert (found.title, found.author, str(found.date)[:10]) == ("Tides", "Anna Gale", "2015-03-04")


def test_wikis_state_titles_in_headings_and_tags_and_dates_in_their_own_way(tmp_path: Path) -> None:
    fields = "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\nCreation-Date: 2015-03-04T10:11:12+01:00\n"
    zim = f"{fields}\n====== Low //Tide// ======\n"
    found = article(tmp_path, "Low_Tide_2.txt", zim)
    assert (found.title, str(found.date)[:10]) == ("Low Tide", "2015-03-04")
    found = article(tmp_path, "start.txt", "===== The [[port|Harbour]] =====\n\n{{tag>lamp oil}}\n")
    assert (found.title, found.tags) == ("The Harbour", ("lamp", "oil"))


def test_detection_of_headings_grows_with_the_length_of_a_line() -> None:
    assert_linear(lambda count: markup_format(f"===== a{' ' * count}x", ".txt"), 1_600)
    assert_linear(lambda count: markup_head(f"===== a{' ' * count}x", BodyFormat.DOKUWIKI), 2_000)
