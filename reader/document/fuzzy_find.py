"""Finding a passage in a text without white space: where its words stand whole, or else where they stand edited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from heapq import nsmallest

from reader.document.document import Document
from reader.document.squeezed import Squeezed

AROUND = 32
"""Characters known of what stands on either side of a passage."""

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

_SHORT = (6, 3)
"""Characters by which one end of the words is looked for where the other is known."""

_NEAREST = 8
_TRIED = 4
"""Places of one piece taken on either side of the old one, and ranges between such places compared with a quotation."""

_LETTERS = 64
_COMPARED = 2_000
"""Characters up to which a text is compared letter by letter, and word by word."""

_BESIDE = 6
_MUCH = 100
_LIKE = 0.5
_LIKER = 0.8
"""How like a text must be to the quotation where so many characters on both sides are the same, or so many in all; and
where not, because sentences of one article are often like each other."""

NO_BLANKS = r"\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Characters of the scripts that put no blanks between words, as a set in a pattern has them."""

_WORD = re.compile(rf"[^\W{NO_BLANKS}]+|\S")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: `words`, `before` and `after` without white space, `at` the old place in a text like that."""

    quotation: str
    words: str
    before: str
    after: str
    at: int

    def is_enough(self, agreeing: int) -> bool:
        """Whether so many characters make a place the one meant; in a short text half of what there is do."""
        sample = self.before + self.words[:AROUND] + self.after
        letters = sum(character < "\u2e80" for character in sample) * 2 > len(sample)
        half = (len(self.words) + len(self.before) + len(self.after) + 1) // 2
        return agreeing >= min(_ENOUGH_LETTERS if letters else _ENOUGH, half)

    def distance(self, text: Squeezed, start: int) -> tuple[int, int]:
        """How far a place is from the old one, in leaves, then in characters."""
        return abs(text.leaf(start) - text.leaf(self.at)), abs(start - self.at)

    def fit(self, text: Squeezed, start: int, end: int) -> int:
        """How many characters right around a place are those that stood around the quotation."""
        return text.before(start, self.before) + text.behind(end, self.after)

    def is_between(self, text: Squeezed, start: int, end: int) -> bool:
        """Whether what stood around the words stands on both sides."""
        before, after = self.before[-_BESIDE:], self.after[:_BESIDE]
        return (text.before(start, before), text.behind(end, after)) == (len(before), len(after))


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """From where to where in the squeezed text, and how many characters in it and around it agree."""

    start: int
    end: int
    agreeing: int


def find_passage(document: Document, text: Squeezed, sought: Sought) -> FuzzyMatch | None:
    """Where the words stand, whole or edited."""
    exact = find_words(text, sought)
    if exact and exact.agreeing == len(sought.before) + len(sought.words) + len(sought.after):
        return exact
    stays = exact is not None and exact.start == sought.at
    if not stays and _is_closed(text, sought):
        # The passage was taken out: only a long one was put in elsewhere, a short one stood there before.
        return exact if exact and exact.agreeing >= AROUND else None
    edited = _edited(document, text, sought)
    if exact is None:
        return edited
    apart = edited and (edited.end <= exact.start or exact.end <= edited.start)
    # One of several equal lines was edited: the others still say the words, but this one stands where it stood.
    if edited and apart and edited.agreeing > exact.agreeing:
        return edited
    # Two or three letters that stand elsewhere too are no trace of a passage that was deleted.
    return exact if stays or sought.is_enough(exact.agreeing) else edited


def _is_closed(text: Squeezed, sought: Sought) -> bool:
    """Whether what stood before the words and what stood behind them stand side by side, as they did not before."""
    before, after = sought.before, sought.after
    whole = before + sought.words + after
    if len(before) + len(after) < _PIECE:  # Too little to tell.
        return False
    if len(before) < _PIECE:  # All that there was: the seam is where the article begins.
        return text.text.startswith(before + after) and not whole.startswith(before + after)
    if len(after) < _PIECE:
        return text.text.endswith(before + after) and not whole.endswith(before + after)
    seam = before[-_PIECE:] + after[:_PIECE]
    return seam in text.text and seam not in whole


def find_words(text: Squeezed, sought: Sought) -> FuzzyMatch | None:
    """Of all places where the words stand the one whose surroundings fit best, of such the nearest; if any."""
    first = text.text.find(sought.words)
    if first < 0:
        return None
    length = len(sought.words)
    alone = text.text.find(sought.words, first + 1) < 0
    fits = {start: sought.fit(text, start, start + length) for start in ((first,) if alone else _best(text, sought))}
    start = min(fits, key=lambda start: (-fits[start], sought.distance(text, start)))
    return FuzzyMatch(start, start + length, length + fits[start])


def _best(text: Squeezed, sought: Sought) -> list[int]:
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


def _ways(text: Squeezed, sought: Sought) -> list[tuple[int, str]]:
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


def _edited(document: Document, text: Squeezed, sought: Sought) -> FuzzyMatch | None:
    """Where the words stand with some of them changed: between what stood around them, or between their own ends."""
    length = len(sought.words)
    for start, end in _stretches(text, sought):
        around = sought.fit(text, start, end)
        whole = text.text.find(sought.words, start, end)
        # They may be whole after all, and only what stood right beside them is another.
        place = FuzzyMatch(start, end, 0) if whole < 0 else FuzzyMatch(whole, whole + length, 0)
        alike = _likeness(document, text, sought, place)
        agreeing = int(alike * (length + place.end - place.start) / 2) + around
        known = agreeing >= _MUCH or sought.is_between(text, start, end)
        if alike >= (_LIKE if known else _LIKER) and sought.is_enough(agreeing):
            return replace(place, agreeing=agreeing)
    return None


def _stretches(text: Squeezed, sought: Sought) -> list[tuple[int, int]]:
    """From where to where the words may stand, the likeliest few, best first."""
    length = len(sought.words)
    head, tail = sought.words[:AROUND], sought.words[-AROUND:]
    starts = _ranked(text, _starts(text, sought), sought.before, head)
    ends = _ranked(text, _ends(text, sought), tail, sought.after)
    # Where the one end is known a few characters tell the other, which are too few to be looked for everywhere.
    more_starts = [place for end in [*ends][:_NEAREST] for place in _heads(text, sought, end) if place >= 0]
    more_ends = [place for start in [*starts][:_NEAREST] for place in _tails(text, sought, start) if place >= 0]
    starts |= _ranked(text, more_starts, sought.before, head)
    ends |= _ranked(text, more_ends, tail, sought.after)
    pairs = [
        (-speaking - more, sought.distance(text, start), start, end)
        for start, speaking in starts.items()
        for end, more in ends.items()
        # What is three times as long or short is not half alike.
        if start < end and length <= 3 * (end - start) and end - start <= 3 * length + AROUND
    ]
    return [(start, end) for _, _, start, end in nsmallest(_TRIED, pairs)]


def _ranked(text: Squeezed, places: list[int], before: str, behind: str) -> dict[int, int]:
    """How many characters on both sides speak for each place, the most first."""
    found = {place: text.before(place, before) + text.behind(place, behind) for place in places}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _starts(text: Squeezed, sought: Sought) -> list[int]:
    """Where the words may begin: behind what stood before them, or where the first of them stand that are left."""
    places = [] if sought.before else [0]
    for size in (AROUND, _PIECE):
        piece = sought.before[-size:]
        if piece and not places:
            places = [place + len(piece) for place in text.near(piece, sought.at - len(piece), _NEAREST)]
    for begin, piece in _pieces(sought.words):
        found = text.near(piece, sought.at + begin, _NEAREST)
        if found:  # Pieces lie apart: what is still the same between them belongs to the range, too.
            skipped = sought.words[max(begin - _COMPARED, 0) : begin]
            return places + [place - text.before(place, skipped) for place in found]
    return places


def _ends(text: Squeezed, sought: Sought) -> list[int]:
    """Where the words may end: before what stood behind them, or where the last of them stand that are left."""
    places = [] if sought.after else [len(text.text)]
    for size in (AROUND, _PIECE):
        piece = sought.after[:size]
        if piece and not places:
            places = text.near(piece, sought.at + len(sought.words), _NEAREST)
    for begin, piece in reversed(_pieces(sought.words)):
        end = begin + len(piece)
        found = [place + len(piece) for place in text.near(piece, sought.at + begin, _NEAREST)]
        if found:
            skipped = sought.words[end : end + _COMPARED]
            return places + [place + text.behind(place, skipped) for place in found]
    return places


def _heads(text: Squeezed, sought: Sought, end: int) -> Iterator[int]:
    """Where the words may begin if they end at `end`."""
    length = len(sought.words)
    for size in _SHORT:
        piece = sought.words[:size]
        start = max(end - length, 0)
        yield text.text.find(piece, start, end)
        yield text.text.rfind(piece, max(start - length - AROUND, 0), start + size)


def _tails(text: Squeezed, sought: Sought, start: int) -> Iterator[int]:
    """Where the words may end if they begin at `start`."""
    length = len(sought.words)
    for size in _SHORT:
        piece = sought.words[-size:]
        last = start + max(length - size, 0)
        for place in (
            text.text.find(piece, last, last + length + AROUND),
            text.text.rfind(piece, start, last + size),
        ):
            yield place + len(piece) if place >= 0 else -1


def _pieces(words: str, length: int = _PIECE, most: int = _PIECES) -> list[tuple[int, str]]:
    """Pieces of the words at even distances, the first and the last among them, and where each begins."""
    size = min(length, max(len(words) // 3, 1))
    last = len(words) - size
    step = max(size, -(-last // (most - 1)))
    return [(place, words[place : place + size]) for place in [*range(0, last, step), last]]


def _likeness(document: Document, text: Squeezed, sought: Sought, place: FuzzyMatch) -> float:
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
