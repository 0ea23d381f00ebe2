"""Ranges of a text that stay on one line: addresses, formulas, bases with their readings, titles in 《》."""

from collections.abc import Iterable

from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """A range that stays on one line if it fits.

    Attributes:
        start: The offset of its first character.
        end: The offset after its last character.
        yields: Whether it is broken if keeping it whole would leave more than four cells empty.
        is_stretched: Whether it may have gaps in a justified line.
    """

    start: int
    end: int
    yields: bool = False
    is_stretched: bool = False


def merged(unbreakable: Iterable[Unbreakable]) -> list[Unbreakable]:
    """Sort ranges and merge those that overlap; those that yield only with their like."""
    last: dict[bool, int] = {}
    found: list[Unbreakable] = []
    for each in sorted(unbreakable, key=lambda each: (each.start, -each.end)):
        number = last.get(each.yields)
        if number is not None and each.start < found[number].end:
            before = found[number]
            stretched = before.is_stretched and each.is_stretched
            found[number] = Unbreakable(before.start, max(before.end, each.end), each.yields, stretched)
        else:
            last[each.yields] = len(found)
            found.append(each)
    return found
