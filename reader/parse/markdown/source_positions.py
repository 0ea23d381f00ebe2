"""The source text at the positions that the Markdown library reports."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class SourceRange(NamedTuple):
    """A part of a source: lines and columns from 1, columns in bytes; both ends are inside it."""

    line: int
    column: int
    end_line: int
    end_column: int


class SourceText:
    """The lines of a source, and the parts of it at the library's positions.

    Attributes:
        lines: The lines in UTF-8, because the library's positions count bytes.
    """

    def __init__(self, source: str) -> None:
        self.lines = source.encode().split(b"\n")
        self._columns: dict[int, list[int]] = {}

    def line(self, number: int) -> bytes:
        """Return a line by its number, counted from 1; an empty one for a number that the source does not have."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else b""

    def correct_cells(self, line: int, cells: Iterable[Any]) -> None:
        r"""Correct the positions inside the cells of a table row, which are parsed without the backslashes of `\|`.

        GFM removes these backslashes before it parses a cell (4.10, tables), and the library counts columns after that.
        """
        text = self.line(line)
        if b"\\|" not in text:
            return
        columns = list(range(len(text) + 2))
        for cell in cells:
            first, last = cell.sourcepos.start.column, min(cell.sourcepos.end.column, len(text))
            kept = [column for column in range(first, last + 1) if text[column - 1 : column + 1] != b"\\|"]
            columns[first : first + len(kept)] = kept
        self._columns[line] = columns

    def range(self, position: Any) -> SourceRange:
        """Return the part of the source at a position of the library."""
        start, end = position.start, position.end
        return SourceRange(
            start.line, self._column(start.line, start.column), end.line, self._column(end.line, end.column)
        )

    def _column(self, line: int, column: int) -> int:
        columns = self._columns.get(line)
        return columns[column] if columns and column < len(columns) else column

    def between(self, position: Any) -> str:
        """Return the text at a position of the library; in a corrected cell, without the backslashes of its bars."""
        line, column, end_line, end_column = self.range(position)
        if line == end_line:
            text = self.lines[line - 1][column - 1 : end_column]
        else:
            inner = self.lines[line : end_line - 1]
            text = b"\n".join([self.lines[line - 1][column - 1 :], *inner, self.lines[end_line - 1][:end_column]])
        return (text.replace(b"\\|", b"|") if line in self._columns else text).decode(errors="ignore")

    def around(self, position: Any) -> tuple[str, str]:
        """Return the character before a range, and the one after it or `[[`; empty after a range of several lines."""
        line, column, end_line, end_column = self.range(position)
        text = self.lines[line - 1]
        before = text[max(0, column - 5) : column - 1].decode(errors="ignore")[-1:]
        behind = text[end_column : end_column + 4].decode(errors="ignore") if end_line == line else ""
        return before, "[[" if behind.startswith("[[") else behind[:1]
