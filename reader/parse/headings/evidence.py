"""Detection of pseudo headings: scores of the evidence that a line without heading markup is a heading.

Each feature has a positive or negative weight, and a line is a heading if the sum reaches a threshold. There are
separate scores for the line itself (`_own_score`), its context (`_context_score`) and all lines of its style
(`_style_score`), because the last one depends on the first two of all lines.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reader.parse.headings.chapters import chapters
from reader.parse.headings.dated_headings import dated_headings
from reader.parse.headings.emphasized_headings import FEWEST, with_siblings, without_unmarked
from reader.parse.headings.numbered_series import series
from reader.parse.headings.plain_headings import plain_headings
from reader.parse.headings.speeches import speeches
from reader.parse.headings.visual_lines import LineKind, VisualLine, neighbour
from reader.parse.headings.wording import (
    continues_sentence,
    is_boilerplate,
    is_book_part,
    is_caption,
    is_command,
    is_credit,
    is_date_or_address,
    is_section_title,
    is_subscription,
)
from reader.regex import regex

_THRESHOLD = 5.0
_REAL_MARGIN = 1.5
"""Added to the threshold if the source has real headings: its author would have marked further headings too."""

_MIN_SIBLING_SCORE = 3.0
"""The minimum score of a line that supports other lines of its style."""

_NEAR_MISS_EMS = 15.0
"""The width in ems up to which a line may join shorter headings around it."""

_MIN_CHAPTERS = 5
"""The number of chapters from which a text is a book."""

_STYLE_BOLD, _STYLE_EMPHASIZED, _STYLE_QUOTED = 2.5, 1.5, 1.5
_LABEL = regex("[^\\s：:]{1,8}[：:].*[^：:]")
_ENDS = ("。", "！", "!", "；", ";", "，", ",", "、")
_ABBREVIATION = regex(r"(?:\b(?:[A-Z]|[Ee]tc|Inc|Co|Ltd|Jr|St|No)|\d)\.$")
_SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?", "…", "”", "：", ":")
_OPENING_QUOTES = ("“", "「", "『", "‘")
"""Misprints for closing quotation marks at the end of a line, which is spoken."""
_QUESTION = "？?"
_NUMBER = regex(r"\A[A-Za-z]?\d{1,3}(?:[.．]\d{1,3})*[.．。、]?[ \u3000]*")
"""A number at the start of a line; its dot does not end a sentence."""
_INSIDE = regex("[。！；]|[.!;] (?=[A-Z])|……")


def headings_among(lines: Sequence[VisualLine]) -> set[int]:
    """Return the indexes of the lines that are pseudo headings."""
    if not any(line.short for line in lines):
        return set()
    threshold = _THRESHOLD + (_REAL_MARGIN if sum(line.kind is LineKind.HEADING for line in lines) >= 3 else 0.0)
    last_text = next((n for n in reversed(range(len(lines))) if _is_body(lines[n])), -1)
    first_text = next((n for n, line in enumerate(lines) if _is_body(line)), len(lines))
    repeated = Counter(line.text for line in lines if line.short)
    scores: dict[int, float] = {}
    for number, line in enumerate(lines):
        if not line.short or number > last_text or _is_sentence(line):
            continue
        score = _own_score(line) - {1: 0.0, 2: 0.0, 3: 1.0}.get(repeated[line.text], 4.0)
        if score > 0:
            scores[number] = score + _context_score(lines, number, in_head=number < first_text)
    for number, weight in _run_penalties(lines, scores.keys()).items():
        scores[number] += weight
    _add_style_scores(lines, scores)
    found = _with_near_misses(lines, scores, threshold) | series(lines) | dated_headings(lines)
    found = with_siblings(lines, found, last_text)
    if threshold == _THRESHOLD:
        emphasized = sum(lines[number].emphasized for number in found)
        found = without_unmarked(lines, found) if emphasized >= FEWEST else _with_plain_headings(lines, found)
    if found:
        found -= {number for number in speeches(lines) if not lines[number].emphasized}
    book = chapters(lines)
    if len(book) >= _MIN_CHAPTERS:
        # In a book with chapters, other short lines that look like headings are dialogue, verse or watermarks.
        found = {number for number in found if _may_accompany_chapters(lines[number])}
        found = _with_book_parts(lines, found)
    return found | book


def _with_plain_headings(lines: Sequence[VisualLine], found: set[int]) -> set[int]:
    """Add the headings without emphasis.

    If there are any, only the emphasized, numbered and dated lines of `found` stay headings.
    """
    plain = plain_headings(lines, wording_score)
    if not plain:
        return found
    marked = {number for number in found if lines[number].emphasized or _is_numbered(lines[number])}
    return plain | marked | dated_headings(lines)


def _is_numbered(line: VisualLine) -> bool:
    return line.shape is not None and line.shape.numbered


def _may_accompany_chapters(line: VisualLine) -> bool:
    """Whether a line may be a heading besides chapters: a volume, a preface, or a line with emphasis."""
    return line.emphasized or is_section_title(line.text) or (line.shape is not None and 0 <= line.shape.rank <= 1)


def _with_book_parts(lines: Sequence[VisualLine], found: set[int]) -> set[int]:
    """Add the parts of a book besides its chapters, such as 楔子, that have text below; remove those of a contents."""
    parts = {
        place for place, line in enumerate(lines) if line.short and not line.emphasized and is_book_part(line.text)
    }
    below = {place: neighbour(lines, place, 1) for place in parts}
    return (found - parts) | {
        place
        for place, after in below.items()
        if after is not None and after.kind is LineKind.TEXT and (_is_body(after) or is_book_part(after.text))
    }


def _is_sentence(line: VisualLine) -> bool:
    """Whether a line ends like a sentence without a feature of a heading. Most short lines do, and need no score."""
    return line.text.endswith(_ENDS) and not (line.emphasized or line.shape or line.quoted)


def _is_body(line: VisualLine) -> bool:
    """Whether a line is body content that a heading may introduce."""
    if line.kind is LineKind.OTHER:
        return line.ems > 0
    long = line.ems >= 12 or (line.ems >= 4 and line.text.endswith("。"))
    return line.kind is LineKind.TEXT and long and not is_credit(line.text) and not is_boilerplate(line.text)


def _own_score(line: VisualLine) -> float:
    """Return the score of a line's own features."""
    text = line.text
    score = 1.5 if line.ems <= 24 else 1.0 if line.ems <= 32 else 0.0 if line.ems <= 38 else -1.0
    score += _STYLE_BOLD if line.bold else _STYLE_EMPHASIZED if line.emphasized else 0.0
    score += _STYLE_QUOTED if line.quoted else 0.0
    if line.shape:
        score += line.shape.weight
    elif is_section_title(text):
        score += 1.5
    elif text.isupper() and not text.isdigit() and text.isascii() and len(text) >= 4:
        score += 1.0
    return score + wording_score(line)


