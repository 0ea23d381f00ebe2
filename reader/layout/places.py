"""Mapping between document positions and screen cells, by binary search."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.document.document import Position
from reader.layout.cells import Cells, clusters
from reader.layout.lines import NO_BLOCK, Line, Run


class Places:
    """The positions of some lines. Rows are counted from 0 at the first of them."""

    def __init__(self, lines: Sequence[Line], cells: Cells) -> None:
        self._lines = lines
        self._cells = cells
        self._runs: dict[int, list[tuple[int, int, Run]]] = {}
        anchors: dict[int, list[tuple[int, int, Run]]] = {}
        pictures: dict[int, int] = {}
        for row, line in enumerate(lines):
            for number, run in enumerate(line.runs):
                if run.block == NO_BLOCK:
                    continue
                found = self._runs if run.start < run.end else anchors
                found.setdefault(run.block, []).append((row, number, run))
            if line.picture is not None and line.picture.row == 0:
                pictures[line.picture.leaf] = row
        self._pictures = pictures
        """The rows at which pictures begin, by leaf; alt text may be below them."""
        for block, entries in anchors.items():
            # A leaf without text is located at its label or rule.
            self._runs.setdefault(block, entries[:1])
        self._starts: dict[int, list[int]] = {}
        for block, entries in self._runs.items():
            entries.sort(key=lambda entry: entry[2].start)
            self._starts[block] = [entry[2].start for entry in entries]
        self._blocks = sorted(self._runs)

    def cell_of(self, position: Position) -> tuple[int, int] | None:
        """The row and cell of a position; if its leaf has no rows, those of the next leaf with rows, or else None."""
        block, offset = position.block, position.offset
        if offset == 0 and block in self._pictures:
            return self._pictures[block], 0
        if block not in self._runs:
            following = bisect_right(self._blocks, block)
            if following == len(self._blocks):
                return None
            block, offset = self._blocks[following], 0
        row, number, run = self._runs[block][max(bisect_right(self._starts[block], offset) - 1, 0)]
        before = sum(self._cells.width(previous.text) for previous in self._lines[row].runs[:number])
        return row, before + (self._cells.before(run.text, max(offset - run.start, 0)) if run.start < run.end else 0)

    def position_at(self, row: int, cell: int) -> Position | None:
        """The position at a cell or nearest to it in its row; None if this and all lower rows have no text.

        Cells after the last character of a row map to the position after that character.
        """
        for line in self._lines[row:]:
            found = self._in_line(line, cell)
            if found is not None:
                return found[0]
            # A row without text maps to the start of the next row.
            cell = 0
        return None

    def span_at(self, row: int, cell: int) -> tuple[Position, Position] | None:
        """The positions before and after the character at a cell; None if the row has no text.

        Both are equal outside the text of a row.
        """
        return self._in_line(self._lines[row], cell)

    def _in_line(self, line: Line, cell: int) -> tuple[Position, Position] | None:
        widths = [self._cells.width(run.text) for run in line.runs]
        nearest: tuple[int, Run] | None = None
        is_replaced = False
        for start, run in zip(accumulate(widths, initial=0), line.runs, strict=False):
            if run.block == NO_BLOCK:
                continue
            if nearest is not None and start > cell:
                break
            beside = nearest is not None and run.block != nearest[1].block
            if nearest is None or (run.start < run.end and (run.text or nearest[1].text or beside or is_replaced)):
                # Of several empty runs at the end, the first marks the end of the text, unless another leaf follows.
                nearest, is_replaced = (start, run), False
            elif run.text:
                # The text of this run stands for the empty run before it.
                is_replaced = True
        if nearest is None:
            return None
        start, run = nearest
        first = Position(run.block, run.start)
        if not run.text or run.start == run.end:
            return first, first
        before = self._cells.cut(run.text, max(cell - start, 0))
        taken = len(next(clusters(run.text[before:]), "")) if start <= cell else 0
        return Position(run.block, run.start + before), Position(run.block, run.start + before + taken)
