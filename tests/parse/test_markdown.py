"""Markdown bodies."""

import gc
import tracemalloc

import pytest

from reader.document.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    leaves,
)
from tests.parse.blocks import bullets, cell, head, image, item, markdown, numbered, para, table, text

STRONG = SpanKind.STRONG
LINK = SpanKind.LINK
_LATIN = "The lamp above the sea is lit when it is dark and it stays so"
_WRAPPED = "这是一行在编辑器里被折断的中文文字，每行三十个字，长短几乎"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("在**“人、物、馆”**防疫", para("在“人、物、馆”防疫", ("“人、物、馆”", STRONG))),
        ("**重点。**然后", para("重点。然后", ("重点。", STRONG))),
        ("看**《书》**吧", para("看《书》吧", ("《书》", STRONG))),
        ("*“斜”*体", para("“斜”体", ("“斜”", SpanKind.EMPHASIS))),
        ("中*斜*文", para("中斜文", ("斜", SpanKind.EMPHASIS))),
        ("a * b * c", para("a * b * c")),
        ("2*3*4 与 snake_case_name", para("234 与 snake_case_name", ("3", SpanKind.EMPHASIS))),
        ("~~删~~ `x < y`", para("删 x < y", ("删", SpanKind.STRIKE), ("x < y", SpanKind.CODE))),
        ('[链](https://example.org "t")', para("链", ("链", SpanKind.LINK, "https://example.org"))),
        ("甲\n乙", para("甲\n乙")),
        ("甲  \n乙", para("甲\n乙")),
        ("a\nb", para("a\nb")),
        ("List<String> <u>x</u> &copy;", para("List<String> x ©", ("x", SpanKind.UNDERLINE))),
        ("价 $5 到 $6", para("价 $5 到 $6")),
        ("设 $a_1 < b$ 则", para("设 a_1 < b 则", ("a_1 < b", SpanKind.MATH))),
    ],
)  # fmt: skip
def test_text(source: str, expected: Block) -> None:
    assert markdown(source) == [expected]


def test_blocks() -> None:
    source = """# 一

段落

> 引用
>
> - 项

---

3. 三
4. 四
   - 内

![图](a.png "t")
"""
    assert markdown(source) == [
        head("一", 1), para("段落"), Quote((para("引用"), bullets("项"))), Rule(),
        numbered("三", item("四", bullets("内")), start=3), image("图", "a.png"),
    ]  # fmt: skip


def test_code() -> None:
    source = "```python\nif a < b:\n    <div>\n```\n\n    indented"
    assert markdown(source) == [CodeBlock(Inline("if a < b:\n    <div>"), "python"), CodeBlock(Inline("indented"))]


def test_task_lists() -> None:
    assert markdown("- [x] 甲\n- [ ] 乙") == [bullets(item("甲", checked=True), item("乙", checked=False))]


def test_definition_lists() -> None:
    assert markdown("词\n: 义") == [DefinitionList((Definition((para("词"),), (para("义"),)),))]


def test_tables() -> None:
    left, right = Alignment.LEFT, Alignment.RIGHT
    assert markdown("| 甲 | 乙 |\n|:--|--:|\n| 丙 | 丁 |") == [
        table(
            (cell("甲", header=True, alignment=left), cell("乙", header=True, alignment=right)),
            (cell("丙", alignment=left), cell("丁", alignment=right)),
            head=1,
        )
    ]


def test_surplus_cells_are_kept() -> None:
    escaped = "|甲|\n|-|\n|丙|丁 \\| 戊 | `己 \\| 庚` |"
    assert markdown(escaped) == [table((cell("甲", header=True),), (cell("丙|丁 | 戊 | `己 | 庚`"),), head=1)]
    assert markdown("|甲|乙|\n|-|-|\n|丙|丁|戊|己|") == [
        table((cell("甲", header=True), cell("乙", header=True)), (cell("丙"), cell("丁|戊|己")), head=1)
    ]


def test_footnotes() -> None:
    source = "甲[^n]乙[^1]\n\n[^1]: 丙\n[^n]: 丁\n\n    戊\n"
    paragraph, notes = markdown(source)
    assert paragraph == para(
        "甲[1]乙[2]",
        ("[1]", SpanKind.SUPERSCRIPT), ("[1]", SpanKind.FOOTNOTE, "1"),
        ("[2]", SpanKind.SUPERSCRIPT), ("[2]", SpanKind.FOOTNOTE, "2"),
    )  # fmt: skip
    assert notes == Footnotes((Footnote("1", (para("丁"), para("戊"))), Footnote("2", (para("丙"),))))