def wording_score(line: VisualLine) -> float:
    """Return the score of a line's punctuation and wording, which is mostly negative."""
    text = line.text
    score = 0.5 + _ending_score(line, text.rstrip("”’」』】》）)\"' "))
    score -= min(text.count("，") + text.count(", "), 2) * (0.25 if line.emphasized or line.shape else 1.0)
    if _INSIDE.search(_NUMBER.sub("", text[:-1])):
        score -= 3.0
    if text.startswith(("（", "(")) and text.endswith(("）", ")")) and not line.shape:
        score -= 4.0
    if not re.search(r"[^\W\d_]", text) and not (line.shape and line.shape.lone):
        score -= 6.0
    if any(
        said(text) for said in (is_credit, is_boilerplate, is_caption, is_date_or_address, is_command, is_subscription)
    ):
        score -= 6.0
    if continues_sentence(text):
        score -= 2.0
    if line.linked:
        score -= 3.0
    if not line.shape and 2 * sum(map(str.isdigit, text)) >= sum(map(str.isalnum, text)):
        score -= 2.0  # Mostly digits: a figure in large type.
    if text.startswith(("“", "「", '"', "——", "- ", "–")) and not line.emphasized and not line.shape:
        score -= 1.5
    if not line.shape and not line.bold and _LABEL.fullmatch(text):
        score -= 1.5
    return score


def _ending_score(line: VisualLine, bare: str) -> float:
    """Return the score of a line's final punctuation; `bare` is the line without closing quotation marks."""
    if bare.endswith(("……", "…")):
        return -2.0
    if bare.endswith(("？", "?")):
        return -1.0 if line.emphasized or line.shape else -0.5
    if bare.endswith(("：", ":")):
        return -1.0 if line.shape and line.shape.numbered else -3.0
    if bare.endswith((*_ENDS, *_OPENING_QUOTES)):
        return -5.0
    if bare.endswith(".") and not _ABBREVIATION.search(bare):
        return -4.0
    return 0.0


def _context_score(lines: Sequence[VisualLine], number: int, *, in_head: bool) -> float:
    """Return the score of the lines before and after, ignoring thematic breaks."""
    line = lines[number]
    before, after = neighbour(lines, number, -1), neighbour(lines, number, 1)
    plain = not (line.emphasized or line.shape or line.quoted)
    score = _next_line_score(line, after, plain=plain)
    if before and before.kind is LineKind.PICTURE:
        score -= 3.0 if plain else 0.0
    if plain and before and before.kind is LineKind.TEXT and not before.short:
        score += 0.5
    numbered = before is not None and before.shape is not None and before.shape.lone
    if plain and in_head and not numbered:
        score -= 2.0
    if before and before.text.endswith(("：", ":")) and not (line.shape and line.shape.numbered):
        score -= 2.0  # The colon introduces this line.
    if numbered and not line.shape:
        score += 1.5  # The line above is the number of this title.
    if line.wrapped and not line.bold:
        first = number == 0 or lines[number - 1].block != line.block
        score -= 0.5 if first else 1.0 if line.shape else 2.5
    return score


