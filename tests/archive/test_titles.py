"""Titles derived for articles without one."""

from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.file_names import parse_name
from reader.archive.titles import LONGEST, derive_title, normalize_title
from reader.document.body import BodyFormat
from tests.growth import assert_linear

NAME = parse_name(PurePath("7.md"))
HTML, MARKDOWN, TEXT = BodyFormat.HTML, BodyFormat.MARKDOWN, BodyFormat.TEXT


@pytest.mark.parametrize(
    ("body", "written_in", "title"),
    [
        ("<div><p>前言</p><h2 id=x>第<em>一</em>节</h2></div>", HTML, "name"),
        ("<div><p>前言</p><h1 id=x>唯<em>一</em></h1><h2>一节</h2></div>", HTML, "唯一"),
        ("<h1>其一</h1><h1>其二</h1>", HTML, "其一"),
        ("<p>文字</p><h1>其一</h1><h1>其二</h1>", HTML, "name"),
        ("<p>图 <svg><title>bird</title></svg></p><h1>真题</h1>", HTML, "真题"),
        ("<div><h1> </h1><h2>次题</h2></div>", HTML, "次题"),
        ("<h1><ruby>市<rt>し</rt></ruby>や<ruby>町<rp>(</rp><rt>まち</rt></ruby></h1>", HTML, "市や町"),
        ("<style>p{}</style><!-- x --><div>\n<p>第一<b>行</b></p><p>第二行</p>", HTML, "name"),
        ("<script>x", HTML, "name"),
        ("<div>   \n   \n</div>", HTML, "name"),
        ("<img src=x>", HTML, "name"),
        ("前言\n\n## 第*一*节 ##\n", MARKDOWN, "name"),
        ("<!-- 注 -->\n[TOC]\n\n## 第*一*节 ##\n", MARKDOWN, "第一节"),
        ("## 其一\n\n## 其二\n", MARKDOWN, "name"),
        ("## 其一\n\n### 其二\n", MARKDOWN, "其一"),
        ("# 其一\n\n# 其二\n", MARKDOWN, "其一"),
        ("# 前言\n\n# 其二\n", MARKDOWN, "name"),
        ("##没有空白\n", MARKDOWN, "没有空白"),
        ("#标签\n", MARKDOWN, "name"),
        ("<h1 align=center>居中</h1>\n\n文字", MARKDOWN, "居中"),
        ("# [转] 数组 a[0]，见[1] 与 [文](x)[^2] {#id}\n", MARKDOWN, "[转] 数组 a[0]，见[1] 与 文"),
        ("# \\[转\\] *a\\*b* [[页|名]]\n", MARKDOWN, "[转] a*b 名"),
        ("# 1. 灯塔\n\n海", MARKDOWN, "1. 灯塔"),
        ("## 2) 渔港 ##\n\n海", MARKDOWN, "2) 渔港"),
        ("3. 船\n===\n海", MARKDOWN, "3. 船"),
        ('<div align="center">\n\n# 灯塔\n\n</div>\n\n海', MARKDOWN, "灯塔"),
        ("export const meta = {\n  author: '某',\n}\n\n# 灯塔\n", MARKDOWN, "灯塔"),
        ("export const meta = {\n  author: '某',\n\n# 灯塔\n", MARKDOWN, "name"),
        ("export function A({ b }) {\n  return (\n    <i>{b}</i>\n  );\n}\n\n# 灯塔\n", MARKDOWN, "灯塔"),
        ("标题\n===\n正文", MARKDOWN, "标题"),
        ("```\n# 注释\n```\n\n> 第**一**行，见[此](https://a.b)\n", MARKDOWN, "name"),
        ("![](x.png)\n\n---\n\n1. 第一项", MARKDOWN, "name"),
        ("\n　　第一行。\n第二行。", TEXT, "name"),
        ("-----\n# 不是记号\n", TEXT, "name"),
        ("", TEXT, "name"),
    ],
)
def test_title_is_derived_from_the_body(body: str, written_in: BodyFormat, title: str) -> None:
    assert derive_title(body, written_in, parse_name(PurePath("name.md"))) == title


