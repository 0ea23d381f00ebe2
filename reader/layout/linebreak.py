"""Line breaking: the break opportunities of UAX 14, modified by the rules of Chinese and Japanese typesetting.

UAX 14 does not consider the context of a script; it lets a line start with a dash or end with “ before Latin text, and
separates a number from its unit. The rules below override it where a careful compositor would. Each has a name and a
source, and `ruling` returns the rule that decided a place, so that every difference from UAX 14 can be traced.
"""

from bisect import bisect_left, bisect_right

from reader.document.character_sets import CharacterSet
from reader.layout.break_characters import (
    BEFORE_KOREAN_SUFFIXES,
    BLANKS,
    CLOSERS,
    DATE_PARTS,
    DIGITS,
    HANGUL_LETTERS,
    LETTER,
    MEASURE,
    OPENERS,
    QUOTES,
    RELAXED,
    SEPARATORS,
    SIGNS,
    SPACED_SIGNS,
    UNITS,
    WIDE,
    WIDE_DIGITS,
    WIDE_LETTERS,
    WITHIN_KOREAN,
)
from reader.layout.break_rule_names import (
    CLOSING,
    CLUSTER,
    COMPOUND,
    DATE,
    ENUMERATION,
    HANGUL,
    KANA,
    NAME,
    NEVER_FIRST,
    NEVER_LAST,
    NUMBER,
    OPENING,
    UNIT,
    WIDE_WORD,
    BreakRule,
)
from reader.layout.cells import cluster_ends, is_simple
from reader.layout.enumerations import enumerated
from reader.layout.forced_breaks import best_forced_break, harm
from reader.layout.standard_breaks import is_wide, may_begin_a_line, may_end_a_line, may_precede_latin, next_break
from reader.layout.words_kept_whole import (
    HAN,
    RAISED_DIGITS,
    ends_a_power,
    groups_thousands,
    is_between_han,
    last_visible_before,
    leads_name,
    splits_hanja,
    splits_letter_off,
    starts_name,
)
from reader.regex import regex
from reader.settings.options import KoreanBreaks, Strictness

_is_han = HAN.has
_may_follow_han = CharacterSet("\u4e00-\u9fff（《「『【〔A-Za-z").has
_may_precede_han = CharacterSet("、。，：；！？）》」』】〕A-Za-z").has
"""A break between a Han character and one of these is allowed in any context; most breaks in Chinese are such."""

_NEVER = regex("[0-9A-Za-z]{2}|.[、。，：；！？）》」』】〕”’]")
"""Pairs of characters between which a break is forbidden in any context."""

_NEAR = 48
"""Characters searched backwards for two adjacent Han; if there are none, all breaks of the text are computed at
once."""


