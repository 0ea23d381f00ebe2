"""Anchors: finding a range of an article again after the article was edited, saved again or parsed differently.

An anchor stores the text of a range together with the text around it. All comparisons ignore white space
(`spaceless.py`), because editors and parsers break and join lines and leaves freely.
"""

from collections.abc import Sequence

from reader.document.document import Document, Position, Range
from reader.document.fuzzy_find import AROUND, NO_BLANKS, SearchTarget, find_passage
from reader.document.spaceless import SpacelessText, spaceless, without_spaces
from reader.lean_dataclasses import dataclass
from reader.regex import regex

LONGEST = 20_000
"""Length in characters of the longest quotation that is stored whole. Of a longer quotation, only the first half of
`LONGEST` and the last half are stored."""

_HALF = LONGEST // 2
_CUT = "\n…\n"
"""Replaces the middle of a quotation longer than `LONGEST`."""

_GAP = regex(r"\s+")
_LETTER = regex(rf"[^\W{NO_BLANKS}]")
"""A letter or digit of a script in which white space separates words."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range together with its text and the text around it.

    Attributes:
        span: The original range.
        quotation: Its text as returned by `Document.extract`; if longer than `LONGEST` characters, the first and the
            last 10,000, separated by an ellipsis on a line of its own.
        before: Up to 32 characters before it, leaves separated by newlines, empty leaves skipped.
        after: Up to 32 characters after it, in the same form.
    """

    span: Range
    quotation: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AnchorMatch:
    """The current range of an anchor; `changed` if its text no longer equals the quotation."""

    span: Range
    changed: bool


def anchor(document: Document, span: Range) -> Anchor:
    """Build the anchor that allows `span` to be found again."""
    start, end = sorted((document.clamp(span.start), document.clamp(span.end)))
    span = Range(start, end)
    if not document.leaves:
        return Anchor(span, "", "", "")
    quotation = document.extract(span)
    if len(quotation) > LONGEST:
        quotation = quotation[:_HALF] + _CUT + quotation[-_HALF:]
    return Anchor(span, quotation, _before(document, start), _after(document, end))


def find_anchors(document: Document, anchors: Sequence[Anchor]) -> list[AnchorMatch | None]:
    """Find the current range of each anchor, None if its text is gone; the text is prepared once for all anchors."""
    found: list[AnchorMatch | None] = []
    text: SpacelessText | None = None
    for each in anchors:
        # Text and context are unchanged at the original range, so no other place can match better.
        if anchor(document, each.span) == each:
            found.append(AnchorMatch(each.span, changed=False))
            continue
        text = text or spaceless(document)
        search = _find_long if len(each.quotation) > LONGEST else _find
        found.append(search(document, text, each))
    return found


def _find(document: Document, text: SpacelessText, kept: Anchor) -> AnchorMatch | None:
    at = text.offset(kept.span.start)
    target = SearchTarget(
        kept.quotation, without_spaces(kept.quotation), without_spaces(kept.before), without_spaces(kept.after), at
    )
    here = anchor(document, kept.span)
    stays = here.quotation == kept.quotation
    if not target.words:  # There is no text to search for: the range is a rule or a picture without alt text.
        return AnchorMatch(here.span, changed=False) if stays and here.span == kept.span else None
    place = find_passage(document, text, target)
    if place is None:
        return None
    # Keep the original range: it may include white space at its ends, which the text without white space lacks.
    if stays and place.start == at:
        return AnchorMatch(here.span, changed=False)
    span = text.range(place.start, place.end)
    return AnchorMatch(span, changed=not _is_same_text(document.extract(span), kept.quotation))


def _find_long(document: Document, text: SpacelessText, kept: Anchor) -> AnchorMatch | None:
    """Find a quotation of which only the two ends are stored, by searching for each end separately."""
    start, end = kept.span.start, kept.span.end
    head = _find(document, text, Anchor(Range(start, start), kept.quotation[:_HALF], kept.before, ""))
    last = text.offset(end) - len(without_spaces(kept.quotation[-_HALF:]))
    tail_start = text.range(last, last + 1).start if 0 <= last < len(text.text) else end
    tail = _find(document, text, Anchor(Range(tail_start, end), kept.quotation[-_HALF:], "", kept.after))
    if head is None or tail is None or tail.span.start < head.span.end:
        rest = head or tail
        return rest and AnchorMatch(rest.span, changed=True)
    return AnchorMatch(Range(head.span.start, tail.span.end), head.changed or tail.changed)


def _is_same_text(text: str, quotation: str) -> bool:
    """Whether a text equals the quotation except for the kind of white space between words or leaves."""
    if without_spaces(text) != without_spaces(quotation):
        return False
    ours, our_lines = _gaps(text)
    theirs, their_lines = _gaps(quotation)
    return ours - our_lines <= theirs and theirs - their_lines <= ours


def _gaps(text: str) -> tuple[set[int], set[int]]:
    """The offsets at which white space separates words, and the offsets of line and leaf ends.

    Offsets do not count white space.
    """
    gaps: set[int] = set()
    lines: set[int] = set()
    passed = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        place = start - passed
        passed += end - start
        # Next to punctuation or Chinese characters, white space only reflects line breaks and separates no words.
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
