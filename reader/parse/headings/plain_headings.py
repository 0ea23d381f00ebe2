"""Detection of pseudo headings without emphasis by the features of the whole article: all candidates or none."""

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from reader.parse.headings.features import line_features
from reader.parse.headings.visual_lines import LineKind, VisualLine
from reader.parse.headings.weights import log_odds

_FEWEST = 3
"""The minimum number of headings, because a single short line may be anything."""
_LEAST_EVIDENCE = 5.5
"""The minimum sum of the log odds of all headings; the short lines of an essay or a poem stay below it."""
_MOST_CAPTIONS = 0.6
"""The maximum share of candidates directly below pictures; if there are more, all candidates are captions."""
_LEAST_INTRODUCING, _TEXT = 0.2, 6.0
"""Minimum share of candidates that introduce text; minimum width of such text, in ems."""
_MOST_LEVELS = 3
"""The maximum number of headings in a row, one of each level; more are a list."""
_WATERMARK = 4
"""The number of repetitions from which a line is a watermark."""


def plain_headings(lines: Sequence[VisualLine], wording: Callable[[VisualLine], float]) -> set[int]:
    """Return the indexes of the lines that are likely headings; none if the article as a whole speaks against them.

    Args:
        lines: The lines of the article.
        wording: Returns the score of a line's wording, negative if the line is hardly a title.
    """
    odds = {place: log_odds(features) for place, features in line_features(lines, wording)}
    likely = {place for place, own in odds.items() if own > 0 and not _is_amount(lines[place])}
    likely -= _lists(lines, likely) | _watermarks(lines, likely)
    if len(likely) < _FEWEST or sum(odds[place] for place in likely) < _LEAST_EVIDENCE:
        return set()
    captions = sum(place > 0 and lines[place - 1].kind is LineKind.PICTURE for place in likely)
    introducing = sum(_introduces_text(lines, place) for place in likely)
    is_evident = captions <= _MOST_CAPTIONS * len(likely) and introducing >= _LEAST_INTRODUCING * len(likely)
    return likely if is_evident else set()


def _is_amount(line: VisualLine) -> bool:
    """Whether a line is an amount, a number with a unit, rather than a heading with the number of a section."""
    text = line.text
    if line.shape is not None or not text[0].isdigit():
        return False
    digits, letters = sum(map(str.isdigit, text)), sum(map(str.isalpha, text))
    return digits >= letters > 0


def _lists(lines: Sequence[VisualLine], places: AbstractSet[int]) -> set[int]:
    """Return the places of adjacent lines of one style that are a list, a verse or a signature.

    Three lines without a number or symbol may instead be headings, one of each level, if text follows.
    """
    members: set[int] = set()
    for first in places - {place + 1 for place in places}:
        row = [first]
        while row[-1] + 1 in places:
            row.append(row[-1] + 1)
        for _style, group in groupby(row, key=lambda place: lines[place].style):
            own = list(group)
            is_plain = lines[own[0]].shape is None and _introduces_text(lines, own[-1])
            if len(own) > (_MOST_LEVELS if is_plain else _MOST_LEVELS - 1):
                members.update(own)
    return members


def _introduces_text(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether running text, a list or code is below a line, ignoring thematic breaks and pictures."""
    for line in lines[place + 1 : place + 4]:
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return line.kind is LineKind.OTHER or (line.kind is LineKind.TEXT and line.ems >= _TEXT)
    return False


def _watermarks(lines: Sequence[VisualLine], places: AbstractSet[int]) -> set[int]:
    """Return the places of a text that is repeated so often that it is at least half of all candidates."""
    times = Counter(lines[place].text for place in places)
    return {place for place in places if times[lines[place].text] >= max(_WATERMARK, len(places) / 2)}
