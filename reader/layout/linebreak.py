"""Line breaking: the break opportunities of UAX 14, modified by the rules of Chinese and Japanese typesetting.

UAX 14 does not consider the context of a script; it lets a line start with a dash or end with “ before Latin text, and
separates a number from its unit. The rules below override it where a careful compositor would. Each has a name and a
source, and `ruling` returns the rule that decided a place, so that every difference from UAX 14 can be traced.
"""

from bisect import bisect_left, bisect_right

from apsw.unicode import line_break_next_break

from reader.document.character_sets import CharacterSet
from reader.layout.cells import cluster_ends, is_simple
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.settings.options import KoreanBreaks, Strictness


@dataclass(frozen=True, slots=True)
class BreakRule:
    """A rule that overrides UAX 14.

    Attributes:
        name: A short description.
        source: The standard and the section that define it.
        allows: Whether it allows a break that UAX 14 forbids, instead of the reverse.
    """

    name: str
    source: str
    allows: bool = False


CLUSTER = BreakRule("clusters stay whole", "UAX 29, GB3 to GB13")
NEVER_FIRST = BreakRule("no such mark begins a line", "CLREQ 6.1.1; JLREQ 3.1.7")
NEVER_LAST = BreakRule("no such mark ends a line", "CLREQ 6.1.1; JLREQ 3.1.8")
NUMBER = BreakRule("numbers stay whole", "CLREQ 6.1.2; JLREQ 3.1.10")
UNIT = BreakRule("a number keeps its unit", "CLREQ 6.1.2; JLREQ 3.1.10")
DATE = BreakRule("a date stays whole", "CLREQ 6.1.2")
WIDE_WORD = BreakRule("full-width letters make words", "UAX 14 LB28, applied to full-width forms")
KANA = BreakRule("small kana may begin a line", "JLREQ 3.1.7, note; CSS Text 3, line-break: loose", allows=True)
OPENING = BreakRule("a line may begin with an opening quote", "UAX 14 LB19a, decided by context", allows=True)
CLOSING = BreakRule("a line may end with a closing quote", "UAX 14 LB19a, decided by context", allows=True)
HANGUL = BreakRule("Korean words stay whole", "UAX 14 section 8.1; KLREQ 7.1")

RULES = (CLUSTER, NEVER_FIRST, NEVER_LAST, NUMBER, UNIT, DATE, WIDE_WORD, KANA, OPENING, CLOSING, HANGUL)

_WEAK = frozenset({UNIT, DATE, HANGUL})
"""Rules to violate before breaking inside a word."""

