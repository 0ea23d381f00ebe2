"""An article in vertical columns as a file or a terminal shows it: one screenful below the other."""

from collections.abc import Iterator

from reader.document.document import Document
from reader.layout.arrangement import RowPart, Screenful, following
from reader.layout.cells import Cells
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import Line, Run
from reader.layout.margins import blank
from reader.layout.vertical_columns import VerticalColumns
from reader.layout.vertical_text import upright_forms
from reader.lean_dataclasses import replace
from reader.settings.options import Typesetting


def vertical_lines(head: Head, document: Document, width: int, rows: int, typesetting: Typesetting) -> Iterator[Line]:
    """The rows of an article in columns `rows` rows high, as screenfuls `width` cells wide with blank rows between."""
    columns = VerticalColumns(0, width, 0, rows, typesetting.column_gap, typesetting.ambiguous_width)
    layout = Layout(document, columns.measure, replace(typesetting, link_gaps=False), across=columns.across)
    above = set_head(head, columns.measure, layout.typesetting, upright_forms(document, layout.typesetting))

    def line_at(number: int) -> Line | None:
        if number < len(above):
            return above[number] if number >= 0 else None
        return next(iter(layout.lines(number - len(above), number - len(above) + 1)), None)

    cells = Cells(typesetting.ambiguous_width)
    top = 0
    while True:
        view = columns.view(top, line_at)
        yield from (_row(view, y, cells) for y in range(rows))
        if view.is_last:
            return
        yield Line()
        top = following(view, line_at)


def _row(view: Screenful, y: int, cells: Cells) -> Line:
    """A row of a screenful."""
    runs: list[Run] = []
    at = 0
    for part in view.row(y):
        if part.x > at:
            runs.append(blank(part.x - at))
        runs += part.line.runs
        at = part.x + _width(part, cells)
    return Line(tuple(runs))


def _width(part: RowPart, cells: Cells) -> int:
    return sum(cells.width(run.text) for run in part.line.runs)
