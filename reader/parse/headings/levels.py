"""Normalization of heading levels: the heading styles of a body are ranked from the outermost to the innermost."""

from collections.abc import Sequence

from reader.document.blocks import Heading
from reader.parse.headings.shapes import Shape, shape

_DEEPEST = 6
_PSEUDO = 7
"""The level of pseudo headings before ranking, below all real headings."""

_ARABIC = 5
"""The rank of `1.`, which numbers sections in some articles and subsections in others."""

_OUTER = (0, 1, 2, 3, _ARABIC)
"""Ranks of numbers that may be the outermost. All other numbers, such as （一） and (1), rank below plain headings."""

_ABOVE = -1.0
_Place = tuple[float, float]


def levels(headings: Sequence[Heading]) -> list[int]:
    """Return the normalized level of each heading, 1 to 6."""
    shapes = [shape(heading.text.text.strip()) for heading in headings]
    tags = [_PSEUDO if heading.pseudo else heading.level for heading in headings]
    styles: list[tuple[float, ...]] = [()] * len(headings)
    for tag in set(tags):
        own = [number for number, one in enumerate(tags) if one == tag]
        for number, place in zip(own, _places([shapes[number] for number in own], real=tag != _PSEUDO), strict=True):
            styles[number] = (tag, *place)
    ranks = {style: rank for rank, style in enumerate(sorted(set(styles)), 1)}
    return [min(ranks[style], _DEEPEST) for style in styles]


def _places(shapes: Sequence[Shape | None], *, real: bool) -> list[_Place]:
    """Return sort keys for headings of one tag: the rank of the number, else a place relative to numbered headings."""
    ranks = [found.rank if found and found.numbered else None for found in shapes]
    bare = [number for number, rank in enumerate(ranks) if rank is None]
    # No convention ranks symbols and plain headings, so the style that occurs first is the outer one.
    signs = list(dict.fromkeys(_sign(shapes[number]) for number in bare))
    beside = _beside(shapes, ranks, real=real)
    return [
        (beside[number], 0.0 if real else float(signs.index(_sign(shapes[number])))) if rank is None else (rank, 0.0)
        for number, rank in enumerate(ranks)
    ]


def _sign(found: Shape | None) -> str:
    return found.kind if found else ""


def _beside(shapes: Sequence[Shape | None], ranks: Sequence[int | None], *, real: bool) -> list[float]:
    """Return, for each position in `shapes`, the rank of a heading without a number there."""
    numbers = [rank for rank in ranks if rank is not None]
    top = min(numbers, default=None)
    if top is None or top not in _OUTER:
        return [_ABOVE] * len(ranks)
    own = [place for place, rank in enumerate(ranks) if rank == top]
    first, last = own[0], own[-1]
    ones = sum(found.number == 1 for place in own if (found := shapes[place]))
    within = any(rank is None for rank in ranks[first:last])
    opened = any(rank is None for rank in ranks[:first])
    # If numbers restart, or continue across plain headings, they number the subsections of the plain headings.
    if ones > 1 or (top == _ARABIC and within and opened and not real):
        return [_ABOVE] * len(ranks)
    below = top if real else top + 0.5
    return [below if first < place < last else float(top) for place in range(len(ranks))]
