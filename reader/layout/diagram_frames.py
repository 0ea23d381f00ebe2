"""The frames of subgraphs in a drawing.

termaid makes most mistakes here: frames overlap, and edges run into borders. A drawing is accepted only if each frame
is a rectangle around the nodes of its subgraph and no others.
"""

from collections.abc import Sequence

from reader.layout.cells import Cells, clusters
from reader.layout.diagram_labels import words_of
from reader.layout.flow_charts import FlowChart, Subgraph

_Grid = list[list[str]]


def has_true_frames(rows: Sequence[str], chart: FlowChart) -> bool:
    """Whether each subgraph of a chart has a frame of its own in the rows of a drawing in box characters."""
    grid = [_cells(row) for row in rows]
    taken: set[tuple[int, int]] = set()
    for subgraph in chart.subgraphs:
        places = ((top, left) for top, row in enumerate(grid) for left, one in enumerate(row) if one == "┌")
        found = next((at for at in places if at not in taken and _is_frame_of(grid, at, subgraph, chart)), None)
        if found is None:
            return False
        taken.add(found)
    return True


def _cells(row: str) -> list[str]:
    """The row with one item per cell; the second item of a wide character is empty."""
    measured = Cells(1)
    return [part for one in clusters(row) for part in (one, *[""] * (measured.width(one) - 1))]


def _is_frame_of(grid: _Grid, at: tuple[int, int], subgraph: Subgraph, chart: FlowChart) -> bool:
    top, left = at
    if top + 1 >= len(grid) or not "".join(grid[top + 1][left + 1 :]).lstrip().startswith(subgraph.title):
        return False
    right = _end(grid[top], left, "─┼", "┐")
    bottom = _end([row[left] if left < len(row) else "" for row in grid], top, "│┼", "└")
    if not right or not bottom:
        return False
    side = [row[right] if right < len(row) else "" for row in grid]
    if _end(grid[bottom], left, "─┼", "┘") != right or _end(side, top, "│┼", "┘") != bottom:
        return False
    shown = words_of("\n".join("".join(row[left + 1 : right]) for row in grid[top + 1 : bottom]))
    wanted = words_of(" ".join((subgraph.title, *subgraph.titles, *(chart.nodes[one] for one in subgraph.nodes))))
    return wanted <= shown and shown - wanted <= words_of(" ".join(chart.links))


def _end(line: list[str], start: int, between: str, corner: str) -> int:
    """The place of the corner at the end of the border that begins at `start`; 0 if the border is interrupted."""
    for place in range(start + 1, len(line)):
        if line[place] == corner:
            return place
        if line[place] not in between or not line[place]:
            return 0
    return 0
