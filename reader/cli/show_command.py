"""`reader show`: print an article as text."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from reader.cli.arguments import NARROWEST, terminal_columns
from reader.cli.articles import head, open_file
from reader.cli.linked_lines import print_linked
from reader.cli.output import print_warnings
from reader.export.text import render_text, text_lines
from reader.hyperlinks import takes_hyperlinks
from reader.settings.options import Settings


def run(options: Namespace, settings: Settings) -> int:
    """Print an article, laid out for a width; return 0 if it could be read."""
    reading = open_file(Path(options.file), settings.line_breaks, whole_page=options.whole)
    print_warnings(reading.warnings)
    # Limit the width to that of the terminal; a pipe has no width, so the configured one applies.
    terminal = terminal_columns(settings.measure)
    width = options.width or max(NARROWEST, min(settings.measure, terminal))
    if sys.stdout.isatty() and takes_hyperlinks(os.environ):
        for line in text_lines(head(reading), reading.document, width, settings.typesetting):
            print_linked(line)
    else:
        for text in render_text(head(reading), reading.document, width, settings.typesetting):
            print(text)
    return 0
