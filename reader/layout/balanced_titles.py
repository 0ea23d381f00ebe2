"""Titles in lines of similar length that end where a reader pauses."""

from itertools import pairwise

from reader.layout.cells import Cells
from reader.layout.linebreak import LineBreaks
from reader.settings.options import Typesetting

_LONGEST = 160
"""The maximum number of characters of a title that is balanced."""

_PAUSES = frozenset("：；。！？—…|｜:;!?】」』》）)]")
"""Marks after which a line ends best."""

_BEGINNINGS = frozenset("【《「『（([“")
"""Marks with which a line begins best."""

_WEAK_PAUSES = frozenset("，、,")
_PAUSE, _WEAK_PAUSE, _SPACE_IN_PHRASE, _PHRASE, _NAME = 0.0, 0.2, 0.3, 1.0, 2.0
"""The costs of a line end; 1 is the cost of a line that is twice as long as the average."""


def balanced(title: str, width: int, typesetting: Typesetting) -> list[str]:
    """Break a title into the minimum number of lines, which end at pauses and are similar in length.

    Args:
        title: The title, on one line.
        width: The line width in cells.
        typesetting: The typesetting options.

    Returns:
        The lines; none if the title fits on one line, is too long to be balanced, or has a word longer than a line.
    """
    cells = Cells(typesetting.ambiguous_width)
    total = cells.width(title)
    if total <= width or len(title) > _LONGEST:
        return []
    places = [0, *LineBreaks(title, typesetting.strictness, typesetting.korean).all()]
    widths = [cells.width(title[:place]) for place in places]
    costs = [_cost(title, place) for place in places]
    visible = [cells.width(title[:place].rstrip(" \u3000")) for place in places]
    for count in range(-(-total // width), len(places)):
        if found := _best(count, widths, visible, costs, width):
            return [title[places[start] : places[end]].strip() for start, end in pairwise(found)]
    return []


def _best(count: int, widths: list[int], visible: list[int], costs: list[float], width: int) -> list[int]:
    """The places (from the first to the last) of the best `count` lines; none if they do not fit."""
    last = len(widths) - 1
    average = max(visible[last] / count, 1)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for number in range(count):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, path) in best.items():
            for end in range(start + 1, last + 1):
                cells = visible[end] - widths[start]
                if cells > width:
                    break
                if (end == last) != (number == count - 1):
                    continue
                added = cost + (cells / average - 1) ** 2 + (costs[end] if end != last else 0)
                if end not in following or added < following[end][0]:
                    following[end] = (added, [*path, end])
        best = following
    return best[last][1] if last in best else []


def _cost(title: str, place: int) -> float:
    """The cost of ending a line at `place`."""
    before, after = title[place - 1 : place], title[place : place + 1]
    opened = title.rfind("《", 0, place)
    if opened >= 0 and title.find("》", opened, place) < 0 <= title.find("》", place):
        return _NAME
    if before in _PAUSES or after in _BEGINNINGS:
        return _PAUSE
    if before in _WEAK_PAUSES:
        return _WEAK_PAUSE
    if before in {" ", "\u3000"}:
        around = title[:place].rstrip(" \u3000")[-1:] + after
        # A space between Han separates phrases; one between Han and Latin letters is only a gap.
        return _PAUSE if all(one >= "\u2e80" for one in around) else _SPACE_IN_PHRASE
    return _PHRASE
