"""A compositor that renders only the rows that are updated.

Textual's renders all rows of all widgets for each update, which takes longer than all else that a key causes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class RowCompositor(Compositor):
    """Composes the widgets of a screen, and renders of each the rows that are needed."""

    def __init__(self) -> None:
        super().__init__()
        self._is_needed: Callable[[int], bool] = lambda _y: True

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        self._is_needed = is_rendered_line
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen or (crop is not None and not crop.overlaps(seen)):
                continue
            for top, bottom in _runs(y for y in seen.line_range if self._is_needed(y)):
                rows = Region(seen.x, top, seen.width, bottom - top)
                yield rows, rows, widget.render_lines(rows.translate(-region.offset))


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
