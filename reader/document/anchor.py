"""Anchors: how a range of an article is found again after the article was edited, saved anew or parsed otherwise.

A range is kept with its words and with what stands around them. White space counts for little: all is looked for in the
text without any (`squeezed.py`), because lines and leaves are broken and joined by whoever saves or parses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from reader.document.document import Document, Position, Range
from reader.document.squeezed import Squeezed, squeeze, squeezed

LONGEST = 20_000
"""Characters of the longest quotation that is kept whole; of a longer one the halves of this at either end are."""

_HALF = LONGEST // 2
_CUT = "\n…\n"
"""Stands where the middle was left out: a quotation longer than `LONGEST` has it behind its first half."""

_AROUND = 32
"""Characters kept on either side; also how many leaves are looked through for them."""

_ENOUGH = 12
_ENOUGH_LETTERS = 20
"""Characters, of the words and of what stands around them, that make a place the one meant; and where most of them are
letters, of which it takes several to say what one Chinese character says."""

_PIECE = 12
_PIECES = 16
"""The pieces of a quotation that are looked for when it is found nowhere whole: their length, and how many."""

_SAMPLE = 8
_SAMPLES = 64
"""The pieces that tell whether a text too long for difflib is like the quotation."""

_SIDES = (12, 4, 0)
_FEW = 200
"""Characters before or behind the words by which they are looked for when they stand in several places, and how many
places are weighed one by one."""

_NEAREST = 8
_TRIED = 4
"""Places of one piece taken on either side of the old one, and ranges between such places compared with a quotation."""

_LETTERS = 64
_COMPARED = 2_000
"""Characters up to which a text is compared letter by letter, and word by word."""

_LIKE = 0.5
_LIKER = 0.75
"""How like a text must be to the quotation where what stands around it is known, and where it is not."""

_WORD = re.compile(r"[^\W\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]+|\S")
"""A word, or a character of the scripts that put no blanks between words."""


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
class Found:
    """Where a range stands now; `changed` if its text is no longer word for word the quotation."""

    span: Range
    changed: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: `words`, `before` and `after` without white space, `at` the old place in a text like that."""

    quotation: str
    words: str
    before: str
    after: str
    at: int

    def is_enough(self, agreeing: int) -> bool:
        """Whether so many characters make a place the one meant; in a short text half of what there is do."""
        sample = self.before + self.words[:_AROUND] + self.after
        letters = sum(character < "\u2e80" for character in sample) * 2 > len(sample)
        half = (len(self.words) + len(self.before) + len(self.after) + 1) // 2
        return agreeing >= min(_ENOUGH_LETTERS if letters else _ENOUGH, half)

    def distance(self, text: Squeezed, start: int) -> tuple[int, int]:
        """How far a place is from the old one, in leaves, then in characters."""
        return abs(text.leaf(start) - text.leaf(self.at)), abs(start - self.at)

    def fit(self, text: Squeezed, start: int, end: int) -> int:
        """How many characters right around a place are those that stood around the quotation."""
        return text.before(start, self.before) + text.behind(end, self.after)


@dataclass(frozen=True, slots=True)
class _Place:
    """From where to where in the squeezed text, and how many characters in it and around it agree."""

    start: int
    end: int
    agreeing: int


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


def find_anchor(document: Document, anchor: Anchor) -> Found | None:
    """Where it stands now; None if its text is gone."""
    return find_anchors(document, (anchor,))[0]


def find_anchors(document: Document, anchors: Sequence[Anchor]) -> list[Found | None]:
    """Where each stands now, None if its text is gone; what they have in common is worked out once."""
    found: list[Found | None] = []
    text: Squeezed | None = None
    for one in anchors:
        # With all its surroundings at the old place it fits as well as any could, and is nearest.
        if anchor(document, one.span) == one:
            found.append(Found(one.span, changed=False))
            continue
        text = text or squeeze(document)
        found.append(_find_long(document, text, one) if len(one.quotation) > LONGEST else _find(document, text, one))
    return found


def _find(document: Document, text: Squeezed, kept: Anchor) -> Found | None:
    at = text.offset(kept.span.start)
    sought = _Sought(kept.quotation, squeezed(kept.quotation), squeezed(kept.before), squeezed(kept.after), at)
    here = anchor(document, kept.span)
    stays = here.quotation == kept.quotation
    if not sought.words:  # Nothing to look for, as in a rule or a picture without words: it is there or it is not.
        return Found(here.span, changed=False) if stays and here.span == kept.span else None
    place = _place(document, text, sought)
    if place is None:
        return None
    # The old range, if it is this one, may hold white space at its ends that no place in the squeezed text knows of.
    if stays and place.start == at:
        return Found(here.span, changed=False)
    span = text.range(place.start, place.end)
    return Found(span, changed=not _says(document.extract(span), kept.quotation))


