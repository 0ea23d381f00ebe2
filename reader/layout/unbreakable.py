"""Ranges of a text that stay on one line: addresses, formulas, bases with their readings, titles in 《》."""

from collections.abc import Iterable

from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """A range that stays on one line if it fits.

    A title may be broken if keeping it whole would leave more than four cells empty.
    """

    start: int
    end: int
    title: bool = False


def merged(unbreakable: Iterable[Unbreakable]) -> list[Unbreakable]:
    """Sort ranges and merge those that overlap; titles only with titles, because they may be broken."""
    last: dict[bool, int] = {}
    found: list[Unbreakable] = []
    for each in sorted(unbreakable, key=lambda each: (each.start, -each.end)):
        number = last.get(each.title)
        if number is not None and each.start < found[number].end:
            found[number] = Unbreakable(found[number].start, max(found[number].end, each.end), each.title)
        else:
            last[each.title] = len(found)
            found.append(each)
    return found
