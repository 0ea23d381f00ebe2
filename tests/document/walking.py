"""Documents, and the units found by stepping through them, for the tests of units."""

from reader.document.blocks import Block, Inline, Paragraph
from reader.document.document import Document, Position, Range
from reader.document.text_units import Unit, unit_after, unit_at, unit_before


def document(*blocks: str | Block) -> Document:
    return Document(tuple(Paragraph(Inline(each)) if isinstance(each, str) else each for each in blocks))


def onward(made: Document, unit: Unit) -> list[Range]:
    """All units, by steps from the start."""
    found: list[Range] = []
    here = Position(0)
    while (step := unit_after(made, here, unit)) is not None:
        assert here <= step.start < step.end
        found.append(step)
        here = step.end
    return found


def backward(made: Document, unit: Unit) -> list[Range]:
    """All units, by steps back from the end, the last one first."""
    found: list[Range] = []
    here = made.clamp(Position(len(made.leaves)))
    while (step := unit_before(made, here, unit)) is not None:
        assert step.start < step.end <= here
        found.append(step)
        here = step.start
    return found


def texts(unit: Unit, *blocks: str | Block) -> list[str]:
    made = document(*blocks)
    return [made.extract(each) for each in onward(made, unit)]


def at(unit: Unit, offset: int, *blocks: str | Block, block: int = 0) -> str | None:
    made = document(*blocks)
    found = unit_at(made, Position(block, offset), unit)
    return None if found is None else made.extract(found)
