"""Formulas in code spans, as blogdown has authors write them."""

import pytest

from reader.document.blocks import MathBlock, Paragraph, SpanKind, leaves
from tests.growth import assert_linear
from tests.parse.blocks import markdown


def spans(source: str, kind: SpanKind) -> list[str]:
    """The texts of the spans of a kind in order, and of displayed formulas."""
    found = []
    for block in markdown(source):
        for leaf in leaves(block):
            if isinstance(leaf, MathBlock) and kind is SpanKind.MATH:
                found.append(leaf.text.text)
            elif isinstance(leaf, Paragraph):
                own = (span for span in leaf.text.spans if span.kind is kind)
                found += (leaf.text.text[span.start : span.end] for span in own)
    return found


def test_code_spans_of_articles_written_so_are_formulas() -> None:
    source = (
        "当`$t$`从`$0$`到`$ x_1 $`，``$\\hat\\beta$ ``为\n`$a\n+ b$`。\n\n`$$\n\\sum_i x_i\n$$`\n\n- `$y^2$`和`lamp$1`"
    )
    assert spans(source, SpanKind.MATH) == ["t", "0", "x_1", "\\hat\\beta", "a + b", "\\sum_i x_i", "y^2"]
    assert spans(source, SpanKind.CODE) == ["lamp$1"]


@pytest.mark.parametrize(
    "source",
    [
        "`$HOME` and `$PATH$` and `$LANG$`",
        "one alone: `$x_1$`",
        "With MathJax, write `$x_1$` or `$y^2$`.",
        "Write `$x_1$` for $x_1$ and `$y^2$` for $y^2$.",
        "```\n`$x_1$` `$y^2$`\n```",
        "`$x_1` and `$y^2`",
    ],
)
def test_other_code_is_code(source: str) -> None:
    written = source.split("```", maxsplit=1)[0].count("`$")
    assert len(spans(source, SpanKind.CODE)) == written


def test_many_backticks_and_dollars_take_linear_time() -> None:
    for part in ("`$x_1$` ", "`$", "` $ `` $ ", "`$x_1$`\n\n"):
        assert_linear(lambda size, part=part: markdown(part * size), 1_000)  # type: ignore[misc]
