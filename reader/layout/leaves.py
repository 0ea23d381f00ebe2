"""Layout of the leaves: headings, paragraphs, code, formulas, pictures, embeds and rules."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

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
from reader.layout.glyphs import DOWN, LEFT, RIGHT, UP, Glyphs
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.paragraph import set_paragraph
from reader.layout.pictures import Picture
from reader.layout.shown import snap_to_clusters
from reader.lean_dataclasses import dataclass, replace
from reader.settings.options import CodeStyle, Typesetting

_CODE_INDENT = 2
_FRAME = 4
"""Width in cells of a picture's frame: a border and a space on both sides."""

_NARROWEST_FRAME = 16
_WIDEST_FRAME = 48
_LEAST_BESIDE = 4
"""Minimum cells for text beside a label; if there are fewer, the text starts below it."""

_UNDERLINE = 8
"""Width in cells of the rule below a top-level heading: it indicates the level and is not a border."""


@dataclass(frozen=True, slots=True)
class LayoutContext:
    """Parameters common to all leaves of a document; `images` maps leaf numbers to pictures."""

    typesetting: Typesetting
    signs: Glyphs
    cells: Cells
    images: Mapping[int, Picture]


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


def set_leaf(leaf: Leaf, column: Column, setting: LayoutContext) -> list[Line]:  # noqa: PLR0911 - one per kind of leaf
    """The lines of a leaf, without the margin."""
    match leaf:
        case Heading():
            return _heading(leaf, column, setting)
        case Paragraph(text):
            return _text(text, column, setting)
        case CodeBlock():
            return list(_code(leaf, column, setting))
        case MathBlock():
            return _math(leaf, column, setting)
        case Image():
            return _image(leaf, column, setting)
        case Embed():
            return _embed(leaf, column, setting)
        case Rule():
            return [Line((Run(setting.signs.horizontal * column.width, Style(Role.RULE), column.number),))]


def _text(text: Inline, column: Column, setting: LayoutContext) -> list[Line]:
    return set_paragraph(
        text,
        column.width,
        setting.typesetting,
        block=column.number,
        base=column.base,
        first_indent=column.first_indent,
    )


def _heading(leaf: Heading, column: Column, setting: LayoutContext) -> list[Line]:
    base = column.base
    style = replace(base, role=Role.HEADING, bold=leaf.level <= 2, italic=base.italic or leaf.level >= 5)
    lines = _text(leaf.text, replace(column, base=style), setting)
    if leaf.level == 1:
        lines.append(Line((Run(setting.signs.horizontal * min(_UNDERLINE, column.width), Style(Role.RULE)),)))
    return lines


# Code


def _code(leaf: CodeBlock, column: Column, setting: LayoutContext) -> Iterator[Line]:
    indent = _CODE_INDENT if column.width > 2 * _CODE_INDENT else 0
    room = column.width - indent
    scroll = setting.typesetting.code is CodeStyle.SCROLL
    start = 0
    code = snap_to_clusters(leaf.text)
    text = code.text
    # A trailing newline ends the last line and does not start another.
    for source in text.removesuffix("\n").split("\n"):
        stop = start + len(source)
        parts = [(start, stop)] if scroll else _wrapped(text, start, stop, room, setting.cells)
        wide = scroll and setting.cells.width(source) > room
        for part, (begin, end) in enumerate(parts):
            runs = [_fold_mark(indent, setting.signs) if part else blank(indent)] if indent else []
            runs += _code_runs(code, begin, end, column.number)
            if end == stop and stop < len(text):
                runs.append(Run("", Style(Role.CODE), column.number, stop, stop + 1))
            yield Line(tuple(runs), Role.CODE, wide, indent)
        start = stop + 1


def _fold_mark(indent: int, signs: Glyphs) -> Run:
    return Run(signs.fold.ljust(indent), Style(Role.MUTED))


def _wrapped(text: str, start: int, stop: int, room: int, cells: Cells) -> list[tuple[int, int]]:
    """Wrap a code line: the parts that fit into `room` cells, as offsets; one part for an empty line."""
    parts: list[tuple[int, int]] = []
    while start < stop or not parts:
        end = min(stop, start + max(1, cells.cut(text[start : min(stop, start + 4 * room)], room)))
        parts.append((start, end))
        start = end
    return parts


def _code_runs(code: Inline, start: int, stop: int, number: int) -> list[Run]:
    """The characters of a row of code as runs, one for each combination of spans."""
    own = [span for span in code.spans if span.start < stop and span.end > start]
    ends = {start, stop}.union(*((max(span.start, start), min(span.end, stop)) for span in own))
    return [
        Run(code.text[first:last], _code_style(own, first), number, first, last, _code_link(own, first))
        for first, last in pairwise(sorted(ends))
    ]


def _code_style(spans: list[Span], offset: int) -> Style:
    kinds = {span.kind for span in spans if span.start <= offset < span.end}
    return Style(
        Role.LINK if SpanKind.LINK in kinds else Role.CODE,
        bold=SpanKind.STRONG in kinds,
        italic=SpanKind.EMPHASIS in kinds,
        underline=SpanKind.UNDERLINE in kinds,
        strike=SpanKind.STRIKE in kinds,
    )


def _code_link(spans: list[Span], offset: int) -> str:
    links = (span.value for span in spans if span.kind is SpanKind.LINK and span.start <= offset < span.end)
    return next(links, "")


# Formulas


def _math(leaf: MathBlock, column: Column, setting: LayoutContext) -> list[Line]:
    lines = _text(leaf.text, replace(column, base=Style(Role.CODE), first_indent=0), setting)
    widest = max(_width(line, setting) for line in lines)
    indent = (column.width - widest) // 2
    return [replace(line, runs=(blank(indent), *line.runs)) for line in lines] if indent else lines


# Pictures and other embedded content


def _image(leaf: Image, column: Column, setting: LayoutContext) -> list[Line]:
    label = _("Image")
    if len(setting.images) > 1:
        label = f"{label} {setting.images[column.number].ordinal}"
    if leaf.text and setting.images[column.number].repeats:
        unseen = Run("", Style(Role.MUTED), column.number, 0, len(leaf.text.text))
        sign = Run(label[: setting.cells.cut(label, column.width)], Style(Role.MUTED), column.number, link=leaf.source)
        return [Line((sign, unseen))]
    if not leaf.text or column.width < _NARROWEST_FRAME:
        # A frame would be empty without alt text.
        return _labelled(f"{label}  ", leaf, column, setting)
    inner = replace(column, width=min(column.width, _WIDEST_FRAME) - _FRAME)
    sign = Run(label, Style(Role.MUTED), column.number, link=leaf.source)
    return _framed(sign, _linked_text(leaf, inner, setting), inner.width, setting)


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
    text = label.rstrip()
    sign = Run(text[: cells.cut(text, column.width)], Style(Role.MUTED), column.number, link=leaf.source)
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
