"""The characters that layout draws with, and how they are said in ASCII."""

from dataclasses import dataclass

from reader.settings.options import Typesetting

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""The arms of a border's joint."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters; each is one cell wide in the terminals that the set is for.

    Attributes:
        joints: The border character for each sum of arms.
        bar: At the left of a quotation.
        bullets: Of lists within lists, outermost first; deeper ones repeat the last.
        checked: A task that is done.
        unchecked: A task that is not.
        fold: Before the rest of a code line that was folded.
        open: Before the summary of details.
        play: Before what a terminal cannot show.
        back: Behind a footnote, leading back to where it is referred to.
    """

    joints: str
    bar: str
    bullets: tuple[str, ...]
    checked: str
    unchecked: str
    fold: str
    open: str
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
    open="▾",
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
    open="v",
    play=">",
    back="^",
)


def glyphs(typesetting: Typesetting) -> Glyphs:
    """The characters to draw with: ASCII where borders shall be, or where they would be two cells wide."""
    return _ASCII if typesetting.ascii_borders or typesetting.ambiguous_width == 2 else _LIGHT