def test_headings_after_an_embedded_image_are_counted() -> None:
    image = f"![](data:image/png;base64,{'iVBORw0K' * 4_000})"
    name = parse_name(PurePath("name.md"))
    assert derive_title(f"## 灯\n\n{image}\n\n## 塔\n", MARKDOWN, name) == "name"
    assert derive_title(f"{image}\n\n海边的三天\n", MARKDOWN, NAME) == "海边的三天"


def test_table_row_is_not_a_title() -> None:
    table = "| 船 | 时辰 |\n|---|---|\n| 甲 | 卯 |\n"
    assert derive_title(f"{table}\n清早的渡轮\n", MARKDOWN, NAME) == "清早的渡轮"
    assert derive_title(table, TEXT, NAME) == "7"


@pytest.mark.parametrize("name", ["20210304", "1083", "0f3a5c7e9b1d4f60a1b2c3d4e5f60718", "12_9a8b7c6d5e", "无标题"])
@pytest.mark.parametrize(
    ("body", "written_in", "title"),
    [
        ("<style>p{}</style><!-- x --><div>\n<p>第一<b>行</b></p><p>第二行</p>", HTML, "第一行"),
        ("```\n# 注释\n```\n\n> 第**一**行，见[此](https://a.b)\n", MARKDOWN, "第一行，见此"),
        ("![](x.png)\n\n---\n\n1. 第一项", MARKDOWN, "第一项"),
        ("mood: calm\n\n海边的三天\n", MARKDOWN, "海边的三天"),
        ("海边：三天\n", MARKDOWN, "海边：三天"),
        ("\n　　第一行。\n第二行。", TEXT, "第一行。"),
        ("-----\n# 不是记号\n", TEXT, "# 不是记号"),
        ("2021-03-04\n作者：某\n\n出海", TEXT, "出海"),
    ],
)
def test_first_line_replaces_a_meaningless_file_name(name: str, body: str, written_in: BodyFormat, title: str) -> None:
    assert derive_title(body, written_in, parse_name(PurePath(f"{name}.md"))) == title


@pytest.mark.parametrize("name", ["ch_016", "Chapter 3", "p01", "part-2"])
@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("第三回 灯塔\n\n　　海边。\n", "第三回 灯塔"),
        ("　　他上了船。\n海边。\n", ""),
        ("长" * 41 + "\n海边。\n", ""),
        ("", ""),
    ],
)
def test_numbered_chapters_have_their_heading_as_title(name: str, body: str, title: str) -> None:
    assert derive_title(body, TEXT, parse_name(PurePath(f"{name}.txt"))) == (title or name)


@pytest.mark.parametrize("name", ["ch", "灯 3", "chapter-3-the-lamp", "2001 part 3"])
def test_a_name_with_a_topic_is_the_title(name: str) -> None:
    assert derive_title("第三回 灯塔\n\n　　海边。\n", TEXT, parse_name(PurePath(f"{name}.txt"))) == name


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("港口/index.md", "港口"),
        ("README.md", "archive"),
        ("a/2021-03-04 灯/_index.zh.md", "灯"),
        ("a/2021/index.md", "文字"),
    ],
)
def test_index_file_is_named_after_its_folder(path: str, title: str) -> None:
    assert derive_title("文字", TEXT, parse_name(PurePath(path), "archive")) == title


@pytest.mark.parametrize(
    ("name", "title"),
    [("a.b.md", "a.b"), (".md", ""), (" .md", ""), ("\udcb2\udce2.md", "��"), ("a\nb\x1b.md", "a b")],
)
def test_otherwise_the_file_name_is_the_title(name: str, title: str) -> None:
    assert derive_title("", TEXT, parse_name(PurePath(name))) == title


