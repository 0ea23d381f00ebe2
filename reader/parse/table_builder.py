"""Construction of tables: rows and cells with spans and alignment, and a caption."""

from reader.document.blocks import Alignment, Block, Cell, Table
from reader.lean_dataclasses import dataclass, field
from reader.parse.html_vocabulary import Attributes, alignment, number

_WIDEST = 100
"""The maximum colspan and rowspan of a cell; larger values are an attack on the layout."""


@dataclass(slots=True)
class _OpenCell:
    blocks: list[Block]
    header: bool
    alignment: Alignment
    columns: int
    rows: int


@dataclass(slots=True)
class TableDraft:
    """A table under construction.

    Attributes:
        caption: The blocks of its caption.
        in_head: Whether new rows belong to the head.
    """

    caption: list[Block] = field(default_factory=list)
    in_head: bool = False
    _rows: list[list[_OpenCell]] = field(default_factory=list)
    _heads: list[bool] = field(default_factory=list)
    _row_open: bool = False
    _row_alignment: Alignment = Alignment.NONE

    def open_row(self, attributes: Attributes) -> None:
        """Begin a row."""
        self._rows.append([])
        self._heads.append(self.in_head)
        self._row_open = True
        self._row_alignment = alignment(attributes)

    def close_row(self) -> None:
        """End the row."""
        self._row_open = False

    def open_cell(self, tag: str, attributes: Attributes) -> list[Block]:
        """Begin a cell, and a row if none is open; return the list for the cell's blocks."""
        if not self._row_open:
            self.open_row({})
        blocks: list[Block] = []
        self._rows[-1].append(
            _OpenCell(
                blocks,
                tag == "th" or self.in_head,
                alignment(attributes) or self._row_alignment,
                _span(attributes, "colspan"),
                _span(attributes, "rowspan"),
            )
        )
        return blocks

    def finish(self) -> list[Block]:
        """Return the table; without content only its caption, for a single cell the caption and the cell's blocks."""
        rows = [(cells, head) for cells, head in zip(self._rows, self._heads, strict=True) if cells]
        if not any(cell.blocks for cells, _ in rows for cell in cells):
            return list(self.caption)
        if len(rows) == 1 and len(rows[0][0]) == 1:
            return [*self.caption, *rows[0][0][0].blocks]
        count = len(rows)
        finished = tuple(
            tuple(
                Cell(tuple(cell.blocks), cell.header, cell.alignment, cell.columns, min(cell.rows, count - place))
                for cell in cells
            )
            for place, (cells, _) in enumerate(rows)
        )
        return [Table(finished, self._head_count(rows), tuple(self.caption))]

    @staticmethod
    def _head_count(rows: list[tuple[list[_OpenCell], bool]]) -> int:
        """Return the number of head rows: those in `thead`, or else a first row of header cells."""
        count = 0
        while count < len(rows) and rows[count][1]:
            count += 1
        if not count and len(rows) > 1 and all(cell.header for cell in rows[0][0]):
            count = 1
        return count


def _span(attributes: Attributes, name: str) -> int:
    return min(max(number(attributes, name) or 1, 1), _WIDEST) if attributes else 1
