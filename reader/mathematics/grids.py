"""Environments of TeX: matrices, cases, and aligned equations."""

from collections.abc import Callable, Mapping

from reader.mathematics.expressions import Expression, Fenced, Matrix, NotShowableError
from reader.mathematics.tex_tokens import TexToken

_MATRICES: Mapping[str, tuple[str, str]] = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "array": ("", ""),
}  # fmt: skip
"""The delimiters around matrices."""

_CASES = {"cases": ("{", ""), "rcases": ("", "}"), "dcases": ("{", ""), "numcases": ("{", "")}
_ALIGNED = frozenset(("aligned", "align", "split", "alignedat", "alignat", "eqnarray", "flalign"))
_CENTRED = frozenset(("gathered", "gather", "multline", "equation", "displaymath", "math", "subequations", "subarray"))
_MOST_COLUMNS = 100
_WITH_ARGUMENT = frozenset(("array", "subarray", "alignedat", "alignat", "numcases"))


_BLANK = (TexToken("char", " "), TexToken("macro", "hline"))


def read_grid(name: str, inner: tuple[TexToken, ...], read: Callable[[tuple[TexToken, ...]], Expression]) -> Expression:
    """Read an environment; `read` reads a cell.

    Raises:
        NotShowableError: The environment is unknown.
    """
    name = name.removesuffix("*")
    columns = ""
    if name in _WITH_ARGUMENT:
        # Skip options.
        while inner and inner[0].kind != "group":
            inner = inner[1:]
        columns = _alignments(inner[0].inner) if inner else ""
        inner = inner[1:]
    rows = tuple(tuple(read(cell) for cell in _split(row, TexToken("char", "&"))) for row in _rows(inner))
    if name in _MATRICES:
        opening, closing = _MATRICES[name]
        grid = Matrix(rows, columns=columns or "c")
        return Fenced(opening, grid, closing) if opening else grid
    if name in _CASES:
        opening, closing = _CASES[name]
        return Fenced(opening, Matrix(rows), closing)
    if name in _ALIGNED:
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else Matrix(rows, aligned=True)
    if name in _CENTRED:
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else Matrix(rows, columns="c")
    raise NotShowableError


def _alignments(preamble: tuple[TexToken, ...]) -> str:
    """Return the alignments of the columns of an `array`: `l`, `c` or `r` for each (Lamport's LaTeX, C.10.2).

    A column of paragraphs, `p{2cm}`, or `m` and `b` of the package array, is flush left.
    """
    found = ""
    number = 0
    while number < len(preamble):
        token = preamble[number]
        repeated = preamble[number + 1 : number + 3] if token == TexToken("char", "*") else ()
        if len(repeated) == 2 and repeated[0].text.isdecimal():
            found += _alignments(repeated[1].inner or repeated[1:]) * min(int(repeated[0].text[:3]), _MOST_COLUMNS)
            number += 2
        elif token.kind == "char" and token.text in "lcr":
            found += token.text
        elif token.kind == "char" and token.text in "pmb":
            found += "l"
        number += 1
    return found[:_MOST_COLUMNS]


def _rows(inner: tuple[TexToken, ...]) -> list[tuple[TexToken, ...]]:
    """Return the rows, without the distances that may follow row ends, and without empty rows at the end.

    Before white space, a third backslash only escapes the other two for Markdown; TeX would add a space.
    """
    rows = _split(inner, TexToken("macro", "\\"), TexToken("macro", "cr"), TexToken("macro", "newline"))
    found = [rows[0], *map(_without_distance, rows[1:])]
    while len(found) > 1 and all(token in _BLANK for token in found[-1]):
        found.pop()
    return found


def _without_distance(row: tuple[TexToken, ...]) -> tuple[TexToken, ...]:
    start = row[1:] if row[:1] in ((TexToken("char", "*"),), (TexToken("macro", " "),)) else row
    if start[:1] == (TexToken("char", "["),) and TexToken("char", "]") in start:
        end = start.index(TexToken("char", "]"))
        distance = "".join(token.text for token in start[1:end])
        if distance.strip("-0123456789. ") in ("pt", "em", "ex", "mm", "cm", "in", "mu", "px"):
            return start[end + 1 :]
    return start


def _split(inner: tuple[TexToken, ...], *ends: TexToken) -> list[tuple[TexToken, ...]]:
    found: list[tuple[TexToken, ...]] = []
    start = 0
    for number, token in enumerate(inner):
        if token in ends:
            found.append(inner[start:number])
            start = number + 1
    return [*found, inner[start:]]
