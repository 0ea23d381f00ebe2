"""The places of the cells of a table in its grid, which spans shift.

A long table without spans is placed row by row, as its rows are accessed.
"""

from collections.abc import Sequence
from typing import overload

from reader.document.blocks import Cell, Leaf, Table, leaves
from reader.lean_dataclasses import dataclass

_WIDEST_SPAN = 64
_TALLEST_SPAN = 256
"""Maximum column and row spans of a cell; larger ones only occur in broken or hostile sources."""

_WIDEST_SPREAD = 50_000
"""Maximum number of grid slots that the spans of a whole table may add; further spans count as 1."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCell:
    """A cell in the grid: its first row and column, how many of them it covers, and the number of its first leaf."""

    cell: Cell
    leaf: int
    row: int
    column: int
    rows: int
    columns: int


_Row = list[PlacedCell | None]


class _PlainRows(Sequence[_Row]):
    """The rows of a table without spans, placed on demand, because the first page of a long table needs few."""

    def __init__(self, rows: Sequence[tuple[Cell, ...]], starts: Sequence[int], columns: int) -> None:
        self._rows = rows
        self._starts = starts
        self._columns = columns
        self._placed: dict[int, _Row] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, row: int) -> _Row: ...
    @overload
    def __getitem__(self, row: slice) -> list[_Row]: ...
    def __getitem__(self, row: int | slice) -> _Row | list[_Row]:
        if isinstance(row, slice):
            return [self[number] for number in range(len(self))[row]]
        number = range(len(self))[row]
        placed = self._placed.get(number)
        if placed is None:
            # Return the same object for a cell at each access.
            placed = self._placed[number] = self._place(number)
        return placed

    def _place(self, row: int) -> _Row:
        placed: _Row = []
        leaf = self._starts[row]
        for column, cell in enumerate(self._rows[row]):
            placed.append(PlacedCell(cell, leaf, row, column, 1, 1))
            leaf += _leaf_count(cell)
        return placed + [None] * (self._columns - len(placed))


def place(table: Table, first_leaf: int) -> tuple[Sequence[_Row], list[int], int]:
    """The owner of each grid slot (HTML 4.9.12.1, forming a table), the first leaf of each row, and the column count.

    Args:
        table: The table.
        first_leaf: The number of its first leaf.
    """
    if any(cell.column_span > 1 or cell.row_span > 1 for row in table.rows for cell in row):
        owners, starts = _place_spans(table, first_leaf)
        columns = max((len(row) for row in owners), default=0)
        for covered in owners:
            covered.extend([None] * (columns - len(covered)))
        return owners, starts, columns
    starts = [first_leaf]
    for row in table.rows:
        starts.append(starts[-1] + sum(map(_leaf_count, row)))
    columns = max(map(len, table.rows), default=0)
    return _PlainRows(table.rows, starts, columns), starts, columns


def _place_spans(table: Table, first_leaf: int) -> tuple[list[list[PlacedCell | None]], list[int]]:
    owners: list[list[PlacedCell | None]] = []
    starts = [first_leaf]
    leaf = first_leaf
    spread = 0
    reaching: dict[int, PlacedCell] = {}
    for row, row_cells in enumerate(table.rows):
        reaching = {column: placed for column, placed in reaching.items() if row < placed.row + placed.rows}
        places: dict[int, PlacedCell] = dict(reaching)
        column = 0
        for cell in row_cells:
            while column in places:
                column += 1
            if cell.column_span <= 1 and cell.row_span <= 1:
                places[column] = PlacedCell(cell, leaf, row, column, 1, 1)
                column += 1
                leaf += _leaf_count(cell)
                continue
            columns = min(max(cell.column_span, 1), _WIDEST_SPAN) if spread < _WIDEST_SPREAD else 1
            free = next((span for span in range(1, columns) if column + span in places), columns)
            rows = min(max(cell.row_span, 1), _TALLEST_SPAN, _rows_left(table, row)) if spread < _WIDEST_SPREAD else 1
            spread += rows * free - 1
            placed = PlacedCell(cell, leaf, row, column, rows, free)
            places.update(dict.fromkeys(range(column, column + free), placed))
            if rows > 1:
                reaching.update(dict.fromkeys(range(column, column + free), placed))
            column += free
            leaf += _leaf_count(cell)
        owners.append([places.get(column) for column in range(max(places, default=-1) + 1)])
        starts.append(leaf)
    return owners, starts


def _rows_left(table: Table, row: int) -> int:
    """The number of rows from `row` on that a cell may span; header cells end with the header."""
    end = table.header_rows if row < table.header_rows else len(table.rows)
    return min(end, len(table.rows)) - row


def _leaf_count(cell: Cell) -> int:
    count = 0
    for block in cell.blocks:
        count += 1 if isinstance(block, Leaf) else sum(1 for _ in leaves(block))
    return count
