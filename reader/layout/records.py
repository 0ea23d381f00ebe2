"""A table too wide for a grid, drawn as records: one field per line, labelled with its column header."""

from collections.abc import Iterator
from typing import Protocol

from reader.document.blocks import leaves
from reader.layout.cell_placement import PlacedCell
from reader.layout.cells import Cells
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.table import RowGroup
from reader.lean_dataclasses import replace

INDENT = 2
"""Indent in cells of all rows of a field except the first."""

_BESIDE = 8
"""Minimum width in cells of a page that has fields on the same row as their labels."""

_LABEL = Style(Role.MUTED)
_SEPARATOR = Run(" / ", _LABEL)


class Setter(Protocol):
    """Lays out the blocks of a cell."""

    def cell(self, placed: PlacedCell, width: int, base: Style, label: tuple[Run, ...] = ()) -> list[Line]:
        """The lines of a cell; `label` starts the first line, and the others are indented by `INDENT` cells."""
        ...

    def label(self, placed: PlacedCell, width: int, base: Style) -> list[Line]:
        """The text of a cell's leaves, one per line."""
        ...


def draw_records(rows: RowGroup, width: int, setter: Setter, cells: Cells) -> list[Line]:
    """The lines of some rows of a table. Labels are document text in the first record, and copies in the others."""
    return list(_lines(rows, width, setter, cells))


def _lines(rows: RowGroup, width: int, setter: Setter, cells: Cells) -> Iterator[Line]:
    shape = rows.shape
    if rows.stop <= shape.header_rows:
        for row in range(rows.start, rows.stop):
            for placed in rows.starting(row):
                yield from setter.cell(placed, width, Style(bold=True))
        return
    drawing = _Records(rows, width, setter, cells)
    for row in range(max(rows.start, shape.header_rows), rows.stop):
        if row > shape.header_rows and not rows.start_column:
            yield Line()
        yield from drawing.record(row)


class _Records:
    def __init__(self, rows: RowGroup, width: int, setter: Setter, cells: Cells) -> None:
        self._rows = rows
        self._shape = rows.shape
        self._width = width
        self._setter = setter
        self._cells = cells
        self._shown: set[PlacedCell] = set()

    def record(self, row: int) -> Iterator[Line]:
        """The fields of a row, from left to right; an empty field only if its label has not been shown yet."""
        first = self._rows.start < row == self._shape.header_rows
        stop = self._shape.columns if self._rows.stop_column is None else self._rows.stop_column
        for column in range(self._rows.start_column, stop):
            placed = self._shape.owners[row][column]
            if placed and placed.column != column:
                placed = None
            heads = self._heads(column)
            if placed and placed.cell.blocks:
                lines = self._field(placed, self._label(heads, copies=not first))
                # A cell that spans several rows is repeated in each of them as a copy.
                yield from lines if placed.row == row else map(_copy, lines)
            elif first and not self._shown.issuperset(heads):
                yield from self._label(heads, copies=False)

    def _heads(self, column: int) -> list[PlacedCell]:
        """The header cells of a column from top to bottom, without repetition."""
        found = [self._shape.owners[row][column] for row in range(self._shape.header_rows)]
        return list(dict.fromkeys(head for head in found if head and _has_text(head)))

    def _label(self, heads: list[PlacedCell], *, copies: bool) -> list[Line]:
        """The headers as a field's label, on one line if they fit; as copies if they were shown before."""
        room = max(self._width - INDENT, 2)
        lines: list[Line] = []
        for head in heads:
            own = self._setter.label(head, room, _LABEL)
            lines.extend(map(_copy, own) if copies or head in self._shown else own)
            self._shown.add(head)
        joined = Line(tuple(run for line in lines for run in (_SEPARATOR, *line.runs))[1:])
        if len(lines) > 1 and self._cells_of(joined) + 2 <= room:
            lines = [joined]
        if lines:
            colon = Run(": " if lines[-1].text.isascii() else "：", _LABEL)
            lines[-1] = replace(lines[-1], runs=(*lines[-1].runs, colon))
        return lines

    def _field(self, placed: PlacedCell, label: list[Line]) -> Iterator[Line]:
        """A label, then the content of the cell, on the same row if there is room."""
        base = Style(bold=placed.cell.header)
        wide = self._width >= _BESIDE
        if wide and len(label) == 1 and self._cells_of(label[0]) <= self._width // 2:
            yield from self._setter.cell(placed, self._width, base, label[0].runs)
            return
        yield from label
        indent = INDENT if label and wide else 0
        for line in self._setter.cell(placed, self._width - indent, base):
            yield replace(line, runs=(blank(indent), *line.runs)) if indent else line

    def _cells_of(self, line: Line) -> int:
        return sum(self._cells.width(run.text) for run in line.runs)


def _has_text(placed: PlacedCell) -> bool:
    return any(leaf.text for block in placed.cell.blocks for leaf in leaves(block))


def _copy(line: Line) -> Line:
    """A copy of a line that belongs to no position of the document."""
    return Line(tuple(replace(run, block=NO_BLOCK, start=0, end=0) for run in line.runs if run.text))
