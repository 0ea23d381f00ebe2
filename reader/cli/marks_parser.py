"""The argument parser of `reader marks`."""

import argparse

from reader.cli.arguments import CommandParser, add_archive, add_json, path
from reader.language import _


def marks_parser() -> CommandParser:
    """The parser of the command and its subcommands."""
    parser = CommandParser(
        prog="reader marks",
        description=_("Export, import, check or clear your marks: bookmarks, highlights, notes and reading history."),
    )
    commands = parser.add_subparsers(
        required=True, dest="subcommand", metavar="export | import | words | due | check | restore | clear-history"
    )
    subcommand = commands.add_parser("export", help=_("export all marks, or those of some articles"))
    subcommand.add_argument(
        "--markdown", action="store_true", help=_("export quotations and notes as Markdown, which cannot be imported")
    )
    subcommand.add_argument(
        "--format",
        choices=("anki", "apkg", "clippings", "readwise"),
        help=_("export highlights and notes for another program"),
    )
    subcommand.add_argument(
        "--obsidian", type=path, metavar="FOLDER", help=_("update one note for each article in a vault of Obsidian")
    )
    _add_output_file(subcommand)
    add_archive(subcommand)
    subcommand.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("export only marks of articles that match a query (see the README)")
    )
    subcommand = commands.add_parser("import", help=_("import exported marks; existing marks are kept"))
    add_archive(subcommand)
    subcommand.add_argument("file", type=path, metavar="FILE", help=_("file written by “reader marks export”"))
    subcommand = commands.add_parser("words", help=_("print the words that were looked up, as a file for Anki"))
    _add_output_file(subcommand)
    subcommand = commands.add_parser("due", help=_("print the highlights to review today"))
    form = subcommand.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--count", action="store_true", help=_("print only the number of highlights"))
    commands.add_parser("check", help=_("check the marks database and its backups"))
    subcommand = commands.add_parser("restore", help=_("set a corrupt marks database aside and restore a backup"))
    subcommand.add_argument(
        "copy", type=path, nargs="?", metavar="COPY", help=_("backup to restore (default: newest intact one)")
    )
    subcommand.add_argument(
        "--discard", action="store_true", help=_("set an interrupted restore aside instead of finishing it")
    )
    commands.add_parser("clear-history", help=_("clear the reading history and statistics; marks are kept"))
    return parser


def _add_output_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=path, metavar="FILE", help=_("output file (default: standard output)"))
    parser.add_argument("--force", action="store_true", help=_("overwrite an existing file"))
