"""Headings by the pattern that they make together: all of a form in an article, or none.

A short line above a paragraph may be anything. A text in which every paragraph has one, or in which numbered lines
count from one to the end with text below each, was divided by its author.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from reader.parse.heading_lines import LineKind, VisualLine

_LONG = 20.0
"""Ems from which a line is running text."""
_LONGEST = 30.0
"""Ems of a plain line that may head what stands below it."""
_FEWEST_SERIES, _FEWEST_ALTERNATING = 4, 4
_OTHERS = 0.25
"""Plain short lines that stand elsewhere, for one of the pattern: with more of them the pattern is chance."""


def series(lines: Sequence[VisualLine]) -> set[int]:
    """Numbered lines of one style that count from 1 without a gap, with running text below each."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.short and line.shape is not None and line.shape.numbered and not line.shape.lone:
            styles[line.style].append(place)
    found: set[int] = set()
    for members in styles.values():
        numbers = [shape.number for place in members if (shape := lines[place].shape)]
        is_whole = numbers == list(range(1, len(members) + 1))
        if len(members) >= _FEWEST_SERIES and is_whole and all(_heads_text(lines, place) for place in members):
            found |= set(members)
    return found


def alternating(lines: Sequence[VisualLine], is_title: Callable[[VisualLine], bool]) -> set[int]:
    """Plain short lines that stand each between two stretches of running text, where hardly any stands elsewhere.

    Args:
        lines: Those of the article.
        is_title: Whether a line, by its own words, may be a title.
    """
    plain = [place for place, line in enumerate(lines) if _is_plain(line)]
    times = Counter(lines[place].text for place in plain)
    members = [
        place
        for place in plain
        if lines[place].ems <= _LONGEST
        and _heads_text(lines, place)
        and (place == 0 or not _is_plain(lines[place - 1]))
        and is_title(lines[place])
        and times[lines[place].text] == 1
    ]
    others = len(plain) - len(members)
    return set(members) if len(members) >= _FEWEST_ALTERNATING and others <= _OTHERS * len(members) else set()


def _is_plain(line: VisualLine) -> bool:
    return line.kind is LineKind.TEXT and line.ems < _LONG and not (line.dressed or line.quoted or line.shape)


def _heads_text(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether running text stands right below; a rule or a picture between does not count."""
    for line in lines[place + 1 : place + 4]:
        if line.kind is LineKind.TEXT:
            return line.ems >= max(_LONG, 1.2 * lines[place].ems)
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return line.kind is LineKind.OTHER and line.ems > 0
    return False