def test_unreferenced_footnote_is_kept() -> None:
    assert markdown("甲\n\n[^x]: 乙") == [para("甲"), para("[^x]: 乙")]


def test_html_in_markdown() -> None:
    assert markdown("<details><summary>甲</summary>\n\n**乙**\n\n</details>\n\n<style>x</style>\n\n丙") == [
        Details(para("甲"), (para("乙", ("乙", STRONG)),)),
        para("丙"),
    ]


DEEP = [
    *("> " * 100 + "甲", "- " * 100 + "甲", "1. " * 100 + "甲", "::: a\n" * 100 + "甲"),
    *("[a" * 2000 + "甲" + "](b)" * 2000, "*a " * 2000 + "甲" + "b* " * 2000),
    "\n".join("> " * level + f"{level}甲" for level in range(100)),
]


@pytest.mark.parametrize("deep", DEEP, ids=lambda text: text[:6])
def test_only_excessively_nested_parts_become_plain(deep: str) -> None:
    strong = Paragraph(Inline("乙", (Span(0, 1, SpanKind.STRONG),)))
    blocks = markdown(f"**乙**\n\n{deep}\n\n" + ":::\n" * 200 * deep.startswith(":") + "\n# 丙\n\n**乙**")
    assert blocks[0] == blocks[-1] == strong
    assert isinstance(blocks[-2], Heading)
    said = "".join(leaf.text.text for block in blocks for leaf in leaves(block))
    assert said.count("甲") == deep.count("甲")


def test_code_beside_deep_nesting_is_unchanged() -> None:
    source = f"```\n{'>' * 100}\n```\n\n{'> ' * 100}甲"
    assert markdown(source)[0] == CodeBlock(Inline(">" * 100))


@pytest.mark.parametrize(
    ("source", "address", "target"),
    [
        ("见https://example.org/a，然后", "https://example.org/a", ""),
        ("（www.example.org/b_c）后", "www.example.org/b_c", "http://www.example.org/b_c"),
        ("https://example.org/wiki/灯塔", "https://example.org/wiki/灯塔", ""),
        ("https://example.org/x看这里", "https://example.org/x", ""),
        ("(https://example.org/a_(b)).", "https://example.org/a_(b)", ""),
    ],
)
def test_bare_addresses_end_before_cjk_text(source: str, address: str, target: str) -> None:
    assert markdown(source) == [para(source, (address, LINK, target or address))]


def test_address_excludes_the_markup_around_it() -> None:
    address = "https://example.org/a"
    assert markdown(f"**{address}**，完") == [para(f"{address}，完", (address, STRONG), (address, LINK, address))]


def test_escaped_address_or_code_is_not_a_link() -> None:
    assert markdown(r"https\://example.org") == [para("https://example.org")]
    assert markdown("`https://example.org`") == [para("https://example.org", ("https://example.org", SpanKind.CODE))]


@pytest.mark.parametrize(
    "source",
    [
        "路径 $HOME/bin 和 $PATH 里",
        "存成 $2b$10$N9qo8uLOickgx2ZMRZoMye 的样子",
        "先 [root@sea ~]$ cd /tmp 再 [root@sea tmp]$ ls",
        "try_files $uri$is_args$args;",
        "一共 $100，后来 $200",
        "变量$甲和$乙",
        "查 {$gt:'$age'} 的",
        "写 '$a' '$b' 的",
        "写 '$a','$b' 的",
        "3~5天，10~12天",
        "if a==b or c==d",
        "数组 [[1,2],[3,4]]",
        "[[ -f x ]] && y",
        "行^上^行^下",
    ],
)
def test_literal_signs_stay(source: str) -> None:
    assert markdown(source) == [para(source)]


