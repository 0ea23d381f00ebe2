"""Layout of units for vertical text: text in columns, and horizontal blocks of content that cannot be turned.

Code, tables, displayed formulas and pictures are set horizontally among the columns, as in books of science. These
blocks are as wide as they need, and at most as high as a column is long.
"""

from collections.abc import Mapping, Sequence

from reader.document.blocks import CodeBlock, Embed, Image, MathBlock, Paragraph, Rule
from reader.document.document import Document
from reader.document.language_guess import language_of
from reader.layout.cells import COLUMN_WIDTH, Cells
from reader.layout.flow_unit import FlowUnit
from reader.layout.glyphs import glyphs
from reader.layout.lines import NO_BLOCK, BlockRow, Line, Role, Run, Style
from reader.layout.margins import margin
from reader.layout.picture_rooms import PictureRooms
from reader.layout.pictures import Picture
from reader.layout.table import RowGroup
from reader.layout.transclusions import Expansion, embedded_note
from reader.layout.unit_lines import UnitSetter
from reader.layout.vertical_text import UprightForms, upright_forms
from reader.lean_dataclasses import replace
from reader.settings.options import CodeStyle, RubyStyle, Typesetting

_CODE_EDGE = 2
"""Cells of the background of code to the right of its longest line."""

_DASH = "—"
"""The character of a rule, in its horizontal form."""


def vertical_typesetting(document: Document, typesetting: Typesetting) -> Typesetting:
    """The typesetting options of a document in columns.

    Readings are to the right of their base. No space is narrower than a row. Unless the user has set an
    indent, a paragraph begins with an indent of two characters in Chinese, else of one, instead of a blank column.
    """
    indent = typesetting.first_line_indent or (2 if language_of(document) == "zh" else 1)
    spacing = typesetting.paragraph_spacing
    return replace(
        typesetting,
        first_line_indent=indent,
        paragraph_spacing=spacing if typesetting.first_line_indent else max(spacing - 1, 0),
        line_spacing=0,
        justify=False,
        cjk_latin_space=False,
        code=CodeStyle.WRAP,
        ruby=RubyStyle.HIDDEN if typesetting.ruby is RubyStyle.HIDDEN else RubyStyle.ABOVE,
    )


class VerticalSetter:
    """Lays out the units of a document.

    Attributes:
        upright: The forms of its characters.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what all units depend on
        self,
        document: Document,
        typesetting: Typesetting,
        images: Mapping[int, Picture],
        expansion: Expansion,
        across: int,
        rooms: PictureRooms | None,
        language: str,
    ) -> None:
        """Lay out horizontal blocks `across` cells wide; readings are generated for `language`."""
        self.upright: UprightForms = upright_forms(document, typesetting)
        self._expansion = expansion
        self._across = across
        self._typesetting = typesetting
        self._cells = Cells(typesetting.ambiguous_width)
        self._signs = glyphs(typesetting)
        self._columns = UnitSetter(typesetting, images, expansion=expansion, language=language, upright=self.upright)
        self._images = images
        self._rooms = rooms
        # Horizontal labels with a picture's name, or why it is not shown, would take the room of many columns.
        self._labels = UnitSetter(typesetting, images, expansion=expansion, language=language, rooms=PictureRooms())
        self._blocks = UnitSetter(typesetting, images, expansion=expansion, language=language, rooms=rooms)

    def width_of(self, unit: FlowUnit, width: int) -> int:
        """The width in cells at which a unit is laid out among columns of `width` cells."""
        return self._across if self._is_horizontal(unit) else width

    def unit(self, unit: FlowUnit, width: int) -> list[Line]:
        """The columns of a unit, or the rows of its blocks, after its blank columns; a column is `width` cells long."""
        if isinstance(unit.content, Rule):
            return self._rule(unit, width)
        if not self._is_horizontal(unit):
            return self._columns.unit(unit, width)
        setter = self._labels if self._is_label(unit) else self._blocks
        rows = [self._with_bars(line) for line in setter.unit(replace(unit, gap=0), self._across)]
        if not rows:
            return []
        between = [Line(margin(unit.gap_container, 0, width).rest)] * unit.gap
        return [*between, *in_blocks(rows, width // COLUMN_WIDTH, self._typesetting, self._across)]

    def _rule(self, unit: FlowUnit, width: int) -> list[Line]:
        lines = self._columns.unit(replace(unit, content=()), width)
        if lines:
            runs = lines[-1].runs
            rows = (width - sum(self._cells.width(run.text) for run in runs)) // COLUMN_WIDTH
            dashes = Run(self.upright.drawn(_DASH) * rows, Style(Role.RULE), unit.start.block)
            lines[-1] = replace(lines[-1], runs=(*runs, dashes))
        return lines

    def _is_horizontal(self, unit: FlowUnit) -> bool:
        content = unit.content
        if isinstance(content, RowGroup | CodeBlock | MathBlock | Image | Embed):
            return True
        # An opened transclusion may show anything.
        is_open = unit.start.block in self._expansion.opened
        return is_open and isinstance(content, Paragraph) and bool(embedded_note(content))

    def _is_label(self, unit: FlowUnit) -> bool:
        """Whether only the label of a picture is shown."""
        number, content = unit.start.block, unit.content
        if not isinstance(content, Image) or self._rooms is None or self._rooms.room(number, self._across):
            return False
        return not content.text or self._images[number].repeats

    def _with_bars(self, line: Line) -> Line:
        """A row of a block with the bars of quotations at its left."""
        flat = self._signs.horizontal * COLUMN_WIDTH
        runs = tuple(
            replace(run, text=f"{self._signs.bar} ") if run.text == flat and _is_in_margin(run) else run
            for run in line.runs
        )
        return line if runs == line.runs else replace(line, runs=runs)


def _is_in_margin(run: Run) -> bool:
    """Whether a run is in the margin, rather than a table's column rule, which may be as wide as a bar."""
    return run.block == NO_BLOCK and run.style.role is not Role.RULE


def in_blocks(rows: Sequence[Line], most: int, typesetting: Typesetting, across: int) -> list[Line]:
    """Divide rows into blocks of at most `most` rows, and at most `across` cells, all of the same width."""
    cells = Cells(typesetting.ambiguous_width)
    widest = max((sum(cells.width(run.text) for run in line.runs) for line in rows), default=0)
    if any(line.background is Role.CODE for line in rows):
        widest = min(widest + _CODE_EDGE, across)
    return [
        replace(line, in_block=BlockRow(number % most, min(most, len(rows) - number // most * most), widest))
        for number, line in enumerate(rows)
    ]
