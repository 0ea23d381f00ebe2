"""Numbers, compounds, names and words in Hanja that a line break does not split although UAX 14 allows it.

Words in Hangul stay whole by the rules in `linebreak.py`.
"""

from reader.document.character_sets import CharacterSet
from reader.layout.break_characters import BLANKS, DIGITS, NAME_START, THOUSANDS
from reader.regex import regex

HAN = CharacterSet("\u4e00-\u9fff")

_LONGEST_HANJA = 8
"""The maximum length in characters of Hanja that are one Korean word; a longer row of them is a Chinese quotation."""

_COMPOUND_MARK = regex(r"(?:(?P<alone>(?<![A-Za-z0-9])[A-Za-z])|[A-Za-z0-9])(?:[-/]|-/)\Z")
"""The end of a part of a compound, with the mark behind it; the part is `alone` if it is a single letter."""

_WIDE_OPENERS = frozenset("（「『【《〈〔“‘")

_LETTER_OF_COMPOUND = regex("[A-Za-z](?P<more>[A-Za-z0-9?&=#_%])?")


RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def ends_a_power(text: str, offset: int) -> bool:
    """Whether the superscript digit at `offset` is the exponent of a number, as in 10⁸."""
    while offset and text[offset] in RAISED_DIGITS:
        offset -= 1
    return text[offset] in DIGITS


def is_between_han(text: str, place: int) -> bool:
    """Whether `place`, in the interior of `text`, is between two Han characters."""
    return "\u4e00" <= text[place] <= "\u9fff" and "\u4e00" <= text[place - 1] <= "\u9fff"


def splits_hanja(text: str, place: int) -> bool:
    """Whether a break at `place`, in the interior of a Korean text, would split a word that is written in Hanja."""
    if not is_between_han(text, place):
        return False
    first = last = place
    while first and place - first <= _LONGEST_HANJA and HAN.has(text[first - 1]):
        first -= 1
    while last < len(text) and last - place <= _LONGEST_HANJA and HAN.has(text[last]):
        last += 1
    return last - first <= _LONGEST_HANJA


def splits_letter_off(text: str, place: int) -> bool:
    """Whether a break behind a hyphen or a slash would leave one letter alone: USB-C, e-mail, A/B, USB-/C."""
    part = _COMPOUND_MARK.search(text, max(place - 4, 0), place)
    letter = _LETTER_OF_COMPOUND.match(text, place) if part is not None else None
    return part is not None and letter is not None and (bool(part["alone"]) or not letter["more"])


def groups_thousands(text: str, comma: int) -> bool:
    """Whether a full-width comma groups the digits of one number, as in 12，480, instead of separating two numbers.

    A decimal (1.5，300) and the last number of an IP address (10.0.0.1，255.255.255.0) have no groups after them.
    """
    first = comma
    while first and comma - first < 4 and text[first - 1] in DIGITS:
        first -= 1
    return comma - first < 4 and text[first - 1 : first] not in {"，", "."} and bool(THOUSANDS.match(text, comma))


def last_visible_before(text: str, place: int) -> int:
    """The offset of the last character before `place` that is not a space; 0 if there is none."""
    last_visible = place - 1
    while last_visible and text[last_visible] in BLANKS:
        last_visible -= 1
    return last_visible


def leads_name(text: str, place: int) -> bool:
    """Whether the mark at `place` begins a name, before which a line may break or not: （/usr, 「--all."""
    return starts_name(text, place) or (text[place - 1] in _WIDE_OPENERS and bool(NAME_START.match(text, place)))


def starts_name(text: str, place: int) -> bool:
    """Whether a name that begins with a mark (.docx, /usr, --all) begins at `place`, after a space or a mark."""
    before = text[last_visible_before(text, place)]
    if before in "([{" or not NAME_START.match(text, place):
        return False
    return before in ",、，；;" if text[place] == ":" else text[place - 1] in " \u3000、，；：。！？"
