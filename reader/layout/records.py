"""A table too wide for its columns, as records: one field a line, named by its column's head."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from reader.document.blocks import leaves
from reader.layout.cells import Cells
from reader.layout.frames import blank
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.table import Placed, Rows, Shape

INDENT = 2
"""Cells by which all rows of a field but its first are set in."""

_BESIDE = 12
"""Cells under which a label never has its field beside it."""

_LABEL = Style(Role.MUTED)


class Setter(Protocol):
    """What sets the blocks of a cell."""

    def cell(self, placed: Placed, width: int, base: Style, label: tuple[Run, ...] = ()) -> list[Line]:
        """The lines of a cell; `label` begins the first, and the others are set in by `INDENT` cells."""
        ...

    def label(self, placed: Placed, width: int, base: Style) -> list[Line]:
        """The text of a cell's leaves, one below the other."""
        ...


def draw_records(rows: Rows, width: int, setter: Setter, cells: Cells) -> list[Line]:
    """The lines of some rows of a table. The heads' text names the fields of its first record, copies the others'."""
    return list(_lines(rows, width, setter, cells))


def _lines(rows: Rows, width: int, setter: Setter, cells: Cells) -> Iterator[Line]:
    shape = rows.shape
    body = range(max(rows.start, shape.header_rows), rows.stop)
    if rows.start < shape.header_rows == len(shape.owners):
        for row in range(rows.start, rows.stop):
            for placed in shape.starting(row):
                yield from setter.cell(placed, width, Style(bold=True))
        return
    shown: set[int] = set()
    for row in body:
        first = row == shape.header_rows
        if not first:
            yield Line()
        for column in range(shape.columns):
            field = _beginning(shape, row, column)
            heads = _heads(shape, column)
            if (field and field.cell.blocks) or (first and any(id(head) not in shown for head in heads)):
                label = _label(heads, max(width - INDENT, 2), setter, shown)
                yield from _field(field, label, width, setter, cells)


def _beginning(shape: Shape, row: int, column: int) -> Placed | None:
    """The cell that begins at a place, if any."""
    placed = shape.owners[row][column]
    return placed if placed and placed.row == row and placed.column == column else None


def _heads(shape: Shape, column: int) -> list[Placed]:
    """The cells of the head over a column, from the top; each once."""
    found = [shape.owners[row][column] for row in range(shape.header_rows)]
    return list(dict.fromkeys(head for head in found if head and _has_text(head)))


def _has_text(placed: Placed) -> bool:
    return any(leaf.text for block in placed.cell.blocks for leaf in leaves(block))


def _label(heads: list[Placed], width: int, setter: Setter, shown: set[int]) -> list[Line]:
    """The heads as a field's label; those already shown, whose numbers `shown` collects, as copies."""
    lines: list[Line] = []
    for head in heads:
        own = setter.label(head, width, _LABEL)
        lines.extend(map(_copy, own) if id(head) in shown else own)
        shown.add(id(head))
    if lines:
        lines[-1] = _with_colon(lines[-1])
    return lines


def _field(placed: Placed | None, label: list[Line], width: int, setter: Setter, cells: Cells) -> Iterator[Line]:
    """One field: its label, then what the cell holds, in the same row where the label leaves room."""
    if placed is None:
        yield from label
        return
    base = Style(bold=placed.cell.header)
    if len(label) == 1 and width >= _BESIDE and sum(cells.width(run.text) for run in label[0].runs) <= width // 2:
        yield from setter.cell(placed, width, base, label[0].runs)
        return
    yield from label
    indent = INDENT if label and width >= _BESIDE else 0
    for line in setter.cell(placed, width - indent, base):
        yield replace(line, runs=(blank(indent), *line.runs)) if indent else line


def _with_colon(line: Line) -> Line:
    colon = ": " if line.text.isascii() else "："
    return replace(line, runs=(*line.runs, Run(colon, _LABEL)))


def _copy(line: Line) -> Line:
    """A line as decoration, which shows no place of the document."""
    return Line(tuple(replace(run, block=NO_BLOCK, start=0, end=0) for run in line.runs if run.text))
