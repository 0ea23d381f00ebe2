"""Vertical text as it is printed: rows whose columns are straight on the terminal that is configured."""

import pytest

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document
from reader.layout.cells import Cells
from reader.layout.head import Head
from reader.layout.vertical_pages import vertical_lines
from reader.settings.options import Typesetting

TEXT = "甲乙丙→丁→戊己庚辛壬癸子丑"


@pytest.mark.parametrize("ambiguous_width", [1, 2])
def test_columns_are_straight_beside_arrows(ambiguous_width: int) -> None:
    typesetting = Typesetting(ambiguous_width=ambiguous_width)
    lines = [
        line.text
        for line in vertical_lines(Head(""), Document((Paragraph(Inline(TEXT)),)), 20, 4, typesetting)
        if line.text.strip()
    ]
    cells = Cells(ambiguous_width)
    places = {one: cells.width(text[: text.index(one)]) for text in lines for one in text if one.strip()}
    # Columns of four rows, of which the first is indented by two; an arrow turns down.
    assert sum(text.count("↓") for text in lines) == 2
    assert "→" not in "".join(lines)
    for column in ("甲乙", "丙丁", "戊己庚辛", "壬癸子丑"):
        assert len({places[one] for one in column}) == 1, column
    assert places["甲"] > places["丙"] > places["戊"] > places["壬"]
