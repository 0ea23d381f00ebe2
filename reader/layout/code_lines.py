"""Layout of code: one row for each line, or several if it is wrapped, with the numbers and marks of its source."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reader.document.blocks import CodeBlock, Inline, Span, SpanKind
from reader.layout.break_characters import OPENERS
from reader.layout.cells import Cells
from reader.layout.glyphs import Glyphs
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.prepared_text import snap_to_clusters
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_INDENT = 2
"""Cells before code; a sign in them marks the continuation of a wrapped line."""

_LEAST_CODE = 12
"""Minimum cells for code beside line numbers; with fewer, the numbers are left out."""

_MANY_LINES = 150
"""The line number from which the column of line numbers has room for four digits."""

_MARK = Style(Role.MUTED)
_CHANGES: Mapping[SpanKind, tuple[str, Style]] = {
    SpanKind.INSERTED: ("+", Style(Role.HINT, bold=True)),
    SpanKind.DELETED: ("-", Style(Role.DANGER, bold=True)),
}
"""The signs of lines that a change adds or removes."""
_NAME = regex(r"[^\W\u2e80-\U0010ffff]{2}")
"""Two characters that belong together; between Han, kana or Hangul any place will do."""
_CLOSERS = frozenset("、。，．：；！？）〕］｝〉》」』】”’")
"""Marks in comments and strings that must not begin a row. Dashes may, because rows of dashes often divide code."""
_MOST_MARKS = 8
"""The maximum number of characters of comments and strings that a mark takes into the next row."""
_LINE_MARKS = (SpanKind.MARKED, *_CHANGES)
_BOLD = frozenset((SpanKind.STRONG, SpanKind.MARKED, SpanKind.INSERTED))


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """Parameters of a code block.

    Attributes:
        leaf: The number of the leaf.
        width: The available width in cells.
        scrolls: Whether long lines are scrolled rather than wrapped.
        signs: The glyphs.
        cells: Measures text.
    """

    leaf: int
    width: int
    scrolls: bool
    signs: Glyphs
    cells: Cells


def code_lines(block: CodeBlock, column: CodeColumn) -> Iterator[Line]:
    """Yield the rows of a code block. A wrapped line keeps its indent, and its continuations are marked."""
    text = block.text.text
    # Long code may have a span of tabs on each line, and they have no look.
    looks = tuple(span for span in block.text.spans if span.kind is not SpanKind.TAB)
    code = snap_to_clusters(Inline(text, looks))
    # A trailing newline ends the last line and does not start another.
    sources = text.removesuffix("\n").split("\n")
    spans = _spans_by_line(code.spans, sources)
    numbers = _numbers(block, len(sources), column)
    indent = numbers or (_INDENT if column.width > 2 * _INDENT else 0)
    room = column.width - indent
    start = 0
    for number, source in enumerate(sources, block.first_line):
        stop = start + len(source)
        hang = 0 if column.scrolls else _hang(source, room, column.cells)
        parts = [(start, stop)] if column.scrolls else _wrapped(text, (start, stop), room, hang, column.cells)
        wide = column.scrolls and column.cells.width(source) > room
        own = next(spans)
        sign = _sign(own, (start, stop), column.signs)
        for part, (begin, end) in enumerate(parts):
            if part:
                beside = _beside(column.signs.fold, indent, numbers=bool(numbers))
                runs = [Run(beside + " " * hang, sign.style if sign else _MARK)]
            else:
                runs = _margin(f"{number:>{numbers - _INDENT}}  " if numbers else " " * indent, sign)
            runs += _runs(code.text, own, begin, end, column.leaf)
            if end == stop and stop < len(text):
                runs.append(Run("", Style(Role.CODE), column.leaf, stop, stop + 1))
            yield Line(tuple(run for run in runs if run.text or run.start < run.end), Role.CODE, wide, indent)
        start = stop + 1


def _numbers(block: CodeBlock, lines: int, column: CodeColumn) -> int:
    """Return the cells of the column of line numbers; 0 if there is none."""
    last = block.first_line + lines - 1
    # A piece of a long block does not know the block's last number, but aligns with the other pieces.
    digits = max(len(str(last)), 4 if last > _MANY_LINES else 0)
    cells = digits + 1 + _INDENT
    return cells if block.first_line and column.width - cells >= _LEAST_CODE else 0


def _spans_by_line(spans: Sequence[Span], lines: Sequence[str]) -> Iterator[list[Span]]:
    """Yield the spans in each line, in one pass, because code may have thousands of both."""
    known: list[Span] = []
    start = number = 0
    for line in lines:
        stop = start + len(line)
        known = [span for span in known if span.end > start]
        while number < len(spans) and spans[number].start < stop:
            known.append(spans[number])
            number += 1
        yield known
        start = stop + 1


def _sign(spans: Sequence[Span], line: tuple[int, int], signs: Glyphs) -> Run | None:
    """Return the sign before a line that its source marks as a whole; None for other lines."""
    start, stop = line
    for span in spans:
        if span.kind in _LINE_MARKS and span.start <= start and stop <= span.end:
            return Run(*_CHANGES.get(span.kind, (signs.marked, Style(Role.ACCENT, bold=True))))
    return None


def _margin(text: str, sign: Run | None) -> list[Run]:
    """Return the cells before code; the sign of its line is in the last cell but one."""
    plain = _MARK if text.strip() else Style()
    if sign is None or not text:
        return [Run(text, plain)]
    return [Run(text[:-_INDENT], plain), sign, Run(text[1 - _INDENT :], plain)]


def _beside(sign: str, cells: int, *, numbers: bool) -> str:
    """Return the cells before a continuation with its sign, or as much of them as fits."""
    return (f"{sign:>{cells - _INDENT}}  " if numbers else sign.ljust(cells))[:cells]


def _hang(source: str, room: int, cells: Cells) -> int:
    """Return the indent of the continuations of a line: that of the line itself, or 0 if little room would be left."""
    if cells.width(source) <= room:
        return 0
    indent = len(source) - len(source.lstrip(" "))
    return indent if indent <= room // 2 else 0


def _wrapped(text: str, line: tuple[int, int], room: int, hang: int, cells: Cells) -> list[tuple[int, int]]:
    """Wrap a line of code: the parts that fit into `room` cells, as offsets; one part for an empty line."""
    start, stop = line
    parts: list[tuple[int, int]] = []
    while start < stop or not parts:
        end = min(stop, start + max(1, cells.cut(text[start : min(stop, start + 4 * room)], room)))
        if end < stop:
            end = _before_mark(text, start, _before_name(text, start, end))
        parts.append((start, end))
        start = end
        room = room - hang if len(parts) == 1 else room
    return parts


def _before_name(text: str, start: int, end: int) -> int:
    """Return the offset at which a row ends so that it divides no name or number, unless that is a long one."""
    place = end
    while place > start and end - place <= (end - start) // 3 and _NAME.match(text, place - 1, end + 1):
        place -= 1
    is_whole = not _NAME.match(text, place - 1, end + 1) and text[start:place].strip() != ""
    return place if is_whole else end


def _before_mark(text: str, start: int, end: int) -> int:
    """Return the offset at which a row ends so that no closing mark begins the next, and no opening one ends it."""
    place = end
    while place > start + 1 and end - place < _MOST_MARKS and _parts_mark(text, place):
        place = _before_name(text, start, place - 1)
    return end if _parts_mark(text, place) else place


def _parts_mark(text: str, place: int) -> bool:
    return text[place] in _CLOSERS or text[place - 1] in OPENERS


def _runs(text: str, spans: Sequence[Span], start: int, stop: int, leaf: int) -> list[Run]:
    """Return the characters of a row as runs, one for each combination of spans."""
    own = [span for span in spans if span.start < stop and span.end > start]
    ends = {start, stop}.union(*((max(span.start, start), min(span.end, stop)) for span in own))
    return [
        Run(text[first:last], _style(own, first), leaf, first, last, _link(own, first))
        for first, last in pairwise(sorted(ends))
    ]


def _style(spans: list[Span], offset: int) -> Style:
    kinds = {span.kind for span in spans if span.start <= offset < span.end}
    return Style(
        Role.LINK if SpanKind.LINK in kinds else Role.CODE,
        bold=not kinds.isdisjoint(_BOLD),
        italic=SpanKind.EMPHASIS in kinds,
        underline=SpanKind.UNDERLINE in kinds,
        strike=SpanKind.STRIKE in kinds,
    )


def _link(spans: list[Span], offset: int) -> str:
    links = (span.value for span in spans if span.kind is SpanKind.LINK and span.start <= offset < span.end)
    return next(links, "")
