"""What commands ask of the program that shows the screen: boxes, notices, threads, timers, the clipboard."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from reader.ui.screens.dialog import Dialog

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")
Severity = Literal["information", "warning", "error"]


class Host(Protocol):
    """The running program. Call it from the screen's own thread, but for `call_from_thread`."""

    def push(self, screen: "Dialog[_Result]", then: Callable[[_Result | None], None] | None = None) -> None:
        """Open a box over the page; `then` is given its result."""

    @property
    def has_box(self) -> bool:
        """Whether a box is open over the page."""

    def notify(self, message: str, *, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Show a notice of one or more lines for so many seconds."""

    def say(self, message: str) -> None:
        """Show one short line in the status line."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, and say what became of it."""

    def open_address(self, address: str) -> None:
        """Open a web address outside the program, and say what became of it."""

    def run_in_thread(self, work: Callable[[], None], group: str, *, exclusive: bool = False) -> None:
        """Run `work` in a thread; an exclusive one cancels what was begun in its group."""

    def call_from_thread(self, call: Callable[..., _Given], *arguments: Any) -> _Given:
        """From a thread: have `call` run in the screen's thread, and wait for it."""

    def run_task(self, task: Coroutine[Any, Any, None], group: str) -> None:
        """Run a coroutine beside everything else."""

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call once, so many seconds from now."""

    def every(self, seconds: float, call: Callable[[], object]) -> None:
        """Call again and again, each so many seconds."""

    def after_paint(self, call: Callable[[], object]) -> None:
        """Call once what was changed is on the screen."""

    def soon(self, call: Callable[..., object], *arguments: Any) -> None:
        """Call once the messages that wait were handled; from any thread."""
