"""`reader export`: export articles to files."""

from argparse import Namespace
from pathlib import Path

from reader.cli.articles import ArticleSource, files_at, head
from reader.cli.output import print_error, print_warnings
from reader.errors import ReaderError
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions, export
from reader.export.output_names import folded
from reader.marks.restoring import open_marks
from reader.reading.annotations import annotations_of
from reader.settings.folders import data_folder
from reader.settings.options import Settings


def run(options: Namespace, settings: Settings) -> int:
    """Write each article to a file named by its title and print its path; return 0 if all were written."""
    width = options.width or settings.measure
    marks = open_marks(data_folder() / "marks.db")[0] if options.marks else None
    folder = Path(options.output)
    code, taken = 0, set[str]()
    source = ArticleSource(settings, tuple(options.archive), written_in=options.written_in)
    for file in (str(file) for one in options.file for file in files_at(Path(one))):
        # Continue with the other files after an error.
        try:
            reading = source.open(file)
            print_warnings(reading.warnings)
            annotations = annotations_of(marks, reading) if marks is not None else ()
            written = export(
                FORMATS[options.format].exporter(ExportOptions(width, settings.typesetting, annotations)),
                head(reading),
                reading.document,
                folder,
                taken=taken,
                force=options.force,
                source=reading.article.path,
            )
        except ReaderError as error:
            print_error(error)
            code = max(code, error.exit_code)
        else:
            taken.add(folded(written.name))
            print(written)
    if marks is not None:
        marks.close()
    return code
