"""Titles for articles that have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.titles import LONGEST, made_title, tidy
from reader.document.body import BodyFormat
from tests.growth import assert_linear

HTML, MARKDOWN, TEXT = BodyFormat.HTML, BodyFormat.MARKDOWN, BodyFormat.TEXT


@pytest.mark.parametrize(
    ("body", "written_in", "title"),
    [
        ("<div><p>前言</p><h2 id=x>第<em>一</em>节</h2></div>", HTML, "第一节"),
        ("<div><h1> </h1><h2>次题</h2></div>", HTML, "次题"),
        ("<h1><ruby>市<rt>し</rt></ruby>や<ruby>町<rp>(</rp><rt>まち</rt></ruby></h1>", HTML, "市や町"),
        ("<style>p{}</style><!-- x --><div>\n<p>第一<b>行</b></p><p>第二行</p>", HTML, "第一行"),
        ("<script>x", HTML, "name"),
        ("<div>   \n   \n</div>", HTML, "name"),
        ("<img src=x>", HTML, "name"),
        ("前言\n\n## 第*一*节 ##\n", MARKDOWN, "第一节"),
        ("标题\n===\n正文", MARKDOWN, "标题"),
        ("```\n# 注释\n```\n\n> 第**一**行，见[此](https://a.b)\n", MARKDOWN, "第一行，见此"),
        ("![](x.png)\n\n---\n\n1. 第一项", MARKDOWN, "第一项"),
        ("\n　　第一行。\n第二行。", TEXT, "第一行。"),
        ("-----\n# 不是记号\n", TEXT, "# 不是记号"),
        ("", TEXT, "name"),
    ],
)
def test_a_title_is_made_of_the_body(body: str, written_in: BodyFormat, title: str) -> None:
    assert made_title(body, written_in, "name.md") == title


@pytest.mark.parametrize(
    ("name", "title"),
    [("a.b.md", "a.b"), (".md", "Untitled"), (" .md", "Untitled"), ("\udcb2\udce2.md", "��"), ("a\nb\x1b.md", "a b")],
)
def test_else_of_the_files_name(name: str, title: str) -> None:
    assert made_title("", TEXT, name) == title


def test_a_long_line_is_cut() -> None:
    assert made_title("长" * 1_000, TEXT, "x.txt") == "长" * 80 + "…"
    assert len(tidy("长" * 1_000)) == LONGEST


def test_entities_are_characters() -> None:
    assert tidy("&#123;x&#125; R&D &lt;div&gt; &copy=1\n二") == "{x} R&D <div> &copy=1 二"


HOSTILE = [
    "<h1>",
    "<h1",
    "<style>",
    "<!--",
    "<rt>",
    "[",
    "![a](",
    "**",
    "`",
    "# ",
    "#",
    "a\n-",
    "```\n",
    "<",
    "> ",
    "- ",
    "\n",
    "_a",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_body_takes_long(piece: str) -> None:
    for written_in in BodyFormat:
        assert made_title(piece * 30_000, written_in, "x.md")
        assert_linear(lambda size, form=written_in: made_title(piece * size, form, "x.md"), 3_000)  # type: ignore[misc]


@settings(deadline=None)
@given(
    st.text(max_size=100) | st.lists(st.sampled_from([*HOSTILE, "</h1>", "x", "]", ")", " "]), max_size=40).map("".join)
)
def test_every_body_has_a_title(body: str) -> None:
    for written_in in BodyFormat:
        title = made_title(body, written_in, " .md")
        assert title
        assert title == tidy(title)
