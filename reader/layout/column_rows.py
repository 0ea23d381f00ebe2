"""The rows of a column of vertical text: its line, cut every two cells."""

from reader.layout.cells import COLUMN_WIDTH, Cells, clusters, is_simple
from reader.layout.lines import NO_BLOCK, Line, Run
from reader.lean_dataclasses import replace


def column_rows(line: Line, cells: Cells) -> list[Line]:
    """The rows of a column, each as a line of two cells; together they contain all runs of the column.

    A wider cluster, such as an Indic conjunct, is in the first of the rows that it takes. A reading that is horizontal
    beside its base (`Line.reading_cells`) is in the row of the base.
    """
    rows: list[list[Run]] = [[]]
    cell = 0
    replaced: Run | None = None
    for run in line.runs:
        if not run.text:
            rows[-1].append(run)
            replaced = run
            continue
        has_text = run.start < run.end
        # A replacement of several rows repeats the replaced run in each row, so that overlays cover all rows.
        again = replaced if replaced is not None and not has_text and run.start == replaced.start else None
        replaced = None
        at = 0
        if line.reading_cells and run.block != NO_BLOCK:
            rows += ([] for _row in range(len(rows), cell // COLUMN_WIDTH + 1))
            rows[cell // COLUMN_WIDTH].append(run)
            cell += COLUMN_WIDTH
            continue
        for piece in run.text if is_simple(run.text) else clusters(run.text):
            width = cells.width(piece)
            if width and cell // COLUMN_WIDTH >= len(rows):
                rows += ([] for _row in range(len(rows), cell // COLUMN_WIDTH))
                rows.append([again] if again is not None else [])
            cell += width
            start = run.start + at if has_text else run.start
            _add(rows[-1], replace(run, text=piece, start=start, end=start + len(piece) if has_text else run.end))
            at += len(piece)
    return [Line(tuple(runs), line.background) for runs in rows]


def _add(row: list[Run], run: Run) -> None:
    """Add a piece of a run to a row; merge it with the piece before it if both are of the same run."""
    last = row[-1] if row else None
    if last is not None and last.text and (last.style, last.link, last.block) == (run.style, run.link, run.block):
        if last.start < last.end == run.start < run.end:
            row[-1] = replace(last, text=last.text + run.text, end=run.end)
            return
        if last.start == last.end == run.start == run.end:
            row[-1] = replace(last, text=last.text + run.text)
            return
    row.append(run)
