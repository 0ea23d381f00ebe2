"""Short quotations that name a position and relocate it in an edited text."""

import re
from itertools import count

from reader.document.characters import word_edges
from reader.document.document import Document, Position
from reader.document.outline import Outline

_QUOTATION = 40
"""The length of a quotation in characters."""

_LONGEST_WORD = 40
"""The maximum length in characters of a word whose beginning is looked for."""

_SNIPPET = 16
"""The length of a snippet in characters."""


def section_title(outline: Outline, position: Position) -> str:
    """Return the title of the section that contains a position, or empty."""
    index = outline.index_at(position)
    return "" if index is None else outline.sections[index].title


def name_of(document: Document, outline: Outline, position: Position) -> str:
    """Return a name for a position: its section and the beginning of its sentence; or empty."""
    section = section_title(outline, position)
    snippet = _beginning(quotation_at(document, _sentence(document, position)))
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


def start_of_word(document: Document, position: Position) -> Position:
    """Return the beginning of the word or number (UAX 29) at a position; any Han is a word."""
    here = document.clamp(position)
    if not document.leaves:
        return here
    first = max(here.offset - _LONGEST_WORD, 0)
    text = document.text(here.block)[first : here.offset + _LONGEST_WORD]
    start = max((edge for edge in word_edges(text) if edge <= here.offset - first), default=0)
    # The first piece may begin inside a longer word, which is then cut anyway.
    return Position(here.block, first + start)


def shown_quotation(quotation: str) -> str:
    """A stored quotation as it is shown: with an ellipsis where it was cut, perhaps at a space."""
    return f"{quotation}…" if len(quotation) >= _QUOTATION - 1 else quotation


def find_quotation(document: Document, position: Position, quotation: str) -> Position | None:
    """Return `position` if the quotation still begins there, or with its word, else the nearest position where it does.

    Return None if the quotation is gone, and without one the nearest valid position.
    """
    here = document.clamp(position)
    if (
        not quotation
        or not document.leaves
        or quotation
        in {
            quotation_at(document, here),
            quotation_at(document, start_of_word(document, here)),
        }
    ):
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
    """Return the beginning of the sentence that contains a position, else of its word."""
    from reader.document.text_units import Unit, unit_at  # noqa: PLC0415 - not for the first paint

    sentence = unit_at(document, position, Unit.SENTENCE)
    if sentence is not None and Position(position.block) <= sentence.start <= position < sentence.end:
        return sentence.start
    return start_of_word(document, position)


def _beginning(sentence: str) -> str:
    """Return the first words of a sentence, with an ellipsis if there are more."""
    if len(sentence) <= _SNIPPET:
        return sentence
    end = max(edge for edge in word_edges(sentence) if edge <= _SNIPPET)
    return f"{sentence[: end if end > _SNIPPET // 2 else _SNIPPET].rstrip()}…"


def _find(text: str, quotation: str) -> int:
    """Return the offset of `quotation` in `text`, ignoring differences of white space; -1 if it does not occur."""
    offset = text.find(quotation)
    if offset >= 0 or " " not in quotation:
        return offset
    match = re.search(r"\s+".join(map(re.escape, quotation.split())), text)
    return match.start() if match else -1
