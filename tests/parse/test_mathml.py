"""MathML becomes TeX that means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import SpanKind, leaves
from reader.parse.html import parse_html


def formulas(source: str) -> list[str]:
    """Return the formulas of an HTML paragraph, block formulas included."""
    found: list[str] = []
    for block in parse_html(f"<p>甲{source}乙</p>"):
        for leaf in leaves(block):
            text = leaf.text
            found += [text.text[one.start : one.end] for one in text.spans if one.kind is SpanKind.MATH]
    return found


def tex(content: str) -> str:
    """Return the TeX of one `<math>` element with the given content."""
    (found,) = formulas(f"<math>{content}</math>")
    return found


X, Y, ONE, TWO, TEN = "<mi>x</mi>", "<mi>y</mi>", "<mn>1</mn>", "<mn>2</mn>", "<mn>10</mn>"
SUM = f"<mrow>{X}<mo>+</mo>{Y}</mrow>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{X}<mo>+</mo>{ONE}", "x+1"),
        ("<mfrac><mn>3</mn><mn>4</mn></mfrac>", "3/4"),
        (f"{TEN}<mo>×</mo><msup>{TEN}<mn>8</mn></msup>", "10×10^8"),
        (f"<msup>{TEN}<mn>12</mn></msup>", "10^{12}"),
        (f"<msup><mrow><mo>(</mo>{SUM}<mo>)</mo></mrow>{TWO}</msup>", "{(x+y)}^2"),
        (f"<mfrac>{SUM}{TWO}</mfrac>", r"\frac{x+y}{2}"),
        (f"{TWO}<mfrac>{ONE}{TWO}</mfrac>", r"2\frac{1}{2}"),
        (f"<mfrac>{ONE}{TWO}</mfrac>{X}", r"\frac{1}{2}x"),
        (f"{X}<mo>=</mo><mfrac>{ONE}{TWO}</mfrac>", "x=1/2"),
        (f"<msup>{X}<mfrac>{ONE}{TWO}</mfrac></msup>", "x^{1/2}"),
        (f"<msqrt>{X}<mo>+</mo>{Y}</msqrt>", r"\sqrt{x+y}"),
        (f"<mroot>{SUM}<mn>3</mn></mroot>", r"\sqrt[3]{x+y}"),
        (f"<msub>{X}<mi>i</mi></msub>", "x_i"),
        (f"<msubsup>{X}<mi>i</mi>{TWO}</msubsup>", "x_i^2"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
         "∑_{i=1}^ni"),
        (f"<munder><mo>lim</mo><mrow>{X}<mo>→</mo><mn>0</mn></mrow></munder>{Y}", r"\lim_{x→0}y"),
        (f"<mi>sin</mi><mo>\u2061</mo>{X}", r"\sin x"),
        (f"<mover accent='true'>{X}<mo>¯</mo></mover>", r"\overline{x}"),
        (f"<mover><msub>{X}{TWO}</msub><mo accent='true'>―</mo></mover>", r"\overline{x_2}"),
        (f"<mover>{X}<mo>→</mo></mover>", r"\vec{x}"),
        ("<mover><mo>=</mo><mtext>def</mtext></mover>", r"\overset{\text{def}}{=}"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f'"),
        ("<mi mathvariant='double-struck'>R</mi>", r"\mathbb{R}"),
        ("<mi>速度</mi><mo>=</mo><mn>3</mn>", r"\text{速度}=3"),
        (f"<mfenced open='[' close=')'>{X}{Y}</mfenced>", "[x,y)"),
        (f"<mtable><mtr><mtd>{X}</mtd><mtd>{Y}</mtd></mtr><mtr><mtd>{ONE}</mtd><mtd>{TWO}</mtd></mtr></mtable>",
         r"\begin{matrix}x & y \\ 1 & 2\end{matrix}"),
        (f"<mi>f</mi><mo>=</mo><mo>{{</mo><mtable><mtr><mtd>{X}</mtd></mtr><mtr><mtd>{Y}</mtd></mtr></mtable>",
         r"f=\begin{cases}x \\ y\end{cases}"),
        (f"{X}<mo>=</mo><mrow><mo>[</mo><mtable><mtr><mtd>{ONE}</mtd><mtd>{TWO}</mtd></mtr></mtable><mo>]</mo></mrow>",
         r"x=\begin{bmatrix}1 & 2\end{bmatrix}"),
        (f"<mfenced><mtable><mtr><mtd>{ONE}</mtd></mtr></mtable></mfenced>", r"\begin{pmatrix}1\end{pmatrix}"),
        (f"<mo>[</mo><mtable><mtr><mtd>{ONE}</mtd></mtr></mtable><mo>)</mo>", r"[\begin{matrix}1\end{matrix})"),
        (f"{X}<mtext>\n\u00a0which gives\u00a0</mtext>{Y}", r"x\text{ which gives }y"),
        (f"{X}<mtext> a  b </mtext>{Y}", r"x\text{a b}y"),
        ("<mmultiscripts><mi>C</mi><mn>6</mn><none/><mprescripts/><mn>1</mn><mn>2</mn></mmultiscripts>", "{}_1^2C_6"),
        (f"<menclose notation='updiagonalstrike'>{X}</menclose>", r"\cancel{x}"),
        ("<mn>50</mn><mo>%</mo>", r"50\%"),
        (f"<semantics>{SUM}<annotation-xml><ci>no</ci></annotation-xml></semantics>", "x+y"),
        (f"<mstyle displaystyle='true'>{X}<mphantom>{Y}</mphantom></mstyle>", "x"),
    ],
)  # fmt: skip
def test_presentation_mathml_keeps_its_meaning(content: str, expected: str) -> None:
    assert tex(content) == expected


def test_authors_tex_takes_precedence() -> None:
    note = '<annotation encoding="application/x-tex">{\\displaystyle a^{2}}</annotation>'
    assert tex(f"<semantics>{X}{note}</semantics>") == "a^{2}"
    assert formulas(f'<math alttext="\\sqrt{{a}}">{X}</math>') == ["\\sqrt{a}"]


def test_mathjax_3_formula_occurs_once() -> None:
    assert formulas(
        f"<mjx-container><mjx-math><mjx-mi><mjx-c class='x'></mjx-c></mjx-mi></mjx-math>"
        f"<mjx-assistive-mml><math>{X}<mo>+</mo>{ONE}</math></mjx-assistive-mml></mjx-container>"
    ) == ["x+1"]


WIKIPEDIA = (
    '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;">'
    '<math alttext="{{\\displaystyle {0}}}">{1}</math></span>'
    '<img class="mwe-math-fallback-image-inline" alt="{{\\displaystyle {0}}}"></span>'
)


def test_mediawiki_formula_occurs_once() -> None:
    assert formulas(WIKIPEDIA.format("x+1", f"{X}<mo>+</mo>{ONE}")) == ["x+1"]


def test_formula_that_occurs_twice_is_kept_twice() -> None:
    once = WIKIPEDIA.format("x", X)
    assert formulas(f"{once}，{once}") == ["x", "x"]


def test_an_unclosed_formula_ends_with_its_paragraph_and_loses_nothing() -> None:
    first, second = parse_html(f"<p><math>{X}<mfrac>{ONE}乙</p><p>丙</p>")
    assert [leaf.text.text for leaf in leaves(first)] == [r"x\frac{1}{乙}"]
    assert [leaf.text.text for leaf in leaves(second)] == ["丙"]


_TAGS = ("mrow", "mfrac", "msup", "msub", "msubsup", "munderover", "mover", "msqrt", "mroot", "mtable", "mtr", "mtd",
         "mfenced", "mmultiscripts", "menclose", "semantics", "mstyle")  # fmt: skip


@given(
    st.recursive(
        st.text("abcxyz", min_size=1, max_size=1).map(lambda name: f"<mi>{name}</mi>"),
        lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, min_size=1, max_size=4)).map(
            lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
        ),
        max_leaves=20,
    )
)
def test_no_symbol_is_lost(content: str) -> None:
    """Every identifier of any tree, `semantics` apart from its first child, is in the TeX with balanced braces."""
    made = tex(content)
    assert made.count("{") == made.count("}")
    if "<semantics>" not in content:
        for name in "abcxyz":
            assert made.count(name) >= content.count(f"<mi>{name}</mi>")


def test_a_deep_formula_is_bounded() -> None:
    deep = "<mrow>" * 5000 + X + "</mrow>" * 5000
    assert tex(deep) == "x"
