"""Formulas as they are shown: on one line of running text, or in rows."""

from collections.abc import Callable
from functools import lru_cache

from reader.mathematics.expressions import Expression, NotShowableError
from reader.mathematics.one_line import one_line
from reader.mathematics.stacked_rows import Stacker
from reader.mathematics.tex_reader import read_tex

_KEPT = 2_000
_MOST_ROWS = 60


@lru_cache(maxsize=_KEPT)
def inline_notation(tex: str) -> str:
    """Return a formula on one line; empty if only TeX shows it correctly."""
    expression = _expression(tex)
    if expression is None:
        return ""
    try:
        return one_line(expression)
    except (NotShowableError, RecursionError):
        return ""


def displayed_notation(tex: str, width: Callable[[str], int]) -> tuple[str, ...]:
    """Return a formula in rows of the same width, measured by `width`; none if rows cannot show it correctly."""
    expression = _expression(tex)
    if expression is None:
        return ()
    try:
        rows = Stacker(width).box(expression).rows
    except (NotShowableError, RecursionError):
        return ()
    return rows if len(rows) <= _MOST_ROWS and any(row.strip() for row in rows) else ()


@lru_cache(maxsize=_KEPT)
def _expression(tex: str) -> Expression | None:
    try:
        return read_tex(tex)
    except NotShowableError:
        return None
