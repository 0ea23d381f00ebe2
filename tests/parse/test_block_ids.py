"""Block ids of Obsidian and Logseq, and references to blocks."""

import pytest

from reader.document.blocks import Anchored, Block, Leaf, Paragraph, SpanKind, children
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.parser import parse

ONE = "64f1c0de-1111-2222-3333-444455556666"
TWO = "64f1c0de-1111-2222-3333-444455556667"


def document(text: str) -> Document:
    return parse(Body(text, BodyFormat.MARKDOWN, ""))


def anchors(text: str) -> dict[str, str]:
    """The names of blocks with the kind of their block."""
    waiting: list[Block] = list(document(text).blocks)
    found: dict[str, str] = {}
    while waiting:
        block = waiting.pop()
        if isinstance(block, Anchored):
            found.update(dict.fromkeys(block.anchor.split(), type(block).__name__))
        if not isinstance(block, Leaf):
            waiting.extend(children(block))
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("文字 ^a1", "Paragraph"),
        ("文字\n\n^a1", "Paragraph"),
        ("文字 ^123456", "Paragraph"),
        ("> > 引文\n\n^12", "Quote"),
        ("- 甲\n- 乙\n\n^a1\n\n后文", "ListBlock"),
        ("1. 甲\n\n^a1", "ListBlock"),
        ("| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n\n^a1", "Table"),
        ("> 引文\n\n^a1", "Quote"),
        ("> [!note] 题\n> 文\n\n^a1", "Quote"),
        ("```\ncode\n```\n\n^a1", "CodeBlock"),
        ("![图](p.png)\n\n^a1", "Image"),
        ("![图](p.png) ^a1", "Image"),
        ("![[p.png]] ^a1", "Image"),
        ("## 标题\n\n^a1", "Heading"),
        ("- 甲\n  - 乙\n\n    ^a1\n", "Paragraph"),
        ("- 甲\n  - 乙\n\n  ^a1\n", "ListBlock"),
    ],
)
def test_ids_belong_to_the_block_above(text: str, kind: str) -> None:
    (found,) = anchors(text).items()
    assert found == (text.rpartition("^")[2].strip().partition("\n")[0], kind)
    assert all(f"^{found[0]}" not in leaf.text.text for leaf in document(text).leaves)


@pytest.mark.parametrize("text", ["^a1", "---\n\n^a1", "价格 ^12", "x^a1 y"])
def test_what_names_no_block(text: str) -> None:
    assert anchors(text) == {}


def test_ids_of_blocks_of_logseq() -> None:
    text = (
        f"- 一块\n  id:: {ONE}\n  collapsed:: true\n\t- 下级\n- 两行\n  id:: {TWO}\n  ((x)) 的第二行\n"
        "- ## 标题\n  id:: 64f1c0de-1111-2222-3333-444455556668\n"
    )
    assert anchors(text) == {ONE: "Paragraph", TWO: "Paragraph", ONE[:-1] + "8": "Heading"}
    assert [leaf.text.text for leaf in document(text).leaves] == ["一块", "下级", "两行\n((x)) 的第二行", "标题"]


@pytest.mark.parametrize(
    "text",
    [
        f"## 标题\n\t- 甲\n\t\t- 乙\n\t\t  id:: {ONE}\n\t- 丙\n",
        f"## 标题\n\t- 甲\n\t- 乙\n\t  id:: {ONE}\n\t- 丙\n",
        f"## 标题\nid:: {TWO}\ncollapsed:: true\n\t- 甲\n\t- 乙\n\t  id:: {ONE}\n\t- 丙\n",
    ],
)
def test_outlines_below_headings_that_are_no_items(text: str) -> None:
    assert anchors(text)[ONE] == "Paragraph"
    assert [leaf.text.text for leaf in document(text).leaves] == ["标题", "甲", "乙", "丙"]


def test_code_below_a_heading_stays_code() -> None:
    (heading, code) = document("## 标题\n\t- name: a\n\t- name: b\n").leaves
    assert (heading.text.text, code.text.text) == ("标题", "- name: a\n- name: b")


def test_properties_around_the_id_of_a_block() -> None:
    text = f"- 甲\n  made:: 1\n  id:: {ONE}\n  seen:: 2\n  后一行\n\t- 乙\n"
    assert anchors(text) == {ONE: "Paragraph"}
    assert [leaf.text.text for leaf in document(text).leaves] == ["甲\nmade:: 1\nseen:: 2\n后一行", "乙"]


def test_references_to_blocks_and_embedded_pages_of_logseq() -> None:
    embeds = f"{{{{embed (({ONE}))}}}}\n\n{{{{embed [[页]]}}}}"
    text = f"见 (({ONE})) 和 [名]((({TWO})))。\n\n{embeds}\n\n`(({ONE}))` f((x))\n"
    found = [
        (leaf.text.text[span.start : span.end], span.value)
        for leaf in document(text).leaves
        for span in leaf.text.spans
        if span.kind is SpanKind.LINK
    ]
    assert found == [
        ("((64f1c0de…))", f"wiki:(({ONE}))"),
        ("名", f"(({TWO}))"),
        ("((64f1c0de…))", f"embed:(({ONE}))"),
        ("页", "embed:页"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<a name="a1"></a>\n\n## 题目',
        '<a id="a1"></a>\n## 题目',
        '<span id="a1"></span> <A NAME="a2"></A>\n\n## 题目',
        '文字\n\n<a name="a1"></a>\n\n## 题目\n\n文字',
    ],
)
def test_an_empty_element_names_the_heading_below(text: str) -> None:
    assert anchors(text)["a1"] == "Heading"


def test_an_empty_element_names_the_paragraph_below() -> None:
    leaves = document('<a name="a1"></a>\n\n文字\n\n后文').leaves
    assert [(one.anchor, one.text.text) for one in leaves if isinstance(one, Paragraph)] == [
        ("a1", "文字"),
        ("", "后文"),
    ]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ('<a name="a1"></a>', []),
        ('<img id="a1" src="a.png" alt="图">\n\n文字', ["图", "文字"]),
        ('<a id="a1">链</a>\n\n文字', ["链", "文字"]),
    ],
)
def test_other_elements_are_no_names(text: str, texts: list[str]) -> None:
    assert [one.text.text for one in document(text).leaves] == texts
