"""The result of layout: lines of runs, each run with its style and its range in the document."""

from enum import StrEnum
from typing import NamedTuple

from reader.layout.picture_rooms import PictureRow
from reader.lean_dataclasses import dataclass


class Role(StrEnum):
    """The visual role of a run; a theme maps it to colours."""

    INK = "ink"
    MUTED = "muted"
    ACCENT = "accent"
    HEADING = "heading"
    LINK = "link"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    MARK = "mark"
    NOTE = "note"  # callouts that inform
    HINT = "hint"  # callouts that help
    CAUTION = "caution"  # callouts that warn
    DANGER = "danger"  # callouts that warn of damage
    PICTURE = "picture"  # the frame of a picture until it is painted


@dataclass(frozen=True, slots=True)
class Style:
    """The appearance of a run; its colours depend on the theme."""

    role: Role = Role.INK
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


NO_BLOCK = -1


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line with one style.

    A run of document text has `end - start == len(text)`. Runs that layout adds (indents, markers, borders, ruby
    readings, justification) have `start == end`, and `block` is NO_BLOCK if they belong to no leaf. Document text that
    is not drawn (white space and newlines at the end of a line) is a run with empty text and `start < end`. Text that
    is replaced, such as TeX by a formula, is such a run too. The added runs that replace it follow, and have the same
    start. The ranges of all runs of a leaf together cover its text exactly.

    Attributes:
        text: The text to draw; never contains a control character.
        style: Its appearance.
        block: The number of its leaf.
        start: The offset of its first character in the leaf's text.
        end: The offset after its last character.
        link: The link target, or empty.
    """

    text: str
    style: Style = Style()
    block: int = NO_BLOCK
    start: int = 0
    end: int = 0
    link: str = ""


class BlockRow(NamedTuple):
    """The place of a row in a block that is set horizontally among the columns of vertical text.

    Attributes:
        row: Its number in the block, from 0.
        rows: The number of rows.
        cells: The width of the block in cells.
    """

    row: int
    rows: int
    cells: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page, or one column of vertical text, which takes two cells for each row from top to bottom.

    Attributes:
        runs: The runs from left to right.
        background: Role.CODE if the row has the background of code, else Role.INK.
        overflows: Whether it is wider than the text column and has to be scrolled horizontally (code with
            CodeStyle.SCROLL, tables with TableStyle.SCROLL, and diagrams).
        indent: Cells at the left that are not scrolled horizontally.
        picture: The part of a picture that is painted over the runs of `Role.PICTURE`, or None.
        in_block: The place of a row in its block if it is set horizontally in vertical text, or None.
        reading_cells: The width in cells of readings that are horizontal beside a column of vertical text: each run of
            a reading is in one row, however wide it is. 0 if readings run downwards as the column does, or if there
            are none.
        is_reading: Whether the line consists of ruby readings, which belong to the next line.
        is_heading: Whether the line belongs to a heading of the text, of any level, or is the rule under one.
        scrolled_cells: The width in cells of the widest row that is scrolled with it, so that the rows of a table or of
            a diagram stay aligned; 0 if it is scrolled alone.
    """

    runs: tuple[Run, ...] = ()
    background: Role = Role.INK
    overflows: bool = False
    indent: int = 0
    picture: PictureRow | None = None
    in_block: BlockRow | None = None
    reading_cells: int = 0
    is_reading: bool = False
    is_heading: bool = False
    scrolled_cells: int = 0

    @property
    def text(self) -> str:
        """The text of the row without trailing spaces."""
        return "".join(run.text for run in self.runs).rstrip(" ")
