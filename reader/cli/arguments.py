"""Argument parsing common to all commands."""

import argparse
import re
from collections.abc import Sequence

from reader.language import _, listed

NARROWEST, WIDEST = 10, 1_000
"""Minimum and maximum text width in cells: below 10, nested lists do not fit."""

SHORTEST, LONGEST = 5, 100
"""Minimum and maximum length of columns of vertical text in rows."""


def path(text: str) -> str:
    """A path argument, for which browsers and file managers may have copied a URL: `file:///home/mei/tea%20house.md`.

    Empty arguments, as from an unset variable, are rejected instead of meaning the current folder.

    Raises:
        argparse.ArgumentTypeError: The text is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(_("a path must not be empty"))
    if re.match("(?i)file:///|file://localhost/", text):
        from urllib.parse import unquote, urlsplit  # noqa: PLC0415 - slow to import, and few paths are URLs

        return unquote(urlsplit(text).path, errors="surrogateescape")
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
    """Protect query terms such as `-上海` from argparse: a hyphen and a character that is not a letter in `options`."""
    # Argparse does not treat arguments with a space as options.
    return [f" {one}" if one != "-0" and re.match(f"-[^-{options}]", one) else one for one in arguments]
