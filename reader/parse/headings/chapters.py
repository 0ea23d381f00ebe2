"""Detection of a book's chapters: lines such as 第一回 with consecutive numbers, evaluated together.

Downloaded novels have no heading markup. A single line that begins with 第三章 may be a sentence, but a hundred such
lines in order, each with text below it, are the chapters.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from reader.parse.headings.shapes import number_of
from reader.parse.headings.visual_lines import LineKind, VisualLine
from reader.regex import regex

_NUMERALS = "零〇一二三四五六七八九十百千两0123456789０１２３４５６７８９"
_NUMBER = f"[{_NUMERALS}]{{1,7}}"
_CHAPTER = regex(
    "(?:(?:正文|番外|外传|外傳|VIP ?章?[节節]?|[上中下]?[卷部篇册冊集編编]"
    f"|(?:VIP ?)?[上中下]?卷|第{_NUMBER}[卷部篇册冊集編编](?:[ \u3000:：·]{{0,4}}\\S{{1,20}})?)[ \u3000:：·]{{0,4}})?"
    f"第(?P<number>{_NUMBER})(?P<unit>[章回囘節节卷部篇集話话折幕讲講])(?P<rest>.*)",
    re.IGNORECASE,
)
_PADDED = regex(r"(?P<number>\d{3,4})(?P<unit>章|[ \u3000、.．])[ \u3000]*(?P<rest>[^\d\s].*)")
"""A chapter line that begins with a number of three or four digits, as in files with chapters 001, 002 … 120."""
_SENTENCE = regex("[。，；,;]|[！？!?](?=.)")
_SOUGHT = 30
"""The number of characters at the start of a line that are searched for 第."""
_LONGEST_TITLE = 36.0
"""The maximum width of a chapter line in ems; a couplet of two nine-character lines with its number takes about 24."""
_MIN_CHAPTERS = 3
_IN_ORDER = 0.7
"""The share of numbers that must follow their predecessor or restart at one."""
_RUN = 4
"""The number of consecutive chapter lines without text between them that makes a table of contents."""


def chapters(lines: Sequence[VisualLine]) -> set[int]:
    """Return the indexes of the lines that begin a chapter, if the text has at least three of one kind."""
    by_unit: dict[str, list[tuple[int, int]]] = defaultdict(list)
    doubtful: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.kind is LineKind.TEXT and line.ems <= _LONGEST_TITLE:
            found = _chapter(line.text)
            if found:
                is_title = not _SENTENCE.search(found["rest"].strip(" \u3000"))
                (by_unit if is_title else doubtful)[found["unit"]].append((place, number_of(found["number"])))
    chapter_lines: set[int] = set()
    for unit, members in by_unit.items():
        kept = _outside_contents(lines, members)
        if kept and lines[kept[0][0]].text[0].isdigit() and not lines[kept[0][0]].text.startswith("0"):
            continue  # Numbers that are not padded may be amounts or years.
        if len(kept) >= _MIN_CHAPTERS and _is_consecutive([number for _, number in kept]):
            chapter_lines |= {place for place, _ in kept} | _missing(kept, doubtful[unit])
    return chapter_lines


def _chapter(text: str) -> re.Match[str] | None:
    """Match a line that may begin a chapter, after cheap tests that most lines fail."""
    _before, counter, after = text[:_SOUGHT].partition("第")
    if counter:
        return _CHAPTER.fullmatch(text) if after and after[0] in _NUMERALS else None
    return _PADDED.fullmatch(text) if text[:1].isdecimal() else None


def _missing(kept: list[tuple[int, int]], doubtful: list[tuple[int, int]]) -> set[int]:
    """Return the places of lines that look like sentences (第三章 走吧，回家！) but have a missing number.

    A number is missing if it follows the preceding chapter's, and the next chapter does not have it.
    """
    found: set[int] = set()
    after = 0
    last = kept[0][1] - 1
    for place, number in doubtful:
        while after < len(kept) and kept[after][0] < place:
            last = kept[after][1]
            after += 1
        is_free = after == len(kept) or kept[after][1] != number
        if is_free and number == last + 1:
            found.add(place)
            last = number
    return found


def _outside_contents(lines: Sequence[VisualLine], members: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Remove the lines of a table of contents from `members`."""
    kept: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for member in [*members, None]:
        if member is not None and (not run or _adjacent(lines, run[-1][0], member[0])):
            run.append(member)
            continue
        if len(run) < _RUN:
            kept += run
        elif any(number == run[-1][1] for _, number in run[:-1]):
            # The last line is the first chapter, directly below the table of contents that lists it.
            kept.append(run[-1])
        run = [] if member is None else [member]
    return kept


def _adjacent(lines: Sequence[VisualLine], one: int, other: int) -> bool:
    """Whether two lines are close together, without a paragraph between them."""
    return all(line.ems < 20 or line.kind is not LineKind.TEXT for line in lines[one + 1 : other]) and other - one <= 4


def _is_consecutive(numbers: Sequence[int]) -> bool:
    follows = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    return follows >= _IN_ORDER * (len(numbers) - 1)
