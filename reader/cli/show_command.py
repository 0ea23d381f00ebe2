"""`reader show`: print an article as text."""

import shutil

from reader.cli.arguments import NARROWEST, CommandParser, add_width, path
from reader.cli.articles import head, open_file
from reader.cli.output import print_faults
from reader.export.text import render_text
from reader.language import _
from reader.settings.options import Settings


def run(arguments: list[str], settings: Settings) -> int:
    """Print an article, laid out for a width; return 0 if it could be read."""
    parser = CommandParser(prog="reader show", description=_("Print an article, typeset for the terminal."))
    parser.add_argument("file", type=path, metavar="FILE", help=_("article to read"))
    add_width(parser)
    options = parser.parse_args(arguments)
    reading = open_file(options.file)
    print_faults(reading.faults)
    # Limit the width to that of the terminal; a pipe has no width, so the configured one applies.
    terminal = shutil.get_terminal_size((settings.measure, 24)).columns
    width = options.width or max(NARROWEST, min(settings.measure, terminal))
    for line in render_text(head(reading), reading.document, width, settings.typesetting):
        print(line)
    return 0