def test_names_of_files_may_have_blanks() -> None:
    assert markdown("![灯](./灯 塔 - 夜.jpg)") == [image("灯", "./灯 塔 - 夜.jpg")]
    assert markdown("见[塔](a b.md)，`[x](c d.md)`") == [
        Paragraph(Inline("见塔，[x](c d.md)", (Span(1, 2, LINK, "a b.md"), Span(3, 14, SpanKind.CODE))))
    ]
    assert markdown("[塔](a b) 与 a[0](b c).") == [para("[塔](a b) 与 a[0](b c).")]


def test_brackets_escaped_by_a_converter_are_text() -> None:
    assert markdown(r"\[转载\] 见 \[1\] 和 \[a=b\]") == [para("[转载] 见 [1] 和 [a=b]")]


def test_headings_without_a_space() -> None:
    assert markdown("##第一节\n正文。\n\n###小节##\n\n#1 号\n\n#标签 #海\n\n#!/bin/sh") == [
        head("第一节", 2), para("正文。"), head("小节", 3), para("#1 号"), para("#标签 #海"), para("#!/bin/sh"),
    ]  # fmt: skip


def test_callouts() -> None:
    assert markdown("> [!tip]- 折叠的**提示**\n> 第一行，\n> 第二行\n\n> [!NOTE]\n> 甲") == [
        Quote((para("折叠的提示", ("提示", STRONG)), para("第一行，\n第二行")), "tip", folded=True),
        Quote((para("Note", ("Note", SpanKind.CALLOUT, "note")), para("甲")), "note"),
    ]


def test_markup_of_notes() -> None:
    source = "看 [[灯塔#历史]] 和 [[海|那片海]]，==重点==，H~2~O，x^3^。 ^b-1"
    source += "\n\n![[图.png|300]]\n\n![[船]]\n\n![[a.mp3]]"
    assert markdown(source) == [
        Paragraph(
            text(
                "看 灯塔 › 历史 和 那片海，重点，H2O，x3。",
                ("灯塔 › 历史", LINK, "wiki:灯塔#历史"), ("那片海", LINK, "wiki:海"), ("重点", SpanKind.MARKED),
                ("2", SpanKind.SUBSCRIPT), ("3", SpanKind.SUPERSCRIPT),
            ),
            "b-1",
        ),
        image("", "图.png"), para("船", ("船", LINK, "embed:船")), Embed(Inline("a.mp3"), "audio", "a.mp3"),
    ]  # fmt: skip


def test_link_whose_text_is_in_brackets() -> None:
    source = "[[1]](https://example.org/a)"
    assert markdown(f"见{source}。") == [para("见[1]。", ("[1]", LINK, "https://example.org/a"))]


def test_the_name_of_a_heading() -> None:
    assert markdown("## 容器 {#box .wide}\n\n## 集合 {a, b}") == [
        Heading(Inline("容器"), 2, anchor="box"), head("集合 {a, b}", 2),
    ]  # fmt: skip


def test_table_of_contents_is_not_text() -> None:
    assert markdown("[toc]\n\n[[toc]]\n\n[TOC]\n\n甲") == [para("甲")]


def test_struck_text_next_to_punctuation() -> None:
    assert markdown("前~~“删”~~后。~~删。~~完") == [
        para("前“删”后。删。完", ("“删”", SpanKind.STRIKE), ("删。", SpanKind.STRIKE))
    ]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["灯在夜里亮着", "谁也没有看见", "只有海"], True),
        (["地址：海边一号", "电话：123"], True),
        (["url=https://example.org", "原文链接=https://example.org/a"], True),
        ([_LATIN, _LATIN, "here."], False),
        ([_WRAPPED, _WRAPPED, "完。"], False),
        (["Rose by the sea,", "lamp in the night,", "who keeps you?"], True),
    ],
)  # fmt: skip
def test_authors_line_breaks_stay_and_editor_wrapping_is_joined(lines: list[str], kept: bool) -> None:  # noqa: FBT001
    (paragraph,) = markdown("\n".join(lines))
    assert isinstance(paragraph, Paragraph)
    assert ("\n" in paragraph.text.text) is kept


def test_parsing_leaves_nothing_in_memory() -> None:
    source = "- 灯 *塔* 的 [海](/a)\n\n" * 200
    markdown(source)
    tracemalloc.start()
    try:
        markdown(source)
        gc.collect()
        once = tracemalloc.get_traced_memory()[0]
        for _ in range(3):
            markdown(source)
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - once < 50_000
    finally:
        tracemalloc.stop()
