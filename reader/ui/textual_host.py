"""An adapter from a Textual app to the `Host` protocol of the commands."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reader.document.sanitizing import clean
from reader.errors import StoreError
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.commands.host import Severity
from reader.ui.link_opener import open_address, open_file
from reader.ui.programs import run_in_terminal, show_in_folder

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import WorkType

    from reader.ui.screens.dialog import Dialog

_WIDEST, _EDGES, _SCROLLBAR = 60, 3, 2
"""Widths in cells, from Textual's style sheet: the maximum of a notification, its edges, and a scroll bar."""

_Result = TypeVar("_Result")
_Returned = TypeVar("_Returned")


def notice(message: str, width: int, typesetting: Typesetting) -> str:
    """The text of a notification on a screen of `width` cells: cleaned, with line breaks like those of the page."""
    return "\n".join(late.set_plain(clean(message), min(_WIDEST, (width - _SCROLLBAR) * 9 // 10) - _EDGES, typesetting))


class TextualHost:
    """The modals, notifications, threads, timers and clipboard of a Textual app."""

    def __init__(self, app: "App[None]", say: Callable[..., None], report: Callable[[StoreError], None]) -> None:
        """Adapt `app`; `say` writes to its status line, and `report` shows an error of the marks database."""
        self._app = app
        self._say = say
        self._report = report

    def push(self, screen: "Dialog[_Result]", then: Callable[[_Result | None], None] | None = None) -> None:
        """Open a modal over the page, and pass its result to `then`."""
        self._app.push_screen(screen, then and self._reporting(then))

    @property
    def has_box(self) -> bool:
        """Whether a modal is open."""
        return len(self._app.screen_stack) > 1

    @property
    def starts_programs(self) -> bool:
        """Whether the user may start other programs: not in a browser."""
        return not self._app.is_web

    def notify(self, message: str, *, severity: Severity = "information", seconds: float = 5.0) -> None:
        """Show a notification of one or more lines, cleaned, for some seconds."""
        self._app.notify(clean(message), severity=severity, timeout=seconds, markup=False)

    def say(self, message: str, *shorter: str) -> None:
        """Show a short message in the status line, or the first of its `shorter` variants that fits."""
        self._say(message, *shorter)

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard, and report the result."""
        self._app.copy_to_clipboard(text)

    def open_address(self, address: str) -> None:
        """Open a URL outside the program, and report the result."""
        open_address(self._app, address, self)

    def open_file(self, path: Path) -> None:
        """Open a file in another program, and report the result."""
        open_file(self._app, path, self)

    def show_in_folder(self, path: Path) -> None:
        """Show a file in the file manager, and report the result."""
        show_in_folder(self._app, path, self)

    def run_in_terminal(
        self,
        command: Sequence[str],
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        pauses: bool = False,
    ) -> str:
        """Suspend the screen while a program runs in the terminal; return a message if it failed, else empty."""
        return run_in_terminal(self._app, command, data, environment, pauses=pauses)

    def run_in_thread(self, work: Callable[[], None], group: str, *, exclusive: bool = False) -> None:
        """Run `work` in a thread; exclusive work cancels earlier work of its group."""
        self._app.run_worker(work, thread=True, group=group, exclusive=exclusive)

    def call_from_thread(self, call: Callable[..., _Returned], *arguments: Any) -> _Returned:
        """Run `call` in the thread of the screen, from another thread; return its result."""
        return self._app.call_from_thread(call, *arguments)

    def run_task(self, task: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Run a coroutine function in the background; not at all if the app ends first."""
        work: WorkType[None] = task
        self._app.run_worker(work, group=group)

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call once after a delay in seconds."""
        self._app.set_timer(seconds, call)

    def every(self, seconds: float, call: Callable[[], object]) -> None:
        """Call repeatedly at an interval in seconds."""
        self._app.set_interval(seconds, call)

    def after_paint(self, call: Callable[[], object]) -> None:
        """Call once after the next refresh of the screen."""
        self._app.call_after_refresh(call)

    def soon(self, call: Callable[..., object], *arguments: Any) -> None:
        """Call once after the pending messages; may be called from any thread. Do nothing after the app has ended."""
        try:
            self._app.call_later(self._reporting(call), *arguments)
        except RuntimeError:
            return

    def _reporting(self, call: Callable[..., _Returned]) -> Callable[..., _Returned | None]:
        """Wrap a call outside an action, so that an error of the marks database is reported and the app continues."""

        def run(*arguments: Any) -> _Returned | None:
            try:
                return call(*arguments)
            except StoreError as error:
                self._report(error)
                return None

        return run
