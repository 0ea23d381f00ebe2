"""Markdown bodies."""

import pytest

from reader.document.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Footnote,
    Footnotes,
    Inline,
    MathBlock,
    Quote,
    Rule,
    SpanKind,
)
from reader.document.body import Body, BodyFormat
from reader.parse.body import parse
from tests.parse.blocks import bullets, cell, head, image, item, markdown, numbered, para, table

STRONG = SpanKind.STRONG


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
        ("甲\n乙", para("甲乙")),
        ("甲  \n乙", para("甲\n乙")),
        ("a\nb", para("a b")),
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


def test_cells_beyond_the_columns_are_kept() -> None:
    assert markdown("|甲|乙|\n|-|-|\n|丙|丁|戊|己|") == [
        table((cell("甲", header=True), cell("乙", header=True)), (cell("丙"), cell("丁|戊|己")), head=1)
    ]


def test_formulas() -> None:
    assert markdown("$$\n\\int_0^1 x < y\n$$\n\n甲 $$b$$ 乙") == [
        MathBlock(Inline(r"\int_0^1 x < y")),
        para("甲 b 乙", ("b", SpanKind.MATH)),
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


def test_a_footnote_that_nothing_refers_to_is_kept() -> None:
    assert markdown("甲\n\n[^x]: 乙") == [para("甲"), para("[^x]: 乙")]


def test_html_in_markdown() -> None:
    assert markdown("<details><summary>甲</summary>\n\n**乙**\n\n</details>\n\n<style>x</style>\n\n丙") == [
        Details(para("甲"), (para("乙", ("乙", STRONG)),)),
        para("丙"),
    ]


def test_a_text_nested_beyond_reason_is_read_as_plain() -> None:
    assert markdown("> " * 100 + "甲") == [para(("> " * 100 + "甲").strip())]


def test_more_markdown_than_anyone_writes_is_shown_as_it_was_written() -> None:
    document = parse(Body("**灯塔**在夜里亮着。\n\n" * 80_000, BodyFormat.MARKDOWN))
    assert len(document.leaves) == 80_000
    assert document.text(0) == "**灯塔**在夜里亮着。"