_CLOSERS = frozenset(
    "、。，．：；！？︰﹐﹑﹒﹔﹕﹖﹗"  # stops
    "）》〉」』】〕〗〙〛｝］〞〟︶︸︺︼︾﹀﹂﹄"  # closing brackets
    "”’"
    "·・‧•／＼－–"  # middle dots, solidus, hyphens
    "—―─⸺⸻…‥⋯～〜"  # dashes and leaders: allowed at the end of a line, not at the start
    "％‰℃℉°′″￠‱"  # postfixes of numbers
    "々〻ゝゞヽヾーｰ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Characters that never start a line, not even after a space."""

_RELAXED = frozenset(
    "々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Those of them that may start a line at the loose level."""

_OPENERS = frozenset("（《〈「『【〔〖〘〚｛［〝￥＄￡№︵︷︹︻︽︿﹁﹃")
"""Characters that never end a line, not even before a space."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_WIDE_LETTERS = frozenset(
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_SEPARATORS = frozenset(".,:．，：／－～〜·・")
"""Part of the number when between two digits: 3．14, 12：30, 3～5, ３.１４."""

_SIGNS = frozenset("＋－±≈～〜－＃第")
"""Part of the number when before a digit."""

_MULTIPLES = frozenset("十百千万亿兆萬億")
_UNITS = _MULTIPLES | frozenset("年月日号號时時分秒点點届屆期岁歲元个個人名次倍度层層位米吨噸辆輛台架件条條章节節回版")
_DATE_PARTS = frozenset("年月")

_BLANKS = frozenset(" \u3000")
_QUOTES = frozenset("“”‘’\"'")
_HANGUL = CharacterSet("\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff")
_LETTER = regex(r"[^\W_]")
_WIDE = CharacterSet(
    "\u2e80-\u2fdf\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Characters of the wide scripts and their punctuation (East_Asian_Width W and F): next to them a quote is wide too."""


_SURE = regex("[\u4e00-\u9fff][\u4e00-\u9fff（《「『【〔A-Za-z]|[、。，：；！？）》」』】〕A-Za-z][\u4e00-\u9fff]")
"""Pairs of characters between which a break is allowed in any context: most breaks in Chinese text."""

_NEVER = regex("[0-9A-Za-z]{2}|.[、。，：；！？）》」』】〕”’]")
"""Pairs of characters between which a break is forbidden in any context."""

_SKIPPED = regex("—[— ]*(?=—)|[\"'“”‘’«»‹›\u275b-\u2760\u2e00-\u2e21]")
"""After these characters, after quotes only before wide ones, APSW 3.54 misses a break.

LB17 and LB19 join two characters, and APSW also joins the second to the third. Starting again at the second character
gives the result of UAX 14.
"""

_WINDOW = 256
"""Characters examined for the next break before the whole text is examined; few words are longer."""

_AHEAD = 32
"""Maximum number of characters after a break that can influence it."""

_NEAR = 48
"""Characters searched backwards for two adjacent Han; if there are none, all breaks of the text are computed at
once."""


class LineBreaks:
    """The permitted line breaks of one text.

    A break is the offset of the character that would start the next line; spaces stay at the end of the previous line.
    The end of the text is a break, its start is not. The text must not contain newlines.
    """

    def __init__(self, text: str, strictness: Strictness, korean: KoreanBreaks) -> None:
        self._text = text
        self._strictness = strictness
        self._korean = korean is KoreanBreaks.WORD and _HANGUL.any_in(text)
        self._wide = _WIDE.any_in(text)
        self._places: list[int] | None = None
        self._quotes: dict[str, list[int]] = {}
        self._cluster_ends = None if is_simple(text) else cluster_ends(text)

    def last(self, start: int, limit: int) -> int | None:
        """The last break after `start` and not after `limit`, if any."""
        text = self._text
        limit = min(limit, len(text))
        if not self._wide:
            return self._last_narrow(start, limit)
        sure, never = _SURE.match, _NEVER.match
        for place in range(limit, start, -1):
            if sure(text, place - 1):
                return place
            if not never(text, place - 1) and self.allowed(place):
                return place
        return None

    def _last_narrow(self, start: int, limit: int) -> int | None:
        """The same for a text without wide characters, in which no rule adds a break to those of UAX 14."""
        places = self._standard()
        for number in range(bisect_right(places, limit) - 1, -1, -1):
            place = places[number]
            if place <= start:
                return None
            if place == len(self._text) or self._decide(place) is None:
                return place
        return None

    def all(self) -> list[int]:
        """All breaks."""
        return [place for place in range(1, len(self._text) + 1) if self.allowed(place)]

    def allowed(self, place: int) -> bool:
        """Whether a line may break at `place`."""
        decided = self._decide(place) if 0 < place < len(self._text) else None
        return self._is_standard(place) if decided is None else decided.allows

    def ruling(self, place: int) -> BreakRule | None:
        """The rule that overrides UAX 14 at `place`, or None if UAX 14 applies."""
        if not 0 < place < len(self._text):
            return None
        decided = self._decide(place)
        if decided is None or decided.allows == self._is_standard(place):
            return None
        return decided

    def _is_standard(self, place: int) -> bool:
        """Whether UAX 14 allows a break at `place`."""
        text = self._text
        if self._places is None:
            # Text before two adjacent Han does not influence breaks after them, so start there.
            for known in range(place - 1, max(place - _NEAR, 0), -1):
                if is_between_han(text, known):
                    found = known
                    while found < place:
                        found = _next_break(text, found)
                    return found == place
        places = self._standard()
        number = bisect_left(places, place)
        return number < len(places) and places[number] == place

    def _standard(self) -> list[int]:
        """All breaks that UAX 14 allows."""
        if self._places is None:
            self._places = places = []
            text, place, length = self._text, 0, len(self._text)
            while place < length:
                place = _next_break(text, place)
                places.append(place)
        return self._places

    def forced(self, start: int, limit: int) -> int:
        """A break for a word too long for a line: after `start`, and not after `limit` unless a cluster is wider.

        Prefers a place that only a rule in `_WEAK` forbids, then one that leaves no mark where it is forbidden. Digits
        and letters are separated as a last resort.
        """
        text = self._text
        ends = self._cluster_ends
        whole = [place for place in range(limit, start, -1) if ends is None or place in ends]
        for place in whole:
            if place < len(text) and self.ruling(place) in _WEAK:
                return place
        for place in whole:
            if place == len(text) or self._decide(place) not in {NEVER_FIRST, NEVER_LAST}:
                return place
        if whole:
            return whole[0]
        return min((end for end in ends or () if end > start), default=start + 1)

    def _decide(self, place: int) -> BreakRule | None:  # noqa: PLR0911 - one per rule, the strongest first
        text = self._text
        if self._cluster_ends is not None and place not in self._cluster_ends:
            return CLUSTER
        after = text[place]
        if after in _BLANKS:
            return None
        if after in _CLOSERS:
            return self._before_closer(place)
        last_visible = self._last_visible(place)
        before = text[last_visible]
        if before in _OPENERS:
            return NEVER_LAST
        if before in _DIGITS:
            return self._after_digit(before, after, last_visible, place)
        if after in _DIGITS and last_visible == place - 1 and (rule := self._before_digit(before, after, last_visible)):
            return rule
        if before in _QUOTES or after in _QUOTES:
            return self._quote(before, after, last_visible, place)
        return self._in_word(before, after) if last_visible == place - 1 else None

    def _last_visible(self, place: int) -> int:
        """The offset of the last character before `place` that is not a space."""
        last_visible = place - 1
        while last_visible and self._text[last_visible] in _BLANKS:
            last_visible -= 1
        return last_visible

    def _before_closer(self, place: int) -> BreakRule | None:
        if self._strictness is not Strictness.LOOSE or self._text[place] not in _RELAXED:
            return NEVER_FIRST
        last_visible = self._last_visible(place)
        before = self._text[last_visible]
        # UAX 14 recognises an opening quote only after a space or an opening mark (LB15a).
        if before in _OPENERS or (before in _QUOTES and self._opens(last_visible)):
            return NEVER_LAST
        return None if self._text[place - 1] in _BLANKS else KANA

    def _after_digit(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        if after in _DIGITS and last_visible == place - 1:
            return NUMBER
        if after in _UNITS and self._strictness is not Strictness.LOOSE:
            return UNIT
        return self._quote(before, after, last_visible, place) if after in _QUOTES else None

    def _before_digit(self, before: str, after: str, last_visible: int) -> BreakRule | None:
        counted = bool(last_visible) and self._text[last_visible - 1] in _DIGITS
        if before in _SEPARATORS and counted:
            return NUMBER
        if before in _SIGNS and not (before == "第" and self._strictness is Strictness.LOOSE):
            return NUMBER
        if before in _DATE_PARTS and counted and self._strictness is Strictness.STRICT:
            return DATE
        return WIDE_WORD if before in _WIDE_LETTERS and after in _WIDE_DIGITS else None

    def _in_word(self, before: str, after: str) -> BreakRule | None:
        if before in _WIDE_LETTERS and after in _WIDE_LETTERS:
            return WIDE_WORD
        return HANGUL if self._korean and _splits_korean(before, after) else None

    def _quote(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        """Next to wide characters quotes behave like brackets; next to Latin letters UAX 14 handles them."""
        if before in "“‘\"'" and self._opens(last_visible):
            return NEVER_LAST
        if last_visible < place - 1:
            return None
        if after in "“‘\"'" and before in _WIDE:
            return OPENING if self._opens(place) else NEVER_FIRST
        if after in "“‘" and before.isalnum() and _is_wide(self._text, place + 1) and self._opens(place):
            return OPENING
        closes = before in "”’\"'" and after not in _QUOTES
        return CLOSING if closes and (after in _WIDE or _is_wide(self._text, last_visible - 1)) else None

    def _opens(self, offset: int) -> bool:
        """Whether the quote at `offset` is an opening one, among wide characters."""
        text = self._text
        quote = text[offset]
        if quote in "“‘":
            # In „Deutsch“ it is the closing quote.
            low = "„" if quote == "“" else "‚"
            return self._count(low, offset) <= self._count(quote, offset)
        following = text[offset + 1 : offset + 2]
        if not (_is_wide(text, offset - 1) or (following and following in _WIDE)):
            return False
        return self._count(quote, offset) % 2 == 0

    def _count(self, quote: str, offset: int) -> int:
        """The number of occurrences of `quote` before `offset`."""
        places = self._quotes.get(quote)
        if places is None:
            places = self._quotes[quote] = [at for at, character in enumerate(self._text) if character == quote]
        return bisect_left(places, offset)


def _next_break(text: str, place: int) -> int:
    """The first break of UAX 14 after the break `place`."""
    window = text[place : place + _WINDOW]
    near: int = line_break_next_break(window, 0)
    end = place + near
    if near > _WINDOW - _AHEAD:
        end = line_break_next_break(text, place)
    for skipped in _SKIPPED.finditer(text, place, end):
        second = skipped.end()
        if skipped[0][0] != "—" and not _is_wide(text, second):
            continue
        missed = second + line_break_next_break(text[second : second + _AHEAD], 0)
        if missed < min(end, second + _AHEAD):
            return missed
    return end


def is_between_han(text: str, place: int) -> bool:
    """Whether `place`, in the interior of `text`, is between two Han, where a break is always allowed."""
    return "\u4e00" <= text[place] <= "\u9fff" and "\u4e00" <= text[place - 1] <= "\u9fff"


def _is_wide(text: str, offset: int) -> bool:
    return 0 <= offset < len(text) and text[offset] in _WIDE


def _splits_korean(before: str, after: str) -> bool:
    """Whether a break would split a Korean word, or separate a suffix from its Han."""
    if after in _HANGUL:
        return bool(_LETTER.match(before)) or before in ")]"
    return before in _HANGUL and (after in "([" or bool(_LETTER.match(after) and after not in _WIDE))
