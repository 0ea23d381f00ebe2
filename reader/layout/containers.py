"""What stands to the left of blocks: the indents, bars and markers of the containers around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from reader.layout.lines import Run, Style

_NARROWEST, _NARROW = 6, 10
"""Cells that indents leave for text at least: three Han on the narrowest page, five on others."""


def narrowest(width: int) -> int:
    """Cells that indents leave for text on a page of `width` cells."""
    return max(_NARROWEST, min(_NARROW, width // 2))


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A container as the blocks in it see it.

    Attributes:
        parent: The frame around it; None for the page itself.
        base: How text in it looks.
        marker: What stands to the left of its very first row.
        rest: What stands to the left of its other rows.
        cells: How wide marker and rest are.
        indent: Cells of this frame and all around it.
        bullets: How many bulleted lists are around its blocks.
        prose: Whether paragraphs in it are running text, which a first-line indent is for.
    """

    parent: "Container | None"
    base: Style
    marker: tuple[Run, ...]
    rest: tuple[Run, ...]
    cells: int
    indent: int
    bullets: int
    prose: bool


PAGE = Container(None, Style(), (), (), 0, 0, 0, prose=True)


@dataclass(frozen=True, slots=True)
class Margin:
    """The left of a block's rows.

    Attributes:
        first: Beside its first row.
        rest: Beside the others.
        cells: How wide both are.
        loose: Markers for which the width leaves no column: they begin the text of the first row instead.
    """

    first: tuple[Run, ...] = ()
    rest: tuple[Run, ...] = ()
    cells: int = 0
    loose: tuple[Run, ...] = ()


_NO_MARGIN = Margin()


def blank(cells: int) -> Run:
    """A run of `cells` blanks that belongs to no leaf."""
    return Run(" " * cells)


def margin(frame: Container, opened: int, width: int) -> Margin:
    """What stands left of a block in `frame` at `width` cells; the `opened` innermost frames begin with the block.

    Indents stop growing where fewer than `narrowest` cells would be left, so that any depth can be read.
    """
    if frame.parent is None:
        return _NO_MARGIN
    chain = [*_outwards(frame)]
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


def common(one: Container, other: Container) -> Container:
    """The innermost frame that holds both."""
    if one is other:
        return one
    around = {id(frame) for frame in _outwards(one)}
    return next((frame for frame in _outwards(other) if id(frame) in around), PAGE)


def _outwards(frame: Container) -> Iterator[Container]:
    """A frame and those around it, without the page."""
    walk: Container | None = frame
    while walk is not None and walk.parent is not None:
        yield walk
        walk = walk.parent
