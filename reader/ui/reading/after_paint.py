"""A call that waits until the open article is painted for the first time."""

from collections.abc import Callable


class AfterPaint:
    """A function that waits for the next paint of the page; a newer one replaces it."""

    def __init__(self) -> None:
        self._waiting: Callable[[], None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a function waits."""
        return self._waiting is not None

    def wait(self, call: Callable[[], None], *, at_once: bool) -> None:
        """Call a function after the next paint, or now if `at_once`."""
        self._waiting = call
        if at_once:
            self.run()

    def run(self) -> None:
        """Call the function that waits, if any."""
        call, self._waiting = self._waiting, None
        if call is not None:
            call()
