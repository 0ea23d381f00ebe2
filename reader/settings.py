"""The settings: what may be set, its default and its range, in one place; and the reading of the settings file."""

from dataclasses import dataclass, field
from enum import StrEnum


class Strictness(StrEnum):
    """How many marks may not begin a line: CSS `line-break`, CLREQ 3.1.1 and JLREQ 3.1.7."""

    STRICT = "strict"
    NORMAL = "normal"
    LOOSE = "loose"


class Fill(StrEnum):
    """What becomes of a mark that may not begin the next line (CLREQ 6.1.1, JLREQ 3.8.1)."""

    PUSH_OUT = "push-out"  # the character before the mark goes down with it
    PUSH_IN = "push-in"  # the line takes the mark in where full-width marks before it can give up a blank half
    HANG = "hang"  # one mark stands in a column reserved to the right of the measure


class RubyStyle(StrEnum):
    """Where a reading stands."""

    INLINE = "inline"  # behind its base, in brackets
    ABOVE = "above"  # on a line of its own over the base
    HIDDEN = "hidden"


class CodeStyle(StrEnum):
    """What becomes of a code line wider than the measure."""

    FOLD = "fold"  # it goes on in the next row, behind a mark
    SCROLL = "scroll"  # it runs out of the page, and can be scrolled


class KoreanBreaks(StrEnum):
    """Where Korean text may break (UAX 14 section 8, KLREQ 5)."""

    WORD = "word"
    SYLLABLE = "syllable"


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How text is set. Everything here changes where text falls, nothing here changes what it says."""

    strictness: Strictness = Strictness.NORMAL
    fill: Fill = Fill.PUSH_OUT
    justify: bool = False
    cjk_latin_space: bool = False  # a thin gap between Han and Latin (盘古之白), on the screen only
    first_line_indent: int = 0  # in ems of two cells; 2 is the Chinese custom (段首缩进)
    paragraph_spacing: int = 1  # blank rows between paragraphs
    line_spacing: int = 0  # blank rows between the lines of a paragraph
    ambiguous_width: int = 1  # cells of a character that Unicode calls ambiguous: 1, or 2 on some CJK terminals
    korean: KoreanBreaks = KoreanBreaks.WORD
    ruby: RubyStyle = RubyStyle.INLINE
    code: CodeStyle = CodeStyle.FOLD
    ascii_borders: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    archives: tuple[str, ...] = ()
    language: str = "auto"
    theme: str = "paper"
    measure: int = 80  # cells a line may be wide at most, 20 to 200
    typesetting: Typesetting = field(default_factory=Typesetting)
