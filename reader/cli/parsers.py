"""The argument parsers of all commands, apart from the commands: `--help` and usage errors need not import these."""

import argparse
from collections.abc import Callable, Sequence

from reader import __version__
from reader.cli.arguments import (
    add_archive,
    add_base,
    add_json,
    add_listing,
    add_width,
    add_written_in,
    path,
    with_exclusions,
)
from reader.cli.command_parser import CommandParser
from reader.language import N_, _, listed

_COMMANDS_A_ROW = 7
"""Commands in a row of the usage, so that it fits in 80 columns."""


def parse(command: str, arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments of a command; an empty name stands for opening the screen.

    Raises:
        UsageError: The arguments are invalid.
        SystemExit: Help or the version was printed.
    """
    known_options = _WITH_QUERY.get(command)
    prepared = list(arguments) if known_options is None else with_exclusions(arguments, known_options)
    parser = make_parser(command)
    options, unknown = parser.parse_known_args(prepared)
    if command in _OF_FILES and any(one.startswith("+") for one in prepared):
        from reader.cli.starting_places import is_command  # noqa: PLC0415 - few articles are opened at a place

        unknown += filter(is_command, prepared)
    if unknown:
        parser.refuse(unknown)
    return options


def _open() -> CommandParser:
    commands = [name for name in _PARSERS if name]
    names = (*commands, "help", "version")
    rows = [" | ".join(names[start : start + _COMMANDS_A_ROW]) for start in range(0, len(names), _COMMANDS_A_ROW)]
    parser = CommandParser(
        prog="reader",
        usage="reader [PATH …]\nreader " + " |\n       ".join(rows),
        description=_("Read archived articles in the terminal."),
        epilog=_(
            "Other commands: {commands}. See “reader help COMMAND”. Exit codes: 0 success; 1 failure, or nothing "
            "found; 2 invalid usage or settings; 130 interrupted."
        ).format(commands=listed(names)),
    )
    parser.add_argument(
        "path",
        nargs="*",
        type=path,
        metavar="PATH",
        help=_("a folder of articles, a file, FILE:20 or FILE#Heading, or “-” for standard input"),
    )
    add_written_in(parser)
    add_base(parser)
    parser.add_argument(
        "-V",
        "--version",
        action="version",
        version=f"reader {__version__}",
        help=_("show program's version number and exit"),
    )
    return parser


def _show() -> CommandParser:
    from reader.cli.show_parser import show_parser  # noqa: PLC0415 - the other commands do not need it

    return show_parser()


def _outline() -> CommandParser:
    parser = CommandParser(prog="reader outline", description=_("Print the outline of an article."))
    parser.add_argument(
        "file", type=path, metavar="FILE", help=_("article to read: a file, an id, or “-” for standard input")
    )
    add_archive(parser)
    add_written_in(parser)
    parser.add_argument(
        "--json", action="store_true", help=_("print JSON: a list of objects with level, title and line")
    )
    return parser


def _list() -> CommandParser:
    parser = CommandParser(prog="reader list", description=_("List the articles of an archive, newest first."))
    add_archive(parser)
    add_listing(parser, ("date", "title", "author", "source", "size", "path"), None)
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("list only articles that match a query (see the README)")
    )
    return parser


def _search() -> CommandParser:
    parser = CommandParser(prog="reader search", description=_("Search the articles of an archive."))
    add_archive(parser)
    add_listing(parser, ("relevance", "date", "title", "author", "source", "size", "path"), 20)
    parser.add_argument("--newest", action="store_true", help=_("the same as --sort date"))
    parser.add_argument(
        "--like", type=path, metavar="FILE", help=_("find the articles most like the one in a file, instead of a query")
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help=_("query (see the README)"))
    return parser


def _links() -> CommandParser:
    parser = CommandParser(
        prog="reader links",
        description=_("List the links of an article and where they lead, or the links to it, or broken links."),
    )
    add_archive(parser)
    add_json(parser)
    parser.add_argument("--to", type=path, metavar="FILE", help=_("list what links to the article in a file"))
    parser.add_argument(
        "--broken", action="store_true", help=_("list links that lead nowhere, and pictures that do not exist")
    )
    parser.add_argument(
        "file", type=path, nargs="?", metavar="FILE", help=_("article whose links are listed; “-” for standard input")
    )
    add_written_in(parser)
    add_base(parser)
    return parser


def _index() -> CommandParser:
    parser = CommandParser(prog="reader index", description=_("Update the index of an archive."))
    add_archive(parser)
    parser.add_argument("--rebuild", action="store_true", help=_("rebuild it from scratch"))
    return parser


def _check() -> CommandParser:
    parser = CommandParser(
        prog="reader check",
        description=_("List warnings: what could not be read as intended, and what was done instead."),
    )
    add_archive(parser)
    add_json(parser)
    return parser


def _stats() -> CommandParser:
    parser = CommandParser(
        prog="reader stats", description=_("Chart the number of articles by category, source and month.")
    )
    add_archive(parser)
    return parser


def _export() -> CommandParser:
    from reader.export.export_formats import FORMATS  # noqa: PLC0415 - no other command needs it

    default = next(iter(FORMATS))
    parser = CommandParser(prog="reader export", description=_("Export articles to files."))
    parser.add_argument(
        "file",
        type=path,
        nargs="*",
        metavar="FILE",
        help=_("article to export: a file, an id, or “-” for standard input"),
    )
    add_archive(parser)
    parser.add_argument("-q", "--query", metavar="QUERY", help=_("export the articles that match a query"))
    add_written_in(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=path,
        metavar="FOLDER|FILE",
        help=_(
            "output folder, created if missing, or a file, such as NAME.epub, not in an archive; “-” for standard"
            " output (default: the folder of the settings)"
        ),
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        metavar="FORMAT",
        help=_("output format: {formats}; default: that of the file named by -o, else {name}").format(
            formats=listed(_("{name} ({title})").format(name=one.name, title=_(one.title)) for one in FORMATS.values()),
            name=default,
        ),
    )
    parser.add_argument(
        "--template",
        type=path,
        metavar="NAME|FILE",
        help=_("template of Markdown: obsidian, logseq, one of your own, or plain (default: the one of the settings)"),
    )
    parser.add_argument("--book", metavar="TITLE", help=_("write all articles as one book, with --format epub"))
    _add_contents(parser)
    parser.add_argument("--force", action="store_true", help=_("overwrite existing files"))
    add_width(parser)
    return parser


def _add_contents(parser: CommandParser) -> None:
    """Add the options for what exported files contain."""
    parser.add_argument("--marks", action="store_true", help=_("include your highlights and notes"))
    parser.add_argument(
        "--highlights",
        choices=("mark", "=="),
        help=_("include them, in Markdown as <mark> elements or as ==text== (default: as the template says)"),
    )
    parser.add_argument(
        "--pictures",
        action="store_true",
        help=_("copy the pictures of Markdown and Org into a folder “assets” beside (HTML and EPUB contain them)"),
    )


def _marks() -> CommandParser:
    from reader.cli.marks_parser import marks_parser  # noqa: PLC0415 - it has many subcommands

    return marks_parser()


def make_parser(command: str) -> CommandParser:
    """Create the parser of a command; an empty name stands for opening the screen."""
    return _PARSERS[command]()


def _program(command: str) -> CommandParser:
    from reader.cli import program_parsers  # noqa: PLC0415 - the other commands need none of them

    parser: CommandParser = getattr(program_parsers, f"{command}_parser")()
    return parser


COMMAND_HELP = {
    "show": N_("print articles"),
    "outline": N_("print the outline of an article"),
    "list": N_("list articles"),
    "search": N_("search articles"),
    "links": N_("list links and where they lead"),
    "index": N_("update the index"),
    "check": N_("list warnings about files"),
    "stats": N_("count articles by category, source and month"),
    "export": N_("export articles to files"),
    "marks": N_("export, import and check your marks"),
    "keys": N_("list the actions and their keys"),
    "settings": N_("check the settings, or write a file of them"),
    "serve": N_("show the reader in a browser"),
    "mcp": N_("let an agent search and read"),
    "doctor": N_("print what a bug report needs"),
    "completion": N_("print a completion script for a shell"),
}
"""What each command does, in English; translate it with `language._` when it is shown."""

_PARSERS: dict[str, Callable[[], CommandParser]] = {
    "": _open,
    "show": _show,
    "outline": _outline,
    "list": _list,
    "search": _search,
    "links": _links,
    "index": _index,
    "check": _check,
    "stats": _stats,
    "export": _export,
    "marks": _marks,
    "keys": lambda: _program("keys"),
    "settings": lambda: _program("settings"),
    "serve": lambda: _program("serve"),
    "mcp": lambda: _program("mcp"),
    "doctor": lambda: _program("doctor"),
    "completion": lambda: _program("completion"),
}

_OF_FILES = frozenset({"", "show"})
"""Commands that open articles at a place, such as `+20`, as `less` and `vim` do."""

_WITH_QUERY = {"list": "ah", "search": "ah", "marks": "aho"}
"""Commands whose arguments may be terms of a query, with the letters of their short options."""
