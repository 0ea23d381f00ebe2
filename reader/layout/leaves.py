"""Layout of the leaves: headings, paragraphs, code, formulas, pictures, embeds and rules."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.document.blocks import (
    CodeBlock,
    Embed,
    Heading,
    Image,
    Inline,
    Leaf,
    MathBlock,
    Paragraph,
    Rule,
    Span,
    SpanKind,
)
from reader.language import _
from reader.layout.cells import Cells
from reader.layout.code_lines import CodeColumn, code_lines
from reader.layout.glyphs import DOWN, LEFT, RIGHT, UP, Glyphs
from reader.layout.hyphenation import Hyphenator
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.picture_rooms import PictureRooms, PictureRow, has_frame
from reader.layout.pictures import Picture, picture_name
from reader.lean_dataclasses import dataclass, replace
from reader.settings.options import CodeStyle, FormulaStyle, Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_FRAME = 4
"""Width in cells of a picture's frame: a border and a space on both sides."""

_NARROWEST_FRAME = 16
_WIDEST_FRAME = 48
_LEAST_BESIDE = 4
"""Minimum cells for text beside a label; if there are fewer, the text starts below it."""

_UNDERLINE = 8
"""Width in cells of the rule below a top-level heading: it indicates the level and is not a border."""

_VERTICAL_INDENT = 4
"""The indent of headings in vertical text in cells: two characters."""

_INDENTED = 16
"""The minimum length in cells of a column in which headings are indented."""


