"""The characters that layout draws with, and their ASCII alternatives."""

from reader.lean_dataclasses import dataclass
from reader.settings.options import Typesetting

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""The arms of a box-drawing joint, as bit flags."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A set of characters; each is one cell wide in the terminals for which the set is meant.

    Attributes:
        joints: The box-drawing character for each combination of arms.
        bar: Left of a quotation.
        bullets: Bullets of nested lists, outermost first; deeper lists repeat the last.
        checked: The box of a completed task.
        unchecked: The box of an open task.
        fold: Before the rest of a wrapped code line.
        marked: Before a line of code that is highlighted.
        open: Before the summary of a disclosure element, and before an opened transclusion.
        closed: Before a folded transclusion.
        play: Before content that a terminal cannot show.
        back: After a footnote, linking back to its reference.
    """

    joints: str
    bar: str
    bullets: tuple[str, ...]
    checked: str
    unchecked: str
    fold: str
    marked: str
    open: str
    closed: str
    play: str
    back: str

    @property
    def horizontal(self) -> str:
        """A rule."""
        return self.joints[LEFT | RIGHT]

    @property
    def vertical(self) -> str:
        """A border between columns."""
        return self.joints[UP | DOWN]


_LIGHT = Glyphs(
    joints=" │││─┘┐┤─└┌├─┴┬┼",
    bar="▏",
    bullets=("•", "◦", "▪"),
    checked="☑",
    unchecked="☐",
    fold="↪",
    marked="▌",
    open="▾",
    closed="▸",
    play="▸",
    back="↩",
)

_ASCII = Glyphs(
    joints=" |||-+++-+++-+++",
    bar="|",
    bullets=("*", "-", "+"),
    checked="[x]",
    unchecked="[ ]",
    fold="\\",
    marked="|",
    open="v",
    closed=">",
    play=">",
    back="^",
)


def glyphs(typesetting: Typesetting) -> Glyphs:
    """The characters to draw with: ASCII if set in the options, or if box-drawing characters are two cells wide."""
    return _ASCII if typesetting.ascii_borders or typesetting.ambiguous_width == 2 else _LIGHT
