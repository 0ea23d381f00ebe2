"""Tables: the widths of columns, and the groups of rows laid out together."""

from collections.abc import Iterator, Sequence
from itertools import chain

from reader.document.blocks import Alignment, CodeBlock, Embed, Image, Leaf, Table, leaves
from reader.layout.cell_placement import PlacedCell, place
from reader.layout.cells import Cells
from reader.layout.pictures import picture_name
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

SEPARATOR = 3
"""Cells between two columns: a space, the border, a space."""

EDGE = 1
"""Cells by which the rules extend beyond the text of the outer columns."""

_ROWS_AT_ONCE = 24
_FIELDS_AT_ONCE = 256
"""Fields of a record laid out at once. No page narrower than 1,000 cells has room for as many columns."""

_SAMPLE = 240
"""Number of rows that determine the column widths of a long table; wider cells in other rows wrap."""

_LEAST_COLUMN = 6
"""Minimum readable width in cells of a column of running text: three Han characters, or one short word."""

_WIDEST_SCROLLED = 40
"""Maximum cells of a column of running text in a table that is scrolled."""

_MOST_SCROLLED = 1_000
"""Maximum width in cells of a table that is scrolled."""

_LONGEST_WORD = 20
_WORD = regex(r"[（《「『【“‘]*[!-~\u00c0-\u024f\uac00-\ud7a3]+[、。，．：；！？）》」』】”’…]*")
"""A word with the marks that may not be separated from it."""

_NUMBER = regex(r"[-+−±≈~约]?\s?[$¥￥€£]?\d[\d,.\u2009]*\s?[%‰％]?")


def grid_width(widths: Sequence[int]) -> int:
    """The width in cells of a grid with columns of `widths` cells, with its borders and the ends of its rules."""
    return sum(widths) + SEPARATOR * (len(widths) - 1) + 2 * EDGE


