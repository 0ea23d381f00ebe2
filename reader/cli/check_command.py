"""`reader check`: list all warnings, with their causes and effects."""

from argparse import Namespace

from reader.archive.skipped_files import skipped_message
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_json
from reader.document.sanitizing import clean_line
from reader.language import ngettext, translated
from reader.settings.options import Settings


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the warnings, one per line or as JSON; return 0 if there are none, else 1."""
    with current(archives(options.archive, settings), settings) as found:
        warnings = found.warnings
        skipped_files = skipped_message(found.skipped_files)
    if options.json:
        print_json([{"path": str(one.path), "line": one.line, "message": translated(one.message)} for one in warnings])
    else:
        for warning in warnings:
            print(clean_line(str(warning)))
        if skipped_files:
            print(skipped_files)
        print(ngettext("{count:,} warning", "{count:,} warnings", len(warnings)).format(count=len(warnings)))
    return 1 if warnings else 0
