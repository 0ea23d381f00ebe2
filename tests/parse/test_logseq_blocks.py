"""Text next to the links and properties of Logseq, and its formulas."""

import pytest

from reader.document.blocks import CodeBlock, Heading, Inline, MathBlock, Quote, SpanKind
from tests.parse.blocks import bullets, item, markdown, para


@pytest.mark.parametrize("bracket", ["(内核，如 管道)", "(重根按 [[次]] 计)", "(灯)"])
def test_a_bracket_behind_a_wiki_link_is_text(bracket: str) -> None:
    made = markdown(f"在[[港]]{bracket}里")[0]
    assert made.text.text == f"在港{bracket.replace('[[', '').replace(']]', '')}里"  # type: ignore[union-attr]
    assert made.text.spans[0].value == "wiki:港"  # type: ignore[union-attr]


@pytest.mark.parametrize("target", ["https://a.example", "#灯", "灯 塔.md", 'b.md "题"', "../a"])
def test_an_address_behind_brackets_makes_a_link(target: str) -> None:
    assert markdown(f"[[1]]({target})")[0].text.text == "[1]"  # type: ignore[union-attr]


def test_environments_without_dollars_in_a_block_of_logseq() -> None:
    tex = "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}"
    source = "- 灯\n\t- 有\n\t  \\begin{aligned}\n\t  a &= b \\\\\n\t  c &= d\n\t  \\end{aligned}\n\t  塔"
    inner = item("有", MathBlock(Inline(tex)), "塔")
    assert markdown(source) == [bullets(item("灯", bullets(inner)))]
    assert isinstance(markdown("灯\n\n    \\begin{cases}\n    a\n    \\end{cases}")[1], CodeBlock)


def test_an_environment_of_several_lines_between_single_dollars() -> None:
    tex = "\\begin{cases} a \\\\ b \\end{cases}"
    made = markdown("设$\\begin{cases}\na \\\\\nb\n\\end{cases}$，则")
    assert made == [para(f"设{tex}，则", (tex, SpanKind.MATH))]
    assert "$" in markdown("设$\\begin{cases}\na\n\n\\end{cases}$")[0].text.text  # type: ignore[union-attr]


def test_lines_below_the_id_of_a_block_of_logseq() -> None:
    name = "9a45ad64-11cd-4613-ae84-08db72d6699a"
    below = "  ![图](a.png){:height 245, :width 287}\n  x:: y\n  collapsed:: true\n  $$r=x^2$$\n  塔"
    made = markdown(f"- 设：\n  id:: {name}\n{below}")
    shown = str(made)
    assert name in shown
    assert "^" + name not in shown
    assert "height" not in shown
    assert "collapsed" not in shown
    assert "r=x^2" in shown


def test_formulas_that_are_items() -> None:
    tex = "\\begin{cases} a \\\\ b \\end{cases}"
    assert markdown("- \\begin{cases}\n  a \\\\\n  b\n  \\end{cases}") == markdown(f"- $${tex}$$")


def test_a_link_behind_a_wiki_link() -> None:
    made = markdown("[[灯]][塔]([[港]])和[[一]][二](c.md)")[0]
    assert made.text.text == "灯塔和一二"  # type: ignore[union-attr]
    assert [span.value for span in made.text.spans] == ["wiki:灯", "wiki:港", "wiki:一", "c.md"]  # type: ignore[union-attr]


def test_highlights() -> None:
    assert markdown("^^灯 塔^^与 2^^3 与 `^^a^^`") == [
        para("灯 塔与 2^^3 与 ^^a^^", ("灯 塔", SpanKind.MARKED), ("^^a^^", SpanKind.CODE))
    ]


def test_lines_in_a_block_that_begins_and_ends() -> None:
    source = "- #+BEGIN_PINNED\n  ![图](a.png){:height 301, :width 598}\n  ^^灯^^\n  #+END_PINNED"
    shown = str(markdown(source))
    assert "height" not in shown
    assert "^^" not in shown


def test_a_line_with_ideographic_spaces_is_not_the_content_of_an_empty_item() -> None:
    assert markdown("灯塔\n  -\n　　　港口") == [para("灯塔"), para("港口")]


def test_an_empty_item_below_text_makes_no_heading() -> None:
    formula = item(MathBlock(Inline("x = 1")))
    assert markdown(
        "- 灯\n    - 式为：\n        -\n          $$x =\n            1$$\n        - 塔\n            -\n    - 港"
    ) == [bullets(item("灯", bullets(item("式为：", bullets(formula, "塔")), "港")))]
    assert markdown("灯\n-\n\n塔") == [Heading(Inline("灯"), 2), para("塔")]


@pytest.mark.parametrize("indent", ["\t", "    "])
def test_an_org_block_in_an_empty_item(indent: str) -> None:
    source = f"- 灯\n{indent}-\n{indent}  #+BEGIN_QUOTE\n{indent}  光 [[港]]\n{indent}  #+END_QUOTE\n{indent}- 塔"
    made = Quote((para("光 港", ("港", SpanKind.LINK, "wiki:港")),))
    assert markdown(source) == [bullets(item("灯", bullets(item(made), "塔")))]
    outermost = markdown("- 灯\n-\n  #+BEGIN_QUOTE\n  光 [[港]]\n  #+END_QUOTE\n- 塔")
    assert outermost == [bullets("灯", item(made), "塔")]


def test_times_that_logseq_hides() -> None:
    hidden = "".join(
        f"\n  {key}:: 1618995215395" for key in ("todo", "doing", "done", "created-at", "last-modified-at")
    )
    assert markdown(f"- DONE 点灯{hidden}\n- 塔") == markdown("- DONE 点灯\n- 塔")
    assert "done:: 灯" in str(markdown("- 点灯\n  done:: 灯"))
