"""The argument parser of `reader marks`."""

import argparse

from reader.cli.arguments import add_archive, add_json, path
from reader.cli.command_parser import CommandParser, SubcommandParser
from reader.language import N_, _

_SUBCOMMANDS = {
    "export": (
        N_("export all marks, or those of some articles"),
        N_("Export all marks, or those of some articles, to a file that can be imported, or for another program."),
    ),
    "import": (
        N_("import exported marks; existing marks are kept"),
        N_("Import exported marks. Existing marks are kept; of two versions of a mark, the newer one stays."),
    ),
    "words": (
        N_("print the words that were looked up, as a file for Anki"),
        N_("Print the words that were looked up, with their sentences, as a file for Anki."),
    ),
    "due": (
        N_("print the highlights to review today"),
        N_("Print the highlights to review today, as many as the settings allow a day."),
    ),
    "check": (
        N_("check the marks database and its backups"),
        N_("Check the marks database and its backups, and list the backups that are intact."),
    ),
    "restore": (
        N_("set a corrupt marks database aside and restore a backup"),
        N_(
            "Set a corrupt marks database aside, restore a backup, and add everything that can still be read. Nothing "
            "is deleted."
        ),
    ),
    "clear-history": (
        N_("clear the reading history and statistics; marks are kept"),
        N_("Clear when, how far and how long you read. Marks and positions are kept."),
    ),
}
"""The description of each subcommand by its name, for the list of subcommands and for its own help."""


def marks_parser() -> CommandParser:
    """The parser of the command and its subcommands."""
    parser = CommandParser(
        prog="reader marks",
        description=_("Export, import, check or clear your marks: bookmarks, highlights, notes and reading history."),
    )
    commands = parser.add_subparsers(
        required=True,
        dest="subcommand",
        metavar="export | import | words | due | check | restore | clear-history",
        parser_class=SubcommandParser,
    )
    added = {
        name: commands.add_parser(name, help=_(text), description=_(description))
        for name, (text, description) in _SUBCOMMANDS.items()
    }
    subcommand = added["export"]
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
    subcommand = added["import"]
    add_archive(subcommand)
    subcommand.add_argument("file", type=path, metavar="FILE", help=_("file written by “reader marks export”"))
    _add_output_file(added["words"])
    form = added["due"].add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--count", action="store_true", help=_("print only the number of highlights"))
    subcommand = added["restore"]
    subcommand.add_argument(
        "copy", type=path, nargs="?", metavar="COPY", help=_("backup to restore (default: newest intact one)")
    )
    subcommand.add_argument(
        "--discard", action="store_true", help=_("set an interrupted restore aside instead of finishing it")
    )
    return parser


def _add_output_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=path, metavar="FILE", help=_("output file, not in an archive (default: standard output)")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite an existing file"))
