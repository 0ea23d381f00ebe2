"""Sentences of Chinese, Japanese, Korean and English, found in one line of text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from apsw.unicode import sentence_next_break

from reader.document.characters import Stretch, trimmed, word_edges

_WIDE = "。！？｡‼⁇⁈⁉"
"""Marks that end a sentence wherever they stand."""

_STOPS = f"{_WIDE}!?…"
_CLOSING = '”’」』）)］]】〕｝}〉》〞〟»"'

_STOP = re.compile(rf"《[^《》]{{1,80}}》|[{_STOPS}][{re.escape(_STOPS + _CLOSING)}]*")
"""A stop with the marks that close behind it. A title is taken whole, so that the stop in 《怎么办？》 is not met."""

_GOES_ON = frozenset(",，、;；:：-–—")
"""Marks behind which the same sentence goes on, as in “走吧！”，他说."""

_QUOTED_ON = re.compile("[」』”）](?:と|って)")
"""Japanese says と behind what was said: 「行くぞ！」と言った is one sentence."""

_SHORTENED = re.compile(
    r"(?<![\w.])(?:[A-HJ-Z]|Mrs?|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Rev|Hon|vs|cf|[Ee]\.g|[Ii]\.e)\.$"
)
"""Initials, titles and abbreviations behind which no sentence ends. U.S. is none: it ends as many as it does not."""

_NUMBER = re.compile(r"[(\[]?(?:[\d.]+|[IVX]+|[a-z])\.")
"""The number of a list's item or of a section: `1.`, `3.2.`, `IV.`, `a.`"""

_LETTER = re.compile(r"[^\W_]")
_INKED = re.compile(r"\S")


def sentences(line: str) -> list[Stretch]:
    """The sentences of one line, in order, without the white space around them; marks alone are no sentence.

    One ends behind 。！？!?… and what closes there, quoted or not: “你好。”他说。 is two, so that what was said can be
    taken by itself. A Latin full stop ends one where UAX 29 says so, but for common abbreviations.
    """
    # UAX 29 ends a sentence within `U.S.한국`, which it calls one word.
    whole = word_edges(line)
    ends = [0]
    for end in (*_stops(line), len(line)):
        latin = _full_stops(line, ends[-1], end)
        for cut in (*latin, end):
            # Marks alone belong to the sentence in front of which they stand, as in “……我不知道。”
            if cut in whole and _LETTER.search(line, ends[-1], cut):
                ends.append(cut)
    if len(ends) == 1:
        ends.append(len(line))
    ends[-1] = len(line)
    found = (trimmed(line, start, end) for start, end in pairwise(ends))
    return [(start, end) for start, end in found if start < end]


def _stops(line: str) -> Iterator[int]:
    """Where sentences end by marks that end one in any script but the full stop's."""
    for found in _STOP.finditer(line):
        if found[0].startswith("《"):
            continue
        end = found.end()
        quote = found[0].find('"')
        # A straight quote closes if one is open: the one behind the stop in `好。"走吧"` begins what is said next.
        if quote >= 0 and line.count('"', 0, found.start()) % 2 == 0:
            end = found.start() + quote
        if not _goes_on(line, found.start(), end):
            yield end


def _goes_on(line: str, start: int, end: int) -> bool:
    """Whether a sentence goes on behind the stop from `start` to `end`, closing marks included."""
    following = _INKED.search(line, end)
    if following is None:
        return False
    # A mark alone in brackets, （？）, is a remark on the word before it.
    if following[0] in _GOES_ON or (start > 0 and line[start - 1] in "（(") or _QUOTED_ON.match(line, end - 1):
        return True
    stop = line[start:end].rstrip(_CLOSING)
    if any(mark in _WIDE for mark in stop):
        return False
    if following[0].islower():
        return True
    # Within an address or a program, `?` and `!` end nothing: white space or another script has to follow.
    return "…" not in stop and following.start() == end and following[0].isascii()


def _full_stops(line: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end between two offsets by the rules of UAX 29, which know the full stops of all scripts."""
    piece = line[start:end]
    last = offset = 0
    while (offset := int(sentence_next_break(piece, offset))) < len(piece):
        said = piece[last:offset].strip().rstrip(f"{_CLOSING}'")
        # What `_stops` knows it has judged by better rules: UAX 29 takes “ for a mark that closes.
        if said[-1:] in _STOPS or _SHORTENED.search(said[-8:]) or _NUMBER.fullmatch(said):
            continue
        last = offset
        yield start + offset
