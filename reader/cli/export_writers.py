"""How exported articles are written: to standard output, into the folder of `-o`, or into that of the settings."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.cli.articles import head
from reader.cli.one_file_export import written_template
from reader.cli.sanitized_stream import unguarded
from reader.cli.standard_input import NAME
from reader.errors import ExportError
from reader.export.export_folder import ExportFolder, checked_folder
from reader.export.export_formats import ExportFormat
from reader.export.exporter import ExportOptions, NamesFiles, export, export_again, planned_title
from reader.export.output_names import file_name, folded
from reader.layout.head import Head
from reader.lean_dataclasses import replace
from reader.reading.opened import Reading
from reader.settings.folders import EXPORTS, data_folder, export_folder
from reader.settings.options import Settings


class ExportWriter(Protocol):
    """Writes articles, each as one file."""

    def folder(self, article: Article) -> Path | None:
        """The folder of the file of an article; None for standard output."""

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        """Choose the files of articles that are exported together, before any of them is opened.

        Return them by the absolute paths of the articles, without those whose names are not known yet: `write` gives
        these what is left.
        """

    def write(self, reading: Reading, options: ExportOptions) -> Path | None:
        """Write an article; return the path of its file, if it is one.

        Raises:
            ExportError: It cannot be written.
        """

    def finish(self) -> None:
        """Record what was written, after the last article."""


def export_writer(options: Namespace, settings: Settings, form: ExportFormat) -> ExportWriter:
    """The writer that the options ask for."""
    if options.output == NAME:
        return _OutputWriter(form)
    if options.output is not None and (options.force or not written_template(options, settings)):
        return _FolderWriter(form, Path(options.output), force=options.force)
    return _UpdatingWriter(form, settings, None if options.output is None else Path(options.output).absolute())


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
        for piece in self._form.exporter(options).render(head(reading), reading.document):
            stream.buffer.write(piece)
        stream.buffer.flush()

    def finish(self) -> None:
        pass


class _FolderWriter:
    """Writes into a folder; a file that exists is an error, or is overwritten with `force`."""

    def __init__(self, form: ExportFormat, folder: Path, *, force: bool) -> None:
        self._form = form
        self._folder = folder
        self._force = force
        self._taken: set[str] = set()
        self._planned: dict[Path, str] = {}

    def folder(self, article: Article) -> Path:
        del article
        return self._folder

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        for article in articles:
            title, path = _title(self._form, article, options), absolute(article.path)
            if title is not None and path not in self._planned:
                self._planned[path] = file_name(title, self._form.suffix, self._taken)
                self._taken.add(folded(self._planned[path]))
        return {path: self._folder / name for path, name in self._planned.items()}

    def write(self, reading: Reading, options: ExportOptions) -> Path:
        written = export(
            self._form.exporter(options),
            head(reading),
            reading.document,
            self._folder,
            # An article that is named twice gets two files.
            name=self._planned.pop(absolute(reading.article.path), ""),
            taken=self._taken,
            force=self._force,
            source=reading.article.path,
        )
        self._taken.add(folded(written.name))
        return written

    def finish(self) -> None:
        pass


class _UpdatingWriter:
    """Writes into a folder in which the same export is the same file, by default that of the settings."""

    def __init__(self, form: ExportFormat, settings: Settings, folder: Path | None) -> None:
        self._form = form
        self._settings = settings
        self._folder = folder
        self._folders: dict[Path, ExportFolder] = {}

    def folder(self, article: Article) -> Path:
        if self._folder is not None:
            return self._folder
        chosen, otherwise = export_folder(self._settings.export_folder)
        return checked_folder(chosen, [article.root], otherwise)

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        keeps_name = isinstance(self._form.exporter(options), NamesFiles)
        planned: dict[Path, Path] = {}
        for article in articles:
            title = _title(self._form, article, options)
            # The error is reported when the article is written.
            with suppress(ExportError):
                if title is not None:
                    path = self._into(article).reserve(title, self._form.suffix, article.id, keeps_name=keeps_name)
                    planned[absolute(article.path)] = path
        return planned

    def write(self, reading: Reading, options: ExportOptions) -> Path:
        exporter, article = self._form.exporter(options), reading.article
        return export_again(exporter, head(reading), reading.document, self._into(article), article.id)

    def finish(self) -> None:
        for one in self._folders.values():
            one.finish()

    def _into(self, article: Article) -> ExportFolder:
        folder = self.folder(article)
        if folder not in self._folders:
            self._folders[folder] = ExportFolder(folder, data_folder() / EXPORTS, together=True)
        return self._folders[folder]


def _title(form: ExportFormat, article: Article, options: ExportOptions) -> str | None:
    """What names the file of an article that is not opened yet; None if that is not known, or a template fails."""
    try:
        return planned_title(form.exporter(replace(options, article=article)), Head(article.title))
    except ExportError:
        return None
