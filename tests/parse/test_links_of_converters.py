"""Links and pictures as clippers, wikis and vaults write them beside the specification."""

import pytest

from reader.document.blocks import ListBlock, SpanKind, leaves
from tests.growth import assert_linear
from tests.parse.blocks import head, image, markdown, para

LINK = SpanKind.LINK


def test_a_link_around_paragraphs_is_that_of_the_first() -> None:
    source = "甲\n\n[\n\n灯**塔**\n\n夜航\n\n](https://a.example/x)\n\n乙"
    lamp = ("灯塔", LINK, "https://a.example/x"), ("塔", SpanKind.STRONG)
    assert markdown(source) == [para("甲"), para("灯塔", *lamp), para("夜航"), para("乙")]


def test_links_around_paragraphs_may_follow_each_other() -> None:
    source = "前 [\n\n甲\n\n](https://a.example)[\n\n![图](p.png)\n\n](https://b.example)## 题"
    assert markdown(source) == [
        para("前"),
        para("甲", ("甲", LINK, "https://a.example")),
        *markdown("[![图](p.png)](https://b.example)"),
        head("题", 2),
    ]


def test_a_link_around_a_heading_is_a_heading() -> None:
    assert markdown('[\n\n### 灯塔\n\n](/lamps/(1) "灯")') == markdown("### [灯塔](</lamps/(1)>)")


@pytest.mark.parametrize("source", ["[\n\n甲", "甲 [\n乙\n](x", "[\n\n```\n](https://a.example)\n```", "x = [\n1\n]\n"])
def test_other_open_brackets_stay_as_text(source: str) -> None:
    shown = "".join(leaf.text.text for block in markdown(source) for leaf in leaves(block))
    assert "[" in shown


def test_open_brackets_take_linear_time() -> None:
    assert_linear(lambda size: markdown("[\n" * size + "](x)"), 300)


def test_placed_pictures_of_obsidian() -> None:
    assert markdown("![[灯 塔.png|center|400]]") == [image("", "灯 塔.png")]
    assert markdown("![[a.png|右图|right-medium|300x200]]") == [image("右图", "a.png")]
    assert markdown("甲 ![[a.png|left|50px]] 乙")[0] == markdown("甲 ![[a.png]] 乙")[0]


def test_the_text_of_a_wiki_link_may_contain_bars() -> None:
    assert markdown("甲 [[灯塔|灯 | 塔|顶]]") == [para("甲 灯 | 塔|顶", ("灯 | 塔|顶", LINK, "wiki:灯塔"))]
    assert markdown("[[甲|乙]] | [[丙|丁]]") == [para("乙 | 丁", ("乙", LINK, "wiki:甲"), ("丁", LINK, "wiki:丙"))]
    assert [leaf.text.text for block in markdown("`[[甲|乙|丙]]`") for leaf in leaves(block)] == ["[[甲|乙|丙]]"]
    assert_linear(lambda size: markdown("[[甲|" * size), 300)


def test_wiki_links_to_web_addresses_are_links() -> None:
    assert markdown("[[https://a.example/b|灯|塔]]，[[https://a.example][港]]，[[https://a.example]]") == [
        para(
            "灯|塔，港，https://a.example",
            ("灯|塔", LINK, "https://a.example/b"),
            ("港", LINK, "https://a.example"),
            ("https://a.example", LINK, "https://a.example"),
        )
    ]


def test_hidden_words_of_cards_are_shown() -> None:
    assert markdown("灯塔在{{cloze 海 边}}。") == [para("灯塔在海 边。")]


@pytest.mark.parametrize("source", ["[ 见 [[港|灯]] ]", "[[[港|灯]]，见] 塔", "注 [ [[港|灯]] 与"])
def test_a_bracket_around_a_wiki_link_is_text(source: str) -> None:
    shown = source.replace("[[港|灯]]", "灯")
    assert markdown(source) == [para(shown, ("灯", LINK, "wiki:港"))]


def test_brackets_of_tasks_and_links_stay_as_they_are() -> None:
    assert markdown("[文 [[港]] 字](https://a.example)")[0] == markdown("[文 [[港]] 字](<https://a.example>)")[0]
    (tasks,) = markdown("- [ ] [[港]]")
    assert isinstance(tasks, ListBlock)
    assert tasks.items[0].checked is False
