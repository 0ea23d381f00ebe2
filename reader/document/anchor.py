"""Anchors: how a range of an article is found again after the article was edited, saved anew or parsed otherwise.

A range is kept with its words and with what stands around them. White space counts for little: all is looked for in the
text without any (`squeezed.py`), because lines and leaves are broken and joined by whoever saves or parses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.document.document import Document, Position, Range
from reader.document.fuzzy_find import AROUND, NO_BLANKS, Sought, find_passage
from reader.document.squeezed import Squeezed, squeeze, squeezed

LONGEST = 20_000
"""Characters of the longest quotation that is kept whole; of a longer one the halves of this at either end are."""

_HALF = LONGEST // 2
_CUT = "\n…\n"
"""Stands where the middle was left out: a quotation longer than `LONGEST` has it behind its first half."""

_GAP = re.compile(r"\s+")
_LETTER = re.compile(rf"[^\W{NO_BLANKS}]")
"""White space, and a letter or digit of the scripts in which it parts words."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range with what it says and what stands around it.

    Attributes:
        span: Where it was.
        quotation: Its text as `Document.extract` gives it; of more than `LONGEST` characters the first and the last
            10,000, an ellipsis on a line of its own between them.
        before: Up to 32 characters before it, leaves parted by newlines, those without text passed over.
        after: Up to 32 characters behind it, likewise.
    """

    span: Range
    quotation: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AnchorMatch:
    """Where a range stands now; `changed` if its text is no longer word for word the quotation."""

    span: Range
    changed: bool


def anchor(document: Document, span: Range) -> Anchor:
    """What is to be kept of a range, to find it again."""
    start, end = sorted((document.clamp(span.start), document.clamp(span.end)))
    span = Range(start, end)
    if not document.leaves:
        return Anchor(span, "", "", "")
    quotation = document.extract(span)
    if len(quotation) > LONGEST:
        quotation = quotation[:_HALF] + _CUT + quotation[-_HALF:]
    return Anchor(span, quotation, _before(document, start), _after(document, end))


def find_anchors(document: Document, anchors: Sequence[Anchor]) -> list[AnchorMatch | None]:
    """Where each stands now, None if its text is gone; what they have in common is worked out once."""
    found: list[AnchorMatch | None] = []
    text: Squeezed | None = None
    for one in anchors:
        # With all its surroundings at the old place it fits as well as any could, and is nearest.
        if anchor(document, one.span) == one:
            found.append(AnchorMatch(one.span, changed=False))
            continue
        text = text or squeeze(document)
        found.append(_find_long(document, text, one) if len(one.quotation) > LONGEST else _find(document, text, one))
    return found


def _find(document: Document, text: Squeezed, kept: Anchor) -> AnchorMatch | None:
    at = text.offset(kept.span.start)
    sought = Sought(kept.quotation, squeezed(kept.quotation), squeezed(kept.before), squeezed(kept.after), at)
    here = anchor(document, kept.span)
    stays = here.quotation == kept.quotation
    if not sought.words:  # Nothing to look for, as in a rule or a picture without words: it is there or it is not.
        return AnchorMatch(here.span, changed=False) if stays and here.span == kept.span else None
    place = find_passage(document, text, sought)
    if place is None:
        return None
    # The old range, if it is this one, may hold white space at its ends that no place in the squeezed text knows of.
    if stays and place.start == at:
        return AnchorMatch(here.span, changed=False)
    span = text.range(place.start, place.end)
    return AnchorMatch(span, changed=not _says(document.extract(span), kept.quotation))


def _find_long(document: Document, text: Squeezed, kept: Anchor) -> AnchorMatch | None:
    """Where a quotation stands of which only the ends are known: each is found for itself, whatever lies between."""
    start, end = kept.span.start, kept.span.end
    head = _find(document, text, Anchor(Range(start, start), kept.quotation[:_HALF], kept.before, ""))
    last = text.offset(end) - len(squeezed(kept.quotation[-_HALF:]))
    tail_start = text.range(last, last + 1).start if 0 <= last < len(text.text) else end
    tail = _find(document, text, Anchor(Range(tail_start, end), kept.quotation[-_HALF:], "", kept.after))
    if head is None or tail is None or tail.span.start < head.span.end:
        rest = head or tail
        return rest and AnchorMatch(rest.span, changed=True)
    return AnchorMatch(Range(head.span.start, tail.span.end), head.changed or tail.changed)


def _says(text: str, quotation: str) -> bool:
    """Whether a text is the quotation word for word, whatever white space is between the words, or the leaves."""
    if squeezed(text) != squeezed(quotation):
        return False
    ours, our_lines = _gaps(text)
    theirs, their_lines = _gaps(quotation)
    return ours - our_lines <= theirs and theirs - their_lines <= ours


def _gaps(text: str) -> tuple[set[int], set[int]]:
    """Before which characters white space parts words, counted without any; and where of that a line or leaf ends."""
    gaps: set[int] = set()
    lines: set[int] = set()
    passed = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        place = start - passed
        passed += end - start
        # Beside a mark or a Chinese character it parts nothing, and comes and goes as lines are broken.
        if start and _LETTER.match(text, start - 1) and _LETTER.match(text, end):
            gaps.add(place)
            if "\n" in gap[0]:
                lines.add(place)
    return gaps, lines


def _before(document: Document, position: Position) -> str:
    parts = [document.text(position.block)[max(position.offset - AROUND, 0) : position.offset]]
    for number in range(position.block - 1, max(position.block - AROUND, 0) - 1, -1):
        if sum(map(len, parts)) >= AROUND:
            break
        parts.append(document.text(number)[-AROUND:])
    return "\n".join(filter(None, reversed(parts)))[-AROUND:]


def _after(document: Document, position: Position) -> str:
    parts = [document.text(position.block)[position.offset : position.offset + AROUND]]
    for number in range(position.block + 1, min(position.block + AROUND, len(document.leaves))):
        if sum(map(len, parts)) >= AROUND:
            break
        parts.append(document.text(number)[:AROUND])
    return "\n".join(filter(None, parts))[:AROUND]
