"""Counts typesetting faults in lines of Chinese text.

It shares nothing with the layout: it has its own list of marks, clusters (by wcwidth) and widths (by wcwidth and Rich),
so that a mistake in the tables of the layout is not hidden. Unavoidable faults do not count: a mark counts only if the
line could have ended elsewhere, a word or number only if it fits on a line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import east_asian_width, normalize

from rich.cells import cell_len
from wcwidth import iter_graphemes, wcswidth

from reader.settings.options import KoreanBreaks, Strictness, Typesetting

NEVER_FIRST = set("、。，．：；！？）》〉」』】〕〗〛｝］”’·・…—～〜％‰℃′″〞")
REPEATED = set("々〻ゝゞヽヾー")
SMALL_KANA = set("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
NEVER_LAST = set("（《〈「『【〔〖〚｛［“‘￥＄№〝")

HARD = frozenset({"wide", "start", "end", "blank", "split dash", "cluster"})
"""The faults that do not depend on the widths of Latin letters, which are wider in vertical text."""

_NUMBER = re.compile(r"[0-9０-９]+(?:[.,:．：][0-9０-９]+)*[%％‰℃]?")
_COUNTED = re.compile(
    r"[0-9０-９] ?(?:[万亿萬億年月日届岁倍个]|公(?=[里斤])|小(?=时)|分(?=钟)|美(?=元)|港(?=元)|ド(?=ル))|第 ?[0-9０-９]"
    r"|[0-9] (?:%|(?:kg|km|cm|mm|GB|MB|KB|TB|GHz|MHz|kW|min|px)(?![A-Za-z]))"
)
"""A number and the first character of its unit, with or without a space between them; 第 and a number."""
_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_TITLE = re.compile("《[^《》\n]{1,60}》")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
_KOREAN_WORD = re.compile("[0-9A-Za-z\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]+")
_KOREAN_WORD_IN_HANJA = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}(?![\u4e00-\u9fff])")
_COMPOUND = re.compile("(?<![!-~])(?:[A-Za-z]{1,12}-?/?-?[A-Za-z]|[A-Za-z]-[A-Za-z]{1,12})(?![!-~])")
"""A word with a single letter before or behind its hyphen or solidus: USB-C, I/O, e-mail."""
_NAME = re.compile(r"(?<=[ \u3000、，；：。])\.{0,2}[./](?=[A-Za-z0-9_])")
"""A dot or a solidus that begins a name, so that a line may begin with it: .docx, /usr, ../lamps."""
_QUOTED_CLOSERS = set(",.:;!?)]}%‐｡､･")
"""Marks that may not begin a line behind ” or ’."""
_LATIN_CLOSERS = set("!?.,:;)]}/")
_VOWELS = set("aeiouyæœøαεηιουωаеёиоуыэюяіїєў")
"""Letters of which each part of a divided word has at least one (New Hart's Rules 3.4.2: no part without a vowel)."""
_NAME_SIGNS = set("-\u2010_/\\@#&~")
_IN_A_ROW = 2
"""The maximum number of successive lines that end with a hyphen."""
_ALONE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff][、。，：；！？）》」』】〕”’…—·～]*")
"""A last line that has a single character, apart from marks."""
_HOLE = 4
"""Cells that a title in 《》 may leave free at the end of the line above it."""
_BLANKS = " \u3000"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its kind, and the end of the line and the beginning of the next one."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line: the painted text, and the part of the source that it shows, including dropped spaces.

    A line that `is_inside` ends within what replaces its text, such as a formula: the source has no place for its end.
    One that `is_divided` ends with a hyphen that is not in the source.
    """

    painted: str
    start: int
    end: int
    is_inside: bool = False
    is_divided: bool = False


class Source:
    """A paragraph before layout; its unbreakable parts are found once for all widths."""

    def __init__(self, text: str, typesetting: Typesetting) -> None:
        self.text = text
        self._level = typesetting.strictness
        self._korean = typesetting.korean
        self._hung = typesetting.fill == "hang"
        self._measures_text = not (typesetting.justify or typesetting.cjk_latin_space or self._hung)
        loose = self._level is Strictness.LOOSE
        self._never_first = NEVER_FIRST if loose else NEVER_FIRST | REPEATED | SMALL_KANA
        addresses = [found.span() for found in _ADDRESS.finditer(text)]
        # “ closes in „Deutsch“ but opens elsewhere, so it is ambiguous.
        self._never_last = NEVER_LAST - set("“‘") if "„" in text or "‚" in text else NEVER_LAST
        self._parts = [(start, end, "address") for start, end in addresses]
        for kind, pattern in (("number", _NUMBER), ("word", _WORD), ("title", _TITLE), ("compound", _COMPOUND)):
            self._parts += [
                (*found.span(), kind)
                for found in pattern.finditer(text)
                if found.end() - found.start() > 1 and not any(start <= found.start() < end for start, end in addresses)
            ]
        if not loose:
            self._parts += [(*found.span(), "unit") for found in _COUNTED.finditer(text)]
        if self._korean is KoreanBreaks.WORD and _HANGUL.search(text):
            self._parts += [(*found.span(), "korean") for found in _KOREAN_WORD.finditer(text)]
            if 2 * len(_HANGUL.findall(text)) > sum(east_asian_width(one) in "WF" for one in text):
                self._parts += [(*found.span(), "korean") for found in _KOREAN_WORD_IN_HANJA.finditer(text)]
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
        yield from self._misdivided(lines)
        if len(lines) > 1 and self._measures_text and self._ends_alone(lines, width):
            yield self._fault("widow", lines[-1].start)
        for line in lines[:-1]:
            place = line.end
            if line.is_inside or self.text[place - 1 : place] == "\n":
                continue
            kind = self._hard(place)
            if line.is_divided:
                # Only a word is divided, and never a compound, an address or a number with it.
                kind = kind or self._soft(place, width, line)
                kind, avoidable = ("hyphen", True) if kind not in {"", "word"} else ("", False)
            elif kind:
                avoidable = any(self._inked(line, other) and not self._hard(other) for other in _inside(line))
            else:
                kind = self._soft(place, width, line)
                avoidable = bool(kind) and self._had_choice(line, width)
                if not kind and self._leaves_hole(line, width):
                    kind, avoidable = "hole", True
            if avoidable:
                yield self._fault(kind, place)

    def _ends_alone(self, lines: Sequence[SetLine], width: int) -> bool:
        """Whether the last line has one character, although the line above could give it another one."""
        above, text = lines[-2], self.text
        if above.is_inside or text[above.end - 1] == "\n" or not _ALONE.fullmatch(lines[-1].painted.strip(_BLANKS)):
            return False
        # What a formula is drawn as has another width, and a title is broken no earlier than it has to be.
        is_drawn = above.painted.strip(_BLANKS) != text[above.start : above.end].strip(_BLANKS)
        if is_drawn or any(start < above.end < end for start, end, kind in self._parts if kind == "title"):
            return False
        for place in reversed(_inside(above)):
            if self._opens(place) and not self._hard(place) and self._inked(above, place):
                free = width - cell_len(text[above.start : place].rstrip(_BLANKS))
                is_full = free <= min(3, width // 8)
                return is_full and not self._soft(place, width, above)
        return False

    def _misdivided(self, lines: Sequence[SetLine]) -> Iterator[Fault]:
        """The hyphens within what is no word of prose, beside too few letters, or in too many successive lines."""
        for number, line in enumerate(lines):
            if line.is_divided:
                row = lines[max(0, number - _IN_A_ROW) : number]
                too_many = len(row) == _IN_A_ROW and all(one.is_divided for one in row)
                if too_many or not self._is_division(line.end):
                    yield self._fault("hyphen", line.end)

    def _is_division(self, place: int) -> bool:
        """Whether a word may be divided at `place`, by rules without patterns."""
        start, end = place, place
        while start and self.text[start - 1].isalpha():
            start -= 1
        while end < len(self.text) and self.text[end].isalpha():
            end += 1
        word, first, rest = (self.text[part] for part in (slice(start, end), slice(start, place), slice(place, end)))
        around = {self.text[max(start - 1, 0) : start], self.text[end : end + 1]}
        is_name = not word[1:].islower() or around & _NAME_SIGNS or any(map(str.isdigit, around))
        return (
            len(first) >= 2
            and len(rest) >= 3
            and not is_name
            and all(_VOWELS & set(normalize("NFKD", part.lower())) for part in (first, rest))
        )

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
        if after in _BLANKS:
            return "blank"
        if after in _QUOTED_CLOSERS and text[place - 1] in "”’":
            return "start"
        if after in self._never_first:
            return "split dash" if after in "—…" and text[place - 1] == after else "start"
        before = text[:place].rstrip(_BLANKS)[-1:]
        return "end" if before in self._never_last and before else ""

    def _soft(self, place: int, width: int, line: SetLine) -> str:
        """The unbreakable parts that a line ending at `place` splits although they fit on a line."""
        number = bisect_right(self._starts, place - 1)
        for start, end, kind in reversed(self._parts[max(number - 8, 0) : number]):
            if start < place < end:
                room = width - 2 * self._hung
                above = self.text[line.start : start].rstrip(_BLANKS + "([{" + "".join(self._never_last))
                if kind == "title" and room - cell_len(above) > _HOLE:
                    continue
                if cell_len(self.text[start:end]) <= room:
                    return kind
        return ""

    def _leaves_hole(self, line: SetLine, width: int) -> bool:
        """Whether the line is short because the title that begins the next one was kept whole."""
        title = _TITLE.match(self.text, line.end)
        free = width - cell_len(line.painted.rstrip(_BLANKS)) - 2 * self._hung
        if not title or free <= max(_HOLE, 5):
            return False
        # 《 and a Han would fit, and a line may end between Han.
        return all("\u4e00" <= one <= "\u9fff" for one in self.text[line.end + 1 : line.end + 3])

    def _had_choice(self, line: SetLine, width: int) -> bool:
        """Whether the line could have ended without splitting anything."""
        return any(
            self._opens(place) and not self._hard(place) and not self._soft(place, width, line)
            for place in _inside(line)
            if self._inked(line, place)
        )

    def _opens(self, place: int) -> bool:
        """Whether a line may end here in any typesetting: after a space, or next to Han or kana."""
        before, after = self.text[place - 1], self.text[place]
        if before in "、，；：。" and (self._starts_name(place) or after.isalnum()):
            return True
        if before in _BLANKS and self._starts_name(place):
            return self.text[:place].rstrip(_BLANKS)[-1:] not in set("([{")
        if before in _BLANKS:
            return after not in _LATIN_CLOSERS and self.text[:place].rstrip(_BLANKS)[-1:] not in set("([{")
        if self._korean is KoreanBreaks.WORD and (_HANGUL.match(before) or _HANGUL.match(after)):
            return False
        return all(east_asian_width(one) in "WF" and one.isalpha() for one in (before, after))

    def _starts_name(self, place: int) -> bool:
        return bool(_NAME.match(self.text, place))


def _inside(line: SetLine) -> range:
    return range(line.start + 1, line.end)
