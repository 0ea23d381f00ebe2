"""Argument parsing common to all commands, and the choice of archives."""

import argparse
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from reader import resources
from reader.errors import UsageError
from reader.language import _, ngettext
from reader.settings.options import Settings

NARROWEST, WIDEST = 10, 1_000
"""Minimum and maximum text width in cells: below 10, nested lists do not fit."""

# Argparse imports its translation functions as module globals and calls them for each message.
vars(argparse).update(_=_, ngettext=ngettext)


class CommandParser(argparse.ArgumentParser):
    """An argument parser that reports errors as `UsageError`: one line with a hint."""

    def error(self, message: str) -> NoReturn:
        """Raise an error instead of printing it.

        Raises:
            UsageError: Always.
        """
        raise UsageError(message, _("see {command} --help").format(command=self.prog))


def path(text: str) -> Path:
    """A path argument; empty arguments, as from an unset variable, are rejected instead of meaning the current folder.

    Raises:
        argparse.ArgumentTypeError: The text is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(_("a path must not be empty"))
    return Path(text)


def width(text: str) -> int:
    """A width argument, in cells.

    Raises:
        argparse.ArgumentTypeError: The text is not a whole number from 10 to 1,000.
    """
    try:
        cells = int(text)
    except ValueError:
        cells = 0
    if not NARROWEST <= cells <= WIDEST:
        raise argparse.ArgumentTypeError(
            _("the width must be a whole number of cells from {low} to {high}").format(low=NARROWEST, high=WIDEST)
        )
    return cells


def add_width(parser: argparse.ArgumentParser) -> None:
    """Add the option `--width N` to a command."""
    parser.add_argument("--width", type=width, metavar="N", help=_("maximum line width in cells (default: 80)"))


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Add the repeatable option `-a ARCHIVE` to a command."""
    parser.add_argument(
        "-a",
        "--archive",
        action="append",
        type=path,
        default=[],
        metavar="ARCHIVE",
        help=_("a folder of articles or a single file (repeatable)"),
    )


def with_exclusions(arguments: Sequence[str], options: str = "ah") -> list[str]:
    """Keep query terms such as `-上海` from being parsed as options: a hyphen, then none of `options`."""
    # Argparse does not treat arguments with a space as options.
    return [f" {one}" if re.match(f"-[^-{options}]", one) else one for one in arguments]


def archives(named: Sequence[Path], settings: Settings) -> list[Path]:
    """The archives to use: those `named`, else $READER_ARCHIVE, else the settings', else the sample archive."""
    if named:
        return list(named)
    environment = [part for part in os.environ.get("READER_ARCHIVE", "").split(os.pathsep) if part]
    chosen = environment or list(settings.archives)
    return [Path(part).expanduser() for part in chosen] or [resources.seeds()]
