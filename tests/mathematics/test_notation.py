"""Formulas in Unicode: on one line, in rows, and left as TeX where that would change their meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import get_default_latex_context_db

from reader.layout.cells import Cells
from reader.mathematics.notation import displayed_notation, inline_notation
from reader.mathematics.symbols import ATOMS
from tests.growth import assert_linear

WIDTH = Cells(1).width


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x^2", "x²"),
        ("a_1 + a_{12}", "a₁ + a₁₂"),
        (r"x_i^2", "xᵢ²"),
        (r"\sqrt{a+b}", "√(a + b)"),
        (r"\sqrt2 \cdot \sqrt[3]{x} \cdot \sqrt[n]{y}", "√2 ⋅ ∛x ⋅ ⁿ√y"),
        (r"\sum_{i=1}^n i", "∑ᵢ₌₁ⁿ i"),
        (r"\int_0^\infty e^{-x}\,dx", "∫₀^∞ e⁻ˣ dx"),
        (r"\alpha \le \beta \Rightarrow \Gamma", "α ≤ β ⇒ Γ"),
        (r"\hat y = \bar x + \vec v", "\u0177 = x\u0304 + v\u20d7"),
        (r"\hat{\beta_0}", "β̂₀"),
        (r"f: \mathbb{R}^n \to \mathcal{L}", "f : ℝⁿ → ℒ"),
        (r"\text{中文 } x", "中文 x"),
        (r"\mathrm{d}x", "dx"),
        (r"\operatorname{softmax}(x)", "softmax(x)"),
        (r"\sin^2 x + \log_2 n", "sin² x + log₂ n"),
        (r"a \equiv b \pmod n", "a ≡ b (mod n)"),
        (r"-x + (-y) = -1", "−x + (−y) = −1"),
        (r"\{1,2,\ldots,n\}", "{1, 2, …, n}"),
        (r"f'(x) = f''_n", "f′(x) = f′′ₙ"),
        (r"x \not\in A, y \ne z", "x ∉ A, y ≠ z"),
        (r"30^\circ", "30°"),
        (r"A^{\top} B^T", "AᵀBᵀ"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"\begin{cases} 1, & x>0 \\ 0, & \text{否则} \end{cases}", "{1, x > 0; 0, 否则"),
        (r"{a \over b}", "a/b"),
        (r"\overline{AB}", "A̅B̅"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"\color{red}{x} + \color{blue} y", "x + y"),
        ("x < y %", "x < y"),
        (r"5\,\mathrm{m^2}", "5 m²"),
        (r"\begin{cases} 1 & \text{if $x \le 0$} \\ 0 & \text{\small else} \end{cases}", "{1, if x ≤ 0; 0, else"),
        (r"\hbox{for \(k^2\) \textbf{only}}", "for k² only"),
        (r"\big{(}x\big{)}", "(x)"),
        (r"\textcircled{1} \textcircled{a}", "①ⓐ"),
        (r"a \* b", "a ∗ b"),
        (r"\mathop{\rm per}\nolimits A + {\rm erf} x", "per A + erf x"),
        (r"{\rm d}x + {\bf AB} c + \bf{x} y", "dx + 𝐀𝐁c + 𝐱y"),
        (r"\mathchoice{a}{b}{c}{d}", "a"),
        (r"\varlimsup a_n", "l̅i̅m̅ aₙ"),
        (r"A \stackrel{f}{\Leftrightarrow} B", "A ⇔[f] B"),
        (r"\ket{\psi}\bra{\phi} + \braket{a|H|b}", "|ψ⟩⟨ϕ| + ⟨a|H|b⟩"),
        (r"\braket{a}{b} \ketbra{c}{d} \dyad{e}", "⟨a|b⟩|c⟩⟨d||e⟩⟨e|"),
        (r"1{,}792 + f(1,792)", "1,792 + f(1, 792)"),
        (r"\boldsymbol{a = \frac{b}{\sqrt{c}}}", "𝐚 = 𝐛/√𝐜"),
        (r"x\lx@stackrel{g}{\longmapsto} y", "x ⟼[g] y"),
        (r"p \not\Longrightarrow q \centernot\to r", "p ⟹\u0338 q ↛ r"),
        (r"\slashed{p} \overleftarrow{a} G \sslash H", "p\u0338a\u20d6G ⫽ H"),
        (r"甲=乙\times丙", "甲 = 乙 × 丙"),
        (r"\tag{1} a = b", "a = b    (1)"),
    ],
)
def test_formula_on_one_line(tex: str, expected: str) -> None:
    assert inline_notation(tex) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\frac{TP}{TP+FP}", "TP/(TP + FP)"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{1}{2}x", "(1/2)x"),
        (r"2\frac{a}{b}", "2(a/b)"),
        (r"\frac{a}{b} + \frac{1}{2}", "a/b + 1/2"),
        (r"\frac{\frac ab}{c}", "(a/b)/c"),
        (r"\frac{a/b}{c}", "(a/b)/c"),
        (r"\frac{\sin x}{x}", "(sin x)/x"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"{(a+b)}^2", "(a + b)²"),
        (r"{a+b}^2", "(a + b)²"),
        (r"{\frac12}^x", "(1/2)ˣ"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"e^{x_i}", "e^(xᵢ)"),
        (r"x^{y^z}", "x^(yᶻ)"),
        (r"\nabla_\theta J", "∇_θ J"),
        (r"x_{i,j} y", "x_(i,j) y"),
        (r"\sqrt{xy}", "√(xy)"),
        (r"\sqrt{x}y", "√x y"),
        (r"-\frac{b}{2a}", "−b/(2a)"),
        (r"a/\frac{b}{c}", "a/(b/c)"),
    ],
)
def test_brackets_keep_the_meaning(tex: str, expected: str) -> None:
    assert inline_notation(tex) == expected


@pytest.mark.parametrize(
    ("tex", "rows"),
    [
        ("x^2", ["x²"]),
        (r"\frac{a+b}{c}", ["a + b", "─────", "  c  "]),
        (r"\sum_{i=1}^n i^2", [" n    ", " ∑  i²", "i=1   "]),
        (r"\lim_{x\to 0} f", ["lim f", "x→0  "]),
        # The limit and the denominator must not read as 12.
        (r"\sum_{i=1} \frac{a}{2}", ["     a", " ∑   ─", "i=1  2"]),
        (r"\frac12 \sum_{i=1} x", ["1       ", "─   ∑  x", "2  i=1  "]),
        (r"\sum_{n \bmod 2} x", ["   ∑    x", "n mod 2  "]),
        # Brackets are as tall as what they enclose, however they are written.
        (r"(\frac ab)", ["⎛a⎞", "⎜─⎟", "⎝b⎠"]),
        (r"f[\frac ab, (x)]", [" ⎡a     ⎤", "f⎢─, (x)⎥", " ⎣b     ⎦"]),
        (r"(\frac ab)^2", ["   2", "⎛a⎞ ", "⎜─⎟ ", "⎝b⎠ "]),
        (r"[\frac ab)(x)", ["⎡a⎞   ", "⎢─⎟(x)", "⎣b⎠   "]),
        (r"|\frac ab|", ["│a│", "│─│", "│b│"]),
        (r"P(A|\frac ab)", [" ⎛  a⎞", "P⎜A|─⎟", " ⎝  b⎠"]),
        (r"|a|\frac ab|", ["   a ", "|a|─|", "   b "]),
        (r"(x) \frac ab)", ["   a ", "(x)─)", "   b "]),
        (r"\int_0^1 x", ["∫₀¹ x"]),
        (r"e^{-\infty}", [" −∞", "e  "]),
        (r"\sqrt{\frac{a}{b}}", [" ┌──", " │a ", " │─ ", "√│b "]),
        (r"\begin{bmatrix} a & bb \\ c & d \end{bmatrix}", ["⎡a  bb⎤", "⎣c  d ⎦"]),
        (r"x = \begin{cases} 1 & \text{是} \\ 0 & \text{不是} \end{cases}", ["x = ⎧1  是  ", "    ⎩0  不是"]),
        (r"\begin{aligned} a &= b \\ &= cc \end{aligned}", ["a = b ", "  = cc"]),
        (r"a \\ bb", ["a ", "bb"]),
        (r"\underbrace{a+b}_{n}", ["a + b", "└─┬─┘", "  n  "]),
        (r"\boxed{x}", ["┌───┐", "│ x │", "└───┘"]),
        (r"\xrightarrow{f}", [" f ", "──→"]),
        (r"\overset{?}{=}", ["?", "="]),
        (r"\vec{AB}", ["─→", "AB"]),
        (r"\sum_{\begin{subarray}{c} i \\ j \end{subarray}} x", ["∑ x", "i  ", "j  "]),
        (r"\left\{\frac12\right\}", ["⎧1⎫", "⎨─⎬", "⎩2⎭"]),
        (r"\left\langle\frac12\right\rangle", ["╱1╲", "⟨─⟩", "╲2╱"]),
        (r"\left\langle\begin{matrix}a\\b\\c\\d\end{matrix}\right\rangle", [" ╱a╲ ", "╱ b ╲", "╲ c ╱", " ╲d╱ "]),
        (r"\left\langle\begin{matrix}a\\b\\c\\d\\e\end{matrix}\right.", [" ╱a", "╱ b", "⟨ c", "╲ d", " ╲e"]),
        (r"\braket{x|\frac12}", ["╱  1╲", "⟨x|─⟩", "╲  2╱"]),
        (r"\tag{1.2}\begin{aligned} a &= b \\ &= c \end{aligned}", ["a = b    (1.2)    ", "  = c             "]),
        (r"\displaylines{a \\ bb}", ["a ", "bb"]),
        (r"\overleftarrow{AB}", ["←─", "AB"]),
        # The columns of an array are aligned as its preamble says.
        (r"\begin{array}{ r@{,}*{1}{c} | l } a & b & c \\ aaa & bbb & c \end{array}", ["  a   b   c", "aaa  bbb  c"]),
        (r"\begin{array}{rp{2cm}@{p}r} a & b & c \\ aaa & bbb & ccc \end{array}", ["  a  b      c", "aaa  bbb  ccc"]),
        (r"\left(\begin{array}{ c } a \\ bbb \end{array}\right.", ["⎛ a ", "⎝bbb"]),
        # Backslashes that are escaped for Markdown.
        (r"\begin{cases} a & b \\\ c & d \end{cases}", ["⎧a  b", "⎩c  d"]),
        (r"f \\{x \\}", ["f{x}"]),
        (r"a \\ {b}", ["a", "b"]),
    ],
)
def test_formula_in_rows(tex: str, rows: list[str]) -> None:
    assert list(displayed_notation(tex, WIDTH)) == rows


def test_brackets_stay_small_where_their_parts_are_wide() -> None:
    rows = displayed_notation(r"(\frac ab)", lambda text: sum(2 if one in "⎛⎜⎝⎞⎟⎠─" else 1 for one in text))
    assert list(rows) == [" a ", "(-)", " b "]


@pytest.mark.parametrize(("opening", "closing"), [(r"\ulcorner ", r"\urcorner "), ("(", ")")])
def test_nested_brackets_that_stay_small_take_linear_time(opening: str, closing: str) -> None:
    def wide(text: str) -> int:
        return sum(2 if one in "⎛⎜⎝⎞⎟⎠─" else 1 for one in text)

    def draw(depth: int) -> None:
        assert len(displayed_notation(opening * depth + r"\frac ab" + closing * depth, wide)) == 3

    assert_linear(draw, 2, times=9)


def test_thousands_of_brackets_are_drawn() -> None:
    rows = list(displayed_notation("(" * 1000 + r"\frac ab" + ")" * 1000, WIDTH))
    assert len(rows) == 3
    assert rows[1].count("(") + rows[1].count("⎜") == 1000


@pytest.mark.parametrize(
    "tex",
    [
        r"\unknown{x}", r"\def\a{b} x", "x^", "{x", "x}", r"\frac{a}", r"\begin{tikzpicture} x \end{tikzpicture}",
        "a & b",         r"\left( x", "x^2^3", "x" * 5000, r"\text{a^b}", r"\unicode{0x2750}", r"\textcircled{xy}",
        "x < y % 甲", r"\text{\unknown}",
    ],
)  # fmt: skip
def test_unknown_or_broken_tex_stays_tex(tex: str) -> None:
    assert inline_notation(tex) == ""
    assert displayed_notation(tex, WIDTH) == ()


@pytest.mark.parametrize("tex", [r"\underbrace{a}_{b}", r"\vec{AB}", r"\overset{a}{\le}"])
def test_what_one_line_cannot_show_stays_tex(tex: str) -> None:
    assert inline_notation(tex) == ""
    assert displayed_notation(tex, WIDTH)


PIECES = [
    "x", "1", "+", "=", "^", "_", "{", "}", "&", " ", "(", ")", "'", ",", "中", "\\\\", "%", "$", "~", "[", "]", "|",
    *(f"\\{name} " for name in ("frac", "sqrt", "sum", "left", "right", "hat", "alpha", "text", "not", "over", "quad")),
    *(f"\\{kind}{{{name}}}" for kind in ("begin", "end") for name in ("matrix", "cases", "aligned")),
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_any_tex_has_even_rows_or_none(tex: str) -> None:
    line = inline_notation(tex)
    assert "\n" not in line
    rows = displayed_notation(tex, WIDTH)
    assert len({WIDTH(row) for row in rows}) <= 1
    assert not any("\\" in row for row in (line, *rows))


def test_deep_nesting_is_refused_in_time() -> None:
    assert inline_notation("{" * 1900 + "x" + "}" * 1900) == ""
    assert inline_notation(r"\frac{1}{" * 400 + "x" + "}" * 400) == ""
    assert displayed_notation(r"\sqrt{" * 600 + "x" + "}" * 600, WIDTH) == ()


def test_rules_of_two_cells_are_replaced() -> None:
    wide = Cells(2).width
    assert displayed_notation(r"\frac{a}{b}", wide) == ("a", "-", "b")
    assert displayed_notation(r"\boxed{x}", wide) == ()


DIFFERENT = {
    "barwedge", "bigoplus", "bigotimes", "blacksquare", "blacktriangle", "blacktriangledown", "bullet", "cdot",
    "diamond", "dotsb", "dotsi", "dotsm", "eth", "hbar", "mid", "preceq", "prime", "succeq", "triangledown",
    "triangleleft", "triangleright",
}  # fmt: skip
"""Commands for which the two tables prefer different characters of the same look."""


def test_symbols_are_those_of_another_table() -> None:
    others = get_default_latex_context_db()
    compared = 0
    for name, (text, _) in ATOMS.items():
        other = others.get_macro_spec(name)
        if other and other.macroname == name and isinstance(other.simplify_repl, str) and name not in DIFFERENT:
            assert (name, text) == (name, other.simplify_repl)
            compared += 1
    assert compared > 300
