"""`reader outline`: print the sections of an article."""

from argparse import Namespace

from reader.cli.articles import ArticleSource
from reader.cli.output import print_json, print_warnings
from reader.cli.standard_input import check_format
from reader.layout.head import set_head
from reader.layout.layout import Layout
from reader.reading.byline import head_of
from reader.settings.options import Settings


def run(options: Namespace, settings: Settings) -> int:
    """Print an outline, indented or as JSON; return 0 if the article could be read, even without sections."""
    check_format(options.written_in, [options.file])
    source = ArticleSource(settings, tuple(options.archive), written_in=options.written_in)
    reading = source.open(options.file)
    print_warnings(reading.warnings)
    sections = reading.outline.sections
    if not options.json:
        for section in sections:
            print("  " * (section.level - 1) + section.title)
        return 0
    layout = Layout(reading.document, settings.measure, settings.typesetting)
    above = len(set_head(head_of(reading), settings.measure, layout.typesetting))
    print_json(
        [
            {
                "level": section.level,
                "title": section.title,
                "line": above + layout.row_of(section.start) + 1,
                "block": section.start.block,
            }
            for section in sections
        ]
    )
    return 0
