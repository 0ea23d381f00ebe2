"""A compositor that renders only the rows that are updated, and divides no widget where another one behind it ends.

Textual's renders all rows of all widgets for each update, which takes longer than all else that a key causes. It also
divides every row at the edges of all widgets, and a character of two cells on such an edge is lost: a notification in
Chinese would lack the characters above the border of a pane.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class RowCompositor(Compositor):
    """Composes the widgets of a screen, and renders of each the rows that are needed."""

    def __init__(self) -> None:
        super().__init__()
        self._is_needed: Callable[[int], bool] = lambda _y: True
        self._hidden_edges: list[set[int]] = []

    @property
    def cuts(self) -> list[list[int]]:
        """The columns at which each row is divided: the edges of widgets that no widget in front hides."""
        if self._cuts is None:
            self._cuts = self._edges_in_sight()
        return self._cuts

    def _edges_in_sight(self) -> list[list[int]]:
        width, height = self.size
        edges = [{0, width} for _row in range(height)]
        self._hidden_edges = [set() for _row in range(height)]
        in_front: list[list[tuple[int, int]]] = [[] for _row in range(height)]
        for region, clip in self.visible_widgets.values():
            seen = region.intersection(clip)
            if seen:
                for y in seen.line_range:
                    for x in seen.column_span:
                        is_hidden = any(start < x < end for start, end in in_front[y])
                        (self._hidden_edges if is_hidden else edges)[y].add(x)
                    in_front[y].append(seen.column_span)
        return [sorted(row) for row in edges]

    def render_partial_update(self) -> ChopsUpdate | None:
        """The update of the dirty regions; one that ends behind a widget, up to the end of that.

        Textual crops the row of the widget there.
        """
        update = super().render_partial_update()
        if update is not None:
            update.spans = [
                (y, start, self._end_in_front(y, end) if end in self._hidden_edges[y] else end)
                for y, start, end in update.spans
            ]
        return update

    def _end_in_front(self, y: int, edge: int) -> int:
        cuts = self.cuts[y]
        return cuts[bisect_left(cuts, edge)]

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        self._is_needed = is_rendered_line
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen or (crop is not None and not crop.overlaps(seen)):
                continue
            for (left, right), lines in groupby(filter(self._is_needed, seen.line_range), partial(self._span, seen)):
                for top, bottom in _runs(lines) if left < right else ():
                    rows = Region(left, top, right - left, bottom - top)
                    yield rows, rows, widget.render_lines(rows.translate(-region.offset))

    def _span(self, seen: Region, y: int) -> tuple[int, int]:
        """The columns of a widget in a row, without those that begin or end it behind other widgets."""
        cuts = self.cuts[y]
        return cuts[bisect_left(cuts, seen.x)], cuts[bisect_right(cuts, seen.right) - 1]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and, exclusively, the last of each run of consecutive numbers."""
    start = end = -1
    for number in numbers:
        if number != end:
            if start != end:
                yield start, end
            start = number
        end = number + 1
    if start != end:
        yield start, end
