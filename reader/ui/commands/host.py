"""The interface of the app for commands: modals, notifications, threads, timers, the clipboard."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from reader.ui.screens.dialog import Dialog

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")
Severity = Literal["information", "warning", "error"]


class Host(Protocol):
    """The app. Call it from the screen's thread, except for `call_from_thread`."""

    def push(self, screen: "Dialog[_Result]", then: Callable[[_Result | None], None] | None = None) -> None:
        """Open a modal over the page, and pass its result to `then`."""

    @property
    def has_box(self) -> bool:
        """Whether a modal is open."""

    @property
    def starts_programs(self) -> bool:
        """Whether the user may start other programs; in a browser, they would run on the machine of the server."""

    def notify(self, message: str, *, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Show a notification of one or more lines for some seconds."""

    def say(self, message: str, *shorter: str) -> None:
        """Show a short message in the status line, or the first of its `shorter` variants that fits."""

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard, and report the result."""

    def open_address(self, address: str) -> None:
        """Open a URL outside the program, and report the result."""

    def open_file(self, path: Path) -> None:
        """Open a file in another program, and report the result."""

    def show_in_folder(self, path: Path) -> None:
        """Show a file in the file manager, and report the result."""

    def run_in_terminal(
        self,
        command: Sequence[str],
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        pauses: bool = False,
    ) -> str:
        """Suspend the screen while a program runs in the terminal, with `data` as its standard input.

        With `pauses`, a failure is shown until the user presses Enter, because its message would vanish. Return a
        message if the program could not be started or failed, else an empty text.
        """

    def run_in_thread(self, work: Callable[[], None], group: str, *, exclusive: bool = False) -> None:
        """Run `work` in a thread; exclusive work cancels earlier work of its group."""

    def call_from_thread(self, call: Callable[..., _Given], *arguments: Any) -> _Given:
        """Run `call` in the screen's thread, and wait for it. Call this from another thread."""

    def run_task(self, task: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Run a coroutine function in the background; not at all if the app ends first."""

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call once after a delay in seconds."""

    def every(self, seconds: float, call: Callable[[], object]) -> None:
        """Call repeatedly at an interval in seconds."""

    def after_paint(self, call: Callable[[], object]) -> None:
        """Call once after the next refresh of the screen."""

    def soon(self, call: Callable[..., object], *arguments: Any) -> None:
        """Call once after the pending messages; may be called from any thread."""
