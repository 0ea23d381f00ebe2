"""Short quotations that name a position and relocate it in an edited text."""

import re
from itertools import count

from reader.document.document import Document, Position
from reader.document.outline import Outline

_QUOTATION = 40
"""The length of a quotation in characters."""

_SNIPPET = 16
"""The length of a snippet in characters."""


def section_title(outline: Outline, position: Position) -> str:
    """Return the title of the section that contains a position, or empty."""
    index = outline.index_at(position)
    return "" if index is None else outline.sections[index].title


def name_of(document: Document, outline: Outline, position: Position) -> str:
    """Return a name for a position: its section and the beginning of its sentence; or empty."""
    section = section_title(outline, position)
    sentence = quotation_at(document, _sentence(document, position))
    snippet = sentence[:_SNIPPET] + ("…" if len(sentence) > _SNIPPET else "")
    parts = [section] if section.startswith(quotation_at(document, position)) else [section, snippet]
    return " · ".join(part for part in parts if part)


def quotation_at(document: Document, position: Position) -> str:
    """Return the text that follows `position` on one line, from the next leaf with text if necessary."""
    for number in range(position.block, min(position.block + 8, len(document.leaves))):
        start = position.offset if number == position.block else 0
        quoted = " ".join(document.text(number)[start : start + _QUOTATION].split())
        if quoted:
            return quoted
    return ""


def shown_quotation(quotation: str) -> str:
    """A stored quotation as it is shown: with an ellipsis where it was cut, perhaps at a space."""
    return f"{quotation}…" if len(quotation) >= _QUOTATION - 1 else quotation


def find_quotation(document: Document, position: Position, quotation: str) -> Position | None:
    """Return `position` if the quotation still follows it, else the nearest position where it does; None if it is gone.

    Without a quotation, return the nearest valid position.
    """
    here = document.clamp(position)
    if not quotation or not document.leaves or quotation_at(document, here) == quotation:
        return here
    last = len(document.leaves) - 1
    # Search outwards from the old leaf, since edits rarely move a paragraph far and the words may occur elsewhere.
    for distance in count():
        numbers = {here.block - distance, here.block + distance}
        if all(not 0 <= number <= last for number in numbers):
            return None
        for number in sorted(numbers):
            if 0 <= number <= last and (offset := _find(document.text(number), quotation)) >= 0:
                return Position(number, offset)
    return None


def _sentence(document: Document, position: Position) -> Position:
    """Return the beginning of the sentence that contains a position."""
    if position.block >= len(document.leaves):
        return position
    before = document.text(position.block)[: position.offset].rstrip("”’」』）)")
    return Position(position.block, 0 if not before else max(_after_stop(before, position.offset), 0))


def _after_stop(before: str, offset: int) -> int:
    """Return the offset after the last end of sentence, including closing marks, in the text before `offset`."""
    stop = max(before.rfind(mark) for mark in "。！？!?\n")
    if stop == len(before) - 1:
        return offset
    following = before[stop + 1 :]
    return stop + 1 + len(following) - len(following.lstrip("”’」』）) \u3000"))


def _find(text: str, quotation: str) -> int:
    """Return the offset of `quotation` in `text`, ignoring differences of white space; -1 if it does not occur."""
    offset = text.find(quotation)
    if offset >= 0 or " " not in quotation:
        return offset
    match = re.search(r"\s+".join(map(re.escape, quotation.split())), text)
    return match.start() if match else -1
