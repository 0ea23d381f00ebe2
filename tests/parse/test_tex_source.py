"""Comments in TeX end with their lines, so they are removed before the lines are joined."""

import pytest

from reader.document.blocks import Inline, MathBlock, Paragraph, Span, SpanKind, leaves
from reader.parse.html import parse_html
from reader.parse.markdown import parse_markdown
from reader.parse.tex_source import from_markdown, in_markdown, on_one_line
from reader.settings.options import SourceBreaks
from tests.export.compared import written


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a % the first\n+ b", "a + b"),
        ("1%\n6", "16"),
        ("\\frac{a}%\n  {b}", "\\frac{a}{b}"),
        ("\\alpha% a letter\nb", "\\alpha b"),
        ("\\alpha%\n%\r\n{b}", "\\alpha {b}"),
        ("50\\% \\\\% end\n  c", "50\\% \\\\c"),
        ("a\n+ b % the end", "a + b"),
        ("a \\\\%\nb", "a \\\\b"),
        ("x < y % of one line", "x < y % of one line"),
        ("\\", "\\"),
    ],
)
def test_comments_end_with_their_lines(source: str, expected: str) -> None:
    assert on_one_line(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$$\na % the first\n+ b\n$$\n", "a + b"),
        ("> $$a % the first\n> + b$$\n", "a + b"),
        ("$$\n2.6%\n$$\n", "2.6%"),
        ("$$\na % b\n2.6%\n$$\n", "a 2.6%"),
        ("甲 $\\begin{array}{c}\na%\n\\end{array}$ 乙 50% 丙", "\\begin{array}{c} a \\end{array}"),
        ("```math\na % the first\n+ b\n```\n", "a + b"),
        ("\\begin{align}\na &= b % why\n\\end{align}\n", "\\begin{align} a &= b \\end{align}"),
        ("甲 $\\begin{array}{c}\na % c\n\\end{array}$ 乙 50% 丙", "\\begin{array}{c} a \\end{array}"),
    ],
)
def test_comments_in_markdown(source: str, expected: str) -> None:
    (found,) = (
        leaf.text.text[one.start : one.end] if one else leaf.text.text
        for block in parse_markdown(source, SourceBreaks.AUTO)
        for leaf in leaves(block)
        for one in ([None] if isinstance(leaf, MathBlock) else leaf.text.spans)
        if one is None or one.kind is SpanKind.MATH
    )
    assert found == expected


@pytest.mark.parametrize(
    "formula",
    [
        '<math alttext="a%\n +b"><mi>a</mi></math>',
        '<math><semantics><mi>a</mi><annotation encoding="application/x-tex">a%\n+b</annotation></semantics></math>',
        '<script type="math/tex">a% c\n+b</script>',
        '<img class="tex" alt="a%\n+b">',
    ],
)
def test_comments_in_pages(formula: str) -> None:
    found = [
        leaf.text.text[one.start : one.end]
        for block in parse_html(f"<p>甲 {formula} 乙</p>")
        for leaf in leaves(block)
        for one in leaf.text.spans
        if one.kind is SpanKind.MATH
    ]
    assert found == ["a+b"]


@pytest.mark.parametrize("shape", ["${}$", "$$\n{}\n$$", "```math\n{}\n```", "- ${}$", "<b></b> ${}$"])
def test_references_in_markdown_are_decoded_once(shape: str) -> None:
    tex = r"a &lt; &sigma;^2 &#960; &amp;lt; d & e &amp; f &nothing; &pi"
    blocks = parse_markdown(shape.format(tex), SourceBreaks.AUTO)
    assert [leaf.text.text for block in blocks for leaf in leaves(block)] == [r"a < σ^2 π &lt; d & e & f &nothing; &pi"]


@pytest.mark.parametrize(
    "tex", [r"a &lt; b", r"a &amp;amp; b", r"a &amp;lt; b", r"a & b; c", "&sigma; &c;", "&#x3c; &#;"]
)
def test_tex_with_references_of_its_own_stays_as_it_is(tex: str) -> None:
    assert from_markdown(in_markdown(tex)) == tex
    for block in (MathBlock(Inline(tex)), Paragraph(Inline(f"x {tex} y", (Span(2, 2 + len(tex), SpanKind.MATH),)))):
        assert parse_markdown(written([block])) == [block]
