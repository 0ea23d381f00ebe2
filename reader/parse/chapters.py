"""The chapters of a book: lines such as 第一回 whose numbers run through it, judged together.

A downloaded novel calls nothing a heading. A single line that begins with 第三章 may be a sentence; a hundred of them
in order, each with text below it, are the chapters.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from reader.parse.heading_lines import LineKind, VisualLine
from reader.parse.shapes import number_of

_NUMBER = "[零〇一二三四五六七八九十百千两0-9０-９]{1,7}"
_CHAPTER = re.compile(
    "(?:(?:正文|番外|外传|外傳|VIP ?章?[节節]?|[上中下]?[卷部篇册冊集編编]"
    f"|(?:VIP ?)?[上中下]?卷|第{_NUMBER}[卷部篇册冊集編编](?:[ \u3000:：·]{{0,4}}\\S{{1,20}})?)[ \u3000:：·]{{0,4}})?"
    f"第(?P<number>{_NUMBER})(?P<unit>[章回囘節节卷部篇集話话折幕讲講])(?P<rest>.*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile("[。，；,;]|[！？!?](?=.)")
_LONGEST_TITLE = 36.0
"""Ems of a chapter's line; two rhyming lines of nine characters with their number take half of it."""
_FEWEST = 3
_IN_ORDER = 0.7
"""The share of numbers that must follow the one before, or begin anew at one."""
_RUN = 4
"""Chapters one below the other without text between them are a table of contents."""


def chapters(lines: Sequence[VisualLine]) -> set[int]:
    """The numbers of the lines that begin a chapter, in a text that has at least three of one kind."""
    by_unit: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.kind is LineKind.TEXT and "第" in line.text[:30] and line.ems <= _LONGEST_TITLE:
            found = _CHAPTER.fullmatch(line.text)
            if found and not _SENTENCE.search(found["rest"].strip(" \u3000")):
                by_unit[found["unit"]].append((place, number_of(found["number"])))
    told: set[int] = set()
    for members in by_unit.values():
        kept = _outside_contents(lines, members)
        if len(kept) >= _FEWEST and _runs_on([number for _, number in kept]):
            told |= {place for place, _ in kept}
    return told


def _outside_contents(lines: Sequence[VisualLine], members: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Members without those of a table of contents."""
    kept: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for member in [*members, None]:
        if member is not None and (not run or _adjacent(lines, run[-1][0], member[0])):
            run.append(member)
            continue
        if len(run) < _RUN:
            kept += run
        elif any(number == run[-1][1] for _, number in run[:-1]):
            # The first chapter, right below the contents that name it.
            kept.append(run[-1])
        run = [] if member is None else [member]
    return kept


def _adjacent(lines: Sequence[VisualLine], one: int, other: int) -> bool:
    """Whether nothing of the length of a paragraph stands between two lines."""
    return all(line.ems < 20 or line.kind is not LineKind.TEXT for line in lines[one + 1 : other]) and other - one <= 4


def _runs_on(numbers: Sequence[int]) -> bool:
    follows = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    return follows >= _IN_ORDER * (len(numbers) - 1)
