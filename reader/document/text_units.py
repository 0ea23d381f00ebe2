"""The units for selecting text with the keyboard: characters, words, sentences, paragraphs.

Except for paragraphs, a unit lies in one line of one leaf. Lines longer than about two thousand characters are
processed in chunks, so that a leaf of a megabyte costs no more than a short one. The chunk boundaries depend on the
text only: after a sentence if one ends within the last thousand characters, else after white space or a comma, else
between two grapheme clusters. A longer sentence is therefore always split at the same place, whatever the direction of
the selection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from unicodedata import category

from reader.document.blocks import CodeBlock, Heading, Leaf
from reader.document.characters import TextSlice, characters, joined, trimmed
from reader.document.document import Document, Position, Range
from reader.document.sentences import sentences
from reader.document.words import words
from reader.regex import regex

_CHUNK = 2_048
"""Characters of a line that are processed at a time."""

_LOOK_BACK = 1_024
"""Characters searched for the end of a chunk; a sentence up to this length is never split."""

_VISIBLE = regex(r"\S")
_LINE = regex(r"[^\n]")
_LINES = regex(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
"""Successive lines of code, up to a blank line."""


class Unit(StrEnum):
    """The unit by which a step changes a selection.

    A character is a grapheme cluster other than a newline, which is invisible. A word excludes punctuation and white
    space, a sentence excludes the white space around it. A paragraph is a leaf; in code, the lines up to a blank line.
    """

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


def unit_at(document: Document, position: Position, unit: Unit) -> Range | None:
    """The unit that contains a position, never empty; None if the document has none.

    If no unit contains it (in white space, on punctuation between words, in an empty leaf, at the end), this is the
    nearest unit. If two are equally near, an opening mark and white space belong to the following one, any other mark
    to the preceding one.
    """
    here = document.clamp(position)
    holder = next(_forward(document, here, unit), None)
    if holder is not None and holder.start <= here:
        return holder
    before, after = unit_before(document, here, unit), unit_after(document, here, unit)
    if before is None or after is None:
        return before or after
    return after if _is_nearer(document, here, before, after) else before


def unit_after(document: Document, position: Position, unit: Unit) -> Range | None:
    """The first unit that starts at or after a position, None if there is none."""
    here = document.clamp(position)
    return next((found for found in _forward(document, here, unit) if found.start >= here), None)


def unit_before(document: Document, position: Position, unit: Unit) -> Range | None:
    """The last unit that ends at or before a position, None if there is none."""
    here = document.clamp(position)
    return next((found for found in _backward(document, here, unit) if found.end <= here), None)


def _is_nearer(document: Document, here: Position, before: Range, after: Range) -> bool:
    """Whether the unit `after` is nearer to a position than the unit `before`."""
    leaves = (here.block - before.end.block, after.start.block - here.block)
    if any(leaves):
        return leaves[1] <= leaves[0]
    mark = document.text(here.block)[here.offset]
    gaps = (here.offset - before.end.offset, after.start.offset - here.offset - 1)
    if gaps[0] != gaps[1]:
        return gaps[1] < gaps[0]
    return mark != "\n" and (mark.isspace() or category(mark) in {"Ps", "Pi"})


def _forward(document: Document, position: Position, unit: Unit) -> Iterator[Range]:
    """The units that end after a position, in reading order."""
    offset = position.offset
    for number in range(position.block, len(document.leaves)):
        leaf = document.leaves[number]
        # Skip leaves without text early: a step may have to pass a hundred thousand rules and pictures.
        for start, end in _forward_in(leaf, offset, unit) if leaf.text.text else ():
            yield Range(Position(number, start), Position(number, end))
        offset = 0


def _backward(document: Document, position: Position, unit: Unit) -> Iterator[Range]:
    """The units that start before a position, in reverse order."""
    offset: int | None = position.offset
    for number in range(min(position.block, len(document.leaves) - 1), -1, -1):
        leaf = document.leaves[number]
        for start, end in _backward_in(leaf, offset, unit) if leaf.text.text else ():
            yield Range(Position(number, start), Position(number, end))
        offset = None


def _forward_in(leaf: Leaf, offset: int, unit: Unit) -> Iterator[TextSlice]:
    """The units of a leaf that end after an offset, in reading order."""
    text = _text(leaf)
    if unit is Unit.PARAGRAPH:
        paragraphs = _paragraphs(leaf)
        yield from paragraphs[bisect_right(paragraphs, offset, key=lambda each: each[1]) :]
        return
    counts = _LINE if unit is Unit.CHARACTER else _VISIBLE
    # Skip white space unless it belongs to the same cluster as the character before it.
    place = offset - joined(text, offset)
    while (following := counts.search(text, place)) is not None:
        start, end = _chunk(text, following.start())
        found = _segment(text[start:end], unit)
        for first, last in found[bisect_right(found, offset - start, key=lambda each: each[1]) :]:
            yield start + first, start + last
        place = end


def _backward_in(leaf: Leaf, offset: int | None, unit: Unit) -> Iterator[TextSlice]:
    """The units of a leaf that start before an offset (None is its end), in reverse order."""
    text = _text(leaf)
    offset = len(text) if offset is None else offset
    if unit is Unit.PARAGRAPH:
        paragraphs = _paragraphs(leaf)
        yield from reversed(paragraphs[: bisect_left(paragraphs, offset, key=lambda each: each[0])])
        return
    blank = "\n" if unit is Unit.CHARACTER else None
    while offset := len(text[:offset].rstrip(blank)):
        start, end = _chunk(text, offset - 1)
        found = _segment(text[start:end], unit)
        for first, last in reversed(found[: bisect_left(found, offset - start, key=lambda each: each[0])]):
            yield start + first, start + last
        offset = start


def _text(leaf: Leaf) -> str:
    """The selectable text of a leaf: empty for a repeated title, which has no rows on the screen."""
    return "" if isinstance(leaf, Heading) and leaf.level == 0 else leaf.text.text


def _paragraphs(leaf: Leaf) -> Sequence[TextSlice]:
    text = _text(leaf)
    if isinstance(leaf, CodeBlock):
        return _code_paragraphs(text)
    start, end = trimmed(text, 0, len(text))
    return ((start, end),) if start < end else ()


@lru_cache(maxsize=1)
def _code_paragraphs(text: str) -> Sequence[TextSlice]:
    """The runs of lines that are not blank; cached, because each step through long code needs all of them."""
    found: list[TextSlice] = []
    for run in _LINES.finditer(text):
        start = run.start() - joined(text, run.start())
        found.append(trimmed(text, start, run.end()))
    return found


@lru_cache(maxsize=16)
def _segment(line: str, unit: Unit) -> Sequence[TextSlice]:
    """The units of a line or chunk; cached, because the next step usually needs the same chunk."""
    match unit:
        case Unit.CHARACTER:
            return characters(line)
        case Unit.WORD:
            return words(line)
        case _:
            return sentences(line)


def _chunk(text: str, offset: int) -> TextSlice:
    """The chunk of a line that contains the character at an offset, which must not be a newline."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = (start, len(text) if end < 0 else end)
    limit = start + (offset - start) // _CHUNK * _CHUNK
    first, last = _boundary(text, line, limit), _boundary(text, line, limit + _CHUNK)
    # Each boundary precedes its limit, and the character may lie between the two.
    return (first, last) if offset < last else (last, _boundary(text, line, limit + 2 * _CHUNK))


def _boundary(text: str, line: TextSlice, limit: int) -> int:
    """The end of the chunk that may extend to `limit`; only a cluster longer than `_LOOK_BACK` is split."""
    if not line[0] < limit < line[1]:
        return min(max(limit, line[0]), line[1])
    low = limit - _LOOK_BACK
    window = text[low:limit]
    found = _segment(window, Unit.SENTENCE)
    if len(found) > 1:
        return low + found[-1][0]
    for at in range(limit - 1, low, -1):
        if text[at].isalnum() and (text[at - 1].isspace() or text[at - 1] in "，、；：,;") and not joined(text, at):
            return at
    found = _segment(window, Unit.CHARACTER)
    return low + found[-1][0] if len(found) > 1 else limit
