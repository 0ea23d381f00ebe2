"""What holds for the layout of every document, for the property tests and the fuzzer."""

from collections import defaultdict
from itertools import pairwise

from reader.document.document import Document, Position
from reader.layout.cells import Cells
from reader.layout.flow import is_shown
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK, Line
from reader.settings.options import Typesetting


def cells_of(line: Line, typesetting: Typesetting) -> int:
    cells = Cells(typesetting.ambiguous_width)
    return sum(cells.width(run.text) for run in line.runs)


def rejoined(lines: list[Line], document: Document) -> dict[int, str]:
    """For each leaf the text that its runs cover, in order of their ranges, so that gaps and overlaps are visible."""
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        for run in line.runs:
            if run.block != NO_BLOCK and run.start < run.end:
                ranges[run.block].append((run.start, run.end))
    found = {}
    for block, parts in ranges.items():
        parts.sort()
        found[block] = "".join(document.text(block)[start:end] for start, end in parts)
        assert all(one[1] == other[0] for one, other in pairwise(parts)), parts
    return found


def is_complete_and_fits(document: Document, width: int, typesetting: Typesetting) -> None:
    """Check that every character is on a line, once and in order, and that no line is wider than asked."""
    lines = Layout(document, width, typesetting).lines(0, 10**9)
    assert [cells for line in lines if (cells := cells_of(line, typesetting)) > width] == []
    assert not any(line.overflows for line in lines)
    expected = {number: leaf.text.text for number, leaf in enumerate(document.leaves) if is_shown(leaf) and leaf.text}
    assert rejoined(lines, document) == expected


def maps_both_ways(document: Document, width: int, typesetting: Typesetting) -> None:
    """Check that every position has a cell, and that this cell has the same position."""
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
            # It may be another position in the same cell: inside a cluster, or next to text without width, such as
            # dropped spaces.
            between = leaf.text.text[min(offset, found.offset) : max(offset, found.offset)]
            assert found.offset == offset or layout.cell_of(found) == (row, cell), (found, offset)
            assert cells.width(between.strip(" \u3000")) == 0 or found.offset < offset
