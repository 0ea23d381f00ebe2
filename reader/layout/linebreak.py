"""Where a line may break: UAX 14's opportunities, and on top of them the rules of Chinese and Japanese printing.

UAX 14 knows scripts one by one; it lets a line begin with a dash, end with “ before Latin, and part a number from its
unit. The rules below say where a careful compositor decides otherwise. Each has a name and a source, and `ruling` tells
which of them decided a place, so that every difference from UAX 14 can be accounted for.
"""

import re
from dataclasses import dataclass

from apsw.unicode import line_break_next_break

from reader.layout.cells import cluster_ends, is_simple
from reader.settings import KoreanBreaks, Strictness


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that overrides UAX 14.

    Attributes:
        name: What it says, in a few words.
        source: The standard and the section that it comes from.
        allows: Whether it lets a line break where UAX 14 does not, rather than forbids it.
    """

    name: str
    source: str
    allows: bool = False


CLUSTER = Rule("clusters stay whole", "UAX 29, GB3 to GB13")
NEVER_FIRST = Rule("no such mark begins a line", "CLREQ, prohibition rules for line start; JLREQ 3.1.7")
NEVER_LAST = Rule("no such mark ends a line", "CLREQ, prohibition rules for line end; JLREQ 3.1.8")
NUMBER = Rule("numbers stay whole", "CLREQ, unbreakable marks and numerals; JLREQ 3.1.10")
UNIT = Rule("a number keeps its unit", "JLREQ 3.1.10, cl-13")
DATE = Rule("a date stays whole", "CLREQ, unbreakable marks and numerals")
WIDE_WORD = Rule("full-width letters make words", "UAX 14 LB28, applied to full-width forms")
KANA = Rule("small kana may begin a line", "JLREQ 3.1.7, note; CSS Text 3, line-break: loose", allows=True)
OPENING = Rule("a line may begin with an opening quote", "UAX 14 LB19a, told by context", allows=True)
CLOSING = Rule("a line may end with a closing quote", "UAX 14 LB19a, told by context", allows=True)
HANGUL = Rule("Korean words stay whole", "UAX 14 section 8.1; KLREQ, line breaking by word")

RULES = (CLUSTER, NEVER_FIRST, NEVER_LAST, NUMBER, UNIT, DATE, WIDE_WORD, KANA, OPENING, CLOSING, HANGUL)

_CLOSERS = frozenset(
    "、。，．：；！？︰﹐﹑﹒﹔﹕﹖﹗"  # stops
    "）》〉」』】〕〗〙〛｝］〞〟︶︸︺︼︾﹀﹂﹄"  # closing brackets
    "”’"
    "·・‧•／＼－–"  # middle dots, solidus, hyphens
    "—―─…‥⋯～〜"  # dashes and leaders: a line may end with them, not begin
    "％‰℃℉°′″￠‱"  # behind numbers
    "々〻ゝゞヽヾーｰ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Marks that never begin a line, not even behind a blank."""

