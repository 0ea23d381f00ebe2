"""Diagrams: Mermaid drawn in box characters by termaid (the extra `diagrams`), and the rows of a drawing.

A drawing changes only the display: the text of the leaf stays the source, so that positions, matches, marks, copies
and exports are those of the source. A diagram that termaid cannot draw correctly is shown as its source.
"""

from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

from reader.document.blocks import Leaf, is_diagram_source
from reader.language import _
from reader.layout.cells import Cells
from reader.layout.diagram_frames import has_true_frames
from reader.layout.diagram_labels import kind_of, labels_of, without_unseen, words_of
from reader.layout.diagram_loops import has_true_arrows, loops_of
from reader.layout.diagram_sources import DrawableSource
from reader.layout.flow_charts import read_flow_chart
from reader.layout.folds import fold_link
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.sequence_diagrams import draw_sequence
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_LONGEST, _MOST_LINES = 8_000, 300
"""The maximum characters and lines of a source that is drawn: a drawing of more would be many screens."""

_MOST_CELLS, _MOST_ROWS = 400, 2_000
"""The maximum width and height of a drawing."""

_INDENT = 2
"""Cells before a drawing, as before code."""

_FRONT_MATTER = regex(r"\s*---\s*\n((?:[^\n]*\n)*?)[ \t]*---\s*\n")
_TITLE = regex(r"(?m)^[ \t]*title[ \t]*:[ \t]*([^\n]*?)[ \t]*$")
_PLAIN_TITLE = regex(r"\"([^\"]+)\"|'([^']+)'|([^\s\"'|>\[{&*!%@`#][^#]*)")
"""A title in the front matter, in one of the YAML notations that are supported here."""

_BREAK = regex(r"(?i)<br\s*/?>")
_PIE_TITLE = regex(r"(?m)\A(\s*pie\b(?:[ \t]+showData)?)(?:[ \t]+|\s*?\n\s*)title[ \t]+([^\n]+)$")

_BESIDE_TIME = 4
"""Cells by which a Gantt chart may exceed the requested width: the last date below it needs them."""

_TIGHTER: tuple[tuple[int, int, int | None], ...] = ((2, 4, None), (2, 2, None), (1, 1, None), (1, 1, 12), (0, 1, 6))
"""Ways to draw, from spacious to tight: cells around a label, cells between boxes, and the width of a label."""