def _find_long(document: Document, text: Squeezed, kept: Anchor) -> Found | None:
    """Where a quotation stands of which only the ends are known: each is found for itself, whatever lies between."""
    start, end = kept.span.start, kept.span.end
    head = _find(document, text, Anchor(Range(start, start), kept.quotation[:_HALF], kept.before, ""))
    last = text.offset(end) - len(squeezed(kept.quotation[-_HALF:]))
    tail_start = text.range(last, last + 1).start if 0 <= last < len(text.text) else end
    tail = _find(document, text, Anchor(Range(tail_start, end), kept.quotation[-_HALF:], "", kept.after))
    if head is None or tail is None or tail.span.start < head.span.end:
        rest = head or tail
        return rest and Found(rest.span, changed=True)
    return Found(Range(head.span.start, tail.span.end), head.changed or tail.changed)


def _place(document: Document, text: Squeezed, sought: _Sought) -> _Place | None:
    """Where the words stand, whole or edited."""
    exact = _exact(text, sought)
    if exact and exact.agreeing == len(sought.before) + len(sought.words) + len(sought.after):
        return exact
    edited = _edited(document, text, sought)
    if exact is None:
        return edited
    apart = edited and (edited.end <= exact.start or exact.end <= edited.start)
    # One of several equal lines was edited: the others still say the words, but this one stands where it stood.
    if edited and apart and edited.agreeing > exact.agreeing:
        return edited
    # Two or three letters that stand elsewhere too are no trace of a passage that was deleted.
    return exact if exact.start == sought.at or sought.is_enough(exact.agreeing) else edited


def _exact(text: Squeezed, sought: _Sought) -> _Place | None:
    """Of all places where the words stand the one whose surroundings fit best, of such the nearest; if any."""
    first = text.text.find(sought.words)
    if first < 0:
        return None
    length = len(sought.words)
    alone = text.text.find(sought.words, first + 1) < 0
    fits = {start: sought.fit(text, start, start + length) for start in ((first,) if alone else _best(text, sought))}
    start = min(fits, key=lambda start: (-fits[start], sought.distance(text, start)))
    return _Place(start, start + length, length + fits[start])


def _best(text: Squeezed, sought: _Sought) -> list[int]:
    """The places whose surroundings fit best, or the nearest of them, and maybe others."""
    before, words, after = sought.before, sought.words, sought.after
    whole = before + words + after
    if whole in text.text:
        return [place + len(before) for place in text.near(whole, sought.at - len(before), 1)]
    for size in _SIDES:
        ahead, behind = before[max(len(before) - size, 0) :], after[:size]
        places = [place + len(ahead) for place in text.near(ahead + words, sought.at - len(ahead), _FEW)]
        places += text.near(words + behind, sought.at, _FEW)
        if len(places) >= _FEW:
            break
        # Where twice the size agrees, at least the size does on one side: no such place is missing here.
        if any(sought.fit(text, place, place + len(words)) >= 2 * size for place in places):
            return places
    return [place + ahead for ahead, way in _ways(text, sought) for place in text.near(way, sought.at - ahead, 1)]


def _ways(text: Squeezed, sought: _Sought) -> list[tuple[int, str]]:
    """The words with as much of their surroundings as stands with them anywhere, and how much of that is before them.

    Places are not weighed one by one, there may be a hundred thousand of them: what is asked is whether the words with
    so many characters before and so many behind stand anywhere. The more there are before, the fewer can be behind,
    so that at most one question for each character around is asked.
    """
    before, after = sought.before, sought.after
    best, behind = -1, len(after)
    ways: list[tuple[int, str]] = []
    for ahead in range(len(before) + 1):
        start = before[len(before) - ahead :] + sought.words
        while behind >= 0 and start + after[:behind] not in text.text:
            behind -= 1
        if behind < 0 or len(before) + behind < best:
            break
        if ahead + behind > best:
            best, ways = ahead + behind, []
        if ahead + behind == best:
            ways.append((ahead, start + after[:behind]))
    return ways


def _edited(document: Document, text: Squeezed, sought: _Sought) -> _Place | None:
    """Where the words stand with some of them changed: between what stood around them, or between their own ends."""
    length = len(sought.words)
    ends = _ends(text, sought)
    pairs = [
        (-before - behind, sought.distance(text, start), start, end)
        for start, before in _starts(text, sought).items()
        for end, behind in ends.items()
        # What is three times as long or short is not half alike.
        if start < end and length <= 3 * (end - start) and end - start <= 3 * length + _AROUND
    ]
    for _, _, start, end in sorted(pairs)[:_TRIED]:
        around = sought.fit(text, start, end)
        whole = text.text.find(sought.words, start, end)
        # They may be whole after all, and only what stood right beside them is another.
        place = _Place(start, end, 0) if whole < 0 else _Place(whole, whole + length, 0)
        alike = _likeness(document, text, sought, place)
        known = around * 2 >= min(2 * _ENOUGH, len(sought.before) + len(sought.after))
        agreeing = int(alike * (length + place.end - place.start) / 2) + around
        if alike >= (_LIKE if known else _LIKER) and sought.is_enough(agreeing):
            return replace(place, agreeing=agreeing)
    return None


