"""What can be set: every option with its default and its bounds, in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from reader.language import languages


@dataclass(frozen=True, slots=True)
class Between:
    """Bounds of a number, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values that a text can have, listed when they are asked for."""

    choices: Callable[[], tuple[str, ...]]


class Strictness(StrEnum):
    """How many marks may not begin a line: CSS `line-break`, the prohibition rules of CLREQ, JLREQ 3.1.7."""

    STRICT = "strict"
    NORMAL = "normal"
    LOOSE = "loose"


class Fill(StrEnum):
    """What becomes of a mark that may not begin the next line (line adjustment in CLREQ, JLREQ 3.8.1)."""

    PUSH_OUT = "push-out"  # the character before the mark goes down with it
    PUSH_IN = "push-in"  # the line takes the mark in where gaps between Han and Latin can be closed for it
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
    """Where Korean text may break (UAX 14 section 8, KLREQ on line breaking)."""

    WORD = "word"
    SYLLABLE = "syllable"


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How text is set. Everything here changes where text falls, nothing here changes what it says."""

    strictness: Strictness = Strictness.NORMAL
    fill: Fill = Fill.PUSH_OUT
    justify: bool = False
    cjk_latin_space: bool = False  # a thin gap between Han and Latin (盘古之白), on the screen only
    first_line_indent: Annotated[int, Between(0, 8)] = 0  # in ems of two cells; 2 is the Chinese custom (段首缩进)
    paragraph_spacing: Annotated[int, Between(0, 5)] = 1  # blank rows between paragraphs
    line_spacing: Annotated[int, Between(0, 3)] = 0  # blank rows between the lines of a paragraph
    ambiguous_width: Annotated[int, Between(1, 2)] = 1  # cells of a character of ambiguous width (UAX 11)
    korean: KoreanBreaks = KoreanBreaks.WORD
    ruby: RubyStyle = RubyStyle.INLINE
    code: CodeStyle = CodeStyle.FOLD
    ascii_borders: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    archives: tuple[str, ...] = ()
    language: Annotated[str, OneOf(lambda: ("auto", *languages()))] = "auto"
    theme: str = "paper"
    measure: Annotated[int, Between(20, 200)] = 80  # cells a line may be wide at most
    show_copies: bool = False  # show an article at each of the places it lies at, not only where it is fullest
    statistics: bool = True  # keep how long and how much is read on which day; it stays on this machine
    typesetting: Typesetting = field(default_factory=Typesetting)
