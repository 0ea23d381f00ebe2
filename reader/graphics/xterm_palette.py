"""The colours 16 to 255 of xterm's palette: a cube of 6 × 6 × 6, and 24 greys."""

CUBE_LEVELS = (0, 95, 135, 175, 215, 255)
"""The levels of each channel in the cube."""

GREYS = range(8, 239, 10)
"""The levels of the greys."""


def cube_number(red: int, green: int, blue: int) -> int:
    """The number of the colour of the cube that is nearest to the given channels (0 to 255)."""
    levels = [min(range(6), key=lambda level: abs(CUBE_LEVELS[level] - one)) for one in (red, green, blue)]
    return 16 + 36 * levels[0] + 6 * levels[1] + levels[2]