def _next_line_score(line: VisualLine, after: VisualLine | None, *, plain: bool) -> float:
    """Return the score of the next line as evidence for a heading."""
    if after is None:
        return -4.0
    if after.kind is not LineKind.TEXT:
        by_kind = {LineKind.PICTURE: -3.0 if plain else 0.0, LineKind.HEADING: -2.0}
        return by_kind.get(after.kind, 0.0 if plain else 0.5)
    if is_credit(after.text):
        # In listings, a bold name is followed by an address or a price, and then by the text.
        return 0.5 if line.bold and after.block == line.block and after.wrapped else -2.0
    if after.ems >= max(25.0, 1.5 * line.ems):
        return 1.5
    if after.text.endswith(_SENTENCE_ENDS) and not after.emphasized:
        return 1.0
    same = after.style == line.style
    return -1.0 if same else 0.5 if line.quoted or (after.short and (after.emphasized or after.shape)) else 0.0


def _run_penalties(lines: Sequence[VisualLine], candidates: AbstractSet[int]) -> dict[int, float]:
    """Return the penalties of candidates in a row, which may be a table of contents, a cast or an address."""
    weights: dict[int, float] = {}
    run: list[int] = []
    for number in range(len(lines) + 1):
        if number in candidates:
            run.append(number)
            continue
        if len(run) < 3:
            run = []
            continue
        styles = Counter(lines[one].style for one in run)
        for one in run:
            same = styles[lines[one].style]
            if same >= 3 or (len(run) >= 4 and same >= 2):
                weights[one] = -4.0
        run = []
    return weights


def _add_style_scores(lines: Sequence[VisualLine], scores: dict[int, float]) -> None:
    """Add to each score the score of all lines of its style."""
    styles: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for number, score in scores.items():
        if score >= _MIN_SIBLING_SCORE:
            styles[lines[number].style].append(number)
    for members in styles.values():
        weight = _style_score(lines, members)
        numbers = {shape.number for number in members if (shape := lines[number].shape)}
        for number in members:
            scores[number] += weight + _sequence_score(lines[number], numbers)


def _style_score(lines: Sequence[VisualLine], members: list[int]) -> float:
    first = lines[members[0]]
    weight = 1.5 if len(members) >= 3 else 1.0 if len(members) == 2 else -0.5 if first.quoted else 0.0
    after = [neighbour(lines, number, 1) for number in members]
    before = [neighbour(lines, number, -1) for number in members]
    if all(line and line.kind is LineKind.PICTURE for line in after) or (
        not first.shape and all(line and line.kind is LineKind.PICTURE for line in before)
    ):
        weight -= 3.0
    texts = Counter(lines[number].text for number in members)
    if len(members) >= 4 and sum(number == 1 for number in texts.values()) < len(members) / 4:
        weight -= 3.0  # Speakers of a dialogue.
    questions = sum(lines[number].text.rstrip('”」"')[-1:] in _QUESTION for number in members)
    if questions > len(members) / 2 and not (first.shape and first.shape.numbered):
        weight -= 2.5
    return weight


def _sequence_score(line: VisualLine, numbers: AbstractSet[int]) -> float:
    """Score whether lines of the same style have adjacent numbers; an isolated 3 is not the number of a section."""
    own = line.shape
    if own is None or not own.numbered or not own.number:
        return 0.0
    if own.number > 1 and own.number - 1 not in numbers:
        return -3.0
    if own.lone and not numbers & {own.number - 1, own.number + 1}:
        return -3.0
    return 0.5 if own.number > 1 or 2 in numbers else 0.0


def _with_near_misses(lines: Sequence[VisualLine], scores: dict[int, float], threshold: float) -> set[int]:
    """Return the lines that reach the threshold, and lines of similar length between them that nearly reach it."""
    found = {number for number, score in scores.items() if score >= threshold}
    if len(found) < 3:
        return found
    lengths = [lines[number].ems for number in found]
    first, last, shortest, longest = min(found), max(found), min(lengths), max(lengths)
    near = {
        number
        for number, score in scores.items()
        if number not in found
        and score >= threshold - 2.5
        and shortest <= lines[number].ems <= max(1.5 * longest, _NEAR_MISS_EMS)
        and first < number < last
        and not found & {number - 1, number + 1}
        and (after := neighbour(lines, number, 1))
        and (after.kind is LineKind.OTHER or (after.kind is LineKind.TEXT and not after.short))
    }
    return found | near
