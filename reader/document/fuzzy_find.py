"""Search for a quotation in a text without white space, first for an exact match, then for an edited one."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from heapq import nsmallest

from reader.document.document import Document
from reader.document.spaceless import SpacelessText
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex

AROUND = 32
"""Characters of context stored on either side of a quotation."""

_ENOUGH = 12
_ENOUGH_LETTERS = 20
"""Number of matching characters, context included, that makes a place a match. The larger number is for texts that
consist mostly of letters, because a letter carries less information than a Chinese character."""

_SAMPLE_LENGTH = 12
_SAMPLE_COUNT = 16
"""Length and number of the samples of a quotation that are searched for if it has no exact match."""

_PROBE_LENGTH = 8
_PROBE_COUNT = 64
"""Length and number of the samples that measure the similarity of texts too long for difflib."""

_SIDES = (12, 4, 0)
_FEW = 200
"""Numbers of characters of context, in the order tried, with which words that occur several times are searched for; and
the maximum number of candidates that are compared one by one."""

_SHORT = (6, 3)
"""Lengths in characters, in the order tried, of an end of the quotation to search for if the other end is known."""

_NEAREST = 8
_TRIED = 4
"""Maximum number of occurrences of a sample that are considered on each side of the old place; also the maximum number
of ranges that are compared with the quotation."""

_LETTERS = 64
_COMPARED = 2_000
"""Maximum lengths in characters of texts that difflib compares: character by character, and word by word."""

_BESIDE = 6
_MUCH = 100
_LIKE = 0.5
_LIKER = 0.8
"""Two minimum similarities. The lower one suffices if `_BESIDE` characters match on both sides, or `_MUCH` in total.
Otherwise the higher one is required, because sentences of one article often resemble each other."""

NO_BLANKS = r"\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Ranges of characters of scripts without spaces between words, for a character class in a pattern."""

_WORD = regex(rf"[^\W{NO_BLANKS}]+|\S")


@dataclass(frozen=True, slots=True)
class SearchTarget:
    """The quotation to find; `words`, `before` and `after` have no white space, `at` is the old offset without it."""

    quotation: str
    words: str
    before: str
    after: str
    at: int

    def is_enough(self, agreeing: int) -> bool:
        """Whether `agreeing` matching characters make a place a match; for a short quotation, half of all suffice."""
        sample = self.before + self.words[:AROUND] + self.after
        letters = sum(character < "\u2e80" for character in sample) * 2 > len(sample)
        half = (len(self.words) + len(self.before) + len(self.after) + 1) // 2
        return agreeing >= min(_ENOUGH_LETTERS if letters else _ENOUGH, half)

    def distance(self, text: SpacelessText, start: int) -> tuple[int, int]:
        """Distance of a place from the old place, in leaves, then in characters."""
        return abs(text.leaf(start) - text.leaf(self.at)), abs(start - self.at)

    def fit(self, text: SpacelessText, start: int, end: int) -> int:
        """Number of characters directly around a place that equal the context of the quotation."""
        return text.before(start, self.before) + text.behind(end, self.after)

    def is_between(self, text: SpacelessText, start: int, end: int) -> bool:
        """Whether the nearest context matches on both sides."""
        before, after = self.before[-_BESIDE:], self.after[:_BESIDE]
        return (text.before(start, before), text.behind(end, after)) == (len(before), len(after))


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """A range of the text without white space, and the number of matching characters in it and around it."""

    start: int
    end: int
    agreeing: int


def find_passage(document: Document, text: SpacelessText, target: SearchTarget) -> FuzzyMatch | None:
    """Find the quotation, exact or edited; None if there is no match."""
    exact = find_words(text, target)
    if exact and exact.agreeing == len(target.before) + len(target.words) + len(target.after):
        return exact
    stays = exact is not None and exact.start == target.at
    if not stays and _is_closed(text, target):
        # The passage was removed. A long match elsewhere means that it was moved; a short match is a coincidence.
        return exact if exact and exact.agreeing >= AROUND else None
    edited = _edited(document, text, target)
    if exact is None:
        return edited
    apart = edited and (edited.end <= exact.start or exact.end <= edited.start)
    # One of several equal lines was edited: the others match exactly, but the edited one is the right one.
    if edited and apart and edited.agreeing > exact.agreeing:
        return edited
    # Two or three letters that also occur elsewhere do not identify a deleted passage.
    return exact if stays or target.is_enough(exact.agreeing) else edited


