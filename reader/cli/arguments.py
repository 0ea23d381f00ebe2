"""Argument parsing common to all commands."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence

from reader.errors import UsageError
from reader.language import _, listed, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Action
    from argparse import _MutuallyExclusiveGroup as _Group
    from collections.abc import Iterable
    from typing import NoReturn

NARROWEST, WIDEST = 10, 1_000
"""Minimum and maximum text width in cells: below 10, nested lists do not fit."""

SHORTEST, LONGEST = 5, 100
"""Minimum and maximum length of columns of vertical text in rows."""

# Argparse imports its translation functions as module globals and calls them for each message.
vars(argparse).update(_=_, ngettext=ngettext)


class CommandParser(argparse.ArgumentParser):
    """An argument parser that reports errors as `UsageError`: one line with a hint."""

    def error(self, message: str, hint: str = "") -> "NoReturn":
        """Raise an error instead of printing it.

        Raises:
            UsageError: Always.
        """
        hint = hint or _("see {command} --help").format(command=self.prog)
        # Argparse begins its messages in lower case, unlike the other errors.
        raise UsageError(message[:1].upper() + message[1:], hint)

    def _check_value(self, action: "Action", value: object) -> None:
        """Refuse a value that is not among the choices; argparse would quote and list them as Python does."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                action,
                _("invalid choice “{value}” (choose from {choices})").format(
                    value=value, choices=listed(action.choices)
                ),
            )

    def refuse(self, unknown: Sequence[str]) -> "NoReturn":
        """Raise an error about unknown arguments; the hint says what to write instead of those of other programs.

        Raises:
            UsageError: Always.
        """
        from reader.cli.foreign_options import hint_for  # noqa: PLC0415 - only for an error

        self.error(_("unrecognized arguments: %s") % " ".join(unknown), hint_for(self.prog, unknown))

    def format_help(self) -> str:
        """The help; Python before 3.12 does not translate the colon of a heading."""
        shown = super().format_help()
        for group in self._action_groups:
            heading = _("%(heading)s:") % {"heading": group.title}
            shown = shown.replace(f"\n{group.title}:\n", f"\n{heading}\n")
        return shown

    def _get_formatter(self) -> argparse.HelpFormatter:
        """Create the formatter of the help; without a width, argparse would import `shutil` to measure the terminal."""
        return _HelpFormatter(self.prog, width=terminal_columns() - 2)


_OPENING = frozenset("（「『《【")
_CLOSING = frozenset("、。，．：；！？）」』》】々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ")


class _HelpFormatter(argparse.HelpFormatter):
    """A formatter that breaks Chinese and Japanese by cells, and not within words in Latin letters.

    Argparse counts characters, and takes text without spaces for one overlong word. The layout of articles would take
    longer to import than the help to print.
    """

    def _format_usage(
        self, usage: str | None, actions: "Iterable[Action]", groups: "Iterable[_Group]", prefix: str | None
    ) -> str:
        prefix = _("usage: ") if prefix is None else prefix
        # Argparse indents by characters, of which each takes two cells in 用法.
        wider = _cells(prefix) - len(prefix) if usage is None else _cells(prefix)
        self._width -= wider
        shown = super()._format_usage(usage, actions, groups, prefix)
        self._width += wider
        return shown.rstrip("\n").replace("\n", "\n" + " " * wider) + "\n\n"

    def _split_lines(self, text: str, width: int) -> list[str]:
        text = " ".join(text.split())
        if _cells(text) == len(text):
            return super()._split_lines(text, width)
        lines = [""]
        used = 0
        for piece in _pieces(text):
            cells = _cells(piece)
            if lines[-1] and used + cells > width:
                lines.append(piece.lstrip())
                used = _cells(lines[-1])
            else:
                lines[-1] += piece
                used += cells
        return lines

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in self._split_lines(text, width - len(indent)))


def _pieces(text: str) -> list[str]:
    """Split a text into what no line is broken within: a Latin word, or a character, with the marks around it.

    An expression for this would take longer to compile than the help to print.
    """
    pieces = [""]
    before = " "
    for sign in text:
        if sign == " ":
            is_break = before != " "
        else:
            is_break = before != " " and before not in _OPENING and sign not in _CLOSING and _cells(before + sign) > 2
        if is_break:
            pieces.append("")
        pieces[-1] += sign
        before = sign
    return pieces


def _cells(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if "\u2e80" <= sign <= "\uffef" else 1 for sign in text)


def terminal_columns(otherwise: int = 80) -> int:
    """The width of the terminal in cells: $COLUMNS, or else what it reports, as in `shutil.get_terminal_size`."""
    return _terminal_size("COLUMNS", lambda size: size.columns) or otherwise


