"""Formulas between single dollar signs in HTML."""

import pytest

from reader.document.blocks import Inline, MathBlock, Paragraph, SpanKind, Table, leaves
from tests.growth import assert_linear
from tests.parse.blocks import html, markdown


def formulas(source: str) -> list[str]:
    """The formulas of a body in order."""
    found = []
    for block in html(source):
        for leaf in leaves(block):
            text = getattr(leaf, "text", Inline())
            if isinstance(leaf, MathBlock):
                found.append(text.text)
            found += (text.text[span.start : span.end] for span in text.spans if span.kind is SpanKind.MATH)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>设 $m$，而 $a_i&lt;b$。</p><p>$$x^2$$</p>", ["m", "a_i<b", "x^2"]),
        ("<p>The loss $\\ell$ of\n$\\theta\n+ 1$ and $x$, $ \\pi $.</p>", ["\\ell", "\\theta + 1", "x", "\\pi"]),
        ("<p>With $x_1$ it is</p><p>\\[y\\]</p>", ["x_1", "y"]),
        ("<ul><li>a <b>$k_2$</b>, <code>$k_3$</code></li></ul><pre>$k_4$</pre><p>$$z$$</p>", ["k_2", "z"]),
    ],
)
def test_dollars_delimit_formulas_beside_others(body: str, expected: list[str]) -> None:
    assert formulas(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<p>From $5 to $10, or $1_000 and more.</p>",
        "<p>$x_1$ alone, without a displayed formula.</p>",
        "<p>Set $HOME_DIR and $PATH.</p><p>$$</p>",
        "<p>It cost $5, not \\$6$.</p><p>$$x$$</p>",
        "<p>Write <code>$\\alpha$</code> and <code>$\\beta$</code> and $5.</p>",
    ],
)
def test_other_dollars_are_text(body: str) -> None:
    assert [one for one in formulas(body) if one != "x"] == []


def test_many_dollars_take_linear_time() -> None:
    for part in ("$x_1$ ", "<b>$</b>", "$ ", "$$x$$ $y"):
        assert_linear(lambda size, part=part: html(f"<p>{part * size}</p>"), 1_000)  # type: ignore[misc]


@pytest.mark.parametrize(("around", "expected"), [("令 $x=1$。", "n_1"), ("$$\nx\n$$", "n_1"), ("令 x。", "")])
def test_html_in_markdown_with_formulas_has_them_too(around: str, expected: str) -> None:
    blocks = markdown(f"{around}\n\n<table><tr><td>行 $n_1$</td><td><code>$n_2$</code></td></tr></table>\n")
    spans = [
        leaf.text.text[span.start : span.end]
        for block in blocks
        if isinstance(block, Table)
        for leaf in leaves(block)
        if isinstance(leaf, Paragraph)
        for span in leaf.text.spans
        if span.kind is SpanKind.MATH
    ]
    assert "".join(spans) == expected
