"""The diagrams of a document that `reader show` prints: which are tried, and which drawings fit."""

from collections.abc import Callable, Sequence

import pytest

from reader.cli import drawn_diagrams as module
from reader.cli.drawn_diagrams import drawn_diagrams
from reader.document.blocks import CodeBlock, Inline
from reader.document.document import Document
from reader.layout.diagrams import DiagramJob, Drawing
from reader.settings.options import Typesetting

Draw = Callable[[int], Drawing | None]
"""Draws the diagram with a number."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Draw], tuple[dict[int, Drawing], int]]:
    """Draw a number of diagrams for 40 cells by a function: return the drawings by leaf, and how many were tried."""

    def draw_all(count: int, draw: Draw) -> tuple[dict[int, Drawing], int]:
        tried: list[DiagramJob] = []
        ended: list[bool] = []

        class Drawer:
            def __init__(self, receive: Callable[[DiagramJob, Drawing | None], object]) -> None:
                self._receive = receive

            def request(self, jobs: Sequence[DiagramJob]) -> None:
                for job in jobs:
                    self._receive(job, draw(len(tried)))
                    tried.append(job)

            def end(self) -> None:
                ended.append(True)

        monkeypatch.setattr(module, "DiagramDrawer", Drawer)
        monkeypatch.setattr(module, "can_draw", lambda: True)
        leaves = tuple(CodeBlock(Inline(f"graph TD\nA{number} --> B"), "mermaid") for number in range(count))
        found = dict(drawn_diagrams(Document(leaves), 40, Typesetting()))
        assert ended == [True]
        return found, len(tried)

    return draw_all


DRAWING = Drawing(("-",), 1)


def test_after_five_that_cannot_be_drawn_no_more_are_tried(
    drawn: Callable[[int, Draw], tuple[dict[int, Drawing], int]],
) -> None:
    assert drawn(9, lambda _number: None) == ({}, 5)
    assert drawn(12, lambda number: None if number % 2 else DRAWING) == (dict.fromkeys((0, 2, 4, 6, 8), DRAWING), 10)
    assert drawn(9, lambda number: None if number % 2 else DRAWING)[1] == 9


def test_a_drawing_that_is_too_wide_is_left_out(
    drawn: Callable[[int, Draw], tuple[dict[int, Drawing], int]],
) -> None:
    wide = {number: Drawing(("-" * cells,), cells) for number, cells in enumerate((39, 38, 200, 1))}
    assert drawn(4, wide.__getitem__) == ({1: wide[1], 3: wide[3]}, 4)


def test_drawings_that_are_too_wide_are_no_failures(
    drawn: Callable[[int, Draw], tuple[dict[int, Drawing], int]],
) -> None:
    wide = Drawing(("-" * 99,), 99)
    assert drawn(9, lambda number: wide if number < 8 else DRAWING) == ({8: DRAWING}, 9)
