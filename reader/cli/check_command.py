"""`reader check`: list all warnings, with their causes and effects."""

from reader.archive.skipped import skipped_message
from reader.cli.arguments import CommandParser, add_archive, archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_json
from reader.document.cleaning import clean_line
from reader.language import _, ngettext, translated
from reader.settings.options import Settings


@rerun_if_corrupt
def run(arguments: list[str], settings: Settings) -> int:
    """Print the warnings, one per line or as JSON; return 0 if there are none, else 1."""
    parser = CommandParser(
        prog="reader check",
        description=_("List warnings: what could not be read as intended, and what was done instead."),
    )
    add_archive(parser)
    parser.add_argument("--json", action="store_true", help=_("print JSON: a list of objects"))
    options = parser.parse_args(arguments)
    with current(archives(options.archive, settings), settings) as found:
        faults = found.faults
        skipped_files = skipped_message(found.skipped_files)
    if options.json:
        print_json([{"path": str(one.path), "line": one.line, "message": translated(one.message)} for one in faults])
    else:
        for fault in faults:
            print(clean_line(str(fault)))
        if skipped_files:
            print(skipped_files)
        print(ngettext("{count:,} warning", "{count:,} warnings", len(faults)).format(count=len(faults)))
    return 1 if faults else 0
