"""From arguments to a command: `reader PATH…` opens the screen, `reader COMMAND …` does without it."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from reader import language
from reader.cli.output import plain_output, print_crash, print_error
from reader.errors import ReaderError
from reader.language import _
from reader.settings.folders import cache_folder
from reader.settings.loader import load
from reader.settings.options import Settings

COMMANDS = {
    "show": "show",
    "outline": "outline_command",
    "list": "listing",
    "search": "searching",
    "index": "indexing",
    "check": "checking",
    "stats": "stats_command",
    "export": "export",
    "marks": "marks_command",
}
"""The commands, and the module in this folder that each is; any other first argument is an archive to open."""


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit code: 0, or the error's (1 what cannot be done, 2 what cannot be asked)."""
    _print_anything()
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
        # `reader show … | head` has all it wants. Python would complain once more when it flushes stdout at its end.
        _drop_output()
        return 0
    except OSError as error:
        # The disk behind stdout is full, or its terminal is gone; what Python flushes at its end would say so again.
        with suppress(OSError):
            print_error(ReaderError(_("Cannot write the output ({reason})").format(reason=error.strerror or error)))
        _drop_output()
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets a sentence and a clean terminal
        print_crash(error, cache_folder())
        return 1


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Command:
    """Typed access to a command module's `run`, imported only when it is the one asked for."""

    def __init__(self, module: str) -> None:
        self._run = import_module(f"reader.cli.{module}").run

    def __call__(self, arguments: Sequence[str], settings: Settings) -> int:
        code: int = self._run(list(arguments), settings)
        # Flushed here, so that a reader of the pipe who left is met inside `run`'s try.
        sys.stdout.flush()
        return code


def _command(name: str) -> _Command:
    return _Command(COMMANDS.get(name, "open"))


def _print_anything() -> None:
    """Let a terminal whose encoding lacks a character show “?” for it, rather than end with an error.

    What was closed before the start is opened so that all that is written to it fails, or on stderr is dropped.
    """
    # Python has None for what is closed, which its types do not tell.
    if vars(sys)["stdout"] is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if vars(sys)["stderr"] is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