def _starts(text: Squeezed, sought: _Sought) -> dict[int, int]:
    """Where the words may begin, and how many characters on both sides of that speak for it."""
    places = [0] if not sought.before else []
    for size in (_AROUND, _PIECE):
        piece = sought.before[-size:]
        if piece and not places:
            places = [place + len(piece) for place in text.near(piece, sought.at - len(piece), _NEAREST)]
    own: list[int] = []
    for begin, piece in _pieces(sought.words):
        own = text.near(piece, sought.at + begin, _NEAREST)
        if own:  # Pieces lie apart: what is still the same between them belongs to the range, too.
            own = [place - text.before(place, sought.words[max(begin - _COMPARED, 0) : begin]) for place in own]
            break
    head = sought.words[:_AROUND]
    return {start: text.before(start, sought.before) + text.behind(start, head) for start in places + own}


def _ends(text: Squeezed, sought: _Sought) -> dict[int, int]:
    """Where the words may end, and how many characters on both sides of that speak for it."""
    places = [len(text.text)] if not sought.after else []
    for size in (_AROUND, _PIECE):
        piece = sought.after[:size]
        if piece and not places:
            places = text.near(piece, sought.at + len(sought.words), _NEAREST)
    own: list[int] = []
    for begin, piece in reversed(_pieces(sought.words)):
        end = begin + len(piece)
        own = [place + len(piece) for place in text.near(piece, sought.at + begin, _NEAREST)]
        if own:
            own = [place + text.behind(place, sought.words[end : end + _COMPARED]) for place in own]
            break
    tail = sought.words[-_AROUND:]
    return {end: text.behind(end, sought.after) + text.before(end, tail) for end in places + own}


def _pieces(words: str, length: int = _PIECE, most: int = _PIECES) -> list[tuple[int, str]]:
    """Pieces of the words at even distances, the first and the last among them, and where each begins."""
    size = min(length, max(len(words) // 3, 1))
    last = len(words) - size
    step = max(size, -(-last // (most - 1)))
    return [(place, words[place : place + size]) for place in [*range(0, last, step), last]]


def _likeness(document: Document, text: Squeezed, sought: _Sought, place: _Place) -> float:
    """How like the text at a place is to the quotation, 0 to 1, as difflib has it."""
    length, other = len(sought.words), place.end - place.start
    if max(length, other) > _COMPARED:
        pieces = _pieces(sought.words, _SAMPLE, _SAMPLES)
        kept = sum(text.text.find(piece, place.start, place.end) >= 0 for _, piece in pieces) / len(pieces)
        return min(2 * kept * length / (length + other), 1.0)
    if length <= _LETTERS:
        return SequenceMatcher(None, sought.words, text.text[place.start : place.end]).ratio()
    # Letters would make any two English texts alike.
    theirs = _WORD.findall(document.extract(text.range(place.start, place.end)))
    return SequenceMatcher(None, _WORD.findall(sought.quotation), theirs).ratio()


def _says(text: str, quotation: str) -> bool:
    """Whether a text is the quotation word for word, whatever white space is between the words, or the leaves."""
    if text.split() == quotation.split():
        return True
    if squeezed(text) != squeezed(quotation):
        return False
    ours, our_lines = _gaps(text)
    theirs, their_lines = _gaps(quotation)
    return ours - our_lines <= theirs and theirs - their_lines <= ours


def _gaps(text: str) -> tuple[set[int], set[int]]:
    """Before which characters white space stands, counted without any; and which of them begin a line or a leaf."""
    gaps: set[int] = set()
    lines: set[int] = set()
    passed = 0
    for gap in re.finditer(r"\s+", text.strip()):
        place = gap.start() - passed
        passed += len(gap[0])
        gaps.add(place)
        if "\n" in gap[0]:
            lines.add(place)
    return gaps, lines


def _before(document: Document, position: Position) -> str:
    parts = [document.text(position.block)[max(position.offset - _AROUND, 0) : position.offset]]
    for number in range(position.block - 1, max(position.block - _AROUND, 0) - 1, -1):
        if sum(map(len, parts)) >= _AROUND:
            break
        parts.append(document.text(number)[-_AROUND:])
    return "\n".join(filter(None, reversed(parts)))[-_AROUND:]


def _after(document: Document, position: Position) -> str:
    parts = [document.text(position.block)[position.offset : position.offset + _AROUND]]
    for number in range(position.block + 1, min(position.block + _AROUND, len(document.leaves))):
        if sum(map(len, parts)) >= _AROUND:
            break
        parts.append(document.text(number)[:_AROUND])
    return "\n".join(filter(None, parts))[:_AROUND]