class DiagramJob(NamedTuple):
    """A diagram to draw.

    Attributes:
        source: Its source.
        cells: The width that it should fit into.
        is_ascii: Whether to draw in ASCII characters.
    """

    source: str
    cells: int
    is_ascii: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as rows of text without trailing spaces; `cells` is the width of the widest one."""

    rows: tuple[str, ...]
    cells: int


def is_diagram(leaf: Leaf) -> bool:
    """Whether a leaf is the source of a diagram that can be drawn."""
    if not is_diagram_source(leaf):
        return False
    source = leaf.text.text
    return len(source) <= _LONGEST and source.count("\n") < _MOST_LINES and kind_of(_seen(source)) is not None


def can_draw() -> bool:
    """Whether termaid is installed."""
    return find_spec("termaid") is not None


def drawing_of(job: DiagramJob) -> Drawing | None:
    """Draw a diagram, only as tightly as its width requires; None if it cannot be drawn correctly.

    A graph of a hundred edges may take minutes: call this in a process that can be killed.
    """
    source = _seen(job.source)
    labels = labels_of(source)
    if labels is None:
        return None
    words = words_of(" ".join(labels))
    title, untitled = _titled(job.source, source)
    drawable = DrawableSource(untitled)
    chart = read_flow_chart(untitled)
    loops = loops_of(untitled)
    if job.is_ascii and (loops or (chart is not None and chart.subgraphs)):
        # In ASCII a crossing of two edges looks like a corner, and a junction like a crossing.
        return None
    drawing: Drawing | None = None
    for spacing in _TIGHTER:
        try:
            drawn = _rendered(drawable.text, job, spacing)
        except (Exception, RecursionError, MemoryError):  # noqa: BLE001 - whatever the library raises on hostile input
            return drawing
        tighter = _checked(drawn, drawable, title, words, is_ascii=job.is_ascii)
        if tighter is None or (chart is not None and not has_true_frames(tighter.rows, chart)):
            return drawing
        if not has_true_arrows(tighter.rows, loops, untitled):
            return drawing
        drawing = tighter
        if drawing.cells <= job.cells:
            break
    return drawing if drawing is not None and drawing.cells <= _MOST_CELLS else None


def _rendered(source: str, job: DiagramJob, spacing: tuple[int, int, int | None]) -> str:
    """The drawing of termaid, with the spacing of an entry of `_TIGHTER`; a Gantt chart is drawn at its final width."""
    # Only the process that draws needs it.
    from termaid import render  # noqa: PLC0415

    if source.startswith("gantt"):
        from termaid.parser.gantt import parse_gantt  # noqa: PLC0415
        from termaid.renderer.gantt import render_gantt  # noqa: PLC0415

        return render_gantt(
            parse_gantt(source), use_ascii=job.is_ascii, width=max(job.cells - _BESIDE_TIME, 20)
        ).to_string()
    if source.startswith("sequenceDiagram"):
        return draw_sequence(source, spacing, is_ascii=job.is_ascii)
    padding, gap, label = spacing
    return render(source, use_ascii=job.is_ascii, padding_x=padding, padding_y=0, gap=gap, max_label_width=label)


def _seen(source: str) -> str:
    """The source without lines that draw nothing; empty if it has a title that cannot be read."""
    if (front := _FRONT_MATTER.match(source)) is not None:
        source = "" if _front_title(front[1]) is None else source[front.end() :]
    return without_unseen(source)


def _front_title(front: str) -> str | None:
    """The title in the front matter; empty if there is none, None if it cannot be read."""
    title = _TITLE.search(front)
    if title is None:
        return ""
    plain = _PLAIN_TITLE.fullmatch(title[1])
    return plain[plain.lastindex or 0].strip() if plain else None


def _titled(source: str, seen: str) -> tuple[str, str]:
    """The title of a diagram, and the source `seen` without the title of a pie chart.

    Termaid omits titles or cuts them off.
    """
    if (pie := _PIE_TITLE.match(seen)) is not None:
        return _BREAK.sub(" ", pie[2].strip()), f"{pie[1]}{seen[pie.end() :]}"
    front = _FRONT_MATTER.match(source)
    return (_front_title(front[1]) or "") if front is not None else "", seen


def _checked(
    drawn: str, drawable: DrawableSource, title: str, words: Counter[str], *, is_ascii: bool
) -> Drawing | None:
    """The drawing of termaid below the title; None if words or bars are missing, or termaid measures differently."""
    from termaid.utils import display_width  # noqa: PLC0415

    narrow = [row.rstrip() for row in drawn.replace("\r", "").split("\n")]
    while narrow and not narrow[0]:
        del narrow[0]
    while narrow and not narrow[-1]:
        del narrow[-1]
    if not narrow or len(narrow) > _MOST_ROWS:
        return None
    measured, wide = Cells(1), Cells(2)
    if any(measured.width(row) != display_width(row) for row in narrow):
        return None
    inset = min(len(row) - len(row.lstrip(" ")) for row in narrow if row)
    rows = [drawable.written(row[inset:]) for row in narrow]
    if title:
        left = max(map(measured.width, rows)) - measured.width(title)
        rows = [f"{' ' * (left // 2)}{title}", "", *rows]
    widths = [measured.width(row) for row in rows]
    if is_ascii and widths != [wide.width(row) for row in rows]:
        return None
    if not words <= words_of("\n".join(rows)) or not drawable.has_all_bars(rows):
        return None
    return Drawing(tuple(rows), max(widths))


def diagram_lines(leaf: Leaf, number: int, drawing: Drawing, width: int, sign: str) -> Iterator[Line]:
    """Yield the rows of a drawing; wide ones are scrolled horizontally.

    Each row replaces a part of the source, so that marks and positions have rows. With a `sign`, a title above them
    switches to the source.
    """
    if sign:
        yield diagram_title(number, sign)
    length = len(leaf.text.text)
    indent = _INDENT if width > 2 * _INDENT else 0
    count, cells = len(drawing.rows), indent + drawing.cells
    for row, text in enumerate(drawing.rows):
        start, end = length * row // count, length * (row + 1) // count
        replaced = (Run("", Style(), number, start, end),) if start < end else ()
        runs = (blank(indent), *replaced, Run(text, Style(), number, start, start))
        yield Line(runs, overflows=cells > width, scrolled_cells=cells, indent=indent)


def diagram_title(number: int, sign: str) -> Line:
    """The row above a diagram that switches between its drawing and its source."""
    target = fold_link(number)
    title = Run(_("Source of the diagram"), Style(Role.MUTED), number, link=target)
    return Line((Run(f"{sign} ", Style(Role.MARK), number, link=target), title))
