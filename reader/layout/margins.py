"""Left margins: the indents, bars and markers of nested containers."""

from collections.abc import Iterator
from functools import lru_cache

from reader.layout.lines import Run, Style
from reader.lean_dataclasses import dataclass

_NARROWEST, _NARROW = 6, 10
"""Minimum cells that indents leave for text: three Han on the narrowest pages, five on others."""


def narrowest(width: int) -> int:
    """The minimum cells that indents leave for text on a page of `width` cells."""
    return max(_NARROWEST, min(_NARROW, width // 2))


@dataclass(frozen=True, slots=True, eq=False)
class ContainingBlock:
    """A container as seen by the blocks in it.

    Attributes:
        parent: The enclosing container; None for the page itself.
        base: The style of its text.
        marker: Runs to the left of its first row.
        rest: Runs to the left of its other rows.
        cells: The width of marker and rest.
        indent: The width of this container's margin and those of all around it, in cells.
        bullets: The number of bulleted lists around its blocks.
        prose: Whether its paragraphs are running text, to which the first-line indent applies.
    """

    parent: "ContainingBlock | None"
    base: Style
    marker: tuple[Run, ...]
    rest: tuple[Run, ...]
    cells: int
    indent: int
    bullets: int
    prose: bool


PAGE = ContainingBlock(None, Style(), (), (), 0, 0, 0, prose=True)


@dataclass(frozen=True, slots=True)
class Margin:
    """The left margin of a block.

    Attributes:
        first: Runs beside its first row.
        rest: Runs beside its other rows.
        cells: The width of either in cells.
        loose: Markers for which there is no room in the margin: they go at the start of the text of the first row.
    """

    first: tuple[Run, ...] = ()
    rest: tuple[Run, ...] = ()
    cells: int = 0
    loose: tuple[Run, ...] = ()


_NO_MARGIN = Margin()


@lru_cache(maxsize=256)
def blank(cells: int) -> Run:
    """A run of `cells` spaces that belongs to no leaf."""
    return Run(" " * cells)


def margin(container: ContainingBlock, opened: int, width: int) -> Margin:
    """The margin of a block in `container` at `width` cells; the `opened` innermost containers start with the block.

    Indents stop growing where fewer than `narrowest` cells would be left, so that text stays readable at any depth.
    """
    if container.parent is None:
        return _NO_MARGIN
    chain = [*_ancestors(container)]
    first: list[Run] = []
    rest: list[Run] = []
    loose: list[Run] = []
    cells = 0
    least = narrowest(width)
    for depth in range(len(chain) - 1, -1, -1):
        one = chain[depth]
        if not one.cells:
            continue
        if cells + one.cells + least <= width and one.cells <= max(least, width // 3):
            cells += one.cells
            first.extend(one.marker if depth < opened else one.rest)
            rest.extend(one.rest)
        elif depth < opened and one.marker != one.rest:
            loose.extend(one.marker)
    return Margin(tuple(first), tuple(rest), cells, tuple(loose))


def common(one: ContainingBlock, other: ContainingBlock) -> ContainingBlock:
    """The innermost container that contains both."""
    if one is other:
        return one
    around = {id(container) for container in _ancestors(one)}
    return next((container for container in _ancestors(other) if id(container) in around), PAGE)


def _ancestors(container: ContainingBlock) -> Iterator[ContainingBlock]:
    """A container and its ancestors, without the page."""
    walk: ContainingBlock | None = container
    while walk is not None and walk.parent is not None:
        yield walk
        walk = walk.parent
