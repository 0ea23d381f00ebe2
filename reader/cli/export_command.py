"""`reader export`: export articles to files."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.articles import ArticleSource, files_at, head
from reader.cli.one_file_export import (
    OneFile,
    chosen_format,
    chosen_template,
    is_one_file,
    named_file,
    written_template,
)
from reader.cli.output import print_error, print_warning, print_warning_count, print_warnings
from reader.cli.sanitized_stream import unguarded
from reader.cli.standard_input import NAME
from reader.document.cleaning import clean_line
from reader.errors import ReaderError, UsageError
from reader.export.atomic_writing import write_atomically
from reader.export.export_folder import ExportFolder, checked_folder
from reader.export.export_formats import ExportFormat
from reader.export.exporter import ExportOptions, export, export_again
from reader.export.output_names import file_name, folded
from reader.language import _
from reader.marks.facade import Marks
from reader.marks.restoring import open_marks
from reader.reading.annotations import annotations_of
from reader.reading.opened import Reading
from reader.settings.folders import EXPORTS, data_folder, export_folder
from reader.settings.options import Settings

if TYPE_CHECKING:
    from reader.archive.article import FileWarning
    from reader.export.epub_exporter import BookArticle

_Write = Callable[[Reading, ExportOptions], Path | None]
"""Writes an article; returns the path of the file, if it is one."""


def run(options: Namespace, settings: Settings) -> int:
    """Write each article to a file named by its title and print its path; return 0 if all were written."""
    if bool(options.file) == (options.query is not None):
        raise UsageError(_("Name files or a query"), _("see “reader export --help”"))
    if options.book is not None and (chosen_format(options).name != "epub" or options.output == NAME):
        raise UsageError(_("“--book” needs “--format epub” and a folder"), _("see “reader export --help”"))
    if not options.marks:
        return _export(options, settings, None)
    with closing(open_marks(data_folder() / "marks.db")[0]) as marks:
        return _export(options, settings, marks)


def _export(options: Namespace, settings: Settings, marks: Marks | None) -> int:
    targets = _targets(options, settings)
    if not targets:
        message = _("no article matches “{query}”").format(query=clean_line(options.query or ""))
        print(f"reader: {message}", file=sys.stderr)
        return 1
    chosen = chosen_format(options)
    in_one = is_one_file(options, chosen, len(targets))
    if options.book is not None or (in_one and chosen.name == "epub" and len(targets) > 1):
        shelf: list[BookArticle] = []
        code = _write_each(targets, options, settings, marks, _collector(shelf))
        if shelf:
            print(_write_book(shelf, options, settings))
        return code
    if in_one:
        file = OneFile(options, settings, chosen)
        code = _write_each(targets, options, settings, marks, file.add)
        written = file.write()
        if written is not None:
            print(written)
        return code
    return _write_each(targets, options, settings, marks, _writer(options, settings, chosen))


def _write_each(
    targets: Sequence[str], options: Namespace, settings: Settings, marks: Marks | None, write: _Write
) -> int:
    """Open each article, write it and print its path; return 0 if none failed, else the exit code."""
    code = 0
    template = chosen_template(options, settings)
    warnings: list[FileWarning] = []
    width = options.width or settings.measure
    source = ArticleSource(settings, tuple(options.archive), written_in=options.written_in)
    for target in targets:
        # Continue with the other files after an error.
        try:
            reading = source.open(target)
            warnings += reading.warnings
            annotations = annotations_of(marks, reading) if marks is not None else ()
            warn = partial(_warn, reading.article.path)
            written = write(
                reading, ExportOptions(width, settings.typesetting, annotations, reading.article, warn, template)
            )
        except ReaderError as error:
            print_error(error)
            code = max(code, error.exit_code)
        else:
            if written is not None:
                print(written)
    if len(targets) == 1:
        # A single file may be in no archive that “reader check” checks.
        print_warnings(warnings)
    else:
        print_warning_count(len(warnings))
    return code


def _warn(path: Path, message: str) -> None:
    print_warning(f"{path}: {message}")


def _collector(shelf: "list[BookArticle]") -> _Write:
    """Collect articles as the chapters of a book."""
    from reader.export.epub_exporter import BookArticle  # noqa: PLC0415 - few exports are books

    def collect(reading: Reading, export_options: ExportOptions) -> None:
        shelf.append(BookArticle(head(reading), reading.document, reading.article, export_options.annotations))

    return collect


def _write_book(shelf: "list[BookArticle]", options: Namespace, settings: Settings) -> Path:
    """Write the book, and return its path."""
    from reader.export.epub_exporter import book  # noqa: PLC0415 - as above

    file = named_file(options)
    title: str = options.book or options.query or (file.stem if file is not None else "")
    content = book(title, shelf, print_warning)
    if options.output is None:
        roots = [chapter.article.root for chapter in shelf if chapter.article is not None]
        chosen, otherwise = export_folder(settings.export_folder)
        folder = ExportFolder(checked_folder(chosen, roots, otherwise), data_folder() / EXPORTS)
        return folder.write(title, ".epub", f"book {title}", (content,))
    if file is not None:
        return write_atomically(file.parent, file.name, (content,), force=options.force)
    return write_atomically(Path(options.output), file_name(title, ".epub"), (content,), force=options.force)


def _targets(options: Namespace, settings: Settings) -> list[str]:
    """The articles to export: those named, or the results of the query, newest first."""
    if options.query is None:
        return [str(path) for one in options.file for path in files_at(Path(one))]
    from reader.cli.chosen_archives import archives  # noqa: PLC0415 - files need no index
    from reader.cli.index_progress import current  # noqa: PLC0415
    from reader.search.query import parse  # noqa: PLC0415

    node = parse(options.query)
    with current(archives(options.archive, settings), settings) as found:
        hits = found.search.everything() if node is None else found.search.all(node)
        return [str(article.path) for _hit, article in found.search.articles(hits)]


def _writer(options: Namespace, settings: Settings, form: ExportFormat) -> _Write:
    """How articles are written: to standard output, into the named folder, or into that of the settings."""
    exporter = form.exporter
    if options.output == NAME:

        def to_output(reading: Reading, export_options: ExportOptions) -> None:
            stream = unguarded(sys.stdout)
            stream.flush()
            for piece in exporter(export_options).render(head(reading), reading.document):
                stream.buffer.write(piece)
            stream.buffer.flush()

        return to_output
    if options.output is not None and written_template(options, settings) and not options.force:
        updated = ExportFolder(Path(options.output).absolute(), data_folder() / EXPORTS)

        def into_notes(reading: Reading, export_options: ExportOptions) -> Path:
            made = exporter(export_options)
            return export_again(made, head(reading), reading.document, updated, reading.article.id)

        return into_notes
    if options.output is not None:
        taken = set[str]()

        def into_folder(reading: Reading, export_options: ExportOptions) -> Path:
            written = export(
                exporter(export_options),
                head(reading),
                reading.document,
                Path(options.output),
                taken=taken,
                force=options.force,
                source=reading.article.path,
            )
            taken.add(folded(written.name))
            return written

        return into_folder
    chosen, otherwise = export_folder(settings.export_folder)

    def again(reading: Reading, export_options: ExportOptions) -> Path:
        folder = ExportFolder(checked_folder(chosen, [reading.article.root], otherwise), data_folder() / EXPORTS)
        return export_again(exporter(export_options), head(reading), reading.document, folder, reading.article.id)

    return again
