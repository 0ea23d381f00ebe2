"""The entry point: `reader PATH…` opens the screen, `reader COMMAND …` runs without it."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from reader import language
from reader.cli import on_demand
from reader.cli.parsers import parse
from reader.cli.sanitized_stream import plain_output
from reader.errors import ArchiveError, ReaderError, UsageError
from reader.language import _, listed
from reader.lazy_imports import import_module
from reader.memory import collect_late
from reader.regex_cache import regexes_kept
from reader.settings.base_folders import cache_place, settings_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from reader.settings.options import Settings

COMMANDS = {
    "show": "show_command",
    "outline": "outline_command",
    "list": "list_command",
    "search": "search_command",
    "links": "links_command",
    "index": "index_command",
    "check": "check_command",
    "stats": "stats_command",
    "export": "export_command",
    "marks": "marks_command",
    "keys": "keys_command",
    "settings": "settings_command",
    "serve": "serve_command",
    "mcp": "mcp_command",
    "doctor": "doctor_command",
    "completion": "completion_command",
}
"""The commands and their modules in this folder; any other first argument is an archive to open."""

_WITHOUT_SETTINGS = frozenset({"doctor", "settings"})
"""The commands that also work with an invalid settings file, and read it themselves."""

_HELP = frozenset({"-h", "--help"})
"""The options of help, which may precede the name of a command."""

_ELSEWHERE = {
    "add": "settings",
    "cat": "show",
    "config": "settings",
    "convert": "export",
    "find": "search",
    "grep": "search",
    "info": "doctor",
    "less": "show",
    "ls": "list",
    "print": "show",
    "toc": "outline",
    "tags": "list",
    "update": "index",
    "view": "show",
    "web": "serve",
}
"""Commands by the names under which other programs do the same."""

_LIKENESS = 0.7
"""The minimum similarity, 0 to 1 (difflib's ratio), at which a word counts as a misspelt command."""

_INTERRUPTED = 128 + 2
"""The exit code after SIGINT, by the convention of shells."""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code: 0, or that of the error (1 failure, 2 invalid usage)."""
    collect_late()
    _make_streams_robust()
    language.use("auto")
    with plain_output(), regexes_kept(cache_place):
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("", arguments)
    try:
        written = _written_settings(valid=name not in _WITHOUT_SETTINGS)
        if not name and rest:
            name, rest = _short_command(rest)
        if not name and rest:
            _reject_misspelt_command(rest[0])
        options = parse(name, rest)
        return _command(name)(options, written or on_demand.Settings())
    except ReaderError as error:
        on_demand.print_error(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of the pipe, such as `head`, is done. Prevent a second error when Python flushes stdout on exit.
        _drop_output()
        return 0
    except OSError as error:
        # The disk is full or the terminal is gone. Prevent a second error when Python flushes stdout on exit.
        with suppress(OSError):
            on_demand.print_error(
                ReaderError(_("Cannot write the output ({reason})").format(reason=error.strerror or error))
            )
        _drop_output()
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: print one line, not a traceback
        on_demand.print_crash(error, on_demand.crash_folder())
        return 1


def _short_command(arguments: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command and arguments that `help`, `help COMMAND …` or `version` stands for; other arguments are unchanged.

    `--help COMMAND` is the same as `help COMMAND`, as in git.

    Raises:
        UsageError: There is no such command.
    """
    word, *rest = arguments
    if word == "version":
        return "", ["--version"]
    if word != "help" and not (word in _HELP and rest and rest[0] in COMMANDS):
        return "", arguments
    if not rest:
        return "", ["--help"]
    name, *within = rest
    if name not in COMMANDS:
        message = _("There is no command “{command}”").format(command=name)
        raise UsageError(message, _("available: {keys}").format(keys=listed(COMMANDS)))
    return name, [*within, "--help"]


def _reject_misspelt_command(word: str) -> None:
    """Raise an error if the first word is not a path, but resembles a command or is a command of another program.

    Raises:
        ArchiveError: This is so; the hint names the command.
    """
    if not word.isalpha() or os.path.lexists(word):
        return
    command = _ELSEWHERE.get(word.lower()) or _similar(word.lower())
    if command:
        message = _("{path} does not exist").format(path=word)
        raise ArchiveError(message, _("did you mean “reader {command}”?").format(command=command))


def _similar(word: str) -> str:
    """The command that a word resembles; empty if there is none."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only for a misspelt word

    return next(iter(get_close_matches(word, (*COMMANDS, "help", "version"), 1, _LIKENESS)), "")


def _written_settings(*, valid: bool) -> "Settings | None":
    """Load the settings and use their language if a settings file exists; otherwise, no further module is imported.

    If they need not be `valid`, as for help and errors, only use the language, if that is valid, and return None.
    """
    if not os.path.lexists(settings_place()):
        return None
    try:
        settings, errors = on_demand.load_valid()
    except ReaderError:
        if valid:
            raise
        return None
    language.use(settings.language)
    if not valid:
        return None
    # Loading again raises the first error, now in the language of the file.
    return on_demand.load() if errors else settings


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Command:
    """Typed access to a command module's `run`; the module is imported on demand."""

    def __init__(self, module: str) -> None:
        self._run = import_module(f"reader.cli.{module}").run

    def __call__(self, options: "Namespace", settings: "Settings") -> int:
        code: int = self._run(options, settings)
        # Flush here, so that a broken pipe is handled by the caller.
        sys.stdout.flush()
        return code


def _command(name: str) -> _Command:
    return _Command(COMMANDS.get(name, "open_command"))


def _make_streams_robust() -> None:
    """Replace characters that the terminal's encoding lacks with “?” instead of raising an error.

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
