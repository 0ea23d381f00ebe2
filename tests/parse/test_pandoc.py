"""Attributes, captions and grid tables of Pandoc, Quarto and R Markdown."""

import pytest

from reader.document.blocks import CodeBlock, SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import cell, markdown, para, table

LINK, CODE = SpanKind.LINK, SpanKind.CODE


@pytest.mark.parametrize(
    "attributes",
    [
        "{#fig-a}",
        "{.b}",
        '{#fig-a .b width="60%"}',
        "{width=50%}",
        "{ height='3' }",
        "{.a.b-c.dark:d-[7px]}",
        "{.图}",
        "{ data-preview }",
    ],
)
def test_attributes_of_pictures_and_links(attributes: str) -> None:
    assert markdown(f"![灯](a.png){attributes}") == markdown("![灯](a.png)")
    assert markdown(f"见 [灯](a(b).md){attributes}。") == [para("见 灯。", ("灯", LINK, "a(b).md"))]


def test_attributes_of_spans_code_and_addresses() -> None:
    assert markdown("[灯]{.underline} 与 [a@b.org]{.email}") == [para("灯 与 a@b.org")]
    assert markdown("`x`{.r} 与 `<br>`{=html}") == [para("x 与 <br>", ("x", CODE), ("<br>", CODE))]
    assert markdown("<https://a.example>{.uri}") == markdown("<https://a.example>")
    assert markdown("# 灯 {-}\n\n塔") == markdown("# 灯\n\n塔")


@pytest.mark.parametrize(
    "text",
    ["f(){a=1}", "[灯]{塔}", "x[3]{.5}", "灯{#塔}", "a {.b} c", "$\\sqrt[3]{.5}$", "`[a]{.b}`", "[a]{b=c}"],
)
def test_braces_that_are_no_attributes(text: str) -> None:
    assert "{" in str(markdown(text)) or "√" in str(markdown(text))


def test_labels_of_formulas() -> None:
    plain = markdown("$$\nx = 1\n$$\n\n文")
    assert markdown("$$\nx = 1\n$$ {#eq-a}\n\n文") == plain
    assert markdown("$$\nx = 1\n$$\n{#eq-a}\n\n文") == plain
    assert markdown("$$\nx = 1 {#eq-a\n\n文") != plain


def test_captions_below_tables() -> None:
    rows = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    assert markdown(f"{rows}: 表题 {{#tbl-a}}")[1:] == [para("表题")]
    assert markdown(f"{rows}Table: 表题")[1:] == [para("表题")]
    # Below other text, this defines a term.
    assert para("不是题") not in markdown("文\n\n: 不是题")


def test_divs_of_quarto() -> None:
    assert markdown("::: callout-note\n灯\n:::") == markdown("::: note\n灯\n:::")
    assert markdown("::: hidden\n灯\n:::\n\n::: panel-tabset\n塔\n:::") == [para("灯"), para("塔")]


def test_commands_for_printed_pages() -> None:
    assert markdown("灯\n\n\\newpage\n\n{{< pagebreak >}}\n\n塔") == [para("灯"), para("塔")]


def test_files_that_quarto_includes() -> None:
    assert markdown("{{< include _a.qmd >}}") == markdown("![[./_a.qmd]]")
    assert markdown("{{< include a/b.R >}}") == [para("b.R", ("b.R", LINK, "a/b.R"))]


def test_grid_tables() -> None:
    source = (
        "+--------+----------+\n| 海     | 灯 塔    |\n+========+==========+\n| 一段话 | - 甲     |\n"
        "| 续行   | - 乙     |\n+--------+----------+\n| x      | `a|b`    |\n+--------+----------+\n"
    )
    assert markdown(source) == [
        table(
            (cell("海", header=True), cell("灯 塔", header=True)),
            (cell("一段话续行"), cell("- 甲\n- 乙")),
            (cell("x"), cell(para("a|b", ("a|b", CODE)))),
            head=1,
        )
    ]


def test_a_grid_whose_cells_span_others_keeps_its_drawing() -> None:
    source = "+---+---+\n| a | b |\n+---+---+\n| c     |\n+-------+"
    (code,) = markdown(source)
    assert isinstance(code, CodeBlock)
    assert code.text.text == source
    assert markdown("+---+\n文") == [para("+---+\n文")]


@pytest.mark.parametrize("piece", ["](a", "[a]{.b", "]{.a.", "+--", "+--+\n", ":a[", "$$\n", "| a "])
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: markdown(piece * size), 300)