def _is_closed(text: SpacelessText, target: SearchTarget) -> bool:
    """Whether the texts before and after the quotation are now adjacent, unlike before."""
    before, after = target.before, target.after
    whole = before + target.words + after
    if len(before) + len(after) < _SAMPLE_LENGTH:  # Too short to decide.
        return False
    if len(before) < _SAMPLE_LENGTH:  # The quotation was at the start of the article.
        return text.text.startswith(before + after) and not whole.startswith(before + after)
    if len(after) < _SAMPLE_LENGTH:
        return text.text.endswith(before + after) and not whole.endswith(before + after)
    seam = before[-_SAMPLE_LENGTH:] + after[:_SAMPLE_LENGTH]
    return seam in text.text and seam not in whole


def find_words(text: SpacelessText, target: SearchTarget) -> FuzzyMatch | None:
    """The exact match whose context fits best, or the nearest of several; None if there is none."""
    first = text.text.find(target.words)
    if first < 0:
        return None
    length = len(target.words)
    alone = text.text.find(target.words, first + 1) < 0
    fits = {start: target.fit(text, start, start + length) for start in ((first,) if alone else _best(text, target))}
    start = min(fits, key=lambda start: (-fits[start], target.distance(text, start)))
    return FuzzyMatch(start, start + length, length + fits[start])


def _best(text: SpacelessText, target: SearchTarget) -> list[int]:
    """Offsets of a few candidates, among them the one with the best context; of several equally good, the nearest."""
    before, words, after = target.before, target.words, target.after
    whole = before + words + after
    if whole in text.text:
        return [place + len(before) for place in text.near(whole, target.at - len(before), 1)]
    for size in _SIDES:
        prefix, behind = before[max(len(before) - size, 0) :], after[:size]
        places = [place + len(prefix) for place in text.near(prefix + words, target.at - len(prefix), _FEW)]
        places += text.near(words + behind, target.at, _FEW)
        if len(places) >= _FEW:
            break
        # If 2 * size characters match, at least size of them match on one side, where the search has found them.
        if any(target.fit(text, place, place + len(words)) >= 2 * size for place in places):
            return places
    return [
        place + leading
        for leading, context in _contexts(text, target)
        for place in text.near(context, target.at - leading, 1)
    ]


def _contexts(text: SpacelessText, target: SearchTarget) -> list[tuple[int, str]]:
    """The quotation together with the longest context with which it occurs, and the length of the context before it.

    Several combinations may have the same total length. The quotation may occur a hundred thousand times, so its
    occurrences are not compared one by one. Instead this tests whether it occurs with a given number of characters
    before and after it. The number before only grows and the number after only shrinks, so there are no more tests than
    characters of context.
    """
    before, after = target.before, target.after
    best, behind = -1, len(after)
    contexts: list[tuple[int, str]] = []
    for leading in range(len(before) + 1):
        start = before[len(before) - leading :] + target.words
        while behind >= 0 and start + after[:behind] not in text.text:
            behind -= 1
        if behind < 0 or len(before) + behind < best:
            break
        if leading + behind > best:
            best, contexts = leading + behind, []
        if leading + behind == best:
            contexts.append((leading, start + after[:behind]))
    return contexts


def _edited(document: Document, text: SpacelessText, target: SearchTarget) -> FuzzyMatch | None:
    """Find the quotation with changes: between its context, or between its own first and last words."""
    length = len(target.words)
    for start, end in _candidates(text, target):
        around = target.fit(text, start, end)
        whole = text.text.find(target.words, start, end)
        # The quotation may be unchanged, if only the text next to it was edited.
        place = FuzzyMatch(start, end, 0) if whole < 0 else FuzzyMatch(whole, whole + length, 0)
        similarity = _similarity(document, text, target, place)
        agreeing = int(similarity * (length + place.end - place.start) / 2) + around
        known = agreeing >= _MUCH or target.is_between(text, start, end)
        if similarity >= (_LIKE if known else _LIKER) and target.is_enough(agreeing):
            return replace(place, agreeing=agreeing)
    return None


