"""An export started from the screen: articles are read and written one after another, in a thread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.document import Document
from reader.document.sanitizing import clean_line
from reader.errors import ReaderError
from reader.export.export_formats import ExportFormat
from reader.language import _, ngettext
from reader.lean_dataclasses import dataclass
from reader.library.library import Library
from reader.marks.highlights import Highlight
from reader.reading.opened_article import Reading
from reader.settings.options import SourceBreaks
from reader.ui import late

if TYPE_CHECKING:
    from reader.linking.archive_links import ArchiveLinks

_POLL, _POLLS = 0.25, 40
"""Seconds between checks of the index, and the maximum number of checks: ten seconds in all."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is exported, and how.

    Attributes:
        form: The format.
        options: The options of all articles.
        folder: The folder of the files.
        record: The record of what was exported.
        articles: The articles, in their order.
        opened: The article that is open, if only that one is exported; it is not read again.
        highlights: The highlights to include, by the ids of their articles.
        breaks: What line breaks of the source mean.
    """

    form: ExportFormat
    options: "late.ExportOptions"
    folder: Path
    record: Path
    articles: Sequence[Article]
    opened: Reading | None
    highlights: Mapping[str, Sequence[Highlight]]
    breaks: SourceBreaks


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export has written, and what it could not.

    Attributes:
        written: The files.
        errors: Why articles are missing.
        warnings: What is missing in the files.
        is_stopped: Whether it was stopped before the last article.
    """

    written: Sequence[Path]
    errors: Sequence[str]
    warnings: Sequence[str]
    is_stopped: bool = False


class ExportJob:
    """Writes articles to files that link to each other, with their pictures, until it is stopped."""

    def __init__(self, request: ExportRequest, library: Library, progress: Callable[[int], None]) -> None:
        """Export from a library; `progress` receives the number of articles done, in the thread of `run`.

        The number is 0 while the export waits for the index.
        """
        self._request = request
        self._library = library
        self._progress = progress
        self._stop = Event()
        self._links: ArchiveLinks | None = None
        self._warnings: dict[str, None] = {}
        self._errors: dict[str, None] = {}
        self._by_path: dict[Path, Article] = {}

    def stop(self) -> None:
        """Stop after the current article or picture."""
        self._stop.set()

    def run(self) -> ExportResult:
        """Write the articles; if one fails, the others are still written.

        Even an unexpected error is only added to the errors: it must not end the program, which has unsaved work.
        """
        request = self._request
        written: dict[Path, Path] = {}
        writer = late.UpdatingWriter(request.form, request.record, lambda _article: request.folder)
        export = late.ArticleExport(request.form, request.options, request.record, copies_pictures=True)
        with self._reporting():
            self._plan(export, writer)
        for number, article in enumerate(request.articles, 1):
            if self._stop.is_set():
                break
            with self._reporting():
                if (path := self._write(article, export, writer)) is not None:
                    written[absolute(article.path)] = path
            self._progress(number)
        for finish in (writer.finish, export.finish, *([self._links.close] if self._links is not None else [])):
            with self._reporting():
                finish()
        if message := export.links_warning():
            self._warn(message)
        if missing := len(export.linked - written.keys()):
            message = ngettext(
                "The saved files link to {count:,} article that was not saved",
                "The saved files link to {count:,} articles that were not saved",
                missing,
            )
            self._warn(message.format(count=missing))
        is_stopped = self._stop.is_set() and len(written) < len(request.articles)
        return ExportResult(list(written.values()), list(self._errors), list(self._warnings), is_stopped)

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Add an error to the errors of the export, and log an unexpected one."""
        try:
            yield
        except ReaderError as error:
            self._errors[str(error)] = None
        except Exception as error:  # noqa: BLE001 - in a thread of Textual, it would end the program
            self._errors[str(late.log_crash(error, late.crash_folder()))] = None

    def _warn(self, message: str) -> None:
        """Add a warning, unless it was given before."""
        self._warnings[message] = None

    def _plan(self, export: "late.ArticleExport", writer: "late.UpdatingWriter") -> None:
        """Choose the files of the articles, so that they can link to each other."""
        request = self._request
        self._by_path = {absolute(one.path): one for one in request.articles}
        if request.form.link_form and len(request.articles) > 1:
            self._await_index()
        export.plan(writer, request.articles, self._destinations, self._document)

    def _await_index(self) -> None:
        """Wait for a limited time until the index knows all names by which articles link to each other."""
        with self._looking_up():
            for _poll in range(_POLLS):
                if not self._archive_links.waiting() or self._stop.wait(_POLL):
                    return
                self._progress(0)
            if self._archive_links.waiting():
                self._warn(_("Indexing has not finished: some links may not lead to exported articles"))

    def _write(self, article: Article, export: "late.ArticleExport", writer: "late.UpdatingWriter") -> Path | None:
        """Write an article and return the path of its file; None if the export was stopped meanwhile."""
        reading = self._request.opened or self._open(article)
        annotations = late.placed(self._request.highlights.get(article.id, ()), reading.document)
        is_stopped = self._stop.is_set
        options = export.options_for(reading, self._request.folder, annotations, self._warn, is_stopped)
        return None if is_stopped() else writer.write(reading, options)

    def _open(self, article: Article) -> Reading:
        return late.open_article(article, breaks=self._request.breaks)

    def _document(self, path: Path) -> Document:
        """The document of an exported article, by its absolute path."""
        return self._open(self._by_path[path]).document

    def _destinations(self, article: Article, targets: Sequence[str]) -> Sequence[tuple[Path | None, str]]:
        """Where links lead."""
        with self._looking_up():
            return late.destinations_in(self._archive_links, self._request.articles)(article, targets)
        return [(None, "")] * len(targets)

    @property
    def _archive_links(self) -> "ArchiveLinks":
        if self._links is None:
            self._links = self._library.new_links()
        return self._links

    @contextmanager
    def _looking_up(self) -> Iterator[None]:
        """Turn an error into a warning: links depend on hostile files of the archive, which must not stop an export."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - as above
            reason = clean_line(str(error)) or type(error).__name__
            self._warn(_("Links cannot be looked up: {reason}").format(reason=reason))
