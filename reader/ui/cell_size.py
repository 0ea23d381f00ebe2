"""The shape of the terminal's cells, which decides how high a picture of a given width is."""

import struct
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

USUAL = 8, 16
"""The assumed width and height of a cell if the terminal does not report them."""

_WIDEST, _NARROWEST = 1.0, 0.25
"""The limits of the ratio of width to height; reports beyond them are ignored."""


def cell_shape() -> tuple[int, int]:
    """Return the width and height of a cell as reported by the terminal; only their ratio matters."""
    rows, columns, width, height = _sizes()
    shape = width * rows, height * columns
    return shape if all(shape) and _NARROWEST <= shape[0] / shape[1] <= _WIDEST else USUAL


def cell_shape_on(app: "App[Any]") -> tuple[int, int]:
    """Return the shape for the terminal of an app; the usual shape if the app has none."""
    return USUAL if app.is_headless else cell_shape()


def cell_pixels() -> tuple[int, int] | None:
    """Return the width and height of a cell in pixels; None if the terminal does not report its pixels."""
    rows, columns, width, height = _sizes()
    cell = width // (columns or 1), height // (rows or 1)
    return cell if all(cell) and _NARROWEST <= cell[0] / cell[1] <= _WIDEST else None


def _sizes() -> tuple[int, int, int, int]:
    """The rows and columns of the terminal, and its width and height in pixels, each 0 if it is not known."""
    try:
        import fcntl  # noqa: PLC0415 - not available on Windows
        import termios  # noqa: PLC0415

        assert sys.__stderr__ is not None  # noqa: S101 - as for the driver
        reply = fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError, ValueError):
        return 0, 0, 0, 0
    rows, columns, width, height = struct.unpack("HHHH", reply)
    return rows, columns, width, height
