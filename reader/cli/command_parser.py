"""The parser of a command's arguments, with errors as exceptions and help that breaks lines by cells."""

import argparse
import os
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

    from _typeshed import SupportsWrite

# Argparse imports its translation functions as module globals and calls them for each message.
vars(argparse).update(_=_, ngettext=ngettext)


class CommandParser(argparse.ArgumentParser):
    """An argument parser that reports errors as `UsageError`: one line with a hint."""

    def error(self, message: str, hint: str = "") -> "NoReturn":
        """Raise an error instead of printing it.

        Raises:
            UsageError: Always.
        """
        hint = hint or see_help(self.prog)
        # Argparse begins its messages in lower case, unlike the other errors.
        raise UsageError(message[:1].upper() + message[1:], hint)

    def _check_value(self, action: "Action", value: object) -> None:
        """Refuse a value that is not among the choices; argparse would quote and list them as Python does."""
        if action.choices is not None and value not in action.choices:
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - there is no other name for it
                command = f"{self.prog} {value}".partition(" ")[2]
                self.error(
                    _("There is no command “{command}”").format(command=command),
                    _("available: {keys}").format(keys=listed(action.choices)),
                )
            raise argparse.ArgumentError(
                action,
                _("invalid choice “{value}” (choose from {choices})").format(
                    value=value, choices=listed(action.choices)
                ),
            )

    def exit(self, status: int = 0, message: str | None = None) -> "NoReturn":
        """Exit after the help or the version, once all of it is written.

        Raises:
            OSError: It cannot be written.
        """
        sys.stdout.flush()
        super().exit(status, message)

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        """Print the help or the version; argparse would ignore an error of writing."""
        (file or sys.stdout).write(message)

    def refuse(self, unknown: Sequence[str]) -> "NoReturn":
        """Raise an error about unknown arguments; for an option of another program, the hint names the equivalent.

        Raises:
            UsageError: Always.
        """
        from reader.cli.foreign_options import hint_for  # noqa: PLC0415 - only for an error

        self.error(_("unrecognized arguments: %s") % " ".join(unknown), hint_for(self.prog, unknown))

    def parse_known_args(  # type: ignore[override] # argparse allows any object as namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse as argparse does; if an option is unknown and an argument is missing, report the option.

        Raises:
            UsageError: The arguments are invalid.
        """
        try:
            return super().parse_known_args(args, namespace)
        except UsageError as error:
            if unknown := self._unknown(args):
                self.refuse(unknown)
            from reader.cli.foreign_options import hint_without_value  # noqa: PLC0415 - only for an error

            if hint := hint_without_value(self.prog, args or ()):
                raise UsageError(error.message, hint) from error
            raise

    def _unknown(self, args: Sequence[str] | None) -> list[str]:
        """The unknown arguments among some that are invalid for another reason."""
        for action in self._actions:
            action.required = False
        for group in self._mutually_exclusive_groups:
            group.required = False
        try:
            return super().parse_known_args(args)[1]
        except UsageError:
            return []

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


class SubcommandParser(CommandParser):
    """The parser of a subcommand, which reports unknown arguments itself, so that the hint names the subcommand."""

    def parse_known_args(  # type: ignore[override] # as above
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse arguments.

        Raises:
            UsageError: They are invalid, or some are unknown.
        """
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.refuse(unknown)
        return options, unknown


def see_help(command: str) -> str:
    """The hint for an invalid use of `command`, such as “reader marks export”."""
    return _("see “{command} --help”").format(command=command)


_OPENING = frozenset("（「『《【")
_CLOSING = frozenset("、。，．：；！？）」』》】々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ")


class _HelpFormatter(argparse.HelpFormatter):
    """A formatter that breaks Chinese and Japanese by cells, and not within words in Latin letters.

    Argparse counts characters, and treats text without spaces as one overlong word. Importing the layout of articles
    would take longer than printing the help.
    """

    def _format_usage(
        self, usage: str | None, actions: "Iterable[Action]", groups: "Iterable[_Group]", prefix: str | None
    ) -> str:
        prefix = _("usage: ") if prefix is None else prefix
        # Argparse indents by characters, but each character of 用法 takes two cells.
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
    """Split a text into pieces that no line break divides: a Latin word, or a character, with the marks around it.

    Compiling a regular expression for this would take longer than printing the help.
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
    """The width of the terminal in cells: $COLUMNS, or else its own report, as in `shutil.get_terminal_size`."""
    return _terminal_size("COLUMNS", lambda size: size.columns) or otherwise


def terminal_rows(otherwise: int = 24) -> int:
    """The height of the terminal in rows: $LINES, or else its own report."""
    return _terminal_size("LINES", lambda size: size.lines) or otherwise


def _terminal_size(variable: str, wanted: Callable[[os.terminal_size], int]) -> int:
    """The value of an environment variable, or else the size that the terminal reports; 0 if there is neither."""
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
