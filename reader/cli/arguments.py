"""What the commands have in common: how their arguments are read, and which archives they mean."""

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
"""The widths, in cells, that text can be set in: below 10 not even a list fits."""

# Argparse binds its translation functions at import, in English; it looks them up again for each message.
vars(argparse).update(_=_, ngettext=ngettext)


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is an error like any other: one line, with a hint."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print.

        Raises:
            UsageError: Always.
        """
        raise UsageError(message, _("see {command} --help").format(command=self.prog))


def path(text: str) -> Path:
    """A path, as an argument; an empty one, which an unset variable leaves, is no path and not this folder.

    Raises:
        argparse.ArgumentTypeError: It is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(_("a path must not be empty"))
    return Path(text)


def width(text: str) -> int:
    """A width in cells, as an argument.

    Raises:
        argparse.ArgumentTypeError: It is not a whole number from 10 to 1,000.
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
    """Let a command take `--width N`."""
    parser.add_argument("--width", type=width, metavar="N", help=_("maximum line width in cells (default: 80)"))


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Let a command take `-a ARCHIVE`, any number of times."""
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
    """Arguments in which a query's `-上海` is no option: what begins with one hyphen and none of `options`."""
    # Argparse takes what holds a blank for what it is.
    return [f" {one}" if re.match(f"-[^-{options}]", one) else one for one in arguments]


def archives(named: Sequence[Path], settings: Settings) -> list[Path]:
    """The archives meant: those named, else $READER_ARCHIVE, else the settings', else the sample archive."""
    if named:
        return list(named)
    environment = [part for part in os.environ.get("READER_ARCHIVE", "").split(os.pathsep) if part]
    chosen = environment or list(settings.archives)
    return [Path(part).expanduser() for part in chosen] or [resources.seeds()]