@dataclass(frozen=True, slots=True)
class LayoutContext:
    """Parameters common to all leaves of a document.

    Attributes:
        typesetting: The typesetting options.
        signs: The characters of borders and marks.
        cells: The widths of characters.
        images: The pictures by leaf number.
        rooms: The sizes of the pictures that are shown, if any are.
        language: The language of the readings to generate; empty for none.
        upright: The forms of characters in vertical text; None if text is horizontal.
        hyphenator: Divides words of paragraphs at the ends of lines; None if none are divided.
    """

    typesetting: Typesetting
    signs: Glyphs
    cells: Cells
    images: Mapping[int, Picture]
    language: str = ""
    rooms: PictureRooms | None = None
    upright: "UprightForms | None" = None
    hyphenator: Hyphenator | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Parameters of a single leaf.

    Attributes:
        number: The leaf's number in the document.
        width: The available width in cells.
        base: The text style of the leaf's container.
        first_indent: Indent of its first row in cells.
    """

    number: int
    width: int
    base: Style
    first_indent: int = 0


def lay_out_leaf(leaf: Leaf, column: Column, setting: LayoutContext) -> list[Line]:  # noqa: PLR0911 - one per kind of leaf
    """The lines of a leaf, without the margin."""
    match leaf:
        case Heading():
            return _heading(leaf, column, setting)
        case Paragraph(text):
            return _text(text, column, setting, setting.hyphenator)
        case CodeBlock():
            scrolls = setting.typesetting.code is CodeStyle.SCROLL
            return list(
                code_lines(leaf, CodeColumn(column.number, column.width, scrolls, setting.signs, setting.cells))
            )
        case MathBlock():
            return _math(leaf, column, setting)
        case Image():
            return _image(leaf, column, setting)
        case Embed():
            return _embed(leaf, column, setting)
        case Rule():
            return [Line((Run(setting.signs.horizontal * column.width, Style(Role.RULE), column.number),))]


def _text(text: Inline, column: Column, setting: LayoutContext, hyphenator: Hyphenator | None = None) -> list[Line]:
    return lay_out_paragraph(
        text,
        column.width,
        setting.typesetting,
        block=column.number,
        base=column.base,
        first_indent=column.first_indent,
        language=setting.language,
        upright=setting.upright,
        hyphenator=hyphenator,
    )


def _heading(leaf: Heading, column: Column, setting: LayoutContext) -> list[Line]:
    # Levels differ by weight first, then by colour: there may be no colours, and italic Han may be upright.
    base, level = column.base, leaf.level
    role = Role.HEADING if level <= 2 else Role.MUTED
    style = replace(base, role=role, bold=level <= 3, italic=base.italic or level >= 5)
    if setting.upright is not None:
        # As in books, an indent marks a heading, not a rule (JLREQ 4.1.6); behind a marker none is needed.
        indent = _VERTICAL_INDENT if column.width >= _INDENTED and not column.first_indent else 0
        lines = _text(leaf.text, replace(column, base=style, width=column.width - indent), setting)
        if indent:
            lines = [replace(line, runs=(blank(indent), *line.runs)) for line in lines]
    else:
        lines = _text(leaf.text, replace(column, base=style), setting)
        if leaf.level == 1:
            lines.append(Line((Run(setting.signs.horizontal * min(_UNDERLINE, column.width), Style(Role.RULE)),)))
    return [replace(line, is_heading=True) for line in lines]


# Formulas


def _math(leaf: MathBlock, column: Column, setting: LayoutContext) -> list[Line]:
    tex = leaf.text.text
    if setting.typesetting.formulas is FormulaStyle.UNICODE:
        # Most articles have no formulas.
        from reader.mathematics.notation import displayed_notation  # noqa: PLC0415

        rows = displayed_notation(tex, setting.cells.width)
        if rows and setting.cells.width(rows[0]) <= column.width:
            return _formula_rows(rows, len(tex), column, setting)
        lines = _text(Inline(tex, (Span(0, len(tex), SpanKind.MATH),)), replace(column, first_indent=0), setting)
    else:
        lines = _text(leaf.text, replace(column, base=Style(Role.CODE), first_indent=0), setting)
    widest = max(_width(line, setting) for line in lines)
    indent = (column.width - widest) // 2
    return [replace(line, runs=(blank(indent), *line.runs)) for line in lines] if indent else lines


def _formula_rows(rows: tuple[str, ...], length: int, column: Column, setting: LayoutContext) -> list[Line]:
    """A formula in rows, each of which replaces a part of its TeX, so that marks and positions have rows."""
    indent = (column.width - setting.cells.width(rows[0])) // 2
    lines: list[Line] = []
    for number, row in enumerate(rows):
        start, end = length * number // len(rows), length * (number + 1) // len(rows)
        replaced = (Run("", column.base, column.number, start, end),) if start < end else ()
        lines.append(Line((blank(indent), *replaced, Run(row, column.base, column.number, start, start))))
    return lines


# Pictures and other embedded content


def _image(leaf: Image, column: Column, setting: LayoutContext) -> list[Line]:
    label = _("Image")
    if len(setting.images) > 1:
        label = f"{label} {setting.images[column.number].ordinal}"
    if setting.rooms is not None:
        room = setting.rooms.room(column.number, column.width)
        if room is not None:
            return _picture(leaf, label, room, column, setting)
        reason = setting.rooms.reason(column.number)
        name = picture_name(leaf.source) if reason and not leaf.text else ""
        label = " · ".join(filter(None, (label, reason, name)))
    elif not leaf.text:
        # In a table, in a file and without colours, the name is all that can be shown of the picture.
        label = " · ".join(filter(None, (label, picture_name(leaf.source))))
    if leaf.text and setting.images[column.number].repeats:
        unseen = Run("", Style(Role.MUTED), column.number, 0, len(leaf.text.text))
        sign = Run(label[: setting.cells.cut(label, column.width)], Style(Role.MUTED), column.number, link=leaf.source)
        return [Line((sign, unseen))]
    if not leaf.text or column.width < _NARROWEST_FRAME:
        # A frame would be empty without alt text.
        return _labelled(f"{label}  ", leaf, column, setting)
    inner = replace(column, width=min(column.width, _WIDEST_FRAME) - _FRAME)
    label = label[: setting.cells.cut(label, inner.width - 2)]
    sign = Run(label, Style(Role.MUTED), column.number, link=leaf.source)
    return _framed(sign, _linked_text(leaf, inner, setting), inner.width, setting)


def _picture(leaf: Image, label: str, room: tuple[int, int], column: Column, setting: LayoutContext) -> list[Line]:
    """The rows of a picture, with a frame to be painted over, and its alt text unless that says nothing.

    Only the first row belongs to the leaf, so that moving by rows skips the others.
    """
    cells, rows = room
    indent = (column.width - cells) // 2
    style = Style(Role.PICTURE)
    lines: list[Line] = []
    for row, text in enumerate(_room(label, cells, rows, setting)):
        run = Run(text, style, column.number if row == 0 else NO_BLOCK, link=leaf.source)
        runs = (blank(indent), run) if indent else (run,)
        lines.append(Line(runs, picture=PictureRow(column.number, row, rows, cells)))
    if leaf.text and setting.images[column.number].repeats:
        unseen = Run("", Style(Role.MUTED), column.number, 0, len(leaf.text.text))
        lines[0] = replace(lines[0], runs=(*lines[0].runs, unseen))
        return lines
    below = _linked_text(leaf, column, setting)
    # A text on one line is centred below the picture, also with readings above it.
    if sum(not line.is_reading for line in below) == 1:
        inset = blank((column.width - max(_width(line, setting) for line in below)) // 2)
        below = [replace(line, runs=(inset, *line.runs)) for line in below]
    return [*lines, *below]


def _room(label: str, cells: int, rows: int, setting: LayoutContext) -> list[str]:
    """The rows of a picture's frame with its label, or blank rows if there is no space for a frame."""
    signs, measured = setting.signs, setting.cells
    if not has_frame(cells, rows):
        return [" " * cells] * rows
    label = label[: measured.cut(label, cells - 6)]
    flat, joints = signs.horizontal, signs.joints
    rest = flat * (cells - 5 - measured.width(label))
    top = f"{joints[DOWN | RIGHT]}{flat} {label} {rest}{joints[DOWN | LEFT]}"
    middle = f"{signs.vertical}{' ' * (cells - 2)}{signs.vertical}"
    return [top, *[middle] * (rows - 2), f"{joints[UP | RIGHT]}{flat * (cells - 2)}{joints[UP | LEFT]}"]


