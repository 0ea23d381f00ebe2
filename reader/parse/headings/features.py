"""Features of lines that may be headings without markup: of the line, its neighbours, and the whole article.

Their weights are in `weights.py`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import log1p

from reader.parse.headings.visual_lines import LineKind, VisualLine
from reader.parse.headings.wording import is_section_title

Features = dict[str, float]
"""The values of features by their names; a feature that is missing is 0."""

_LONG, _MIDDLE = 20.0, 12.0
"""The widths in ems from which a line is running text, and from which it may be running text."""
_WIDEST_TITLE, _TINY = 32.0, 4.0
"""The maximum widths in ems of a line that may be a title, and of a line that is a single word."""
_CLOSING = "”’」』】》）)\"' "
_FULL = dict.fromkeys("。．！!；;，,、…", "full")
_ENDS = _FULL | dict.fromkeys("？?", "question") | dict.fromkeys("：:", "colon") | {".": "dot"}
_SPOKEN = ("“", "「", "『", '"')
_CODE = frozenset("=(){}<>\\/_|;$&*[]")
_MOST_CODE, _MOST_REPEATED, _MOST_WORDS, _MOST_IN_STYLE, _LONGEST_RUN, _MOST_BARE = 3, 3, 10, 6, 5, 3.0
_LEAST_WORDING = -6.0
_MOST_PER_BODY = 10
"""The maximum number of candidates for each running line, list or code block; more are lines of verse or data."""


def line_features(
    lines: Sequence[VisualLine], wording: Callable[[VisualLine], float]
) -> Iterator[tuple[int, Features]]:
    """Yield the index and the features of each line that may be a heading.

    Args:
        lines: The lines of the article.
        wording: Returns the score of a line's wording, negative if the line is hardly a title.
    """
    ends = [_end(line.text) if line.kind is LineKind.TEXT else "" for line in lines]
    places = [place for place, line in enumerate(lines) if line.short and _is_open(line, ends[place])]
    bodies = sum(line.kind is LineKind.OTHER or line.ems >= _LONG for line in lines)
    if 0 < len(places) <= _MOST_PER_BODY * bodies:
        survey = _Survey(lines, ends, places)
        for place in places:
            features = survey.features(place)
            features["wording"] = max(_LEAST_WORDING, wording(lines[place]))
            yield place, features


def _is_open(line: VisualLine, end: str) -> bool:
    """Whether a line is not emphasized and does not end like a sentence; one with a shape may end with a dot."""
    return not line.emphasized and end != "full" and (end != "dot" or line.shape is not None)


def _end(text: str) -> str:
    """Return the kind of punctuation at the end of a line, ignoring closing brackets and quotation marks."""
    return _ENDS.get(text.rstrip(_CLOSING)[-1:], "")


class _Survey:
    """Facts about all lines of an article, from which it derives the features of each line."""

    def __init__(self, lines: Sequence[VisualLine], ends: Sequence[str], places: Sequence[int]) -> None:
        self._lines, self._ends = lines, ends
        self._bare = [place for place in places if ends[place] != "colon" and lines[place].ems <= _WIDEST_TITLE]
        self._above, self._below, self._below_pictures = _neighbours(list(map(_kind, lines, ends)))
        self._text_before = [0.0, *accumulate(line.ems for line in lines)]
        self._repeated = Counter(line.text for line in lines if line.short)
        self._numbers: dict[tuple[str, bool, bool], set[int]] = defaultdict(set)
        for place in places:
            if (own := lines[place].shape) and own.numbered:
                self._numbers[lines[place].style].add(own.number)
        self._runs = _runs(self._bare)
        self._shared = self._features_of_article()

    def features(self, place: int) -> Features:
        """Return the features of a line."""
        return {**self._shared, **self._features_of_line(place), **self._features_of_context(place)}

    def _features_of_article(self) -> Features:
        lines, bare = self._lines, self._bare
        texts = [place for place, line in enumerate(lines) if line.kind is LineKind.TEXT]
        running = [place for place in texts if lines[place].ems >= _LONG]
        spoken = sum(lines[place].ems < _LONG and lines[place].text.startswith(_SPOKEN) for place in texts)
        followed = sum(self._below_pictures[place] in {"long", "long ended", "other"} for place in bare)
        return {
            "ended": sum(self._ends[place] != "" for place in running) / max(1, len(running)),
            "running": log1p(len(running)),
            "bare to running": min(_MOST_BARE, len(bare) / max(1, len(running))),
            "bare to all": len(bare) / len(texts),
            "followed": followed / max(1, len(bare)),
            "spoken": spoken / len(texts),
            "wrapped share": sum(lines[place].wrapped for place in texts) / len(texts),
        }

    def _features_of_line(self, place: int) -> Features:
        line = self._lines[place]
        text, end = line.text, self._ends[place]
        features: Features = {
            "ems": line.ems / 10,
            "tiny": line.ems <= _TINY,
            "upper": text[0].isupper(),
            "ascii": text.isascii(),
            "words": min(_MOST_WORDS, text.count(" ") + 1) / 10,
            "code": min(_MOST_CODE, sum(map(_CODE.__contains__, text))),
            "section": is_section_title(text),
            "repeated": min(_MOST_REPEATED, self._repeated[text] - 1),
            "quotation": text.startswith(_SPOKEN),
        }
        if end:
            features[f"ends {end}"] = 1.0
        if (own := line.shape) and own.numbered:
            numbers = self._numbers[line.style]
            features["numbered"] = 1.0
            features["sequence"] = own.number - 1 in numbers or (own.number == 1 and 2 in numbers)
            features["style"] = min(_MOST_IN_STYLE, len(numbers))
        return features

    def _features_of_context(self, place: int) -> Features:
        lines, bare, before = self._lines, self._bare, self._text_before
        # The text up to the next candidate may be a section; the text since the last one shows how far apart they are.
        after, last = bisect_right(bare, place), bisect_left(bare, place) - 1
        following = bare[after] if after < len(bare) else len(lines)
        previous = bare[last] if last >= 0 else -1
        length, is_last = self._runs.get(place, (1, True))
        wrapped, wrapped_share = lines[place].wrapped, self._shared["wrapped share"]
        return {
            f"above {self._above[place]}": 1.0,
            f"below {self._below[place]}": 1.0,
            "rule above": place > 0 and lines[place - 1].kind is LineKind.RULE,
            "run": length,
            "last of run": is_last,
            "text below": log1p(before[following] - before[place + 1]),
            "text above": log1p(before[place] - before[previous + 1]),
            "position": place / len(lines),
            "wrapped": wrapped,
            "unlike others": 1.0 - wrapped_share if wrapped else wrapped_share,
        }


def _neighbours(kinds: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the kinds of the lines above, below, and below but for pictures, for each line; skip thematic breaks."""
    above, below, below_pictures = ([""] * len(kinds) for _ in range(3))
    last = "none"
    for place, kind in enumerate(kinds):
        above[place] = last
        last = last if kind == "rule" else kind
    last = text = "none"
    for place in range(len(kinds) - 1, -1, -1):
        kind = kinds[place]
        below[place], below_pictures[place] = last, text
        last = last if kind == "rule" else kind
        text = text if kind in {"rule", "picture"} else kind
    return above, below, below_pictures


def _runs(places: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Return for each place the length of its run of adjacent places, and whether it is the last of the run."""
    runs: dict[int, tuple[int, bool]] = {}
    run: list[int] = []
    for place in [*places, -1]:
        if run and place != run[-1] + 1:
            runs.update((one, (min(len(run), _LONGEST_RUN), one == run[-1])) for one in run)
            run = []
        run.append(place)
    return runs


def _kind(line: VisualLine, end: str) -> str:
    """Return the kind of a line as a feature of its neighbours."""
    if line.kind is not LineKind.TEXT:
        return line.kind.value if line.ems > 0 or line.kind is not LineKind.OTHER else "empty"
    if end == "colon":
        return "colon"
    length = "long" if line.ems >= _LONG else "middle" if line.ems >= _MIDDLE else "short"
    return f"{length} ended" if end else length
