"""Lines of an article with hyperlinks, for terminals that support them."""

import sys

from reader.cli.plain_stream import PlainStream
from reader.document.addresses import hyperlink_target
from reader.document.cleaning import inert
from reader.hyperlinks import hyperlink
from reader.layout.lines import Line


def print_linked(line: Line) -> None:
    """Print a line on stdout, which must be a terminal, with its links to web and mail addresses as hyperlinks."""
    stream = sys.stdout.unguarded if isinstance(sys.stdout, PlainStream) else sys.stdout
    left = len(line.text)
    parts: list[str] = []
    for run in line.runs:
        text = inert(run.text[:left])
        left -= len(run.text[:left])
        target = hyperlink_target(run.link) if run.link else ""
        parts.append(hyperlink(text, target) if target and text else text)
    print("".join(parts), file=stream)
