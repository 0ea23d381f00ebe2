"""Pseudo headings detected by a pattern: either all lines of a form in an article are headings, or none.

A single short line above a paragraph is weak evidence. It is strong if every paragraph has one, or if numbered lines
with text below each count from one to the end.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from reader.parse.heading_lines import LineKind, VisualLine

_LONG = 20.0
"""The width in ems from which a line is running text."""
_LONGEST = 30.0
"""The maximum width in ems of a plain line that may be a heading."""
_FEWEST_SERIES, _FEWEST_ALTERNATING = 4, 4
_MAX_OTHERS = 0.25
"""The maximum ratio of short lines outside the pattern to those in it; with more, the pattern is a coincidence."""


def series(lines: Sequence[VisualLine]) -> set[int]:
    """Return numbered lines of one style that count from 1 without a gap, with running text below each."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.short and line.shape is not None and line.shape.numbered and not line.shape.lone:
            styles[line.style].append(place)
    found: set[int] = set()
    for members in styles.values():
        numbers = [shape.number for place in members if (shape := lines[place].shape)]
        is_whole = numbers == list(range(1, len(members) + 1))
        if len(members) >= _FEWEST_SERIES and is_whole and all(_precedes_text(lines, place) for place in members):
            found |= set(members)
    return found


def alternating(lines: Sequence[VisualLine], is_title: Callable[[VisualLine], bool]) -> set[int]:
    """Return plain short lines that alternate with running text, if there are hardly any others.

    Args:
        lines: The lines of the article.
        is_title: Returns whether the wording of a line is plausible for a title.
    """
    plain = [place for place, line in enumerate(lines) if _is_plain(line)]
    times = Counter(lines[place].text for place in plain)
    members = [
        place
        for place in plain
        if lines[place].ems <= _LONGEST
        and _precedes_text(lines, place)
        and (place == 0 or not _is_plain(lines[place - 1]))
        and is_title(lines[place])
        and times[lines[place].text] == 1
    ]
    others = len(plain) - len(members)
    return set(members) if len(members) >= _FEWEST_ALTERNATING and others <= _MAX_OTHERS * len(members) else set()


def _is_plain(line: VisualLine) -> bool:
    return line.kind is LineKind.TEXT and line.ems < _LONG and not (line.emphasized or line.quoted or line.shape)


def _precedes_text(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether running text follows, ignoring thematic breaks and images."""
    for line in lines[place + 1 : place + 4]:
        if line.kind is LineKind.TEXT:
            return line.ems >= max(_LONG, 1.2 * lines[place].ems)
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return line.kind is LineKind.OTHER and line.ems > 0
    return False
