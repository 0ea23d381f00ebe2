"""The units by which a person selects text with the keyboard: characters, words, sentences, paragraphs.

A unit lies in one line of one leaf, but for a paragraph. A line longer than some two thousand characters is worked on
in stretches, so that a leaf of a megabyte costs no more than a short one. Where a stretch ends depends on the text
alone: behind a sentence if one ends in the thousand characters before, else behind a blank or a comma, else between two
characters. A longer sentence is therefore cut in two, the same two for whoever comes by.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from unicodedata import category

from reader.document.blocks import CodeBlock, Heading, Leaf
from reader.document.characters import Stretch, characters, joined, trimmed
from reader.document.document import Document, Position, Range
from reader.document.sentences import sentences
from reader.document.words import words

_STRETCH = 2_048
"""Characters of a line that are worked on at a time."""

_LOOK_BACK = 1_024
"""Characters searched for a place where a stretch may end; a sentence no longer than this is never cut."""

_VISIBLE = re.compile(r"\S")
_LINE = re.compile(r"[^\n]")
_LINES = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
"""Lines of code up to one that is blank."""


class Unit(StrEnum):
    """What a step of a selection takes.

    A character is a grapheme cluster, a newline is none: nothing of it is on the screen. A word leaves out marks and
    white space, a sentence the white space around it. A paragraph is a leaf, in code the lines up to a blank one.
    """

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


def unit_at(document: Document, position: Position, unit: Unit) -> Range | None:
    """The unit that holds a position, never empty; None if the document has none.

    Where none holds it (in white space, on a mark between words, in an empty leaf, behind the end) it is the nearest
    one. Where two are as near, an opening mark and a blank belong to what follows, any other mark to what it follows.
    """
    here = document.clamp(position)
    holder = next(_onward(document, here, unit), None)
    if holder is not None and holder.start <= here:
        return holder
    before, after = unit_before(document, here, unit), unit_after(document, here, unit)
    if before is None or after is None:
        return before or after
    return after if _is_nearer(document, here, before, after) else before


def unit_after(document: Document, position: Position, unit: Unit) -> Range | None:
    """The first unit that starts at or behind a position, None if there is none."""
    here = document.clamp(position)
    return next((found for found in _onward(document, here, unit) if found.start >= here), None)


def unit_before(document: Document, position: Position, unit: Unit) -> Range | None:
    """The last unit that ends at or before a position, None if there is none."""
    here = document.clamp(position)
    return next((found for found in _backward(document, here, unit) if found.end <= here), None)


def _is_nearer(document: Document, here: Position, before: Range, after: Range) -> bool:
    """Whether of two units around a position the one `after` is nearer to it."""
    leaves = (here.block - before.end.block, after.start.block - here.block)
    if any(leaves):
        return leaves[1] <= leaves[0]
    mark = document.text(here.block)[here.offset]
    gaps = (here.offset - before.end.offset, after.start.offset - here.offset - 1)
    if gaps[0] != gaps[1]:
        return gaps[1] < gaps[0]
    return mark != "\n" and (mark.isspace() or category(mark) in {"Ps", "Pi"})


def _onward(document: Document, position: Position, unit: Unit) -> Iterator[Range]:
    """The units that end behind a position, in reading order."""
    offset = position.offset
    for number in range(position.block, len(document.leaves)):
        leaf = document.leaves[number]
        # Asked first, because a step may have to pass a hundred thousand rules and pictures.
        for start, end in _onward_in(leaf, offset, unit) if leaf.text.text else ():
            yield Range(Position(number, start), Position(number, end))
        offset = 0


def _backward(document: Document, position: Position, unit: Unit) -> Iterator[Range]:
    """The units that start before a position, the last one first."""
    offset: int | None = position.offset
    for number in range(min(position.block, len(document.leaves) - 1), -1, -1):
        leaf = document.leaves[number]
        for start, end in _backward_in(leaf, offset, unit) if leaf.text.text else ():
            yield Range(Position(number, start), Position(number, end))
        offset = None


def _onward_in(leaf: Leaf, offset: int, unit: Unit) -> Iterator[Stretch]:
    """The units of a leaf that end behind an offset, in reading order."""
    text = _text(leaf)
    if unit is Unit.PARAGRAPH:
        paragraphs = _paragraphs(leaf)
        yield from paragraphs[bisect_right(paragraphs, offset, key=lambda each: each[1]) :]
        return
    counts = _LINE if unit is Unit.CHARACTER else _VISIBLE
    # White space is passed over, but not where it belongs to the character before.
    place = offset - joined(text, offset)
    while (following := counts.search(text, place)) is not None:
        start, end = _stretch(text, following.start())
        found = _cut(text[start:end], unit)
        for first, last in found[bisect_right(found, offset - start, key=lambda each: each[1]) :]:
            yield start + first, start + last
        place = end


def _backward_in(leaf: Leaf, offset: int | None, unit: Unit) -> Iterator[Stretch]:
    """The units of a leaf that start before an offset (None is its end), the last one first."""
    text = _text(leaf)
    offset = len(text) if offset is None else offset
    if unit is Unit.PARAGRAPH:
        paragraphs = _paragraphs(leaf)
        yield from reversed(paragraphs[: bisect_left(paragraphs, offset, key=lambda each: each[0])])
        return
    blank = "\n" if unit is Unit.CHARACTER else None
    while offset := len(text[:offset].rstrip(blank)):
        start, end = _stretch(text, offset - 1)
        found = _cut(text[start:end], unit)
        for first, last in reversed(found[: bisect_left(found, offset - start, key=lambda each: each[0])]):
            yield start + first, start + last
        offset = start


def _text(leaf: Leaf) -> str:
    """The text of a leaf that a person can select: none of a repeated title, which has no rows on the screen."""
    return "" if isinstance(leaf, Heading) and leaf.level == 0 else leaf.text.text


def _paragraphs(leaf: Leaf) -> Sequence[Stretch]:
    text = _text(leaf)
    if isinstance(leaf, CodeBlock):
        return _code_paragraphs(text)
    start, end = trimmed(text, 0, len(text))
    return ((start, end),) if start < end else ()


@lru_cache(maxsize=1)
def _code_paragraphs(text: str) -> Sequence[Stretch]:
    """The runs of lines that are not blank; kept, because each step through long code asks for all of them."""
    found: list[Stretch] = []
    for run in _LINES.finditer(text):
        start = run.start() - joined(text, run.start())
        found.append(trimmed(text, start, run.end()))
    return found


@lru_cache(maxsize=16)
def _cut(line: str, unit: Unit) -> Sequence[Stretch]:
    """The units of a line or a stretch of one; kept, because the next step mostly asks for the same stretch."""
    match unit:
        case Unit.CHARACTER:
            return characters(line)
        case Unit.WORD:
            return words(line)
        case _:
            return sentences(line)


def _stretch(text: str, offset: int) -> Stretch:
    """The stretch of a line that holds the character at an offset, which is no newline."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = (start, len(text) if end < 0 else end)
    limit = start + (offset - start) // _STRETCH * _STRETCH
    first, last = _edge(text, line, limit), _edge(text, line, limit + _STRETCH)
    # An edge lies before the limit that it belongs to, and the character perhaps between the two.
    return (first, last) if offset < last else (last, _edge(text, line, limit + 2 * _STRETCH))


def _edge(text: str, line: Stretch, limit: int) -> int:
    """Where the stretch that may reach up to `limit` ends; only a character longer than `_LOOK_BACK` is torn."""
    if not line[0] < limit < line[1]:
        return min(max(limit, line[0]), line[1])
    low = limit - _LOOK_BACK
    window = text[low:limit]
    found = _cut(window, Unit.SENTENCE)
    if len(found) > 1:
        return low + found[-1][0]
    for at in range(limit - 1, low, -1):
        if text[at].isalnum() and (text[at - 1].isspace() or text[at - 1] in "，、；：,;") and not joined(text, at):
            return at
    found = _cut(window, Unit.CHARACTER)
    return low + found[-1][0] if len(found) > 1 else limit
