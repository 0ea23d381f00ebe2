"""The writers of exported articles: to standard output, the folder of `-o`, or the export folder of the settings."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from reader.archive.article import Article
from reader.cli.one_file_export import named_file, written_template
from reader.cli.sanitized_stream import unguarded
from reader.cli.standard_input import NAME
from reader.errors import UsageError
from reader.export.export_folder import checked_folder
from reader.export.export_formats import ExportFormat
from reader.export.export_writers import ExportWriter, FolderWriter, UpdatingWriter
from reader.export.exporter import ExportOptions
from reader.language import _
from reader.reading.byline import head_of
from reader.reading.opened_article import Reading
from reader.settings.folders import EXPORTS, data_folder, export_folder, usual_archives
from reader.settings.options import Settings


def chosen_writer(options: Namespace, settings: Settings, form: ExportFormat) -> ExportWriter:
    """The writer that the options ask for."""
    if options.output == NAME:
        return _OutputWriter(form)
    if options.output is not None and not written_template(options, settings):
        return FolderWriter(form, Path(options.output), force=options.force)
    record = data_folder() / EXPORTS
    if options.output is not None:
        named = Path(options.output).absolute()
        return UpdatingWriter(form, record, lambda _article: named)
    chosen, otherwise = export_folder(settings.export_folder)
    usual = usual_archives(settings.archives)
    return UpdatingWriter(form, record, lambda article: checked_folder(chosen, [article.root, *usual], otherwise))


def refuse_force(options: Namespace, settings: Settings) -> None:
    """Refuse `--force` for files that a template updates in place: it would overwrite what the user wrote in them.

    Raises:
        UsageError: It is given.
    """
    is_folder = options.output not in {None, NAME} and named_file(options) is None
    if options.force and is_folder and written_template(options, settings):
        raise UsageError(
            _("A template updates its files in a folder and keeps those that you changed: “--force” does not apply"),
            _("leave it out; for plain Markdown, use --template plain"),
        )


class _OutputWriter:
    """Writes to standard output."""

    def __init__(self, form: ExportFormat) -> None:
        self._form = form

    def folder(self, article: Article) -> None:
        del article

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        del articles, options
        return {}

    def write(self, reading: Reading, options: ExportOptions) -> None:
        stream = unguarded(sys.stdout)
        stream.flush()
        for piece in self._form.exporter(options).render(head_of(reading), reading.document):
            stream.buffer.write(piece)
        stream.buffer.flush()

    def finish(self) -> None:
        pass