def test_a_long_line_is_cut() -> None:
    assert derive_title("长" * 1_000, TEXT, parse_name(PurePath("7.txt"))) == "长" * 80 + "…"
    assert len(normalize_title("长" * 1_000)) == LONGEST


def test_entities_are_characters() -> None:
    assert normalize_title("&#123;x&#125; R&D &lt;div&gt; &copy=1\n二") == "{x} R&D <div> &copy=1 二"


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
def test_deriving_is_fast(piece: str) -> None:
    for written_in in BodyFormat:
        assert derive_title(piece * 30_000, written_in, NAME)
        assert_linear(lambda size, form=written_in: derive_title(piece * size, form, NAME), 3_000)  # type: ignore[misc]


@settings(deadline=None)
@given(
    st.text(max_size=100) | st.lists(st.sampled_from([*HOSTILE, "</h1>", "x", "]", ")", " "]), max_size=40).map("".join)
)
def test_every_body_has_a_title_unless_its_file_has_no_name(body: str) -> None:
    for written_in in BodyFormat:
        titles = [derive_title(body, written_in, parse_name(PurePath(name))) for name in ("7.md", " .md")]
        assert titles[0]
        assert titles[1] in {titles[0], ""}
        assert titles == [normalize_title(title) for title in titles]


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("Radian", "# Definition\n\nAn angle.\n", "Radian"),
        ("Oil Lamps", "# Wicks\n\na\n\n# Glass\n\nb\n", "Oil Lamps"),
        ("灯油", "# 芯\n\n甲\n\n# 罩\n\n乙\n", "灯油"),
        ("灯塔", "# 灯塔的灯\n\n甲\n\n# 罩\n\n乙\n", "灯塔的灯"),
        ("Lamps", "# Oil lamps\n\na\n\n# Glass\n\nb\n", "Oil lamps"),
        ("Lamps", "# Wicks\n\na\n", "Wicks"),
        ("oil-lamps", "# Wicks\n\na\n\n# Glass\n\nb\n", "Wicks"),
        ("installation", "# Installation\n\na\n", "Installation"),
        ("lamps", "# Installation\n\na\n", "lamps"),
        ("lamps", "# 安装\n\n甲\n", "安装"),
        ("灯油", "# 总结\n\n甲\n", "灯油"),
        ("灯油", "## まとめ\n\n甲\n", "灯油"),
        ("灯油", "# 2. 芯\n\n甲\n\n# 3. 罩\n\n乙\n", "灯油"),
        ("总结", "# 总结\n\n甲\n\n# 罩\n\n乙\n", "总结"),
        ("SUMMARY", "# The Book\n\n- a\n\n# Appendix\n", "The Book"),
        ("2024-05-01", "# Todo\n\n- a\n", "2024-05-01"),
        ("2024-05-01", "# By the Sea\n\na\n", "By the Sea"),
    ],
)
def test_a_heading_that_begins_a_section_is_not_the_title(name: str, body: str, title: str) -> None:
    assert derive_title(body, MARKDOWN, parse_name(PurePath(f"{name}.md"))) == title


