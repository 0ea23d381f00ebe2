"""The links on the visible rows of a page, and what is painted over them: the focused one and the labels."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.style import Style as Paint
from textual.strip import Strip

from reader.document.addresses import hyperlink_target
from reader.document.document import Document, Position, Range
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.links import PlacedLink, leaf_links
from reader.lean_dataclasses import dataclass, replace
from reader.ui.colours import Colours
from reader.ui.strips import painted_over, written_over
from reader.ui.text_fitting import fitted

if TYPE_CHECKING:
    from reader.layout.arrangement import Screenful
    from reader.ui import late


@dataclass(frozen=True, slots=True)
class VisibleLink:
    """A link of which at least a part is visible.

    Attributes:
        target: Its target, as in `Run.link`.
        row: The row of the viewport with its first visible part.
        cell: The cell of the row in which that part begins, from the beginning of the text.
        start: The position of that part; None for a link that layout added, such as the one back from a footnote.
    """

    target: str
    row: int
    cell: int
    start: Position | None


@dataclass(frozen=True, slots=True)
class LinkLabel:
    """A label of a link.

    Attributes:
        link: The link.
        text: The keys to type.
        typed: The number of its keys that were typed.
    """

    link: VisibleLink
    text: str
    typed: int = 0


def foot_lines(links: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """The rows below an article with links, each a text and a target, in `width` cells; none without links."""
    style = Style(Role.LINK)
    rows = [Line((Run(fitted(text, width), style, link=target),)) for text, target in links]
    return [Line(), Line(), *rows] if rows else []


def foot_links(lines: Sequence[Line]) -> list[PlacedLink]:
    """The links of the rows below an article; their positions are in no leaf."""
    outside = Range(Position(NO_BLOCK), Position(NO_BLOCK))
    return [PlacedLink(run.link, outside) for line in lines for run in line.runs if run.link]


LinkPart = tuple[int, int, Paint]
"""A part of a row, as its first cell and its width in cells, with the style that is added to it."""


def runs_of(line: Line, cells: "late.Cells") -> Iterator[tuple[int, int, Run]]:
    """The runs of a line, each with its first cell and its width in cells."""
    at = 0
    for run in line.runs:
        width = cells.width(run.text)
        yield at, width, run
        at += width


def visible_links(lines: Sequence[Line], cells: "late.Cells") -> list[VisibleLink]:
    """The links of the visible rows, in reading order; one that spans several rows or styles appears once."""
    found: list[VisibleLink] = []
    # For each link so far, its target and the position at which it would continue.
    following: set[tuple[str, int, int]] = set()
    for row, line in enumerate(lines):
        if line.picture is not None and line.picture.row and row:
            # Only the first visible row of a picture is a link.
            continue
        for at, width, run in runs_of(line, cells):
            if not run.link:
                continue
            here = (run.link, run.block, run.start)
            if here in following and run.block != NO_BLOCK:
                following.discard(here)
            elif width:
                start = Position(run.block, run.start) if run.block != NO_BLOCK else None
                found.append(VisibleLink(run.link, row, at, start))
            following.add((run.link, run.block, run.end))
    return found


def links_in_rows(
    lines: Sequence[Line], cells: "late.Cells", shift_of: Callable[[Line], int], column: int
) -> list[VisibleLink]:
    """The links of rows in a column of `column` cells; `shift_of` returns how many cells a row is scrolled sideways.

    Parts of wide code that are scrolled out of sight have none.
    """
    return [
        replace(link, cell=link.cell - shift)
        for link in visible_links(lines, cells)
        for shift in (shift_of(lines[link.row]),)
        if not shift or link.cell - shift >= lines[link.row].indent
        if link.cell - shift < column
    ]


def links_in_columns(view: "Screenful", cells: "late.Cells") -> list[VisibleLink]:
    """The links of a screenful of columns in reading order, each with the cell of the viewport at which it begins."""
    found: list[VisibleLink] = []
    for link in visible_links([one.line for one in view.placed], cells):
        place = view.place_of(view.placed[link.row].number, link.cell)
        if place is not None:
            found.append(VisibleLink(link.target, place[1], place[0], link.start))
    return found


def next_link(
    document: Document, place: Position, step: int, is_hidden: Callable[[int], bool] = lambda _leaf: False
) -> PlacedLink | None:
    """The first link that begins after a position, or the last one before it if `step` is negative.

    Leaves whose text is hidden by a drawing are skipped.
    """
    last = len(document.leaves) - 1
    numbers = range(max(place.block, 0), last + 1) if step > 0 else range(min(place.block, last), -1, -1)
    for number in numbers:
        for link in () if is_hidden(number) else leaf_links(document, number)[:: 1 if step > 0 else -1]:
            if link.span.start > place if step > 0 else link.span.start < place:
                return link
    return None


class LinkOverlays:
    """What is painted over the links of a page: the emphasis of the focused one, and labels.

    Attributes:
        with_hyperlinks: Whether links to web and mail addresses are hyperlinks of the terminal, too.
    """

    def __init__(self) -> None:
        """Start without a focused link, labels and hyperlinks of the terminal."""
        self.with_hyperlinks = False
        self._focused: PlacedLink | None = None
        self._labels: dict[int, list[LinkLabel]] = {}

    @property
    def has_labels(self) -> bool:
        """Whether there are labels."""
        return bool(self._labels)

    def focus(self, link: PlacedLink | None) -> None:
        """Set the focused link, or none."""
        self._focused = link

    def label(self, labels: Sequence[LinkLabel]) -> None:
        """Set the labels in place of those set before."""
        self._labels = {}
        for label in labels:
            self._labels.setdefault(label.link.row, []).append(label)

    def parts(self, line: Line, cells: "late.Cells", colours: Colours) -> Sequence[LinkPart]:
        """What is painted over the links of a row."""
        link = self._focused
        if link is None and not self.with_hyperlinks:
            return ()
        emphasis = colours.role("selection") + Paint(bold=True, underline=True)
        found: list[LinkPart] = []
        for at, width, run in runs_of(line, cells):
            if not width or not run.link:
                continue
            if link is not None and run.link == link.target and _touches(run, link.span):
                found.append((at, width, emphasis))
            target = hyperlink_target(run.link) if self.with_hyperlinks else ""
            if target:
                found.append((at, width, Paint(link=target)))
        return found

    def with_parts(self, strip: Strip, parts: Sequence[LinkPart], left: int) -> Strip:
        """Paint the parts of links over a row whose text begins at cell `left`."""
        for at, width, over in parts:
            strip = painted_over(strip, left + at, width, over)
        return strip

    def painted(self, strip: Strip, y: int, parts: Sequence[LinkPart], *, left: int, colours: Colours) -> Strip:
        """Paint over row `y` of the viewport: the parts of its links, and labels. Its text begins at cell `left`."""
        strip = self.with_parts(strip, parts, left)
        paint = colours.role("ink") + colours.role("hit_current") + Paint(bold=True, underline=False)
        free = 0
        for label in self._labels.get(y, ()):
            # Of two labels that overlap, the second moves to the right.
            at = max(left + label.link.cell, free)
            if at + len(label.text) > strip.cell_length:
                continue
            strip = written_over(strip, at, label.text, paint)
            if label.typed:
                strip = painted_over(strip, at, label.typed, Paint(bold=False, dim=True))
            free = at + len(label.text)
        return strip


def _touches(run: Run, span: Range) -> bool:
    if run.block != span.start.block:
        return False
    # The label of a picture is not text of the document.
    return run.start == run.end or (run.start < span.end.offset and run.end > span.start.offset)
