"""Conversion of Pandoc's and R Markdown's grid tables, which are drawn with `+`, `-` and `|`, to pipe tables."""

from collections.abc import Iterator

from reader.parse.inline import WIDE, join_lines
from reader.parse.markdown.scanner import BlockRule, Replacement, fenced
from reader.regex import regex

_BORDER = regex(r"^[ \t]{0,3}\+(?:[-=:]{2,}\+)+[ \t]*$")
_WIDE = regex(f"[{WIDE}]")
_ITEM = regex(r"^(?:[-*+]|\d{1,3}[.)])[ \t]")
_MOST = 1_000
"""The maximum number of lines of a table."""


def _grid_table(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a grid table; a table with cells that span rows or columns becomes preformatted text."""
    if not _BORDER.match(lines[at]):
        return None
    stop = at + 1
    while stop < min(len(lines), at + _MOST) and lines[stop].strip()[:1] in {"+", "|"}:
        stop += 1
    drawn = [line.strip() for line in lines[at:stop]]
    if stop - at < 3 or not _BORDER.match(drawn[-1]):
        return None
    rows = _rows(drawn)
    if rows is None:
        return fenced(drawn), stop
    header = next((number for number, (_, is_head) in enumerate(rows) if is_head), -1) + 1
    width = len(rows[0][0])
    above = [cells for cells, _ in rows[:header]] or [[""] * width]
    heads = [" ".join(filter(None, column)) for column in zip(*above, strict=True)]
    body = (cells for cells, _ in rows[header:])
    return ["", _row(heads), _row(["---"] * width), *map(_row, body), ""], stop


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rows(drawn: list[str]) -> list[tuple[list[str], bool]] | None:
    """Return the cells of each row, and whether the header ends below it; None if cells span others."""
    bounds = [column for column, sign in enumerate(drawn[0]) if sign == "+"]
    rows: list[tuple[list[str], bool]] = []
    parts: list[list[str]] = []
    for line in drawn[1:]:
        if line.startswith("+"):
            if [column for column, sign in enumerate(line) if sign == "+"] != bounds or not _BORDER.match(line):
                return None
            rows.append(([_cell(list(lines)) for lines in zip(*parts, strict=True)], "=" in line))
            parts = []
        else:
            cells = list(_sliced(line, bounds))
            if len(cells) != len(bounds) - 1:
                return None
            parts.append(cells)
    return rows if all(cells for cells, _ in rows) else None


def _sliced(line: str, bounds: list[int]) -> Iterator[str]:
    """Yield the texts between the bars of a line at `bounds`, which are in terminal cells."""
    column = start = 0
    expected = iter(bounds)
    bound = next(expected)
    for at, sign in enumerate(line):
        if column == bound and sign == "|":
            if bound:
                yield line[start:at].strip()
            start = at + 1
            bound = next(expected, -1)
        column += 2 if _WIDE.match(sign) else 1


def _cell(lines: list[str]) -> str:
    """Join the lines of a cell; a line break in HTML separates list items and paragraphs."""
    lines = [line.replace("|", "\\|") for line in lines]
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line or _ITEM.match(line):
            groups.append([])
        if line:
            groups[-1].append(line)
    return "<br>".join(join_lines("\n".join(group)) for group in groups if group)


RULES: tuple[BlockRule, ...] = (BlockRule(("+-", "+=", "+:"), _grid_table),)
