"""Metadata in the first lines of a text without a header."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.inline_metadata import closing_metadata, inline_metadata


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "# 出海\n\nCreated: March 4, 2021 5:06 PM\nTags: 海, 船\nStatus: Done\nURL: https://a.example/1\n\n正文。",
            {"created": "March 4, 2021 5:06 PM", "tags": "海, 船", "status": "Done", "url": "https://a.example/1"},
        ),
        (
            (
                "# 出海\n\n![cover](https://a.example/c.png)\n\n## Metadata\n- Author: [[林一]]\n- Full Title: 出海\n"
                "- Category: #books\n- URL: https://a.example/1\n\n## Highlights\n- 第一处。"
            ),
            {"author": "[[林一]]", "fulltitle": "出海", "category": "#books", "url": "https://a.example/1"},
        ),
        ("作者：林一\n日期：2021-03-04\n\n正文。", {"author": "林一", "date": "2021-03-04"}),
        (
            "出海\n\n作者：林一　来源：港口报　发布时间：2021年3月4日\n\n正文。",
            {"author": "林一", "source": "港口报", "publishdate": "2021年3月4日"},
        ),
        (
            "**作者**：林一\n**原文链接**：https://a.example/1\n",
            {"author": "林一", "originalurl": "https://a.example/1"},
        ),
        (
            "#+TITLE: 出海\n#+AUTHOR: 林一\n#+DATE: 2021-03-04\n\n* 起\n",
            {"title": "出海", "author": "林一", "date": "2021-03-04"},
        ),
        (".. title: 出海\n.. date: 2021-03-04 05:06\n\n正文", {"title": "出海", "date": "2021-03-04 05:06"}),
        ("<!--\ntitle: 出海\ndate: 2021-03-04\n-->\n正文", {"title": "出海", "date": "2021-03-04"}),
        ("author: 林一\n\n正文", {"author": "林一"}),
        (
            (
                "The Project Gutenberg eBook of The Sea\n\nThis ebook is for the use of anyone.\n\nTitle: The Sea\n\n"
                "Author: Ann Lee\n\nRelease date: March 4, 2001\n\n*** START ***\nText: of it"
            ),
            {"title": "The Sea", "author": "Ann Lee"},
        ),
    ],
)
def test_metadata_lines_are_read(body: str, said: dict[str, str]) -> None:
    assert inline_metadata(body) == said


RULE = "-" * 55
AOZORA = (
    "灯台\n副題\n山田一郎\n\n-------------------------------------------------------\n【テキスト中に現れる記号について】\n\n"
    "《》：ルビ\n（例）灯台《とうだい》\n-------------------------------------------------------\n\n　本文。\n"
)


def test_aozora_bunko() -> None:
    assert inline_metadata(AOZORA) == {"title": "灯台 副題", "author": "山田一郎"}


@pytest.mark.parametrize(
    ("lines", "title", "author"),
    [
        ("灯台\n山田一郎", "灯台", "山田一郎"),
        ("灯台\nスミス\n山田一郎訳", "灯台", "スミス"),
        ("灯台\nTHE LIGHT\nジョン・スミス　John Smith\n山田一郎訳", "灯台", "ジョン・スミス　John Smith"),
        ("捕物帳\n朝の灯台\n山田一郎", "捕物帳 朝の灯台", "山田一郎"),
        ("日記\n巻之四　大正九年庚申歳起筆――灯台にて――", "日記 巻之四　大正九年庚申歳起筆――灯台にて――", ""),
        ("歌　※［＃ローマ数字2、1-13-22］\n山田一郎", "歌　Ⅱ", "山田一郎"),
    ],
)
@pytest.mark.parametrize(
    "rest",
    [
        f"\n\n{RULE}\n【テキスト中に現れる記号について】\n\n［＃］：入力者注\n{RULE}\n\n　本文。\n",
        "\n\n　本文。\n\n底本：「灯台」岬書房\n　　　2001年\n青空文庫作成ファイル：\n",
        "\n［＃区切り線］\nあらすじ：\n　灯台の話。\n",
    ],
)
def test_the_first_lines_in_aozora_notation(lines: str, title: str, author: str, rest: str) -> None:
    assert inline_metadata(lines + rest) == {"title": title, "author": author}


def test_a_quoted_colophon_does_not_make_the_first_lines_a_title() -> None:
    body = "# 読書\n\n文。\n\n底本：「灯台」\n青空文庫\n"
    assert inline_metadata(body) == {}


@pytest.mark.parametrize(
    "body",
    [
        "正文。",
        "时间：3月5日下午\n地点：礼堂\n\n请参加。",
        "他说：今天不来。\n她说：好。\n",
        "Note: this is a sentence.\n\nText.",
        "作者：我想在这里说的是，这件事情并不像大家以为的那样简单，它其实有很长的来历，而且到现在还没有结束，大家都知道。",
        "第一段正文写得很长很长，说的是港口的事，一直说到了第二行，所以它是正文而不是题目，后面的都不算。\n日期：2021-03-04\n",
        "第一段。\n第二段。\n日期：2021-03-04\n作者：林一\n",
        "std::string x\nfoo :: Int\n",
    ],
)
def test_ordinary_text_is_not_metadata(body: str) -> None:
    assert inline_metadata(body) == {}


@settings(deadline=None)
@given(st.text("作者：日期: \n-#*|abc2021《》", max_size=200))
def test_any_text_can_be_read(body: str) -> None:
    inline_metadata(body)


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("The Project Gutenberg Etext of The Sea's Lamps, by Anna Gale", "The Sea's Lamps", "Anna Gale"),
        (
            "Project Gutenberg's Etext of Lamps by Gale\n#3 in our series by Anna Gale  [From a Wire]",
            "Lamps",
            "Anna Gale",
        ),
        ("***The Project Gutenberg EBook of Lamps\nat Sea, by Anna Gale***", "Lamps at Sea", "Anna Gale"),
        ("The Project Gutenberg Etext of Lamps", "Lamps", None),
    ],
)
def test_old_books_of_project_gutenberg(head: str, title: str, author: str | None) -> None:
    found = inline_metadata(f"{head}\n\nCopyright laws: they change.\n\nLAMPS\n")
    assert (found["title"], found.get("author")) == (title, author)


def test_a_line_with_the_day_of_the_last_change_is_enough() -> None:
    assert inline_metadata("# 灯塔\n\n_Last updated: 2025-03-10 08:20:43_\n\n正文。") == {
        "updated": "2025-03-10 08:20:43"
    }
    assert inline_metadata("# 灯塔\n\nLast updated: a while ago\n\n正文。") == {}


def test_the_head_of_an_rfc() -> None:
    head = (
        "\n\nNetwork Working Group                                A. Gale\n"
        "Request for Comments: 7                       Harbour Light\n"
        "Category: Informational                          April 1999\n\n\n"
        "                 Signals of Lamps and\n                  Their Meanings\n\nStatus of this Memo\n\n   Note: x\n"
    )
    assert inline_metadata(head) == {
        "title": "Signals of Lamps and Their Meanings",
        "author": "A. Gale",
        "date": "1 April 1999",
    }


def test_an_article_that_asks_for_comments_is_no_rfc() -> None:
    assert inline_metadata("# 灯塔\n\nRequest for Comments: new lamps for the harbour\n\nThey shine.\n\nx: y") == {}


def test_metadata_at_the_end_of_exports_of_yuque() -> None:
    end = "> 更新: 2021-05-15 17:02:11  \n> 原文: <https://www.yuque.com/a/b>"
    assert closing_metadata(f"# 灯\n\n文\n\n{end}\n\n") == {
        "updated": "2021-05-15 17:02:11",
        "originalurl": "https://www.yuque.com/a/b",
    }


@pytest.mark.parametrize(
    "end",
    [
        "更新: 修好了灯\n原文: https://a.example/b",
        "更新: 2021-05-15",
        "原文: https://a.example/b",
        "见下：\n更新: 2021-05-15\n原文: https://a.example/b",
        "灯塔很高\n更新: 2021-05-15\n原文: https://a.example/b",
        "更新: 2021-05-15\n原文: https://a.example/b\n\n完",
    ],
)
def test_lines_at_the_end_that_are_text(end: str) -> None:
    assert closing_metadata(f"文\n\n{end}") == {}
