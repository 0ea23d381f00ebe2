"""Short quotations, by which a place is named, and found again in a text that was edited."""

import re
from itertools import count

from reader.document.document import Document, Position
from reader.document.outline import Outline

_QUOTATION = 40
_SNIPPET = 16
"""Characters."""


def section_title(outline: Outline, position: Position) -> str:
    """The title of the section that holds a position, or empty."""
    index = outline.index_at(position)
    return "" if index is None else outline.sections[index].title


def name_of(document: Document, outline: Outline, position: Position) -> str:
    """What a place is called: its section, and how its sentence begins; empty where there is neither."""
    section = section_title(outline, position)
    sentence = quotation_at(document, _sentence(document, position))
    snippet = sentence[:_SNIPPET] + ("…" if len(sentence) > _SNIPPET else "")
    parts = [section] if section.startswith(quotation_at(document, position)) else [section, snippet]
    return " · ".join(part for part in parts if part)


def quotation_at(document: Document, position: Position) -> str:
    """The text from `position` on, on one line; from the next leaf that has any, where this one ends here."""
    for number in range(position.block, min(position.block + 8, len(document.leaves))):
        start = position.offset if number == position.block else 0
        quoted = " ".join(document.text(number)[start : start + _QUOTATION].split())
        if quoted:
            return quoted
    return ""


def find_quotation(document: Document, position: Position, quotation: str) -> Position | None:
    """`position` if the quotation still follows it, else the nearest place where it does; None where it is gone.

    Without a quotation it is the nearest place that there is.
    """
    here = document.clamp(position)
    if not quotation or not document.leaves or quotation_at(document, here) == quotation:
        return here
    last = len(document.leaves) - 1
    # Outwards from the old leaf: an edit rarely moves a paragraph far, and the same words may stand elsewhere too.
    for distance in count():
        numbers = {here.block - distance, here.block + distance}
        if all(not 0 <= number <= last for number in numbers):
            return None
        for number in sorted(numbers):
            if 0 <= number <= last and (offset := _find(document.text(number), quotation)) >= 0:
                return Position(number, offset)
    return None


def _sentence(document: Document, position: Position) -> Position:
    """Where the sentence that holds a position begins."""
    if position.block >= len(document.leaves):
        return position
    before = document.text(position.block)[: position.offset].rstrip("”’」』）)")
    return Position(position.block, 0 if not before else max(_after_stop(before, position.offset), 0))


def _after_stop(before: str, offset: int) -> int:
    """The offset behind the last full stop in the text before `offset`, closing marks included."""
    stop = max(before.rfind(mark) for mark in "。！？!?\n")
    if stop == len(before) - 1:
        return offset
    following = before[stop + 1 :]
    return stop + 1 + len(following) - len(following.lstrip("”’」』）) \u3000"))


def _find(text: str, quotation: str) -> int:
    """Where `quotation` stands in `text`, whose white space may differ; -1 if nowhere."""
    offset = text.find(quotation)
    if offset >= 0 or " " not in quotation:
        return offset
    match = re.search(r"\s+".join(map(re.escape, quotation.split())), text)
    return match.start() if match else -1