def _candidates(text: SpacelessText, target: SearchTarget) -> list[tuple[int, int]]:
    """The most likely ranges of the quotation, best first."""
    length = len(target.words)
    head, tail = target.words[:AROUND], target.words[-AROUND:]
    starts = _ranked(text, _starts(text, target), target.before, head)
    ends = _ranked(text, _ends(text, target), tail, target.after)
    # If one end is known, a few characters suffice to find the other; a search everywhere would need more.
    more_starts = [place for end in [*ends][:_NEAREST] for place in _heads(text, target, end) if place >= 0]
    more_ends = [place for start in [*starts][:_NEAREST] for place in _tails(text, target, start) if place >= 0]
    starts |= _ranked(text, more_starts, target.before, head)
    ends |= _ranked(text, more_ends, tail, target.after)
    pairs = [
        (-score - more_score, target.distance(text, start), start, end)
        for start, score in starts.items()
        for end, more_score in ends.items()
        # Texts whose lengths differ by a factor of three cannot reach the minimum similarity.
        if start < end and length <= 3 * (end - start) and end - start <= 3 * length + AROUND
    ]
    return [(start, end) for _, _, start, end in nsmallest(_TRIED, pairs)]


def _ranked(text: SpacelessText, places: list[int], before: str, behind: str) -> dict[int, int]:
    """The number of matching characters on both sides for each place, highest first."""
    found = {place: text.before(place, before) + text.behind(place, behind) for place in places}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _starts(text: SpacelessText, target: SearchTarget) -> list[int]:
    """Candidates for the start: after the old context, or at the first sample that still occurs."""
    places = [] if target.before else [0]
    for size in (AROUND, _SAMPLE_LENGTH):
        piece = target.before[-size:]
        if piece and not places:
            places = [place + len(piece) for place in text.near(piece, target.at - len(piece), _NEAREST)]
    for begin, piece in _samples(target.words):
        found = text.near(piece, target.at + begin, _NEAREST)
        if found:  # Samples have gaps between them: matching text before this sample belongs to the range.
            skipped = target.words[max(begin - _COMPARED, 0) : begin]
            return places + [place - text.before(place, skipped) for place in found]
    return places


def _ends(text: SpacelessText, target: SearchTarget) -> list[int]:
    """Candidates for the end: before the old context, or at the last sample that still occurs."""
    places = [] if target.after else [len(text.text)]
    for size in (AROUND, _SAMPLE_LENGTH):
        piece = target.after[:size]
        if piece and not places:
            places = text.near(piece, target.at + len(target.words), _NEAREST)
    for begin, piece in reversed(_samples(target.words)):
        end = begin + len(piece)
        found = [place + len(piece) for place in text.near(piece, target.at + begin, _NEAREST)]
        if found:
            skipped = target.words[end : end + _COMPARED]
            return places + [place + text.behind(place, skipped) for place in found]
    return places


def _heads(text: SpacelessText, target: SearchTarget, end: int) -> Iterator[int]:
    """Candidates for the start if the quotation ends at `end`."""
    length = len(target.words)
    for size in _SHORT:
        piece = target.words[:size]
        start = max(end - length, 0)
        yield text.text.find(piece, start, end)
        yield text.text.rfind(piece, max(start - length - AROUND, 0), start + size)


def _tails(text: SpacelessText, target: SearchTarget, start: int) -> Iterator[int]:
    """Candidates for the end if the quotation starts at `start`."""
    length = len(target.words)
    for size in _SHORT:
        piece = target.words[-size:]
        last = start + max(length - size, 0)
        for place in (
            text.text.find(piece, last, last + length + AROUND),
            text.text.rfind(piece, start, last + size),
        ):
            yield place + len(piece) if place >= 0 else -1


def _samples(words: str, length: int = _SAMPLE_LENGTH, most: int = _SAMPLE_COUNT) -> list[tuple[int, str]]:
    """Samples of the words at even distances, including the first and the last, each with its offset."""
    size = min(length, max(len(words) // 3, 1))
    last = len(words) - size
    step = max(size, -(-last // (most - 1)))
    return [(place, words[place : place + size]) for place in [*range(0, last, step), last]]


def _similarity(document: Document, text: SpacelessText, target: SearchTarget, place: FuzzyMatch) -> float:
    """Similarity of the text at a place to the quotation, 0 to 1 (difflib's ratio)."""
    length, other = len(target.words), place.end - place.start
    if max(length, other) > _COMPARED:
        pieces = _samples(target.words, _PROBE_LENGTH, _PROBE_COUNT)
        kept = sum(text.text.find(piece, place.start, place.end) >= 0 for _, piece in pieces) / len(pieces)
        return min(2 * kept * length / (length + other), 1.0)
    if length <= _LETTERS:
        return SequenceMatcher(None, target.words, text.text[place.start : place.end]).ratio()
    # Compared by letters, any two English texts are similar.
    found_words = _WORD.findall(document.extract(text.range(place.start, place.end)))
    return SequenceMatcher(None, _WORD.findall(target.quotation), found_words).ratio()
