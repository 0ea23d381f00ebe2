"""The text around formulas that a script typesets in a browser."""

from reader.document.blocks import SpanKind
from reader.parse.formulas import with_punctuation
from reader.parse.inline import Draft
from reader.parse.spans import RawSpan
from tests.growth import assert_linear


def test_many_displayed_formulas_with_punctuation_take_linear_time() -> None:
    def draft(size: int) -> Draft:
        piece = "x\n\n, 灯塔\n\n"
        starts = range(0, size * len(piece), len(piece))
        return Draft(piece * size, [RawSpan(start, start + 1, start, SpanKind.MATH) for start in starts])

    assert with_punctuation(draft(2)).text == "x,\n\n 灯塔\n\nx,\n\n 灯塔\n\n"
    assert_linear(lambda size: with_punctuation(draft(size)), 4_000)
