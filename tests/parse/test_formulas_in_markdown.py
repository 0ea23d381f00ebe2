"""Formulas in Markdown bodies."""

import pytest

from reader.document.blocks import (
    Inline,
    MathBlock,
    Paragraph,
    SpanKind,
)
from tests.parse.blocks import image, markdown, para


def test_formulas() -> None:
    assert markdown("$$\n\\int_0^1 x < y\n$$\n\n甲 $$b$$ 乙") == [
        MathBlock(Inline(r"\int_0^1 x < y")),
        para("甲 b 乙", ("b", SpanKind.MATH)),
    ]


def test_a_formula_does_not_cross_lines_or_pictures() -> None:
    assert markdown("看 $pid 的\n![图](a.png)\n再看 $x 的") == [
        para("看 $pid 的"),
        image("图", "a.png"),
        para("再看 $x 的"),
    ]


@pytest.mark.parametrize(
    ("source", "tex"),
    [
        ("价$5，设 $x_1$ 为", "x_1"),
        (r"设 $n \text{ 个}$ 为", r"n \text{ 个}"),
        ("设 $x'$ 为", "x'"),
        (r"设 $u_1'\sim v''$ 为", r"u_1'\sim v''"),
        (r"设 $1 \le n，m \ge 2$ 为", r"1 \le n，m \ge 2"),
        ("设 $1^n$(个) 为", "1^n"),
        (r"设 \(a*b*c\) 为", "a*b*c"),
        (r"设 \\(c_1 + c_2\\) 为", "c_1 + c_2"),
    ],
)
def test_formulas_in_a_line(source: str, tex: str) -> None:
    (paragraph,) = markdown(source)
    assert isinstance(paragraph, Paragraph)
    assert [paragraph.text.text[span.start : span.end] for span in paragraph.text.spans] == [tex]


def test_multi_line_formula_is_one_whatever_its_lines_begin_with() -> None:
    assert markdown("$$\na\n- b\n\n> c\n$$\n\n\\[\n+ x\n= y\n\\]") == [
        MathBlock(Inline("a - b > c")), MathBlock(Inline("+ x = y")),
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "tex"), [("$$x$$", "x"), ("$$\nx\n$$", "x"), ("$$ x $$,", "x,")])
def test_displayed_formulas_on_lines_of_their_own_stand_apart(written: str, tex: str) -> None:
    apart = [para("甲 a"), MathBlock(Inline(tex)), para("b 乙")]
    assert markdown(f"甲 a\n{written}\nb 乙") == apart
    assert markdown(f"甲 a\n{written}\n<u>b</u> 乙") == [*apart[:2], para("b 乙", ("b", SpanKind.UNDERLINE))]
    assert markdown(f"甲 a\n{written}") == apart[:2]


def test_a_formula_between_words_stays_there() -> None:
    assert markdown("甲 $$x$$ 乙\n$y$\n丙") == [para("甲 x 乙\ny\n丙", ("x", SpanKind.MATH), ("y", SpanKind.MATH))]