_RELAXED = frozenset(
    "々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Those of them that the loose level lets begin a line."""

_OPENERS = frozenset("（《〈「『【〔〖〘〚｛［〝￥＄￡№︵︷︹︻︽︿﹁﹃")
"""Marks that never end a line, not even before a blank."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_WIDE_LETTERS = frozenset(
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_WIDE_SEPARATORS = frozenset("．，：／－～〜·・")
"""Between two digits these are a part of the number: 3．14, 12：30, 3～5."""

_SIGNS = frozenset("＋－±≈～〜－＃第")
"""Before a digit these are a part of the number."""

_MULTIPLES = frozenset("十百千万亿兆萬億")
_UNITS = _MULTIPLES | frozenset("年月日号號时時分秒点點届屆期岁歲元个個人名次倍度层層位米吨噸辆輛台架件条條章节節回版")
_DATE_PARTS = frozenset("年月")

_BLANKS = frozenset(" \u3000")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_LETTER = re.compile(r"[^\W_]")
_WIDE = re.compile(
    "[\u2e80-\u2fdf\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
"""Characters of the wide scripts and their marks (East_Asian_Width W and F): beside them a quote is a wide one."""


class LineBreaks:
    """The places of one text at which a line may break.

    A place is the offset of the character that would begin the next line; blanks stay with the line that they end.
    The end of the text is a place, its beginning is none. Newlines must be dealt with before.
    """

    def __init__(self, text: str, strictness: Strictness, korean: KoreanBreaks) -> None:
        self._text = text
        self._strictness = strictness
        self._korean = korean is KoreanBreaks.WORD and bool(_HANGUL.search(text))
        self._places: list[int] = []
        add = self._places.append
        place, length = 0, len(text)
        while place < length:
            place = line_break_next_break(text, place)
            add(place)
        self._standard = frozenset(self._places)
        self._cluster_ends = None if is_simple(text) else cluster_ends(text)

    def last(self, start: int, limit: int) -> int | None:
        """The last place behind `start` and not behind `limit`, if any."""
        text, standard = self._text, self._standard
        for place in range(min(limit, len(text)), start, -1):
            ruling = self.ruling(place)
            if (place in standard) if ruling is None else ruling.allows:
                return place
        return None

    def all(self) -> list[int]:
        """All places."""
        return [place for place in range(1, len(self._text) + 1) if self.allowed(place)]

    def allowed(self, place: int) -> bool:
        """Whether a line may break at `place`."""
        ruling = self.ruling(place)
        return place in self._standard if ruling is None else ruling.allows

    def ruling(self, place: int) -> Rule | None:
        """The rule that decides otherwise than UAX 14 at `place`, or None where UAX 14 is followed."""
        if not 0 < place < len(self._text):
            return None
        decided = self._decide(place)
        if decided is None or decided.allows == (place in self._standard):
            return None
        return decided

    def forced(self, start: int, limit: int) -> int:
        """Where to break a word that fits no line: behind `start`, not behind `limit` but for a cluster wider than all.

        A place at which no mark is put where it must not stand is taken first; digits and letters are parted as it comes.
        """
        text = self._text
        ends = self._cluster_ends
        whole = [place for place in range(limit, start, -1) if ends is None or place in ends]
        for place in whole:
            if place == len(text) or (text[place] not in _CLOSERS and text[place - 1] not in _OPENERS):
                return place
        if whole:
            return whole[0]
        return min((end for end in ends or () if end > start), default=start + 1)

    def _decide(self, place: int) -> Rule | None:  # noqa: PLR0911 - a rule each, the strongest first
        text = self._text
        if self._cluster_ends is not None and place not in self._cluster_ends:
            return CLUSTER
        after = text[place]
        if after in _BLANKS:
            return None
        loose = self._strictness is Strictness.LOOSE
        if after in _CLOSERS:
            if not (loose and after in _RELAXED):
                return NEVER_FIRST
            return KANA if text[place - 1] not in _OPENERS and text[place - 1] not in _BLANKS else None
        before = text[place - 1]
        inked = place - 1
        while before in _BLANKS and inked:
            inked -= 1
            before = text[inked]
        if before in _OPENERS:
            return NEVER_LAST
        if before in _DIGITS or after in _DIGITS:
            return self._number(before, after, inked, place)
        if before in _WIDE_LETTERS and after in _WIDE_LETTERS and inked == place - 1:
            return WIDE_WORD
        if before in "“‘\"'”’" or after in "“‘\"'":
            return self._quote(before, after, inked, place)
        if self._korean and inked == place - 1 and _splits_korean(before, after):
            return HANGUL
        return None

    def _number(self, before: str, after: str, inked: int, place: int) -> Rule | None:
        text = self._text
        loose = self._strictness is Strictness.LOOSE
        if before in _DIGITS:
            if after in _WIDE_DIGITS and inked == place - 1:
                return NUMBER
            if after in _UNITS and not loose:
                return UNIT
            return self._quote(before, after, inked, place) if after in "“‘\"'" else None
        if inked < place - 1:
            return None
        if before in _WIDE_SEPARATORS and inked and text[inked - 1] in _DIGITS:
            return NUMBER
        if before in _SIGNS and not (before == "第" and loose):
            return NUMBER
        if before in _DATE_PARTS and self._strictness is Strictness.STRICT and inked and text[inked - 1] in _DIGITS:
            return DATE
        if before in _WIDE_LETTERS and after in _WIDE_DIGITS:
            return WIDE_WORD
        return self._quote(before, after, inked, place) if before in "“‘\"'”’" else None

    def _quote(self, before: str, after: str, inked: int, place: int) -> Rule | None:
        """Quotes beside wide characters open and close as brackets do; beside Latin letters UAX 14 knows them."""
        if before in "“‘\"'" and self._opens(inked):
            return NEVER_LAST
        if inked < place - 1:
            return None
        if after in "“‘\"'" and _WIDE.match(before):
            if self._opens(place):
                return OPENING
            return NEVER_FIRST
        if before in "”’\"'" and not _is_quote(after) and (_WIDE.match(after) or _is_wide(self._text, inked - 1)):
            return CLOSING
        return None

    def _opens(self, offset: int) -> bool:
        """Whether the quote at `offset` opens, where it stands among wide characters."""
        text = self._text
        quote = text[offset]
        if quote in "“‘":
            # „Deutsch“ closes with it.
            return not (offset and text[offset - 1].isalpha() and not _is_wide(text, offset - 1))
        following = text[offset + 1 : offset + 2]
        if not (_is_wide(text, offset - 1) or (following and _WIDE.match(following))):
            return False
        return text.count(quote, 0, offset) % 2 == 0


def _is_wide(text: str, offset: int) -> bool:
    return offset >= 0 and bool(_WIDE.match(text[offset]))


def _is_quote(character: str) -> bool:
    return character in "“”‘’\"'"


def _splits_korean(before: str, after: str) -> bool:
    """Whether a break between the two would part a Korean word, or an ending from the Han it belongs to."""
    if _HANGUL.match(after):
        return bool(_LETTER.match(before)) or before in ")]"
    return bool(_HANGUL.match(before)) and (after in "([" or bool(_LETTER.match(after) and not _WIDE.match(after)))
