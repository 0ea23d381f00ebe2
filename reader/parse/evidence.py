"""The evidence that a line is a heading although the source does not say so.

Each sign, for or against, has a weight; a line is a heading if its sum reaches a threshold. What one line says for
itself (`_alone`), what its neighbours say (`_around`) and what lines of its style say together (`_together`) are
weighed apart, because the last needs the first two of all lines.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from reader.parse.chapters import chapters
from reader.parse.heading_lines import LineKind, VisualLine
from reader.parse.patterns import alternating, series
from reader.parse.wording import (
    goes_on,
    is_caption,
    is_command,
    is_credit,
    is_date_or_address,
    is_familiar,
    is_furniture,
)

_ENOUGH = 5.0
_WITH_REAL = 1.5
"""More is asked where the source has headings of its own: who has the means to mark one, and does not, means none."""

_PROMISING = 3.0
"""A line with less is no sibling to others of its style."""

_FIT = 2.5
"""What a line must say for itself to belong to the headings of its style."""
_MEMBERS, _MOST_OF = 3, 0.5

_NEAR = 15.0
"""Ems that a line beside the headings found may have, however short they are."""

_BOOK = 5
"""Chapters that make a book of a text."""

_STYLE_BOLD, _STYLE_DRESSED, _STYLE_QUOTED = 2.5, 1.5, 1.5
_LABEL = re.compile("[^\\s：:]{1,8}[：:].*[^：:]")
_ENDS = ("。", "！", "!", "；", ";", "，", ",", "、")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]|[Ee]tc|Inc|Co|Ltd|Jr|St|No)|\d)\.$")
_SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?", "…", "”", "：", ":")
_QUESTION = "？?"
_INSIDE = re.compile("[。！；]|[.!;] (?=[A-Z])|……")


def headings_among(lines: Sequence[VisualLine]) -> set[int]:
    """The numbers of the lines that are headings, real ones not counted."""
    if not any(line.short for line in lines):
        return set()
    threshold = _ENOUGH + (_WITH_REAL if sum(line.kind is LineKind.HEADING for line in lines) >= 3 else 0.0)
    last_text = max((n for n, line in enumerate(lines) if _is_body(line)), default=-1)
    first_text = next((n for n, line in enumerate(lines) if _is_body(line)), len(lines))
    repeated = Counter(line.text for line in lines if line.short)
    scores: dict[int, float] = {}
    for number, line in enumerate(lines):
        if not line.short or number > last_text or _is_sentence(line):
            continue
        score = _alone(line) - {1: 0.0, 2: 0.0, 3: 1.0}.get(repeated[line.text], 4.0)
        if score > 0:
            scores[number] = score + _around(lines, number, in_head=number < first_text)
    for number, weight in _in_runs(lines, scores.keys()).items():
        scores[number] += weight
    _weigh_styles(lines, scores)
    found = _with_kin(lines, scores, threshold) | series(lines)
    found |= _of_found_styles(lines, scores, found)
    if threshold == _ENOUGH:
        found |= alternating(lines, _may_be_title)
    book = chapters(lines)
    if len(book) >= _BOOK:
        # Where chapters carry the text, a short line that looks like a heading is dialogue, verse or a watermark.
        found = {number for number in found if _stands_beside_chapters(lines[number])}
    return found | book


def _may_be_title(line: VisualLine) -> bool:
    return _marks(line) > -1.0 and not _is_sentence(line)


def _stands_beside_chapters(line: VisualLine) -> bool:
    """Whether a line may head a part of a book: a volume, a preface, or what the author marked."""
    return line.dressed or is_familiar(line.text) or (line.shape is not None and 0 <= line.shape.rank <= 1)


def _is_sentence(line: VisualLine) -> bool:
    """Whether nothing could make a heading of it: most short lines are such, and need not be weighed."""
    return line.text.endswith(_ENDS) and not (line.dressed or line.shape or line.quoted)


def _is_body(line: VisualLine) -> bool:
    """Whether it is something that a heading may stand above."""
    if line.kind is LineKind.OTHER:
        return line.ems > 0
    long = line.ems >= 12 or (line.ems >= 4 and line.text.endswith("。"))
    return line.kind is LineKind.TEXT and long and not is_credit(line.text) and not is_furniture(line.text)


def _alone(line: VisualLine) -> float:
    """What a line says for itself."""
    text = line.text
    score = 1.5 if line.ems <= 24 else 1.0 if line.ems <= 32 else 0.0 if line.ems <= 38 else -1.0
    score += _STYLE_BOLD if line.bold else _STYLE_DRESSED if line.dressed else 0.0
    score += _STYLE_QUOTED if line.quoted else 0.0
    if line.shape:
        score += line.shape.weight
    elif is_familiar(text):
        score += 1.5
    elif text.isupper() and not text.isdigit() and text.isascii() and len(text) >= 4:
        score += 1.0
    return score + _marks(line)


def _marks(line: VisualLine) -> float:
    """What the marks and words of a line say against it."""
    text = line.text
    score = 0.5 + _end(line, text.rstrip("”’」』】》）)\"' "))
    score -= min(text.count("，") + text.count(", "), 2) * (0.25 if line.dressed or line.shape else 1.0)
    if _INSIDE.search(text[:-1]):
        score -= 3.0
    if text.startswith(("（", "(")) and text.endswith(("）", ")")) and not line.shape:
        score -= 4.0
    if not re.search(r"[^\W\d_]", text) and not (line.shape and line.shape.lone):
        score -= 6.0
    if any(said(text) for said in (is_credit, is_furniture, is_caption, is_date_or_address, is_command)):
        score -= 6.0
    if goes_on(text):
        score -= 2.0
    if line.linked:
        score -= 3.0
    if not line.shape and 2 * sum(map(str.isdigit, text)) >= sum(map(str.isalnum, text)):
        score -= 2.0  # A figure that is set large.
    if text.startswith(("“", "「", '"', "——", "- ", "–")) and not line.dressed and not line.shape:
        score -= 1.5
    if not line.shape and not line.bold and _LABEL.fullmatch(text):
        score -= 1.5
    return score


def _end(line: VisualLine, bare: str) -> float:
    """What the last mark of a line says; `bare` is the line without the quotation marks that close it."""
    if bare.endswith(("……", "…")):
        return -2.0
    if bare.endswith(("？", "?")):
        return -1.0 if line.dressed or line.shape else -0.5
    if bare.endswith(("：", ":")):
        return -1.0 if line.shape and line.shape.numbered else -3.0
    if bare.endswith(_ENDS):
        return -5.0
    if bare.endswith(".") and not _ABBREVIATION.search(bare):
        return -4.0
    return 0.0


def _around(lines: Sequence[VisualLine], number: int, *, in_head: bool) -> float:
    """What the lines before and behind say. A rule between two lines is not seen."""
    line = lines[number]
    before, behind = _neighbour(lines, number, -1), _neighbour(lines, number, 1)
    plain = not (line.dressed or line.shape or line.quoted)
    score = _followed(line, behind, plain=plain)
    if before and before.kind is LineKind.PICTURE:
        score -= 3.0 if plain else 0.0
    if plain and before and before.kind is LineKind.TEXT and not before.short:
        score += 0.5
    numbered = before is not None and before.shape is not None and before.shape.lone
    if plain and in_head and not numbered:
        score -= 2.0
    if before and before.text.endswith(("：", ":")) and not (line.shape and line.shape.numbered):
        score -= 2.0  # What the colon announces.
    if numbered and not line.shape:
        score += 1.5  # The number that stands above its title.
    if line.wrapped and not line.bold:
        first = number == 0 or lines[number - 1].block != line.block
        score -= 0.5 if first else 1.0 if line.shape else 2.5
    return score


def _followed(line: VisualLine, behind: VisualLine | None, *, plain: bool) -> float:
    """What the next line says of this one."""
    if behind is None:
        return -4.0
    if behind.kind is not LineKind.TEXT:
        by_kind = {LineKind.PICTURE: -3.0 if plain else 0.0, LineKind.HEADING: -2.0}
        return by_kind.get(behind.kind, 0.0 if plain else 0.5)
    if is_credit(behind.text):
        # Below a bold name stand its address, its price and the like, and then the text.
        return 0.5 if line.bold and behind.block == line.block and behind.wrapped else -2.0
    if behind.ems >= max(25.0, 1.5 * line.ems):
        return 1.5
    if behind.text.endswith(_SENTENCE_ENDS) and not behind.dressed:
        return 1.0
    same = behind.style == line.style
    return -1.0 if same else 0.5 if line.quoted or (behind.short and (behind.dressed or behind.shape)) else 0.0


def _neighbour(lines: Sequence[VisualLine], number: int, step: int) -> VisualLine | None:
    number += step
    while 0 <= number < len(lines):
        if lines[number].kind is not LineKind.RULE:
            return lines[number]
        number += step
    return None


def _in_runs(lines: Sequence[VisualLine], candidates: AbstractSet[int]) -> dict[int, float]:
    """What is lost by standing one below the other: a table of contents, a cast, an address."""
    weights: dict[int, float] = {}
    run: list[int] = []
    for number in range(len(lines) + 1):
        if number in candidates:
            run.append(number)
            continue
        styles = Counter(lines[one].style for one in run)
        for one in run:
            same = styles[lines[one].style]
            if same >= 3 or (len(run) >= 4 and same >= 2):
                weights[one] = -4.0
        run = []
    return weights


def _weigh_styles(lines: Sequence[VisualLine], scores: dict[int, float]) -> None:
    """Adds to each score what all the lines of its style say together."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for number, score in scores.items():
        if score >= _PROMISING:
            styles[lines[number].style].append(number)
    for members in styles.values():
        weight = _together(lines, members)
        for number in members:
            scores[number] += weight + _in_order(lines, members, number)


