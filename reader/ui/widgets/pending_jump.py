"""Jumps far down an article: they continue between input events until the target is laid out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.document.document import Position

if TYPE_CHECKING:
    from reader.ui import late


class PendingJump:
    """The current jump, if any."""

    def __init__(self) -> None:
        """Start without a jump."""
        self._wanted: tuple[Position | None, Callable[[], None]] | None = None

    @property
    def is_pending(self) -> bool:
        """Whether a target has not been reached yet."""
        return self._wanted is not None

    def begin(
        self, layout: "late.Layout | None", place: Position | None, arrive: Callable[[], None], seconds: float
    ) -> None:
        """Jump to a position, or to the end if None; `arrive` is called on arrival, within `seconds` or later."""
        self._wanted = (place, arrive) if layout is not None else None
        if layout is not None:
            self.advance(layout, seconds)

    def advance(self, layout: "late.Layout", seconds: float) -> bool:
        """Continue for about `seconds`; return whether the target was reached."""
        if self._wanted is None or not layout.reach(self._wanted[0], seconds):
            return False
        arrive = self._wanted[1]
        self._wanted = None
        arrive()
        return True

    def cancel(self) -> None:
        """Cancel the jump."""
        self._wanted = None
