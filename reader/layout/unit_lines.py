"""Layout of the units that `flow` makes, as lines at a given width."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from reader.document.blocks import CodeBlock, Heading, Inline, Leaf, Paragraph, Quote, leaves
from reader.layout.cell_placement import PlacedCell
from reader.layout.cells import Cells
from reader.layout.flow import flow, is_shown
from reader.layout.flow_unit import FlowUnit
from reader.layout.folds import Fold, fold_link
from reader.layout.glyphs import glyphs
from reader.layout.grid import Columns, draw_grid
from reader.layout.hyphenation import Hyphenator
from reader.layout.leaves import Column, LayoutContext, lay_out_leaf
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.margins import PAGE, ContainingBlock, Margin, blank, margin
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.picture_rooms import PictureRooms
from reader.layout.pictures import Picture, number_pictures
from reader.layout.records import INDENT, draw_records
from reader.layout.table import RowGroup, grid_width
from reader.layout.transclusions import Expansion, Transclusion, detached, embedded_note, with_sign
from reader.lean_dataclasses import replace
from reader.settings.options import CodeStyle, TableStyle, Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_LEAST_TITLE = 8
"""Minimum cells for the title of an embedded note beside its name."""

_LEAST_TEXT = 4
"""Minimum cells for text beside a marker that does not fit into the margin; with fewer, the marker gets its own row."""


class UnitSetter:
    """Lays out units; `images` maps leaf numbers to pictures, `depth` counts enclosing tables.

    Embedded notes are drawn with a sign, and opened, if `expansion` is given. Readings are generated for `language`. If
    `rooms` is given, it reserves room for pictures outside tables. With `upright`, the lines of text are columns of
    vertical text, two cells per row. A `hyphenator` divides words in paragraphs outside tables.

    Attributes:
        upright: The forms of characters in vertical text; None for horizontal text.
    """

    def __init__(  # noqa: PLR0913 - what all units depend on
        self,
        typesetting: Typesetting,
        images: Mapping[int, Picture],
        depth: int = 0,
        *,
        expansion: Expansion | None = None,
        language: str = "",
        rooms: PictureRooms | None = None,
        upright: "UprightForms | None" = None,
        hyphenator: Hyphenator | None = None,
    ) -> None:
        self._typesetting = typesetting
        self._images = images
        self._depth = depth
        self.upright = upright
        self._expansion = expansion
        self._cells = Cells(typesetting.ambiguous_width)
        self._setting = LayoutContext(
            typesetting, glyphs(typesetting), self._cells, images, language, rooms, upright, hyphenator
        )

    def unit(self, unit: FlowUnit, width: int) -> list[Line]:
        """The lines of a unit, preceded by its blank rows; none is wider than `width` cells."""
        if self._expansion is not None and self._expansion.hides(unit):
            return []
        lines = self._with_margin(unit, width, margin(unit.container, unit.opened, width))
        if unit.gap:
            lines[:0] = [Line(margin(unit.gap_container, 0, width).rest)] * unit.gap
        return lines

    def width_of(self, unit: FlowUnit, width: int) -> int:
        """The width in cells at which a unit is laid out on a page of `width` cells."""
        del unit
        return width

    # Cells of tables

    @cached_property
    def _inner(self) -> "UnitSetter":
        """The setter for blocks in a table cell, where horizontal scrolling is not possible."""
        wrapping = replace(self._typesetting, code=CodeStyle.WRAP, tables=TableStyle.RECORDS)
        return UnitSetter(wrapping, self._images, self._depth + 1, language=self._setting.language)

    def cell(self, placed: PlacedCell, width: int, base: Style, label: tuple[Run, ...] = ()) -> list[Line]:
        """The lines of a table cell; if a label starts the first line, the others are indented."""
        container = ContainingBlock(PAGE, base, (), (), 0, 0, 0, prose=False)
        blocks, depth = placed.cell.blocks, self._depth + 1
        units = list(flow(blocks, self._typesetting, first_leaf=placed.leaf, container=container, depth=depth))
        if not label:
            return [line for unit in units for line in self._inner.unit(unit, width)]
        indent = (blank(INDENT),)
        lines = [Line(label)]
        if units and isinstance(units[0].content, Paragraph):
            lines = self._inner._with_margin(units.pop(0), width, Margin((), indent, INDENT, label))  # noqa: SLF001
        below = [line for unit in units for line in self._inner.unit(unit, width - INDENT)]
        return lines + [replace(line, runs=(*indent, *line.runs)) for line in below]

    def label(self, placed: PlacedCell, width: int, base: Style) -> list[Line]:
        """The text of a cell's leaves, one per line, without decoration."""
        lines: list[Line] = []
        number = placed.leaf
        for block in placed.cell.blocks:
            for leaf in leaves(block):
                if leaf.text and is_shown(leaf):
                    lines += lay_out_paragraph(leaf.text, width, self._typesetting, block=number, base=base)
                number += 1
        return lines

    # One unit

    def _with_margin(self, unit: FlowUnit, width: int, beside: Margin) -> list[Line]:
        """The lines of a unit with its margin, without the blank rows above."""
        room = width - beside.cells
        lead = self._width(beside.first) + self._width(beside.loose) - beside.cells
        hangs = bool(beside.loose) and isinstance(unit.content, Paragraph | Heading) and lead + _LEAST_TEXT <= room
        lines = self._content(unit, room, lead if hangs else 0)
        if unit.tail:
            lines = self._with_tail(lines, unit.tail, room)
        if unit.start.offset:
            lines = [_shifted(line, unit.start.offset) for line in lines]
        first = _first_text(lines) if isinstance(unit.content, Paragraph | Heading) else 0
        if hangs:
            lines[first] = replace(lines[first], runs=(*beside.loose, *_without_indent(lines[first].runs)))
        elif beside.loose:
            lines[:0], first = self._stacked(beside.loose, room), 0
        if not beside.cells:
            return lines
        return [
            replace(
                line,
                runs=(*(beside.first if row == first else beside.rest), *line.runs),
                indent=line.indent + beside.cells,
                scrolled_cells=line.scrolled_cells and line.scrolled_cells + beside.cells,
            )
            for row, line in enumerate(lines)
        ]

    def _content(self, unit: FlowUnit, room: int, lead: int) -> list[Line]:
        content = unit.own_content
        if isinstance(content, RowGroup):
            return self._rows(content, room)
        if isinstance(content, tuple):
            return [Line(content)]
        if self._expansion is not None and unit.piece is None and (target := embedded_note(content)):
            return self._embedded(unit, target, room, lead)
        if not isinstance(content, Paragraph):
            return self._leaf(content, unit, room, lead)
        if unit.container.prose and not unit.start.offset and not lead:
            # Limit the indent to half of a narrow column.
            lead = min(2 * self._typesetting.first_line_indent, room // 4 * 2)
        if unit.own_fold is not None:
            return self._title(content, unit, unit.own_fold, (room, lead))
        lines = self._paragraph(content, unit, room, lead)
        if self._typesetting.line_spacing:
            spaced = [[line, *[Line()] * self._typesetting.line_spacing] for line in lines[:-1]]
            lines = [line for group in spaced for line in group] + lines[-1:]
        return lines

    def _paragraph(self, leaf: Paragraph, unit: FlowUnit, room: int, lead: int) -> list[Line]:
        column = Column(unit.start.block, room, unit.container.base, lead)
        text = leaf.text.text
        if not text.endswith("\n"):
            return lay_out_leaf(leaf, column, self._setting)
        # A trailing newline ends the last line and does not start another.
        end = len(text) - 1
        spans = tuple(replace(span, end=min(span.end, end)) for span in leaf.text.spans if span.start < end)
        lines = lay_out_leaf(Paragraph(Inline(text[:end], spans)), column, self._setting) or [Line()]
        newline = Run("", column.base, column.number, end, end + 1)
        lines[-1] = replace(lines[-1], runs=(*lines[-1].runs, newline))
        return lines

    def _title(self, leaf: Paragraph, unit: FlowUnit, fold: Fold, room: tuple[int, int]) -> list[Line]:
        """The title of a fold after its sign; all of it is a link that folds and unfolds."""
        width, lead = room
        folded = self._expansion is not None and self._expansion.is_folded(fold)
        sign = self._setting.signs.closed if folded else self._setting.signs.open
        target = fold_link(fold.leaf) if self._expansion is not None and self._expansion.can_fold else ""
        lines = self._paragraph(leaf, unit, max(width - 2, 1), lead)
        lines = with_sign(lines, sign, target, fold.leaf, hangs=bool(lead))
        return [replace(line, runs=tuple(replace(run, link=run.link or target) for run in line.runs)) for line in lines]

    def _leaf(self, leaf: Leaf, unit: FlowUnit, room: int, lead: int) -> list[Line]:
        """A leaf that is not a paragraph; a diagram is shown as its drawing, or as its source below a title."""
        number, expansion, signs = unit.start.block, self._expansion, self._setting.signs
        lines = lay_out_leaf(leaf, Column(number, room, unit.container.base, lead), self._setting)
        if not isinstance(leaf, CodeBlock) or expansion is None or number not in expansion.drawings:
            return lines
        # Most articles have no diagrams.
        from reader.layout.diagrams import diagram_lines, diagram_title  # noqa: PLC0415

        if number in expansion.toggled:
            return [diagram_title(number, signs.open), *lines]
        sign = signs.closed if expansion.can_fold else ""
        return [*diagram_lines(leaf, number, expansion.drawings[number], room, sign)]

    # Embedded notes

    def _embedded(self, unit: FlowUnit, target: str, room: int, lead: int) -> list[Line]:
        """An embedded note: its name after a sign, its title if known, and the transclusion if it is open."""
        assert self._expansion is not None  # noqa: S101 - checked by the caller
        assert isinstance(unit.content, Paragraph)  # noqa: S101 - as only paragraphs embed notes
        number = unit.start.block
        transclusion = self._expansion.opened.get(number)
        signs = self._setting.signs
        sign = signs.open if transclusion is not None else signs.closed
        column = Column(number, max(room - 2, 1), unit.container.base, lead)
        lines = with_sign(lay_out_leaf(unit.content, column, self._setting), sign, target, number, hangs=bool(lead))
        title = self._expansion.titles.get(number, "")
        free = room - self._width(lines[-1].runs) - 2
        if title and free >= _LEAST_TITLE:
            if self._setting.upright is not None:
                title = self._setting.upright.whole_rows(title)
            shown = Run(self._cells.shortened(title, free), Style(Role.MUTED))
            lines[-1] = replace(lines[-1], runs=(*lines[-1].runs, blank(2), shown))
        return lines + self._transcluded(transclusion, room) if transclusion is not None else lines

    def _transcluded(self, transclusion: Transclusion, room: int) -> list[Line]:
        """The rows of an opened transclusion."""
        typesetting = replace(self._typesetting, code=CodeStyle.WRAP, tables=TableStyle.RECORDS)
        all_leaves = tuple(leaf for block in transclusion.blocks for leaf in leaves(block))
        setter = UnitSetter(typesetting, number_pictures(all_leaves))
        units = flow((Quote(transclusion.blocks),), typesetting)
        lines = [*detached((line for unit in units for line in setter.unit(unit, room)), transclusion.article_id)]
        if transclusion.more:
            bar = Run(f"{self._setting.signs.bar} ", Style(Role.QUOTE))
            more = transclusion.more[: self._cells.cut(transclusion.more, max(room - 2, 1))]
            lines.append(Line((bar, Run(more, Style(Role.LINK), link=transclusion.target))))
        return lines

    # Tables

    def _rows(self, rows: RowGroup, room: int) -> list[Line]:
        widths = rows.shape.widths(room, self._cells)
        overflows = widths is None and self._typesetting.tables is TableStyle.SCROLL
        if overflows:
            widths = rows.shape.scrolled_widths(self._cells)
        if widths is None:
            return draw_records(rows, room, self, self._cells)
        columns = Columns(tuple(widths), rows.shape.wraps(widths, self._cells))
        lines = draw_grid(rows, columns, self._grid_cell, self._cells.width, self._setting.signs)
        whole = grid_width(widths)
        return [replace(line, overflows=True, scrolled_cells=whole) for line in lines] if overflows else lines

    def _grid_cell(self, placed: PlacedCell, width: int, header: bool) -> list[Line]:  # noqa: FBT001 - required by the grid
        return self.cell(placed, width, Style(bold=header or placed.cell.header))

    def _with_tail(self, lines: list[Line], tail: tuple[Run, ...], room: int) -> list[Line]:
        last = lines[-1]
        if self._width(last.runs) + self._width(tail) <= room:
            return [*lines[:-1], replace(last, runs=(*last.runs, *tail))]
        return [*lines, Line(tuple(replace(run, text=run.text.strip(" ")) for run in tail))]

    def _stacked(self, runs: tuple[Run, ...], room: int) -> list[Line]:
        """Markers on rows of their own."""
        rows: list[Line] = []
        row: list[Run] = []
        free = room
        for run in runs:
            text = run.text
            while text:
                fitting = self._cells.cut(text, free)
                if not fitting and free < room:
                    rows.append(Line(tuple(row)))
                    row, free = [], room
                    continue
                part = text[: max(fitting, 1)]
                row.append(replace(run, text=part))
                free -= self._cells.width(part)
                text = text[len(part) :]
        return [*rows, Line(tuple(row))]

    def _width(self, runs: tuple[Run, ...]) -> int:
        return sum(self._cells.width(run.text) for run in runs)


def _first_text(lines: list[Line]) -> int:
    """The row of a paragraph that a marker stands beside: the second one if the first has readings above the text."""
    has_text = [any(run.start < run.end for run in line.runs) for line in lines[:2]]
    return 1 if has_text == [False, True] and any(run.block != NO_BLOCK for run in lines[0].runs) else 0


def _shifted(line: Line, offset: int) -> Line:
    """A line of a piece of a leaf, with offsets relative to the whole leaf."""
    return replace(
        line,
        runs=tuple(
            run if run.block == NO_BLOCK else replace(run, start=run.start + offset, end=run.end + offset)
            for run in line.runs
        ),
    )


def _without_indent(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a paragraph's first row without its indent, which a marker replaces."""
    return runs[1:] if runs and runs[0].start == runs[0].end and not runs[0].text.strip(" ") else runs
