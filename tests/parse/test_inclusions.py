"""Lines that insert another file, the marks of VitePress in code, and components in titles."""

import pytest

from reader.document.blocks import CodeBlock, Quote, SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import markdown, para

LINK = SpanKind.LINK


@pytest.mark.parametrize(
    ("line", "text", "target"),
    [
        ("<<< @/snippets/灯.js#lit{2,4-5}", "灯.js#lit", "/snippets/灯.js"),
        ("<<< ./lamp.ts{ts:line-numbers} [灯 的代码]", "灯 的代码", "./lamp.ts"),
        ("@[code js{1}](../lamp.js)", "lamp.js", "../lamp.js"),
        ("<!--@include: ./parts/lamp.md{1,3}-->", "./parts/lamp.md", "embed:./parts/lamp.md"),
        ("<!-- @include: @/parts/lamp.md#one -->", "/parts/lamp.md", "embed:/parts/lamp.md"),
        ('--8<-- "parts/lamp.md"', "parts/lamp.md", "embed:parts/lamp.md"),
        ("{{#include lamp.md}}", "./lamp.md", "embed:./lamp.md"),
        ("{{#rustdoc_include src/lamp.rs:2:5}}", "lamp.rs", "src/lamp.rs"),
        ('{{% include "/_parts/lamp.md" %}}', "/_parts/lamp.md", "embed:/_parts/lamp.md"),
        ('{{% include "_parts/lamp" %}}', "_parts/lamp", "embed:_parts/lamp"),
        ('{{< readfile file="lamp.md" >}}', "lamp.md", "embed:lamp.md"),
        ('{{<embed-md "lamp and sea.md">}}', "lamp and sea.md", "embed:lamp and sea.md"),
        ('{{< readfile "lamp.yaml" />}}', "lamp.yaml", "lamp.yaml"),
        ("{% include_code 点灯 lang:cpp from:2 cpp/lamp.cpp %}", "点灯", "cpp/lamp.cpp"),
    ],
)
def test_inserted_files_are_links_and_notes_transclusions(line: str, text: str, target: str) -> None:
    link = para(text, (text, LINK, target))
    assert markdown(f"甲\n{line}\n乙") == [para("甲"), link, para("乙")]
    assert markdown(f"> {line}") == [Quote((link,))]
    assert markdown(f"```\n{line}\n```")[0].text.text == line  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "<<< EOF 甲", "a <<< b", "<!-- include: x.md -->", "--8<-- x", "{{#if a}}"]
)
def test_other_lines_stay(line: str) -> None:
    assert not any(span.kind is LINK for block in markdown(line) for span in block.text.spans)  # type: ignore[union-attr]


@pytest.mark.parametrize("piece", ["<<< ", "@[code", "<!--@include: ", "--8<-- ", "{{#include ", "]]((", "[[a]](b"])
def test_long_lines_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: markdown(piece * size), 300)


def test_marks_in_code_are_not_shown() -> None:
    source = "a = 1  // [!code ++]\n  # [!code focus:3]\nb()\n<c/> <!-- [!code highlight] -->\nd /* [!code error] */\n"
    source += "[!code] // [!!code hl]"
    code = markdown(f"```js\n{source}\n```")[0]
    assert isinstance(code, CodeBlock)
    assert code.text.text == "a = 1\nb()\n<c/>\nd\n[!code] // [!!code hl]"


def test_badges_in_titles_and_labels_behind_highlighted_lines() -> None:
    assert markdown('::: tip <Badge text="新" /> 说明\n甲\n:::') == markdown("::: tip 新 说明\n甲\n:::")
    assert markdown("```ts{5-6} [灯.ts]\n1\n```") == markdown("```ts [灯.ts]\n1\n```")


def test_attributes_behind_code() -> None:
    assert markdown("`灯`{: .filepath} 与 `塔`{: #a}\n\n{:a 1} 丙") == [
        para("灯 与 塔", ("灯", SpanKind.CODE), ("塔", SpanKind.CODE)),
        para("{:a 1} 丙"),
    ]


def test_a_file_with_blanks_and_brackets_is_a_target() -> None:
    target = "../assets/On Lamps (A. Keeper, B. Keeper etc.).pdf"
    assert markdown(f"[灯]({target})，[塔](a(b).md)") == [para("灯，塔", ("灯", LINK, target), ("塔", LINK, "a(b).md"))]
    assert_linear(lambda size: markdown("](a " * size + "(" * size), 300)
