"""The places that fragments mean."""

import pytest

from reader.document.blocks import Heading, Inline
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position
from reader.linking.fragments import Fragments, place_of
from reader.parse.parser import parse
from tests.growth import assert_linear

MARKDOWN = """# 总标题

## 1. C++ 与 C：对比

段落一 ^ab12

## C

## Hello, World & Others

## 安装

## 安装

## 自定 {#own}
"""


def heading(fragment: str) -> str | None:
    document = parse(Body(MARKDOWN, BodyFormat.MARKDOWN, "文章"))
    place = place_of(document, fragment)
    return document.text(place.block) if place is not None else None


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("1-c-与-c对比", "1. C++ 与 C：对比"),  # GitHub
        ("_1-c-与-c-对比", "1. C++ 与 C：对比"),
        ("1. C++ 与 C：对比", "1. C++ 与 C：对比"),  # Obsidian
        ("1-C-%E4%B8%8E-C-%E5%AF%B9%E6%AF%94", "1. C++ 与 C：对比"),
        ("c", "C"),
        ("hello-world--others", "Hello, World & Others"),  # GitHub
        ("hello-world-others", "Hello, World & Others"),  # Hexo, python-markdown
        ("Hello,_World_&_Others", "Hello, World & Others"),  # MediaWiki
        ('<font color="#ffc000">安装</font>', "安装"),
        ("^ab12", "段落一"),
        ("more-1204", "总标题"),  # WordPress, behind the teaser
        ("own", "自定"),
        ("没有", None),
    ],
)
def test_a_fragment_means_a_heading_by_the_rule_of_any_program(fragment: str, expected: str | None) -> None:
    assert heading(fragment) == expected


@pytest.mark.parametrize(
    ("heading", "fragments"),
    [
        (
            "[Harbour *Light*](light.md) guide",
            ["harbour-light-guide", "Harbour Light guide", "[Harbour *Light*](light.md) guide"],
        ),
        ("See [[Note|shown]] here", ["see-shown-here", "See Note shown here", "See [[Note|shown]] here"]),
        ("See [[Note]] here", ["see-note-here", "See Note here"]),
        ("[Only](https://example.org/)", ["only"]),
        ("Tides and [winds](w.md)[^1]", ["tides-and-winds", "Tides and winds"]),
        ("https://example.org/bare", ["httpsexampleorgbare"]),
    ],
)
def test_headings_with_links(heading: str, fragments: list[str]) -> None:
    document = parse(Body(f"Text.\n\n## {heading}\n\nText.\n\n[^1]: Note.", BodyFormat.MARKDOWN, "文章"))
    assert [place_of(document, fragment) for fragment in fragments] == [Position(1)] * len(fragments)


def test_a_number_tells_headings_of_one_text_apart() -> None:
    document = parse(Body(MARKDOWN, BodyFormat.MARKDOWN, "文章"))
    fragments = Fragments(document)
    first, second = fragments.place("安装"), fragments.place("安装-1")
    assert first is not None
    assert second is not None
    assert first < second


def test_ids_of_elements_are_places_in_the_text_that_follows() -> None:
    page = (
        '<h2 id="a">标题<a name=b></a></h2><p>一</p><div id=c><p>二</p></div><p>三 <span id=d>四</span></p>'
        "<ul><li id=e>五</ul><table><tr><td id=f>六</td></tr></table><pre id=g>码</pre><p>七</p>"
    )
    document = parse(Body(page, BodyFormat.HTML))
    fragments = Fragments(document)
    found = {name: fragments.place(name) for name in "abcdefg"}
    assert {name: document.text(place.block) if place else None for name, place in found.items()} == {
        "a": "标题",
        "b": "标题",
        "c": "二",
        "d": "三 四",
        "e": "五",
        "f": "六",
        "g": "码",
    }


def test_what_follows_a_name_in_code_is_no_part_of_the_id() -> None:
    document = parse(Body("## `useData` 组件\n\n文\n\n## 别的\n", BodyFormat.MARKDOWN))
    place = place_of(document, "usedata")
    assert place is not None
    assert document.text(place.block) == "useData 组件"
    assert place_of(document, "usedat") is None


@pytest.mark.parametrize(("fragment", "expected"), [("lampcolour", "lampColour"), ("lamp-colour", "Lamp colour")])
def test_a_term_precedes_a_heading_with_the_same_letters(fragment: str, expected: str) -> None:
    document = parse(Body("## Lamp colour\n\nText.\n\n`lampColour`\n: A setting.\n", BodyFormat.MARKDOWN))
    place = place_of(document, fragment)
    assert place is not None
    assert document.text(place.block) == expected


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [("top", "开篇"), ("n1", "[1] 一"), ("n2", "[2] 二"), ("end", "末段 行"), ("next", "题"), ("p", "题")],
)
def test_ids_within_a_text_are_those_of_the_paragraph_that_contains_them(fragment: str, expected: str) -> None:
    page = (
        "<p><a name=top></a>开篇<br><br>[<a name=n1><font>1</font></a>] 一<br><br>[<a name=n2>2</a>] 二<br><br>"
        "末段<br>行<a name=end></a><br><br><a name=next></a></p><p><a name=p></a></p><h2>题</h2>"
    )
    document = parse(Body(page, BodyFormat.HTML))
    place = place_of(document, fragment)
    assert place is not None
    assert " ".join(document.text(place.block).split()) == expected


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("^one\n\n灯塔。\n", "灯塔。"),
        ("^one\n\n- 甲\n- 乙\n", "甲"),
        ("海。\n\n^one\n\n灯塔。\n", "海。"),
        ("^one\n", None),
    ],
)
def test_a_block_id_without_a_block_above_names_the_one_below(text: str, block: str | None) -> None:
    document = parse(Body(text, BodyFormat.MARKDOWN, "文章"))
    place = place_of(document, "^one")
    assert (document.text(place.block) if place is not None else None) == block
    assert all(leaf.text.text for leaf in document.leaves)


def test_the_names_of_many_headings_are_collected_in_linear_time() -> None:
    def collect(count: int) -> None:
        headings = tuple(Heading(Inline(f"章 {number}"), level=2) for number in range(count))
        assert place_of(Document(headings), "nowhere") is None

    assert_linear(collect, 200)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (BodyFormat.MARKDOWN, "The Lamp"),
        # An HTML page gives its headings no ids but those that it states.
        (BodyFormat.HTML, "Lamps in detail"),
    ],
)
def test_of_two_equal_ids_the_first_is_meant(written: BodyFormat, expected: str) -> None:
    text = {
        BodyFormat.MARKDOWN: "## Sea\n\n一段\n\n## The Lamp\n\n一段\n\n### Lamps in detail {#the-lamp}\n\n一段\n",
        BodyFormat.HTML: "<h2>Sea</h2><p>一段<h2>The Lamp</h2><p>一段<h3 id=the-lamp>Lamps in detail</h3><p>一段",
    }[written]
    document = parse(Body(text, written, "文章"))
    place = place_of(document, "the-lamp")
    assert place is not None
    assert document.text(place.block) == expected


def test_an_id_before_a_heading_of_that_name_is_the_first() -> None:
    document = parse(Body("## Lamps {#the-lamp}\n\n一段\n\n## The Lamp\n\n一段\n", BodyFormat.MARKDOWN, "文章"))
    place = place_of(document, "the-lamp")
    assert place is not None
    assert document.text(place.block) == "Lamps"
