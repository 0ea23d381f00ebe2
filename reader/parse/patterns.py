"""Pseudo headings detected by a pattern: either all lines of a form in an article are headings, or none.

A single short line above a paragraph is weak evidence. It is strong if every paragraph has one, or if numbered lines
with text below each count from one to the end.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from reader.parse.heading_lines import LineKind, VisualLine

_LONG = 20.0
"""The width in ems from which a line is running text."""
_LONGEST = 30.0
"""The maximum width in ems of a plain line that may be a heading."""
_FEWEST_SERIES, _FEWEST_RUNNING = 4, 3
_LONGEST_RUN = 3
"""The maximum number of titles in a row, one of each level; more are a list."""
_TITLE_RULES = ((4, 0, 0.1), (3, 1, 0.25), (2, 2, 0.25), (3, 2, 1.0), (4, 3, 2.0))
"""For each rule the minimum number of titles, of those with text below, and the maximum ratio of other short lines."""
_SURE, _MAYBE, _NEVER = -1.5, -2.5, -10.0
"""Scores of wording: above the first a line may be a title, above the second it may join others."""
_MOSTLY = 0.6
"""The share of running text that an author who ends sentences ends with punctuation."""
_FINAL = frozenset("。．.！!？?…：:；;，,、")
_CLOSING = "”’」』】》）)\"' "
_QUESTION = ("？", "?")
_SPOKEN = ("“", "「", "『", '"')
_UNFINISHED = ("：", ":", "，", ",", "、", "；", ";")


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


def plain_titles(lines: Sequence[VisualLine], wording: Callable[[VisualLine], float]) -> set[int]:
    """Return the short lines without final punctuation that head sections, all of them or none.

    An author who ends nearly every sentence leaves the punctuation out on purpose. Such a line is a title if text, a
    list or code follows it, or a line of the next level. If many short lines are something else, none are titles.
    Questions and lines that look less like titles join those around them.

    Args:
        lines: The lines of the article.
        wording: Returns the score of a line's wording, negative for what is hardly a title.
    """
    if not _ends_sentences(lines):
        return set()
    bare = [place for place, line in enumerate(lines) if _is_bare(line)]
    times = Counter(lines[place].text for place in bare)
    sure: set[int] = set()
    joining: set[int] = set()
    strong, others = 0, sum(map(_is_spoken, lines))
    for run in _runs(bare):
        scores = [wording(lines[place]) if times[lines[place].text] == 1 else _NEVER for place in run]
        questions = sum(lines[place].text.endswith(_QUESTION) for place in run)
        follows = _follows(lines, run[-1]) if len(run) <= _LONGEST_RUN and min(scores) > _MAYBE else None
        if follows is None or (run[0] and lines[run[0] - 1].text.endswith(_UNFINISHED)):
            others += len(run) - questions
        elif min(scores) > _SURE and not questions:
            sure.update(run)
            strong += follows
        elif follows:
            joining.update(run)
    captions = sum(place > 0 and lines[place - 1].kind is LineKind.PICTURE for place in sure)
    if captions > _MOSTLY * len(sure) or not _are_titles(len(sure), strong, others):
        return set()
    return sure | joining if len(joining) <= len(sure) else sure


def _are_titles(members: int, strong: int, others: int) -> bool:
    """Whether lines that may be titles are.

    Args:
        members: The number of these lines.
        strong: How many of them have text below, not a list or code.
        others: The number of short lines of the same form that cannot be titles.
    """
    return any(
        members >= fewest and strong >= fewest_strong and others <= most * members
        for fewest, fewest_strong, most in _TITLE_RULES
    )


def _ends_sentences(lines: Sequence[VisualLine]) -> bool:
    """Whether the author ends running text with punctuation."""
    running = [line for line in lines if line.kind is LineKind.TEXT and line.ems >= _LONG]
    ended = sum(is_ended(line.text) for line in running)
    return len(running) >= _FEWEST_RUNNING and ended >= _MOSTLY * len(running)


def is_ended(text: str) -> bool:
    """Whether a line ends with punctuation."""
    return text.rstrip(_CLOSING)[-1:] in _FINAL


def _is_bare(line: VisualLine) -> bool:
    """Whether it is a short line without number, emphasis and final punctuation other than a question mark."""
    is_plain = line.kind is LineKind.TEXT and not (line.emphasized or line.quoted or line.shape)
    return is_plain and line.ems <= _LONGEST and (line.text.endswith(_QUESTION) or not is_ended(line.text))


def _is_spoken(line: VisualLine) -> bool:
    """Whether it is a short line of dialogue: in a story, other short lines are seldom titles."""
    return line.kind is LineKind.TEXT and line.ems < _LONG and line.text.startswith(_SPOKEN) and is_ended(line.text)


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places in groups of neighbours."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _follows(lines: Sequence[VisualLine], place: int) -> bool | None:
    """Return True if text follows, ignoring images; False for a list, table, code or number; None for neither."""
    for line in lines[place + 1 : place + 4]:
        if line.kind is LineKind.TEXT:
            return True if is_ended(line.text) or line.ems >= _LONG else None if _is_bare(line) else False
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return False if line.kind is LineKind.OTHER and line.ems > 0 else None
    return None


def _precedes_text(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether running text follows, ignoring thematic breaks and images."""
    for line in lines[place + 1 : place + 4]:
        if line.kind is LineKind.TEXT:
            return line.ems >= max(_LONG, 1.2 * lines[place].ems)
        if line.kind not in {LineKind.RULE, LineKind.PICTURE}:
            return line.kind is LineKind.OTHER and line.ems > 0
    return False
