"""The `Host` of the commands, on a Textual app."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from reader.document.cleaning import clean
from reader.ui.commands.host import Severity
from reader.ui.link_opener import open_address

if TYPE_CHECKING:
    from textual.app import App

    from reader.ui.screens.dialog import Dialog

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")


class TextualHost:
    """Boxes, notices, threads, timers and the clipboard of a Textual app."""

    def __init__(self, app: "App[None]", say: Callable[[str], None]) -> None:
        """Serve the commands of `app`; its status line is written by `say`."""
        self._app = app
        self._say = say

    def push(self, screen: "Dialog[_Result]", then: Callable[[_Result | None], None] | None = None) -> None:
        """Open a box over the page; `then` is given its result."""
        self._app.push_screen(screen, then)

    @property
    def has_box(self) -> bool:
        """Whether a box is open over the page."""
        return len(self._app.screen_stack) > 1

    def notify(self, message: str, *, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Show a notice of one or more lines, cleaned, for so many seconds."""
        self._app.notify(clean(message), severity=severity, timeout=seconds, markup=False)

    def say(self, message: str) -> None:
        """Show one short line in the status line."""
        self._say(message)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, and say what became of it."""
        self._app.copy_to_clipboard(text)

    def open_address(self, address: str) -> None:
        """Open a web address outside the program, and say what became of it."""
        open_address(self._app, address, self)

    def run_in_thread(self, work: Callable[[], None], group: str, *, exclusive: bool = False) -> None:
        """Run `work` in a thread; an exclusive one cancels what was begun in its group."""
        self._app.run_worker(work, thread=True, group=group, exclusive=exclusive)

    def call_from_thread(self, call: Callable[..., _Given], *arguments: Any) -> _Given:
        """From a thread: have `call` run in the screen's thread, and wait for it."""
        return self._app.call_from_thread(call, *arguments)

    def run_task(self, task: Coroutine[Any, Any, None], group: str) -> None:
        """Run a coroutine beside everything else."""
        self._app.run_worker(task, group=group)

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call once, so many seconds from now."""
        self._app.set_timer(seconds, call)

    def every(self, seconds: float, call: Callable[[], object]) -> None:
        """Call again and again, each so many seconds."""
        self._app.set_interval(seconds, call)

    def after_paint(self, call: Callable[[], object]) -> None:
        """Call once what was changed is on the screen."""
        self._app.call_after_refresh(call)

    def soon(self, call: Callable[..., object], *arguments: Any) -> None:
        """Call once the messages that wait were handled; from any thread. Nothing where the program has ended."""
        try:
            self._app.call_later(call, *arguments)
        except RuntimeError:
            return
