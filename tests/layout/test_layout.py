"""A layout as a whole: nothing is lost, nothing is too wide, and places are found both ways."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from reader.layout.cells import Cells

from reader.document.document import Document, Position
from reader.layout.flow import is_shown
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK, Line
from reader.settings import CodeStyle, Typesetting
from tests.layout.strategies import documents, typesettings

PLAIN = Typesetting()


def cells_of(line: Line, typesetting: Typesetting) -> int:
    cells = Cells(typesetting.ambiguous_width)
    return sum(cells.width(run.text) for run in line.runs)


def rejoined(lines: list[Line], document: Document) -> dict[int, str]:
    """For each leaf the text that its runs cover, in the order of their ranges; a gap or an overlap shows as one."""
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        for run in line.runs:
            if run.block != NO_BLOCK and run.start < run.end:
                ranges[run.block].append((run.start, run.end))
    found = {}
    for block, parts in ranges.items():
        parts.sort()
        found[block] = "".join(document.text(block)[start:end] for start, end in parts)
        assert all(one[1] == other[0] for one, other in zip(parts, parts[1:], strict=False)), parts
    return found


@settings(max_examples=150, deadline=None)
@given(documents(), st.integers(10, 200) | st.integers(10, 24), typesettings())
def test_every_document_at_every_width_is_whole_and_fits(
    document: Document, width: int, typesetting: Typesetting
) -> None:
    lines = Layout(document, width, typesetting).lines(0, 10**9)
    assert [cells for line in lines if (cells := cells_of(line, typesetting)) > width] == []
    assert not any(line.overflows for line in lines)
    expected = {number: leaf.text.text for number, leaf in enumerate(document.leaves) if is_shown(leaf) and leaf.text}
    assert rejoined(lines, document) == expected


@settings(max_examples=60, deadline=None)
@given(documents(), st.integers(10, 60), typesettings(code=st.just(CodeStyle.SCROLL)))
def test_only_code_that_scrolls_is_wider_than_asked(document: Document, width: int, typesetting: Typesetting) -> None:
    for line in Layout(document, width, typesetting).lines(0, 10**9):
        assert line.overflows or cells_of(line, typesetting) <= width


@settings(max_examples=120, deadline=None)
@given(documents(), st.integers(10, 100), typesettings())
def test_places_are_found_both_ways(document: Document, width: int, typesetting: Typesetting) -> None:
    layout = Layout(document, width, typesetting)
    cells = Cells(typesetting.ambiguous_width)
    for number, leaf in enumerate(document.leaves):
        for offset in range(len(leaf.text.text) + 1):
            row, cell = layout.cell_of(Position(number, offset))
            assert 0 <= row < max(layout.height, 1)
            if not is_shown(leaf) or not leaf.text:
                continue
            found = layout.position_at(row, cell)
            assert found.block == number
            # Another position, but in the same cell: inside a grapheme, or beside something without width.
            between = leaf.text.text[min(offset, found.offset) : max(offset, found.offset)]
            assert found.offset == offset or layout.cell_of(found) == (row, cell), (found, offset)
            assert cells.width(between) == 0 or found.offset < offset
