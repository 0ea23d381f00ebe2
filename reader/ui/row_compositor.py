"""A compositor that renders only what is updated and in sight, and does not split a widget at the edges behind it.

Textual's renders all rows of all widgets for each update, also those behind other widgets. This takes longer than
everything else that a key causes. It also splits each row at the edges of all widgets, and loses a character of two
cells that is on an edge. A notification in Chinese would lack characters where it covers the border of a pane.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import groupby, pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

from reader.ui.filler import FILLER


class RowCompositor(Compositor):
    """Composes the widgets of a screen, and renders only the rows that are needed."""

    def __init__(self) -> None:
        super().__init__()
        self._is_needed: Callable[[int], bool] = lambda _y: True

    @property
    def cuts(self) -> list[list[int]]:
        """The columns at which each row is split: the edges of widgets that no widget in front hides."""
        if self._cuts is None:
            self._cuts = self._edges_in_sight()
        return self._cuts

    def _edges_in_sight(self) -> list[list[int]]:
        width, height = self.size
        edges = [{0, width} for _row in range(height)]
        in_front: list[list[tuple[int, int]]] = [[] for _row in range(height)]
        for region, clip in self.visible_widgets.values():
            seen = region.intersection(clip)
            if seen:
                for y in seen.line_range:
                    edges[y].update(
                        x for x in seen.column_span if not any(start < x < end for start, end in in_front[y])
                    )
                    in_front[y].append(seen.column_span)
        return [sorted(row) for row in edges]

    def render_partial_update(self) -> ChopsUpdate | None:
        """The update of the dirty regions, each extended to the nearest visible edges of widgets.

        Textual would halve characters of two cells at the ends of a region, such as that of a notification that has
        disappeared.
        """
        regions = [region.intersection(self.size.region) for region in self._dirty_regions]
        self._dirty_regions = {self._between_edges(region, y) for region in regions for y in region.line_range}
        return super().render_partial_update()

    def _between_edges(self, region: Region, y: int) -> Region:
        cuts = self.cuts[y]
        left, right = cuts[bisect_right(cuts, region.x) - 1], cuts[bisect_left(cuts, region.right)]
        return Region(left, y, right - left, 1)

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        self._is_needed = is_rendered_line
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        unpainted = self._columns_in(crop or self.size.region)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen or (crop is not None and not crop.overlaps(seen)):
                continue
            spans = groupby(filter(self._is_needed, seen.line_range), partial(self._claim, unpainted, seen))
            for (left, right), lines in spans:
                for top, bottom in _runs(lines) if left < right else ():
                    rows = Region(left, top, right - left, bottom - top)
                    # One more column shows whether the last one contains the first half of a character.
                    wanted = rows.grow((0, int(right < region.right), 0, 0)).translate(-region.offset)
                    strips = widget.render_lines(wanted)
                    yield rows, rows, [self._whole(strip, y, left, right) for y, strip in enumerate(strips, top)]

    def _whole(self, strip: Strip, y: int, left: int, right: int) -> Strip:
        """The strip of a row between two columns, with spaces instead of characters that a cut would halve."""
        if any(FILLER in text for text, _style, _control in strip):
            strip = without_halves(strip, {cut - left for cut in self.cuts[y]})
        return strip.crop(0, right - left) if strip.cell_length > right - left else strip

    def _columns_in(self, crop: Region) -> list[set[int]]:
        """For each row, the first columns of the parts between cuts that overlap `crop`."""
        return [{x for x, end in pairwise(row) if x < crop.right and end > crop.x} for row in self.cuts]

    def _claim(self, unpainted: Sequence[set[int]], seen: Region, y: int) -> tuple[int, int]:
        """Remove the parts of a row that a widget covers from `unpainted`; return their first and end column.

        What is behind other widgets is not rendered.
        """
        cuts = self.cuts[y]
        covered = range(bisect_left(cuts, seen.x), bisect_right(cuts, seen.right) - 1)
        claimed = [number for number in covered if cuts[number] in unpainted[y]]
        unpainted[y].difference_update(cuts[number] for number in claimed)
        return (cuts[claimed[0]], cuts[claimed[-1] + 1]) if claimed else (0, 0)


def without_halves(strip: Strip, cuts: AbstractSet[int]) -> Strip:
    """A strip with spaces instead of each character that a cut would separate from its filler."""
    segments: list[Segment] = []
    x = 0
    for text, style, control in strip:
        made: list[str] = []
        for character in text:
            if character == FILLER and x in cuts:
                while made and not cell_len(made[-1]):
                    made.pop()
                made[-1:] = " " * len(made[-1:])
                character = " "  # noqa: PLW2901
            made.append(character)
            x += cell_len(character)
        segments.append(Segment("".join(made), style, control))
    return Strip(segments, strip.cell_length)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first number of each run of consecutive numbers, and the one after its last."""
    start = end = -1
    for number in numbers:
        if number != end:
            if start != end:
                yield start, end
            start = number
        end = number + 1
    if start != end:
        yield start, end
