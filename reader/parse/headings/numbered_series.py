"""Detection of numbered series: lines that count from one without a gap, with text below each, are headings."""

from collections import defaultdict
from collections.abc import Sequence

from reader.parse.headings.visual_lines import LineKind, VisualLine

_LONG = 20.0
"""The width in ems from which a line is running text."""
_FEWEST = 4
"""The minimum number of lines of a series."""


def series(lines: Sequence[VisualLine]) -> set[int]:
    """Return the indexes of numbered lines of one style that count from 1 without a gap, with text below each."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.short and line.shape is not None and line.shape.numbered and not line.shape.lone:
            styles[line.style].append(place)
    found: set[int] = set()
    for members in styles.values():
        numbers = [shape.number for place in members if (shape := lines[place].shape)]
        is_whole = numbers == list(range(1, len(members) + 1))
        if len(members) >= _FEWEST and is_whole and all(_precedes_text(lines, place) for place in members):
            found |= set(members)
    return found


def _precedes_text(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether running text, a list or code follows a line, ignoring thematic breaks and images."""
    for line in lines[place + 1 : place + 4]:
        if line.kind is LineKind.TEXT:
            return line.ems >= max(_LONG, 1.2 * lines[place].ems)
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return line.kind is LineKind.OTHER and line.ems > 0
    return False
