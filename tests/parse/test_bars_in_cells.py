r"""Bars in the cells of Markdown tables, `\|`, with misread delimiters after them."""

import pytest

from reader.document.blocks import MathBlock, SpanKind, Table
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse
from tests.parse.test_text_for_index import agrees


def text_of(cell: str) -> str:
    """The text of the second cell of a table's second row."""
    document = parse(Body(f"> | 名 | 值 |\n> | --- | --- |\n> | 灯塔 \\| b | {cell} |\n", BodyFormat.MARKDOWN))
    return document.leaves[-1].text.text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (r"a \| b ~c d~ e", "a | b ~c d~ e"),
        (r"灯 \| 港 \| $5 and $6", "灯 | 港 | $5 and $6"),
        (r"a \| std::map:smile:x", "a | std::map:smile:x"),
        (r"`a\|b` \| :smile:", "a|b | 😄"),
        (r"x \| ^e f^ \| g^h i^", "x | ^e f^ | g^h i^"),
        (r"x \| [[1, 2]] y", "x | [[1, 2]] y"),
        (r"~a \| b c d~ e", "~a | b c d~ e"),
        (r"a \| <b>b</b> $5 &amp; $6", "a | b $5 & $6"),
        (r"a \| https://example.org/b c", "a | https://example.org/b c"),
    ],
)
def test_text_after_an_escaped_bar_is_unchanged(cell: str, expected: str) -> None:
    assert text_of(cell) == expected


def test_formula_after_an_escaped_bar_fills_its_paragraph() -> None:
    document = parse(Body("| 值 |\n| --- |\n| \\|<br><br>$$x_1\\|x_2$$ |\n", BodyFormat.MARKDOWN))
    assert [(type(leaf), leaf.text.text) for leaf in document.leaves][-1] == (MathBlock, "x_1|x_2")


def test_script_after_an_escaped_bar_is_a_script() -> None:
    document = parse(Body("| 值 |\n| --- |\n| \\| \\| x^2^ and ~no~ |\n", BodyFormat.MARKDOWN))
    (table,) = document.blocks
    assert isinstance(table, Table)
    (span,) = document.leaves[-1].text.spans
    assert (span.kind, document.leaves[-1].text.text) == (SpanKind.SUPERSCRIPT, "| | x2 and ~no~")


def test_index_has_the_text_of_the_page() -> None:
    agrees("| 名 | 值 |\n| --- | --- |\n| a \\| $5 | c \\| $6 and $7 \\| e |\n")


def test_escaped_brackets_after_a_misread_formula_are_text() -> None:
    document = parse(Body("灯 $$`$$ \\[^1\\]: 港\n", BodyFormat.MARKDOWN))
    assert [leaf.text.text for leaf in document.leaves] == ["灯 $$`$$ [^1]: 港"]
