"""Formulas in a layout: the text stays TeX, and each of its positions has a cell."""

import pytest

from reader.document.blocks import Inline, MathBlock, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.layout.layout import Layout
from reader.layout.lines import Role
from reader.layout.span_at import span_at
from reader.settings.options import FormulaStyle, Typesetting
from tests.layout.laws import is_complete_and_fits, maps_both_ways

FRACTION = r"\frac{a+b}{c} = \sum_{i=1}^n i"


def paragraph(*parts: str) -> Paragraph:
    """A paragraph in which every second part is TeX."""
    spans, at = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append(Span(at, at + len(part), SpanKind.MATH))
        at += len(part)
    return Paragraph(Inline("".join(parts), tuple(spans)))


def rows(document: Document, width: int, typesetting: Typesetting | None = None) -> list[str]:
    return [line.text for line in Layout(document, width, typesetting or Typesetting()).lines(0, 999)]


def test_inline_formula_is_set_in_the_line() -> None:
    assert rows(Document((paragraph("设 ", "x^2+1", " 为 ", r"\alpha", "。"),)), 40) == ["设 x² + 1 为 α。"]
    assert rows(Document((paragraph("", "x^2"),)), 40) == ["x²"]


def test_displayed_formula_is_set_in_centred_rows() -> None:
    found = rows(Document((MathBlock(Inline(FRACTION)),)), 25)
    assert found == ["      a + b    n", "      ───── =  ∑  i", "        c     i=1"]


def test_formula_that_is_too_wide_for_rows_is_set_on_lines() -> None:
    found = rows(Document((MathBlock(Inline(" + ".join([r"\frac{a}{b}"] * 9))),)), 20)
    assert "".join(found).replace(" ", "") == "+".join(["a/b"] * 9)


def test_tex_is_shown_where_nothing_else_is_true_and_where_it_is_set() -> None:
    unknown = Document((paragraph("见 ", r"\unknown x", "。"),))
    assert rows(unknown, 40) == [r"见 \unknown x。"]
    runs = Layout(unknown, 40, Typesetting()).line(0).runs
    assert [run.text for run in runs if run.style.role is Role.CODE] == [r"\unknown x"]
    as_tex = Typesetting(formulas=FormulaStyle.TEX)
    assert rows(Document((paragraph("设 ", "x^2", "。"),)), 40, as_tex) == ["设 x^2。"]
    assert rows(Document((MathBlock(Inline(r"\frac ab")),)), 20, as_tex) == [r"      \frac ab"]


DOCUMENTS = [
    Document(
        (paragraph("前面的字 ", "x^2+y^2=z^2", " 中 ", r"\unknown", " 后面的字，还有很多字 ", r"\alpha_1", "。"),)
    ),
    Document((paragraph("", r"\sum_{i=1}^n i^2 = \frac{n(n+1)(2n+1)}{6}", ""), paragraph("甲"))),
    Document((paragraph("a", "x_1", "", "y", "b", "z^2"),)),
    Document((MathBlock(Inline(FRACTION)), paragraph("乙 ", "x", ""))),
    Document((MathBlock(Inline("x")), MathBlock(Inline(r"\frac{1}{2}")), MathBlock(Inline(r"\nothing")))),
]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("width", [8, 12, 24, 60])
@pytest.mark.parametrize("options", [{}, {"justify": True, "cjk_latin_space": True}, {"first_line_indent": 2}])
def test_every_position_has_a_cell(document: Document, width: int, options: dict[str, int]) -> None:
    typesetting = Typesetting(**options)  # type: ignore[arg-type]
    is_complete_and_fits(document, width, typesetting)
    maps_both_ways(document, width, typesetting)


def test_rows_of_a_formula_share_its_text() -> None:
    layout = Layout(Document((MathBlock(Inline(FRACTION)),)), 40, Typesetting())
    places = [layout.position_at(row) for row in range(3)]
    assert places == [Position(0, 0), Position(0, len(FRACTION) // 3), Position(0, 2 * len(FRACTION) // 3)]


def test_selection_over_a_formula_is_its_tex() -> None:
    document = Document((paragraph("甲", "x^2", "乙"),))
    layout = Layout(document, 40, Typesetting())
    start, end = span_at(layout, 0, 0)[0], span_at(layout, 0, 4)[1]
    assert (start, end) == (Position(0, 0), Position(0, 5))
    assert document.text(0)[start.offset : end.offset] == "甲x^2乙"