def _together(lines: Sequence[VisualLine], members: list[int]) -> float:
    first = lines[members[0]]
    weight = 1.5 if len(members) >= 3 else 1.0 if len(members) == 2 else -0.5 if first.quoted else 0.0
    behind = [_neighbour(lines, number, 1) for number in members]
    before = [_neighbour(lines, number, -1) for number in members]
    if all(line and line.kind is LineKind.PICTURE for line in behind) or (
        not first.shape and all(line and line.kind is LineKind.PICTURE for line in before)
    ):
        weight -= 3.0
    texts = Counter(lines[number].text for number in members)
    if len(members) >= 4 and sum(number == 1 for number in texts.values()) < len(members) / 4:
        weight -= 3.0  # Those who speak in turn.
    questions = sum(lines[number].text.rstrip('”」"')[-1:] in _QUESTION for number in members)
    if questions > len(members) / 2 and not (first.shape and first.shape.numbered):
        weight -= 2.5
    return weight


def _in_order(lines: Sequence[VisualLine], members: list[int], number: int) -> float:
    """Whether a number has its neighbour in the same style: a lone 3 counts something else."""
    own = lines[number].shape
    if own is None or not own.numbered or not own.number:
        return 0.0
    numbers = {other.number for one in members if (other := lines[one].shape)}
    if own.number > 1 and own.number - 1 not in numbers:
        return -3.0
    if own.lone and not numbers & {own.number - 1, own.number + 1}:
        return -3.0
    return 0.5 if own.number > 1 or 2 in numbers else 0.0


