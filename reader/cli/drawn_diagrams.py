"""The drawings of the diagrams of a document, for the terminal."""

from collections.abc import Mapping
from queue import SimpleQueue

from reader.document.document import Document
from reader.layout.diagrams import DiagramJob, Drawing, can_draw, is_diagram
from reader.settings.options import Typesetting
from reader.workers.diagram_drawer import DiagramDrawer

_MOST, _MOST_FAILED = 100, 5
"""The maximum number of diagrams that are drawn, and the number of failures after which no more are tried."""

_INDENT = 2
"""The indentation of a drawing in cells."""


def drawn_diagrams(document: Document, width: int, typesetting: Typesetting) -> Mapping[int, Drawing]:
    """Draw the diagrams that fit into `width` cells in another process; return them by the numbers of their leaves.

    Waits for all of them; each may take at most two seconds of CPU time.
    """
    leaves = [number for number, leaf in enumerate(document.leaves) if is_diagram(leaf)][:_MOST]
    if not leaves or not can_draw():
        return {}
    answers: SimpleQueue[Drawing | None] = SimpleQueue()
    drawer = DiagramDrawer(lambda _job, drawing: answers.put(drawing))
    is_ascii = typesetting.ascii_borders or typesetting.ambiguous_width == 2
    found: dict[int, Drawing] = {}
    failed = 0
    try:
        for leaf in leaves:
            drawer.request([DiagramJob(document.text(leaf), width - _INDENT, is_ascii)])
            drawing = answers.get()
            if drawing is None:
                failed += 1
            elif drawing.cells <= width - _INDENT:
                found[leaf] = drawing
            if failed == _MOST_FAILED:
                break
    finally:
        drawer.end()
    return found
