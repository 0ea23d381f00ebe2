"""The colours 16 to 255 of xterm's palette: a cube of 6 × 6 × 6, and 24 greys."""

CUBE_LEVELS = (0, 95, 135, 175, 215, 255)
"""The levels of each channel in the cube."""

GREYS = range(8, 239, 10)
"""The levels of the greys."""