class LineBreaks:
    """The permitted line breaks of one text.

    A break is the offset of the character that would start the next line; spaces stay at the end of the previous line.
    The end of the text is a break, its start is not. The text must not contain newlines. At the offsets of `joined`,
    inside what is drawn as one character, there is no break.
    """

    def __init__(
        self, text: str, strictness: Strictness, korean: KoreanBreaks, joined: frozenset[int] = frozenset()
    ) -> None:
        self._text = text
        self._strictness = strictness
        self._korean = korean is KoreanBreaks.WORD and HANGUL_LETTERS.any_in(text)
        # The rule about names (.docx, /usr) adds breaks to those of UAX 14, as the rules about wide characters do.
        self._wide = WIDE.any_in(text) or " ." in text or " /" in text
        self._enumerated = enumerated(text) if self._wide and "/" in text else frozenset()
        self._places: list[int] | None = None
        self._quotes: dict[str, list[int]] = {}
        self._mostly_korean: bool | None = None
        self._has_hanja = self._korean and HAN.any_in(text) and self._is_mostly_korean()
        self._cluster_ends = None if is_simple(text) and not joined else cluster_ends(text) - joined

    def last(self, start: int, limit: int) -> int | None:
        """The last break after `start` and not after `limit`, if any."""
        text = self._text
        limit = min(limit, len(text))
        if not self._wide:
            return self._last_narrow(start, limit)
        never = _NEVER.match
        for place in range(limit, start, -1):
            before, after = text[place - 1], text[place : place + 1]
            if (_is_han(before) and _may_follow_han(after)) or (_is_han(after) and _may_precede_han(before)):
                if self._has_hanja and splits_hanja(text, place):
                    continue
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
            decided = self._decide(place) if place < len(self._text) else None
            if decided is None or decided.allows:
                return place
        return None

    def is_sure_between_han(self, place: int) -> bool:
        """Whether a line may break at `place`, in the interior of the text, because it is between two Han."""
        return is_between_han(self._text, place) and not (self._has_hanja and splits_hanja(self._text, place))

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
                        found = next_break(text, found)
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
                place = next_break(text, place)
                places.append(place)
        return self._places

    def forced(self, start: int, limit: int) -> int:
        """A break for a word too long for a line: after `start`, and not after `limit` unless a cluster is wider.

        Prefers a place beside a space, a mark or a bracket to one inside a word, and avoids ones forbidden for marks.
        """
        ends = self._cluster_ends
        torn = self._text[start : limit + 1]
        if 0 < limit - start < len(torn) and torn.isascii() and torn.isalpha() and (ends is None or limit in ends):
            # Within a word all places are alike. Judging each of them would take seconds for a word of a megabyte.
            return limit
        whole = [place for place in range(limit, start, -1) if ends is None or place in ends]
        if not whole:
            return min((end for end in ends or () if end > start), default=start + 1)
        text = self._text
        return best_forced_break(text, start, [(place, harm(text, place, self._decide)) for place in whole])

    def _decide(self, place: int) -> BreakRule | None:  # noqa: PLR0911 - one per rule, the strongest first
        text = self._text
        if self._cluster_ends is not None and place not in self._cluster_ends:
            return CLUSTER
        after = text[place]
        if after in BLANKS:
            return None
        if after in CLOSERS:
            return self._before_closer(place)
        last_visible = last_visible_before(self._text, place)
        before = text[last_visible]
        if before in OPENERS:
            return NEVER_LAST
        if before in DIGITS or (before in RAISED_DIGITS and ends_a_power(text, last_visible)):
            return self._after_digit(before, after, last_visible, place)
        if after in DIGITS and (rule := self._before_digit(before, after, last_visible, place)):
            return rule
        return self._between_words(before, after, last_visible, place)

    def _between_words(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        rule = None
        if before in QUOTES or after in QUOTES:
            rule = self._quote(before, after, last_visible, place)
            if rule is NEVER_LAST:
                return rule
        if last_visible == place - 1:
            rule = self._in_word(before, after, place) or rule
        if after in ".-/:" and not rule and starts_name(self._text, place):
            return NAME
        if before in "/-" and last_visible == place - 1:
            start = last_visible - (self._text[last_visible - 1 : place] == "--")
            if start > 0 and leads_name(self._text, start):
                return NEVER_LAST
            return COMPOUND if splits_letter_off(self._text, place) else rule
        return rule

    def _before_closer(self, place: int) -> BreakRule | None:
        if self._strictness is not Strictness.LOOSE or self._text[place] not in RELAXED:
            return NEVER_FIRST
        last_visible = last_visible_before(self._text, place)
        before = self._text[last_visible]
        # UAX 14 recognizes an opening quote only after a space or an opening mark (LB15a).
        if before in OPENERS or (before in QUOTES and self._opens(last_visible)):
            return NEVER_LAST
        return None if self._text[place - 1] in BLANKS or not may_end_a_line(before) else KANA

    def _after_digit(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        if after in DIGITS and last_visible == place - 1:
            return NUMBER
        if self._strictness is not Strictness.LOOSE and (after in UNITS or MEASURE.match(self._text, place)):
            return UNIT
        return self._between_words(before, after, last_visible, place)

    def _before_digit(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        text = self._text
        is_adjacent = last_visible == place - 1
        counted = bool(last_visible) and text[last_visible - 1] in DIGITS
        if before in (SIGNS if is_adjacent else SPACED_SIGNS) and (
            before != "第" or self._strictness is not Strictness.LOOSE
        ):
            return NUMBER
        if before in DATE_PARTS and self._strictness is Strictness.STRICT:
            return DATE if text[:last_visible].rstrip(" ")[-1:] in DIGITS and last_visible else None
        if not is_adjacent:
            return None
        if place in self._enumerated:
            return ENUMERATION
        if before in SEPARATORS and counted and (before != "，" or groups_thousands(text, last_visible)):
            return NUMBER
        return WIDE_WORD if before in WIDE_LETTERS and after in WIDE_DIGITS else None

    def _in_word(self, before: str, after: str, place: int) -> BreakRule | None:
        if before in WIDE_LETTERS and after in WIDE_LETTERS:
            return WIDE_WORD
        if self._has_hanja and splits_hanja(self._text, place):
            return HANGUL
        return HANGUL if self._korean and self._splits_korean(before, after) else None

    def _splits_korean(self, before: str, after: str) -> bool:
        """Whether a break would split a Korean word, or separate a suffix from what it follows."""
        if after in HANGUL_LETTERS:
            if before in WITHIN_KOREAN:
                return False
            return before in BEFORE_KOREAN_SUFFIXES or bool(LETTER.match(before)) or not may_precede_latin(before)
        if before not in HANGUL_LETTERS:
            return False
        # A Korean line ends only at a space (KLREQ). Therefore no line begins with a bracket or a sign such as ^ or #.
        return after not in WIDE or bool(LETTER.match(after) and self._is_mostly_korean())

    def _is_mostly_korean(self) -> bool:
        """Whether Han are words of a Korean text, instead of Hangul being quoted in a Chinese or Japanese one."""
        if self._mostly_korean is None:
            hangul = sum(one in HANGUL_LETTERS for one in self._text)
            self._mostly_korean = 2 * hangul > sum(one in WIDE for one in self._text)
        return self._mostly_korean

    def _quote(self, before: str, after: str, last_visible: int, place: int) -> BreakRule | None:
        """The rule for a quote: next to wide characters it behaves like a bracket; next to Latin, UAX 14 applies."""
        if before in "“‘\"'" and self._opens(last_visible):
            return NEVER_LAST
        if last_visible < place - 1:
            return None
        if after in "“‘\"'" and before in WIDE:
            return OPENING if self._opens(place) else NEVER_FIRST
        if after in "“‘" and before.isalnum() and is_wide(self._text, place + 1) and self._opens(place):
            return OPENING
        closes = before in "”’\"'" and after not in QUOTES
        if closes and (after in WIDE or is_wide(self._text, last_visible - 1)) and may_begin_a_line(after):
            return CLOSING
        return None

    def _opens(self, offset: int) -> bool:
        """Whether the quote at `offset` is an opening one, among wide characters."""
        text = self._text
        quote = text[offset]
        if quote in "“‘":
            # In „Deutsch“ it is the closing quote.
            low = "„" if quote == "“" else "‚"
            return self._count(low, offset) <= self._count(quote, offset)
        following = text[offset + 1 : offset + 2]
        if not (is_wide(text, offset - 1) or (following and following in WIDE)):
            return False
        return self._count(quote, offset) % 2 == 0

    def _count(self, quote: str, offset: int) -> int:
        """The number of occurrences of `quote` before `offset`."""
        places = self._quotes.get(quote)
        if places is None:
            places = self._quotes[quote] = [at for at, character in enumerate(self._text) if character == quote]
        return bisect_left(places, offset)
