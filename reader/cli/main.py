"""The entry point: `reader PATH…` opens the screen, `reader COMMAND …` runs without it."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from reader import language
from reader.cli.output import plain_output, print_crash, print_error
from reader.errors import ReaderError
from reader.language import _
from reader.settings.folders import cache_folder
from reader.settings.loader import load
from reader.settings.options import Settings

COMMANDS = {
    "show": "show_command",
    "outline": "outline_command",
    "list": "list_command",
    "search": "search_command",
    "index": "index_command",
    "check": "check_command",
    "stats": "stats_command",
    "export": "export_command",
    "marks": "marks_command",
}
"""The commands and their modules in this folder; any other first argument is an archive to open."""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code: 0, or that of the error (1 failure, 2 invalid usage)."""
    _make_streams_robust()
    language.use("auto")
    with plain_output():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("", arguments)
    try:
        settings = load()
        language.use(settings.language)
        return _command(name)(rest, settings)
    except ReaderError as error:
        print_error(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of the pipe, such as `head`, is done. Prevent a second error when Python flushes stdout on exit.
        _drop_output()
        return 0
    except OSError as error:
        # The disk is full or the terminal is gone. Prevent a second error when Python flushes stdout on exit.
        with suppress(OSError):
            print_error(ReaderError(_("Cannot write the output ({reason})").format(reason=error.strerror or error)))
        _drop_output()
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:  # noqa: BLE001 - the last resort: print one line, not a traceback
        print_crash(error, _crash_folder())
        return 1


def _crash_folder() -> Path | None:
    try:
        return cache_folder()
    except ReaderError:
        return None


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Command:
    """Typed access to a command module's `run`; the module is imported on demand."""

    def __init__(self, module: str) -> None:
        self._run = import_module(f"reader.cli.{module}").run

    def __call__(self, arguments: Sequence[str], settings: Settings) -> int:
        code: int = self._run(list(arguments), settings)
        # Flush here, so that a broken pipe is handled by the caller.
        sys.stdout.flush()
        return code


def _command(name: str) -> _Command:
    return _Command(COMMANDS.get(name, "open_command"))


def _make_streams_robust() -> None:
    """Replace characters that the terminal's encoding lacks by “?” instead of raising an error.

    Streams that were closed before the start are reopened: writing to stdout fails, output to stderr is discarded.
    """
    # Closed streams are None, which the type stubs do not express.
    if vars(sys)["stdout"] is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if vars(sys)["stderr"] is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
