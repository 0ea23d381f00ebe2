"""What layout makes: lines of runs, each run with its style and the place in the document that it shows."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class Role(StrEnum):
    """What a run is to the eye; a theme gives each its colours."""

    INK = "ink"
    MUTED = "muted"
    ACCENT = "accent"
    HEADING = "heading"
    LINK = "link"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks, in words of roles; colours are the theme's."""

    role: Role = Role.INK
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


NO_BLOCK = -1


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line in one style.

    A run of the document's text has `end - start == len(text)`. What layout adds (indents, markers, borders, a ruby
    reading, justification) has `start == end`; where it belongs to no leaf at all, `block` is NO_BLOCK. Text that a
    line swallows (blanks and newlines at its end) is a run with no text and `start < end`. Rejoining the ranges of a
    layout's runs for a leaf gives exactly the leaf's text.

    Attributes:
        text: What is painted; never a control character.
        style: How it looks.
        block: The number of the leaf it shows.
        start: The first character of it, as an offset in the leaf's text.
        end: The character behind its last.
        link: Where it leads, or empty.
    """

    text: str
    style: Style = Style()
    block: int = NO_BLOCK
    start: int = 0
    end: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page.

    Attributes:
        runs: From left to right.
        paper: Role.CODE where the row stands on the paper of code, else Role.INK.
        overflows: Whether it is wider than the measure and must be scrolled sideways (CodeStyle.SCROLL only).
        indent: Cells at the left that stay in place when the row is scrolled sideways.
    """

    runs: tuple[Run, ...] = ()
    paper: Role = Role.INK
    overflows: bool = False
    indent: int = 0

    @property
    def text(self) -> str:
        """What the row shows, without trailing blanks."""
        return "".join(run.text for run in self.runs).rstrip(" ")

    def place_of(self, character: int) -> tuple[int, int] | None:
        """The leaf that a character of the row is of, and its offset there; None for what layout added."""
        ends = list(accumulate(len(run.text) for run in self.runs))
        number = bisect_right(ends, character)
        if number == len(self.runs):
            return None
        run = self.runs[number]
        if run.block == NO_BLOCK or run.start == run.end:
            return None
        return run.block, run.start + character - (ends[number] - len(run.text))
