"""Names and sources of the rules that override UAX 14. `linebreak.py` decides where they apply."""

from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BreakRule:
    """A rule that overrides UAX 14.

    Attributes:
        name: A short description.
        source: The standard and the section that define it.
        allows: Whether it allows a break that UAX 14 forbids; else it forbids one that UAX 14 allows.
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
NAME = BreakRule("a line may begin with a dotted name", "UAX 14 LB15c, extended from .5 to .docx and /usr", allows=True)
COMPOUND = BreakRule("no letter of a compound stands alone", "word division in English and German")
ENUMERATION = BreakRule("numbers in a list are separate", "UAX 14 LB25, within one number only", allows=True)
HANGUL = BreakRule("Korean words stay whole", "UAX 14 section 8.1; KLREQ 7.1")

RULES = (
    *(CLUSTER, NEVER_FIRST, NEVER_LAST, NUMBER, UNIT, DATE, WIDE_WORD),
    *(KANA, OPENING, CLOSING, NAME, COMPOUND, ENUMERATION, HANGUL),
)