@pytest.mark.parametrize(
    ("path", "body", "title"),
    [
        ("灯塔 第2回/index.md", "# 链接\n\nx\n\n# A. 灯\n\n甲\n", "灯塔 第2回"),
        ("海/灯塔/README.md", "# 芯\n\n甲\n\n# 罩\n\n乙\n", "灯塔"),
        ("p1234/index.md", "# 题目大意：\n\nx\n\n# 做法\n\n甲\n", "p1234"),
        ("灯塔/index.md", "# 灯塔的灯\n\n甲\n\n# 罩\n\n乙\n", "灯塔的灯"),
        ("灯塔/index.md", "# 守夜\n\n甲\n", "守夜"),
        ("lamps/index.md", "# Wicks\n\na\n\n# Glass\n\nb\n", "Wicks"),
        ("README.md", "# Wicks\n\na\n\n# Glass\n\nb\n", "Wicks"),
    ],
)
def test_the_folder_of_an_index_is_its_topic(path: str, body: str, title: str) -> None:
    assert derive_title(body, MARKDOWN, parse_name(PurePath(path), "Old Things")) == title


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("灯塔-守夜.md", "## 前提条件\n\n文\n", "灯塔-守夜"),
        ("灯塔-守夜.md", "### Tools\n\n文\n\n#### 甲\n", "灯塔-守夜"),
        ("灯塔-守夜.md", "## 怎样守夜\n\n文\n", "怎样守夜"),
        ("灯塔-守夜.md", "# 海上三年\n\n文\n", "海上三年"),
        ("keeping-watch.md", "## 怎样守夜\n\n文\n", "怎样守夜"),
        ("E&R Theorem.md", "# Theorem\n\n文\n", "E&R Theorem"),
        ("3-机器冒险.md", "# 3. 机器冒险\n\n# 题\n\n文\n", "3. 机器冒险"),
    ],
)
def test_a_lone_heading_of_a_lower_level_is_the_title_only_if_on_the_topic(name: str, body: str, title: str) -> None:
    assert derive_title(body, MARKDOWN, parse_name(PurePath(name))) == title


@pytest.mark.parametrize(
    ("name", "listed", "title"),
    [
        ("灯塔-守夜-1-上楼.md", "1 上楼", "灯塔-守夜-1-上楼"),
        ("灯塔-守夜.md", "灯塔守夜", "灯塔守夜"),
        ("灯塔.md", "灯塔的修缮与维护", "灯塔的修缮与维护"),
        ("01-上楼.md", "上楼", "上楼"),
        ("ch01-上楼.md", "第一章 上楼", "第一章 上楼"),
        ("lamp-states.md", "灯的状态", "灯的状态"),
        ("lamp-states-and-more.md", "Lamps", "Lamps"),
        ("index.md", "灯塔", "灯塔"),
    ],
)
def test_a_title_in_the_navigation_that_says_less_than_the_name_is_not_taken(
    name: str, listed: str, title: str
) -> None:
    assert derive_title("文\n", MARKDOWN, parse_name(PurePath(name)), listed=lambda: listed) == title


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("<script setup>\nimport { ref } from 'vue'\n\nconst a = ref()\n</script>\n\n", "灯塔"),
        ("<style>\n.a { b: c }\n</style>\n<script>\n1\n</script>\n", "灯塔"),
        ("![横幅](a.png)\n\n", "灯塔"),
        ('<div align="center">\n  <img src="a.png">\n</div>\n\n', "灯塔"),
        ('<figure markdown>\n  ![](a.png){ width="600" }\n</figure>\n\n', "灯塔"),
        ("<script>\nnever closed\n\n", "name"),
        ("海 ![横幅](a.png)\n\n", "name"),
    ],
)
def test_a_heading_below_scripts_and_pictures_is_the_first(above: str, title: str) -> None:
    name = parse_name(PurePath("name.md"))
    assert derive_title(f"{above}# 灯塔\n\n文\n", MARKDOWN, name) == title
    # Of a lower level, it is a section below a picture.
    assert derive_title("![横幅](a.png)\n\n## 灯塔\n\n文\n", MARKDOWN, name) == "name"


@pytest.mark.parametrize(
    ("file", "heading", "title"),
    [
        ("introduction.de.md", "Einleitung", "Einleitung"),
        ("introduction.ca.md", "Introduction", "Introduction"),
        ("lamps.md", "Installation", "lamps"),
    ],
)
def test_a_file_named_like_a_part_is_that_part(file: str, heading: str, title: str) -> None:
    assert derive_title(f"# {heading}\n\n## 一\n\n## 二\n", MARKDOWN, parse_name(PurePath(file))) == title