def terminal_rows(otherwise: int = 24) -> int:
    """The height of the terminal in rows: $LINES, or else what it reports."""
    return _terminal_size("LINES", lambda size: size.lines) or otherwise


def _terminal_size(variable: str, wanted: Callable[[os.terminal_size], int]) -> int:
    """A number that a variable of the environment or else the terminal says; 0 if neither does."""
    try:
        number = int(os.environ.get(variable, ""))
    except ValueError:
        number = 0
    if number <= 0:
        try:
            # The stream may be missing, closed, or not connected to a terminal.
            number = wanted(os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1))
        except (AttributeError, ValueError, OSError):
            number = 0
    return number


def path(text: str) -> str:
    """A path argument; empty arguments, as from an unset variable, are rejected instead of meaning the current folder.

    Raises:
        argparse.ArgumentTypeError: The text is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(_("a path must not be empty"))
    return text


def host(text: str) -> str:
    """A host name or address; an empty one, as from an unset variable, is rejected instead of meaning all addresses.

    Raises:
        argparse.ArgumentTypeError: The text is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(_("a host name must not be empty"))
    return text


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


def port(text: str) -> int:
    """A port argument.

    Raises:
        argparse.ArgumentTypeError: The text is not a whole number from 0 to 65,535.
    """
    if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(_("the port must be a whole number from 0 to 65535"))


def rows(text: str) -> int:
    """An argument for the length of columns, in rows.

    Raises:
        argparse.ArgumentTypeError: The text is not a whole number from 5 to 100.
    """
    count = int(text) if text.isdecimal() and len(text) < 4 else 0
    if not SHORTEST <= count <= LONGEST:
        raise argparse.ArgumentTypeError(
            _("the length must be a whole number of rows from {low} to {high}").format(low=SHORTEST, high=LONGEST)
        )
    return count


def add_width(parser: argparse.ArgumentParser) -> None:
    """Add the option `--width N` to a command."""
    parser.add_argument("--width", type=width, metavar="N", help=_("maximum line width in cells (default: 80)"))


def add_articles(parser: argparse.ArgumentParser, text: str) -> None:
    """Add the articles to read, described by `text`, to a command."""
    parser.add_argument("file", type=path, nargs="+", metavar="FILE", help=text)


def add_base(parser: argparse.ArgumentParser) -> None:
    """Add the option `--base BASE` to a command that shows links."""
    parser.add_argument(
        "--base", metavar="BASE", help=_("web address or path to which the relative links of the article refer")
    )


def add_written_in(parser: argparse.ArgumentParser) -> None:
    """Add the option `--as FORMAT` for standard input to a command."""
    parser.add_argument(
        "--as",
        dest="written_in",
        choices=("html", "markdown", "text"),
        help=_("format of standard input (default: detected)"),
    )


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


def add_json(parser: "argparse._ActionsContainer") -> None:
    """Add the option `--json` to a command that prints a list."""
    parser.add_argument("--json", action="store_true", help=_("print JSON: a list of objects"))


def limit(text: str) -> int:
    """A number of results.

    Raises:
        argparse.ArgumentTypeError: The text is not a whole number from 1 to 1,000,000.
    """
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError(_("the limit must be a whole number of at least 1"))
    return number


def add_listing(parser: argparse.ArgumentParser, sorts: Sequence[str], most: int | None) -> None:
    """Add the options of a command that lists articles: their order, number and form; the first sort is the default."""
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument(
        "--format",
        metavar="TEMPLATE",
        help=_(r"print each article by a template such as '{path}\t{title}'; an unknown field prints the known ones"),
    )
    form.add_argument("--count", action="store_true", help=_("print only the number of articles"))
    parser.add_argument(
        "-0", "--null", action="store_true", help=_("end each path, or row of --format, with NUL, for “xargs -0”")
    )
    parser.add_argument(
        "--sort", choices=tuple(sorts), default=sorts[0], help=_("sort by {keys}").format(keys=listed(sorts))
    )
    parser.add_argument("--reverse", action="store_true", help=_("reverse the order"))
    parser.add_argument("--since", metavar="DATE", help=_("only articles since a date: 2021-11, 7d, yesterday"))
    parser.add_argument(
        "--limit",
        type=limit,
        default=most,
        metavar="N",
        help=_("maximum number of articles (default: {count})").format(count=most or _("all")),
    )


def with_exclusions(arguments: Sequence[str], options: str) -> list[str]:
    """Protect query terms such as `-上海` from argparse: a hyphen followed by a character that is not in `options`."""
    # Argparse does not treat arguments with a space as options.
    return [f" {one}" if one != "-0" and re.match(f"-[^-{options}]", one) else one for one in arguments]