def _with_kin(lines: Sequence[VisualLine], scores: dict[int, float], threshold: float) -> set[int]:
    """The lines that reach the threshold, and those that come near it and have the length of the others around them."""
    found = {number for number, score in scores.items() if score >= threshold}
    if len(found) < 3:
        return found
    lengths = [lines[number].ems for number in found]
    near = {
        number
        for number, score in scores.items()
        if number not in found
        and score >= threshold - 2.5
        and min(lengths) <= lines[number].ems <= max(1.5 * max(lengths), _NEAR)
        and min(found) < number < max(found)
        and not found & {number - 1, number + 1}
        and (behind := _neighbour(lines, number, 1))
        and (behind.kind is LineKind.OTHER or (behind.kind is LineKind.TEXT and not behind.short))
    }
    return found | near


def _of_found_styles(lines: Sequence[VisualLine], scores: Mapping[int, float], found: AbstractSet[int]) -> set[int]:
    """Dressed lines of a style of which most are headings: one author marks all of them alike."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if number in scores and line.dressed and not line.wrapped and _alone(line) >= _FIT:
            styles[line.style].append(number)
    told: set[int] = set()
    for members in styles.values():
        known = found & set(members)
        if len(known) >= _MEMBERS and len(known) >= _MOST_OF * len(members):
            told |= {
                number
                for number in members
                if (after := _neighbour(lines, number, 1)) and after.kind is not LineKind.PICTURE
            }
    return told