@dataclass(slots=True, eq=False)
class TableShape:
    """A table with its cells placed in a grid.

    Attributes:
        owners: For each row and column the cell that covers it, if any.
        header_rows: The number of header rows.
        columns: The number of columns.
    """

    owners: Sequence[list[PlacedCell | None]]
    header_rows: int
    columns: int
    _measured: tuple[list[int], list[int]] | None = field(default=None, init=False)
    _numeric: list[bool] | None = field(default=None, init=False)

    @property
    def is_endless(self) -> bool:
        """Whether it has more columns than fit on any page, so that each row is split into parts."""
        return self.columns > _FIELDS_AT_ONCE

    def starting(self, row: int, start: int = 0, stop: int | None = None) -> list[PlacedCell]:
        """The cells that start in a row, from left to right; `start` and `stop` are columns."""
        found: list[PlacedCell] = []
        for column, placed in enumerate(self.owners[row][start:stop], start):
            if placed and placed.row == row and placed.column == column:
                found.append(placed)
        return found

    def widths(self, room: int, cells: Cells) -> list[int] | None:
        """The widths of the columns in cells; None if `room` is too small for a grid, so that records are needed."""
        room -= SEPARATOR * (self.columns - 1) + 2 * EDGE
        if self.is_endless or self.columns > room:
            return None
        least, ideal = self._measure(cells)
        if sum(least) > room:
            return None
        spare = room - sum(least)
        # Serve columns with the smallest deficit first; the wide ones share what is left.
        by_need = sorted(range(self.columns), key=lambda column: ideal[column] - least[column])
        widths = list(least)
        for done, column in enumerate(by_need):
            grant = min(ideal[column] - least[column], spare // (self.columns - done))
            widths[column] += grant
            spare -= grant
        return widths

    def scrolled_widths(self, cells: Cells) -> list[int] | None:
        """The widths of the columns of a grid wider than the page; None if it would be too wide."""
        widths = [min(ideal, max(least, _WIDEST_SCROLLED)) for least, ideal in zip(*self._measure(cells), strict=True)]
        return None if self.is_endless or grid_width(widths) > _MOST_SCROLLED else widths

    def wraps(self, widths: Sequence[int], cells: Cells) -> bool:
        """Whether some cell takes more than one row, so that rules have to separate the rows."""
        if any(width < ideal for width, ideal in zip(widths, self._measure(cells)[1], strict=True)):
            return True
        return any(
            placed.rows > 1 or len(placed.cell.blocks) > 1 or any("\n" in leaf.text.text for leaf in _leaves(placed))
            for row in range(min(len(self.owners), _SAMPLE))
            for placed in self.starting(row)
        )

    def alignment(self, placed: PlacedCell) -> Alignment:
        """The alignment of a cell: as in the source, else right for columns that consist of numbers."""
        if placed.cell.alignment is not Alignment.NONE or placed.columns > 1:
            return placed.cell.alignment
        if self._numeric is None:
            self._numeric = [self._is_numeric(column) for column in range(self.columns)]
        return Alignment.RIGHT if self._numeric[placed.column] else Alignment.LEFT

    def _is_numeric(self, column: int) -> bool:
        found = {owners[column] for owners in self.owners[self.header_rows : _SAMPLE]}
        texts = [text for placed in found if placed and placed.columns == 1 and (text := _text(placed))]
        return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)

    def _measure(self, cells: Cells) -> tuple[list[int], list[int]]:
        """For each column the minimum readable width, and the width at which nothing wraps."""
        if self._measured is None:
            least, ideal = [1] * self.columns, [1] * self.columns
            spanning: list[tuple[PlacedCell, int]] = []
            step = -(-len(self.owners) // _SAMPLE)
            # Sample from the last row upwards: in long tables numbers tend to grow.
            for row in range(len(self.owners) - 1, -1, -step):
                for placed in self.starting(row):
                    low, high = _cell_widths(placed, cells)
                    if placed.columns > 1:
                        spanning.append((placed, high))
                    else:
                        least[placed.column] = max(least[placed.column], low)
                        ideal[placed.column] = max(ideal[placed.column], high)
            for placed, high in spanning:
                last = placed.column + placed.columns - 1
                lacking = high - sum(ideal[placed.column : last + 1]) - SEPARATOR * (placed.columns - 1)
                ideal[last] += max(0, lacking)
            self._measured = least, ideal
        return self._measured


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A group of rows of a table, or a part of one endless row, that is laid out together.

    Attributes:
        shape: The whole table.
        start: The number of the group's first row.
        stop: The number of the row after its last one.
        stop_leaf: The number of the leaf after these rows.
        start_column: The first column; 0 except for parts of a row.
        stop_column: The column after the last; None for all.
    """

    shape: TableShape
    start: int
    stop: int
    stop_leaf: int
    start_column: int = 0
    stop_column: int | None = None

    def starting(self, row: int) -> list[PlacedCell]:
        """The cells that begin in one of its rows, from left to right."""
        return self.shape.starting(row, self.start_column, self.stop_column)


def row_groups(table: Table, first_leaf: int) -> Iterator[RowGroup]:
    """Split the table into row groups that no cell crosses; `first_leaf` is the number of its first leaf.

    If the table has more columns than fit on any page, each row is split into parts.
    """
    owners, starts, columns = place(table, first_leaf)
    if not columns:
        return
    shape = TableShape(owners, min(table.header_rows, len(owners)), columns)
    if shape.is_endless:
        for row, row_end in enumerate(starts[1:]):
            yield from _row_parts(shape, row, row_end)
        return
    first = 0
    for row in range(1, len(owners) + 1):
        whole = row == len(owners)
        if not whole:
            # The header stays with the first row below it, whose fields it labels if the table becomes records.
            whole = (
                row - first >= _ROWS_AT_ONCE
                and row > shape.header_rows
                and all(placed is None or placed.row == row for placed in owners[row])
            )
        if whole:
            yield RowGroup(shape, first, row, starts[row])
            first = row


def _row_parts(shape: TableShape, row: int, row_end: int) -> Iterator[RowGroup]:
    """The parts of a row, each with up to `_FIELDS_AT_ONCE` fields.

    `row_end` is the number of the leaf after the row.
    """
    filled = [
        placed
        for column, placed in enumerate(shape.owners[row])
        if placed and placed.column == column and placed.cell.blocks
    ]
    own = {placed.column: placed.leaf for placed in filled if placed.row == row}
    starts = [placed.column for placed in filled[::_FIELDS_AT_ONCE]]
    for number, start in enumerate(starts):
        later = starts[number + 1] if number + 1 < len(starts) else None
        stop_leaf = row_end
        if later is not None:
            stop_leaf = next((own[column] for column in range(later, shape.columns) if column in own), row_end)
        yield RowGroup(shape, row, row + 1, stop_leaf, start if number else 0, later)


def _leaves(placed: PlacedCell) -> Iterator[Leaf]:
    return chain.from_iterable(leaves(block) for block in placed.cell.blocks)


def _text(placed: PlacedCell) -> str:
    return " ".join(leaf.text.text for leaf in _leaves(placed)).strip()


def _cell_widths(placed: PlacedCell, cells: Cells) -> tuple[int, int]:
    """The minimum readable width of a cell, and the width at which nothing in it wraps."""
    ideal = word = 1
    for block in placed.cell.blocks:
        for leaf in leaves(block):
            # The width of indents, markers and frames is a guess; an error changes a column by a few cells only.
            extra = 12 if isinstance(leaf, Image | Embed) else 0 if block is leaf else 6
            if isinstance(leaf, CodeBlock):
                extra += 2
            text = leaf.text.text or (picture_name(leaf.source) if isinstance(leaf, Image) else "")
            ideal = max(ideal, extra + max(map(cells.width, text.split("\n"))))
            word = max(word, extra + max(map(cells.width, _WORD.findall(text)), default=1))
    return min(ideal, max(_LEAST_COLUMN, min(word, _LONGEST_WORD))), ideal
