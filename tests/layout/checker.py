"""Counts typesetting faults in lines of Chinese text.

It shares nothing with the layout: it has its own list of marks, clusters (by wcwidth) and widths (by wcwidth and Rich),
so that a mistake in the tables of the layout is not hidden. Unavoidable faults do not count: a mark counts only if the
line could have ended elsewhere, a word or number only if it fits on a line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import east_asian_width

from rich.cells import cell_len
from wcwidth import iter_graphemes, wcswidth

from reader.settings.options import KoreanBreaks, Strictness, Typesetting

NEVER_FIRST = set("、。，．：；！？）》〉」』】〕〗〛｝］”’·・…—～〜％‰℃′″〞")
REPEATED = set("々〻ゝゞヽヾー")
SMALL_KANA = set("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
NEVER_LAST = set("（《〈「『【〔〖〚｛［“‘￥＄№〝")

_NUMBER = re.compile(r"[0-9０-９]+(?:[.,:．，：][0-9０-９]+)*[%％‰℃]?")
_COUNTED = re.compile(r"[0-9０-９](?=[万亿萬億年月日届岁倍个])|第(?=[0-9０-９])")
_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_TITLE = re.compile("《[^《》\n]{1,60}》")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
_LATIN_CLOSERS = set("!?.,:;)]}/")
_BLANKS = " \u3000"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its kind, and the end of the line and the beginning of the next one."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line: the painted text, and the part of the source that it shows, including dropped spaces."""

    painted: str
    start: int
    end: int


class Source:
    """A paragraph before layout; its unbreakable parts are found once for all widths."""

    def __init__(self, text: str, typesetting: Typesetting) -> None:
        self.text = text
        self._level = typesetting.strictness
        self._korean = typesetting.korean
        self._hung = typesetting.fill == "hang"
        loose = self._level is Strictness.LOOSE
        self._never_first = NEVER_FIRST if loose else NEVER_FIRST | REPEATED | SMALL_KANA
        addresses = [found.span() for found in _ADDRESS.finditer(text)]
        # “ closes in „Deutsch“ but opens elsewhere, so it is ambiguous.
        self._never_last = NEVER_LAST - set("“‘") if "„" in text or "‚" in text else NEVER_LAST
        self._parts = [(start, end, "address") for start, end in addresses]
        for kind, pattern in (("number", _NUMBER), ("word", _WORD), ("title", _TITLE)):
            self._parts += [
                (*found.span(), kind)
                for found in pattern.finditer(text)
                if found.end() - found.start() > 1 and not any(start <= found.start() < end for start, end in addresses)
            ]
        if not loose:
            self._parts += [(found.start(), found.end() + 1, "unit") for found in _COUNTED.finditer(text)]
        self._parts.sort()

    @cached_property
    def clusters(self) -> frozenset[int]:
        """The ends of all clusters."""
        ends, at = {0}, 0
        for cluster in iter_graphemes(self.text):
            at += len(cluster)
            ends.add(at)
        return frozenset(ends)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self._parts]

    def faults(self, lines: Sequence[SetLine], width: int) -> Iterator[Fault]:
        """The faults of all lines of the paragraph at a width of `width` cells."""
        for line in lines:
            shown = line.painted.rstrip(_BLANKS)
            widest = max(cell_len(shown), wcswidth(shown))
            if widest > width and len(list(iter_graphemes(shown))) > 1:
                yield Fault("wide", shown, str(widest))
        for line in lines[:-1]:
            place = line.end
            if self.text[place - 1 : place] == "\n":
                continue
            kind = self._hard(place)
            if kind:
                avoidable = any(self._inked(line, other) and not self._hard(other) for other in _inside(line))
            else:
                kind = self._soft(place, width)
                avoidable = bool(kind) and self._had_choice(line, width)
            if avoidable:
                yield self._fault(kind, place)

    def _fault(self, kind: str, place: int) -> Fault:
        return Fault(kind, self.text[max(place - 12, 0) : place], self.text[place : place + 12])

    def _inked(self, line: SetLine, place: int) -> bool:
        """Whether a line up to `place` contains visible text."""
        return bool(self.text[line.start : place].strip(_BLANKS)) and self.text[place] not in _BLANKS

    def _hard(self, place: int) -> str:
        """The faults of a line that ends at `place`, whatever its content."""
        text = self.text
        if place >= len(text):
            return ""
        if place not in self.clusters:
            return "cluster"
        after = text[place]
        if after in self._never_first:
            return "split dash" if after in "—…" and text[place - 1] == after else "start"
        before = text[:place].rstrip(_BLANKS)[-1:]
        return "end" if before in self._never_last and before else ""

    def _soft(self, place: int, width: int) -> str:
        """The unbreakable parts that a line ending at `place` splits although they fit on a line."""
        number = bisect_right(self._starts, place - 1)
        for start, end, kind in reversed(self._parts[max(number - 8, 0) : number]):
            if start < place < end:
                cells = cell_len(self.text[start:end])
                if cells <= (min(width // 2, 20) if kind == "title" else width - 2 * self._hung):
                    return kind
        return ""

    def _had_choice(self, line: SetLine, width: int) -> bool:
        """Whether the line could have ended without splitting anything."""
        return any(
            self._opens(place) and not self._hard(place) and not self._soft(place, width)
            for place in _inside(line)
            if self._inked(line, place)
        )

    def _opens(self, place: int) -> bool:
        """Whether a line may end here in any typesetting: after a space, or next to Han or kana."""
        before, after = self.text[place - 1], self.text[place]
        if before in _BLANKS:
            return after not in _LATIN_CLOSERS and self.text[:place].rstrip(_BLANKS)[-1:] not in set("([{")
        if self._korean is KoreanBreaks.WORD and (_HANGUL.match(before) or _HANGUL.match(after)):
            return False
        return all(east_asian_width(one) in "WF" and one.isalpha() for one in (before, after))


def _inside(line: SetLine) -> range:
    return range(line.start + 1, line.end)
