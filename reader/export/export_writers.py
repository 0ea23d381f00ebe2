"""Writers of exported articles, each of which becomes a file of a folder."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.errors import ExportError
from reader.export.export_folder import ExportFolder
from reader.export.export_formats import ExportFormat
from reader.export.exporter import ExportOptions, NamesFiles, export, export_again, planned_title
from reader.export.output_names import file_name, folded
from reader.layout.head import Head
from reader.lean_dataclasses import replace
from reader.reading.byline import head_of
from reader.reading.opened_article import Reading


class ExportWriter(Protocol):
    """Writes articles, each as one file."""

    def folder(self, article: Article) -> Path | None:
        """The folder of the file of an article; None for standard output."""

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        """Choose the files of articles that are exported together, before any of them is opened.

        Return the files by the absolute paths of the articles. A file whose name is not known yet is missing; `write`
        gives it a name that is still free.
        """

    def write(self, reading: Reading, options: ExportOptions) -> Path | None:
        """Write an article; return the path of its file, or None if it does not become a file of its own.

        Raises:
            ExportError: It cannot be written.
        """

    def finish(self) -> None:
        """Record what was written, after the last article."""


class FolderWriter:
    """Writes into a folder; a file that exists is an error, or is overwritten with `force`."""

    def __init__(self, form: ExportFormat, folder: Path, *, force: bool) -> None:
        self._form = form
        self._folder = folder
        self._force = force
        self._taken: set[str] = set()
        self._planned: dict[Path, str] = {}

    def folder(self, article: Article) -> Path:
        """The folder."""
        del article
        return self._folder

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        """Choose a different name for each article."""
        for article in articles:
            title, path = _title(self._form, article, options), absolute(article.path)
            if title is not None and path not in self._planned:
                self._planned[path] = file_name(title, self._form.suffix, self._taken)
                self._taken.add(folded(self._planned[path]))
        return {path: self._folder / name for path, name in self._planned.items()}

    def write(self, reading: Reading, options: ExportOptions) -> Path:
        """Write an article to its planned file, or to one that is named by its title."""
        written = export(
            self._form.exporter(options),
            head_of(reading),
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
        """Do nothing: there is no record."""


class UpdatingWriter:
    """Writes into folders in which an export replaces an earlier one of the same article."""

    def __init__(self, form: ExportFormat, record: Path, folder_of: Callable[[Article], Path]) -> None:
        """Write an article into the folder of `folder_of`; `record` remembers what was written, in all folders.

        `folder_of` raises ExportError if an article can be written to no folder.
        """
        self._form = form
        self._record = record
        self._folder_of = folder_of
        self._folders: dict[Path, ExportFolder] = {}

    def folder(self, article: Article) -> Path:
        """The folder of the file of an article."""
        return self._folder_of(article)

    def plan(self, articles: Sequence[Article], options: ExportOptions) -> dict[Path, Path]:
        """Reserve the files of articles."""
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
        """Write an article, over an earlier export of it that nobody has changed."""
        exporter, article = self._form.exporter(options), reading.article
        return export_again(exporter, head_of(reading), reading.document, self._into(article), article.id)

    def finish(self) -> None:
        """Save the record."""
        for one in self._folders.values():
            one.finish()

    def _into(self, article: Article) -> ExportFolder:
        folder = self.folder(article)
        if folder not in self._folders:
            self._folders[folder] = ExportFolder(folder, self._record, together=True)
        return self._folders[folder]


def _title(form: ExportFormat, article: Article, options: ExportOptions) -> str | None:
    """The text that names the file of an article that is not opened yet; None if it is unknown, or a template fails."""
    try:
        return planned_title(form.exporter(replace(options, article=article)), Head(article.title))
    except ExportError:
        return None
