"""Sentence segmentation of one line of Chinese, Japanese, Korean or English text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from apsw.unicode import sentence_next_break

from reader.document.characters import TextSlice, trimmed, word_edges
from reader.regex import regex

_WIDE = "。！？｡‼⁇⁈⁉"
"""Marks that end a sentence whatever letter follows, unlike `!` and `?`, which also occur within URLs and code."""

_STOPS = f"{_WIDE}!?…"
_CLOSING = '”’」』）)］]】〕｝}〉》〞〟»"'

_STOP = regex(rf"《[^《》]{{1,80}}》|[{_STOPS}][{re.escape(_STOPS + _CLOSING)}]*")
"""A sentence-final mark with closing marks. A title is matched as a whole, to skip the mark in 《怎么办？》."""

_CONTINUING = frozenset(",，、;；:：-–—")
"""Marks after which the same sentence continues, as in “走吧！”，他说."""

_QUOTED_ON = regex("[」』”）](?:と|って)")
"""Japanese puts と after a quotation: 「行くぞ！」と言った is one sentence."""

_ABBREVIATION = regex(
    r"(?<![\w.])(?:[A-HJ-Z]|Mrs?|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Rev|Hon|vs|cf|[Ee]\.g|[Ii]\.e)\.$"
)
"""Initials, titles and abbreviations that do not end a sentence. U.S. is not included: it ends a sentence about half
the time."""

_NUMBER = regex(r"[(\[]?(?:[\d.]+|[IVX]+|[a-z])\.")
"""The number of a list item or a section: `1.`, `3.2.`, `IV.`, `a.`"""

_LETTER = regex(r"[^\W_]")
_VISIBLE = regex(r"\S")


def sentences(line: str) -> list[TextSlice]:
    """The sentences of one line, in order, without surrounding white space; marks alone are not a sentence.

    A sentence ends after 。！？!?… and any closing marks, even within a quotation: “你好。”他说。 is two sentences, so
    that the quotation can be selected by itself. A Latin full stop ends a sentence where UAX 29 says so, except after
    common abbreviations.
    """
    # UAX 29 ends a sentence inside `U.S.한국`, although it treats that as one word.
    whole = word_edges(line)
    ends = [0]
    for end in (*_stops(line), len(line)):
        latin = _full_stops(line, ends[-1], end)
        for cut in (*latin, end):
            # Marks without text before them belong to the following sentence, as in “……我不知道。”
            if cut in whole and _LETTER.search(line, ends[-1], cut):
                ends.append(cut)
    if len(ends) == 1:
        ends.append(len(line))
    ends[-1] = len(line)
    found = (trimmed(line, start, end) for start, end in pairwise(ends))
    return [(start, end) for start, end in found if start < end]


def _stops(line: str) -> Iterator[int]:
    """Sentence ends by marks other than the full stop."""
    for found in _STOP.finditer(line):
        if found[0].startswith("《"):
            continue
        end = found.end()
        quote = found[0].find('"')
        # A straight quote closes only if one is open: in `好。"走吧"`, the quote after the stop opens a quotation.
        if quote >= 0 and line.count('"', 0, found.start()) % 2 == 0:
            end = found.start() + quote
        if not _continues(line, found.start(), end):
            yield end


def _continues(line: str, start: int, end: int) -> bool:
    """Whether the sentence continues after the stop from `start` to `end`, closing marks included."""
    following = _VISIBLE.search(line, end)
    if following is None:
        return False
    # A mark alone in brackets, as in （？）, comments on the word before it, and ends no sentence.
    if following[0] in _CONTINUING or (start > 0 and line[start - 1] in "（(") or _QUOTED_ON.match(line, end - 1):
        return True
    stop = line[start:end].rstrip(_CLOSING)
    if any(mark in _WIDE for mark in stop):
        return False
    if following[0].islower():
        return True
    # In URLs and code, `?` and `!` end no sentence: they do so only before white space or another script.
    return "…" not in stop and following.start() == end and following[0].isascii()


def _full_stops(line: str, start: int, end: int) -> Iterator[int]:
    """Sentence ends between two offsets by UAX 29, which covers the full stops of all scripts."""
    piece = line[start:end]
    last = offset = 0
    while (offset := int(sentence_next_break(piece, offset))) < len(piece):
        sentence = piece[last:offset].strip().rstrip(f"{_CLOSING}'")
        # Skip the marks that `_stops` handles with better rules: UAX 29 treats “ as a closing mark.
        if sentence[-1:] in _STOPS or _ABBREVIATION.search(sentence[-8:]) or _NUMBER.fullmatch(sentence):
            continue
        last = offset
        yield start + offset
