"""Programs of the user other than browsers: in the terminal while the screen is suspended, and the file manager."""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from reader.archive.files import reason
from reader.document.sanitizing import clean_line
from reader.language import _
from reader.settings.pager_choice import pager_words
from reader.ui.child_processes import file_openers, keyboard_signals_ignored, run_detached, run_in_foreground
from reader.ui.link_opener import Notifier, no_programs
from reader.ui.shown_paths import path_variants


def run_in_terminal(
    app: App[Any],
    command: Sequence[str],
    data: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    pauses: bool = False,
) -> str:
    """Suspend the screen while a program runs in the terminal, with `data` as its standard input.

    With `pauses`, a failure is shown until the user presses Enter. Return a message if it could not be started or
    failed, else an empty text.
    """
    name = Path(command[0]).name
    if app.is_web:
        return no_programs()
    try:
        with keyboard_signals_ignored(), app.suspend():
            code = run_in_foreground(command, data, environment)
            if pauses and code:
                _wait(exit_message(name, code))
    except SuspendNotSupported:
        return _("This terminal cannot run {name}").format(name=name)
    except (OSError, ValueError) as error:
        return start_failure(name, error)
    return exit_message(name, code)


def _wait(message: str) -> None:
    """Show a message below the output of a program until Enter is pressed or the terminal is lost."""
    prompt = _("Enter returns to the reader")
    with suppress(OSError):
        os.write(1, f"\n{clean_line(message)} · {prompt}".encode("utf-8", "replace"))
        os.read(0, 4_096)


def pager() -> list[str]:
    """The user's pager with its arguments; `less` if the user wants none, because the output has to be readable."""
    return pager_words() or ["less"]


def start_failure(name: str, error: OSError | ValueError) -> str:
    """Say why a program could not be started."""
    if isinstance(error, FileNotFoundError):
        return _("There is no program {name}").format(name=name)
    return _("{name} could not be started: {reason}").format(name=name, reason=reason(error))


def exit_message(name: str, code: int) -> str:
    """Describe the exit code of a program that failed, negative for a signal; empty for 0."""
    if code == 0:
        return ""
    if code > 0:
        return _("{name} failed with exit code {code}").format(name=name, code=code)
    try:
        number = signal.Signals(-code).name
    except ValueError:
        number = str(-code)
    return _("{name} was ended by {signal}").format(name=name, signal=number)


def show_in_folder(app: App[Any], path: Path, notifier: Notifier) -> None:
    """Show a file in the file manager, selected, or only its folder if the system cannot select a file."""
    if app.is_web:
        notifier.say(no_programs())
        return
    commands = _file_managers(path)
    if not commands:
        notifier.say(*path_variants(_("No file manager found: {path}"), path))
        return

    def run() -> None:
        """Try each program in turn; runs in a thread."""
        succeeds = False
        for command in commands:
            try:
                # Explorer reports 1 even if it succeeds.
                succeeds = not run_detached(command) or sys.platform == "win32"
            except (OSError, ValueError):
                succeeds = False
            if succeeds:
                break
        shown = path_variants(_("Shown in the file manager: {path}"), path)
        failed = (_("The system could not open {address}").format(address=path.parent),)
        app.call_from_thread(notifier.say, *(shown if succeeds else failed))

    app.run_worker(run, thread=True, group="browser")


def _file_managers(path: Path) -> list[list[str]]:
    if sys.platform == "win32":
        return [["explorer", f"/select,{path}"]]
    if sys.platform == "darwin":
        return [["open", "-R", str(path)]]
    return [[*command, str(path.parent)] for command in file_openers(os.environ)]
