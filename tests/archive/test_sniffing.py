"""Detection of the format of a body by its content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive import sniffing
from reader.archive.sniffing import body_format
from reader.archive.suffixes import ARTICLE_SUFFIXES
from reader.document.body import BodyFormat
from tests.conftest import real_files
from tests.growth import assert_linear

HTML, MARKDOWN, TEXT = BodyFormat.HTML, BodyFormat.MARKDOWN, BodyFormat.TEXT


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        ("<div>   \n<p>正文。</p>\n</div>", "a.md", HTML),
        ("<div>\n快讯一条，没有标签。\n</div>", "a.md", HTML),
        ("\n\n<!DOCTYPE html>\n<html><body>x", "a.txt", HTML),
        ("<?xml version='1.0'?><html/>", "a.txt", HTML),
        ("某某的回答<br><br><p>第一段</p><p>第二段</p>", "a.md", HTML),
        ("<div>\n<pre><code># a comment\n## another\n</code></pre>\n<p>正文</p></div>", "a.md", HTML),
        ("<h1>标题</h1>", "a.txt", HTML),
        ("<span>灯</span>\n\n<span>守塔人</span>\n\n&nbsp;\n\n<font>光</font>", "a.md", MARKDOWN),
        ("<span>灯</span>\n<span>守塔人</span>", "a.md", HTML),
        ("# 标题\n\n正文。", "a.md", MARKDOWN),
        ("正文，没有任何记号。", "a.md", MARKDOWN),
        ("正文，没有任何记号。", "a.txt", TEXT),
        ("正文，没有任何记号。", "a.html", TEXT),
        ("", "a.txt", TEXT),
        ("# 标题\n\n## 小节\n\n正文。", "a.txt", MARKDOWN),
        ("标题\n====\n\n- 一\n- 二\n", "a.txt", MARKDOWN),
        ("# 先编译\nmake\n# 再安装\nmake install\n", "a.txt", TEXT),
        ("第一行\n　　第二行，3 < 5，a > b。\n- 不是列表\n", "a.txt", TEXT),
        (
            '<div align="center"><img src="x"></div>\n\n# 标题\n\n见[这里](https://a.b)。\n\n```sh\nls\n```\n',
            "a.md",
            MARKDOWN,
        ),
        ("用 `<p>` 和 `<div>`、`<ul>`、`<li>` 排版。\n\n```html\n<p>\n<p>\n<p>\n```\n", "a.md", MARKDOWN),
        ("一行 <br> 两行", "a.md", MARKDOWN),
        ("if a <b and c> d", "a.txt", TEXT),
        ("第一段。\n\n第二段。\n\n<div><span>a</span><br>\n<br>\n<br></div>\n\n末段。", "a.md", MARKDOWN),
        ('<img src="a.png">\n\n> 引文。\n\n## 开篇\n\n- 甲<br>注\n- 乙<br>注\n- 丙<br>注\n', "a.md", MARKDOWN),
        ("<table><tr><td>一</td></tr></table>\n\n## 二\n", "a.markdown", MARKDOWN),
        ('<div class="post">\n\n## 一\n\n**二**\n\n</div>', "a.md", MARKDOWN),
        ("今天<br>晴<br><br>风大<br>浪高", "a.md", HTML),
        ("<p>一\n<p>二\n<p>三", "a.md", HTML),
        ("```html\n<p>a</p>\n```\n", "a.md", MARKDOWN),
        ("今天<b>晴</b>，见<a href='/x'>这里</a>", "a.html", HTML),
        ("A &amp; B", "a.htm", HTML),
        ("灯台の話\n山田\n\n-------\n（例）一\n-------\n\n　本文。\n", "a.txt", TEXT),
        ("- 甲\n- 乙", "a.mdx", MARKDOWN),
        ("# 灯塔\n\n只有一个标题的短文。\n", "stdin", MARKDOWN),
        ("# 灯塔\n\n只有一个标题的短文。\n", "a.txt", TEXT),
        ("#!/bin/sh\n\nls\n", "stdin", TEXT),
        ("# 先编译\nmake\n", "stdin", TEXT),
    ],
)
def test_content_determines_the_format(body: str, name: str, expected: BodyFormat) -> None:
    assert body_format(body, name) is expected


def test_real_articles_are_html() -> None:
    files = real_files()
    if not files:
        pytest.skip("the shared files are not beside this checkout")
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert body_format(text[text.index("\n---\n", 5) + 5 :], file.name) is HTML


def test_html_with_fenced_code_in_a_markdown_file_is_markdown() -> None:
    old = "<body>\n<p>甲</p>\n\n```sql\nselect <x>\n```\n\n<p>乙</p>\n</body>"
    assert body_format(old, "a.md") is BodyFormat.MARKDOWN
    assert body_format(old.replace("body>", "div>"), "a.md") is BodyFormat.MARKDOWN
    for no_code in ("<p>甲</p>\n<pre>\n```\nx\n```\n</pre>", "<div>\n```<br>\nx<br>\n```</div>", "<p>\n```\nx</p>"):
        assert body_format(no_code, "a.md") is HTML
    assert body_format(old, "a.html") is HTML


HOSTILE = [
    "<pre",
    "<!--",
    "<pre>",
    "**a",
    "[a](",
    "`",
    "<a ",
    "|-",
    "# ",
    "a\n=",
    "--|",
    "<",
    "![",
    "\n",
    "```\n",
    "- ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_detection_is_fast(piece: str) -> None:
    assert_linear(lambda size: body_format(piece * size, "a.md"), 10_000)


def test_blanks_behind_a_fence_are_read_once() -> None:
    # As long as the part of a text that is examined.
    assert_linear(lambda size: body_format("<p>a</p>\n```" + " " * size + "!", "a.md"), 1_500)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, "<p>", "</p>", "x", "标题", "\n\n", "](https:", "**"]), max_size=40).map(
        "".join
    )
)
def test_no_body_raises(body: str) -> None:
    assert body_format(body) in BodyFormat


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"#-=*`~|:[]()!a \n", "--", "](", "https:"]), max_size=30).map("".join))
def test_cheap_test_admits_all_markdown_signs(sample: str) -> None:
    assert sniffing._may_be_markdown(sample) or not sniffing._SURE.search(sample)


FORMATS = {
    MARKDOWN: "md markdown mdx mkd mdown mkdn mdwn qmd rmd ipynb",
    HTML: "html htm shtml xhtml xht php asp aspx jsp mht mhtml webarchive epub",
    BodyFormat.ORG: "org",
    BodyFormat.RESTRUCTURED: "rst rest",
    BodyFormat.ASCIIDOC: "adoc asciidoc asc",
    BodyFormat.GEMTEXT: "gmi gemini",
    BodyFormat.TIDDLYWIKI: "tid",
    TEXT: "txt text eml",
}


SUFFIXES = [(form, suffix) for form, suffixes in FORMATS.items() for suffix in suffixes.split()]


@pytest.mark.parametrize(("expected", "suffix"), SUFFIXES)
def test_ambiguous_text_has_the_format_of_its_suffix(expected: BodyFormat, suffix: str) -> None:
    """A character reference is HTML only in a page, and a line without markup is Markdown only in Markdown."""
    assert body_format("灯塔 &amp; 海\n", f"A.{suffix.upper()}") is expected


def test_files_that_only_their_names_open_are_not_in_archives() -> None:
    rare = {".mkdn", ".mdwn", ".rest", ".gemini"}
    assert {f".{suffix}" for _form, suffix in SUFFIXES} - rare == set(ARTICLE_SUFFIXES)
    assert len(ARTICLE_SUFFIXES) == len(set(ARTICLE_SUFFIXES))