def _framed(label: Run, lines: list[Line], inner: int, setting: LayoutContext) -> list[Line]:
    """Lines in a light frame, `inner` cells of text wide, with a label in the upper border."""
    signs, rule = setting.signs, Style(Role.RULE)
    flat, side = signs.horizontal, signs.vertical
    left = Run(f"{signs.joints[DOWN | RIGHT]}{flat} ", rule)
    rest = flat * (inner + _FRAME - 5 - setting.cells.width(label.text))
    framed = [Line((left, label, Run(f" {rest}{signs.joints[DOWN | LEFT]}", rule)))]
    for line in lines:
        spare = " " * (inner - _width(line, setting))
        framed.append(Line((Run(f"{side} ", rule), *line.runs, Run(f"{spare} {side}", rule))))
    bottom = signs.joints[UP | RIGHT] + flat * (inner + _FRAME - 2) + signs.joints[UP | LEFT]
    return [*framed, Line((Run(bottom, rule),))]


def _embed(leaf: Embed, column: Column, setting: LayoutContext) -> list[Line]:
    names = {"video": _("Video"), "audio": _("Audio"), "iframe": _("Web page")}
    name = names.get(leaf.kind, _("Embedded object"))
    return _labelled(f"{setting.signs.play} {name}  ", leaf, column, setting)


def _labelled(label: str, leaf: Image | Embed, column: Column, setting: LayoutContext) -> list[Line]:
    """A leaf after its label, or the label alone."""
    cells = setting.cells
    text = cells.shortened(label.rstrip(), column.width)
    sign = Run(text, Style(Role.MUTED), column.number, link=leaf.source)
    indent = cells.width(label)
    if not leaf.text or indent + _LEAST_BESIDE > column.width:
        return [Line((sign,)), *_linked_text(leaf, column, setting)]
    first, *others = _linked_text(leaf, replace(column, width=column.width - indent), setting)
    return [
        replace(first, runs=(sign, blank(indent - cells.width(text)), *first.runs)),
        *(replace(line, runs=(blank(indent), *line.runs)) for line in others),
    ]


def _linked_text(leaf: Image | Embed, column: Column, setting: LayoutContext) -> list[Line]:
    """The text of a leaf, linked to its source."""
    if not leaf.text:
        return []
    lines = _text(leaf.text, replace(column, base=Style(Role.MUTED), first_indent=0), setting)
    return [replace(line, runs=tuple(replace(run, link=leaf.source) for run in line.runs)) for line in lines]


def _width(line: Line, setting: LayoutContext) -> int:
    return sum(setting.cells.width(run.text) for run in line.runs)
