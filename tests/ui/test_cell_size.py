"""The shape of the terminal's cells, from the size that it reports in pixels."""

import os
import struct
import sys
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

import pytest

from reader.ui.cell_size import USUAL, cell_shape

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no POSIX terminal")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[TextIO]:
    main, other = os.openpty()
    with os.fdopen(other, "w") as stream:
        monkeypatch.setattr(sys, "__stderr__", stream)
        yield stream
    os.close(main)


@pytest.mark.parametrize(
    ("size", "ratio"),
    [
        ((24, 80, 800, 480), 0.5),
        ((24, 80, 720, 480), 0.45),
        ((24, 80, 0, 0), 0.5),
        ((24, 80, 80, 24 * 500), 0.5),
        ((24, 80, 8000, 24), 0.5),
        ((0, 0, 0, 0), 0.5),
    ],
)
def test_the_shape_is_that_of_the_reported_pixels(
    terminal: TextIO, size: tuple[int, int, int, int], ratio: float
) -> None:
    import fcntl  # noqa: PLC0415 - not available on Windows
    import termios  # noqa: PLC0415

    fcntl.ioctl(terminal.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", *size))
    width, height = cell_shape()
    assert width / height == pytest.approx(ratio)


def test_without_a_terminal_a_cell_is_twice_as_high_as_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stderr__", StringIO())
    assert cell_shape() == USUAL
