"""Archives with up-to-date indexes, for the commands that search them."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import Archive, open_archives
from reader.archive.article import Article, FileWarning
from reader.errors import IndexingError
from reader.index.corruption import CorruptIndexError
from reader.index.index import Index
from reader.index.index_file import discard, in_memory, index_path
from reader.index.progress import SyncSummary
from reader.indexing.known_ids import identities
from reader.indexing.update import UpdateOptions, update
from reader.lean_dataclasses import dataclass, replace
from reader.search.federated import Search
from reader.search.query_compiler import MarkQuery

if TYPE_CHECKING:
    import apsw

    from reader.finding.marked import MarksSnapshot


def warnings_of(index: Index) -> list[FileWarning]:
    """The warnings about the files of an archive: unreadable files come first, then articles."""
    return [*index.refused(), *index.warnings()]


@dataclass(frozen=True, slots=True)
class IndexedArchives:
    """Archives with their indexes and a search over them.

    Attributes:
        archives: The archives.
        indexes: Their indexes, in the same order.
        search: A search over all archives.
        summaries: The result of each update; None if it was stopped.
        errors: Why an index had to be built in memory instead of in a file.
    """

    archives: tuple[Archive, ...]
    indexes: tuple[Index, ...]
    search: Search
    summaries: tuple[SyncSummary | None, ...]
    errors: tuple[IndexingError, ...]

    @property
    def warnings(self) -> list[FileWarning]:
        """All warnings, ordered by path and line."""
        found = [warning for index in self.indexes for warning in warnings_of(index)]
        return sorted(found, key=lambda warning: (os.fsencode(warning.path), warning.line or 0))

    @property
    def skipped_files(self) -> dict[str, int]:
        """The number of skipped files by kind in all archives."""
        kinds = Counter[str]()
        for index in self.indexes:
            kinds.update(index.skipped_files())
        return dict(kinds)

    def article(self, article_id: str) -> Article | None:
        """Return the article with an id if it is in these archives."""
        found = (index.article(article_id) for index in self.indexes)
        return next((one[1] for one in found if one is not None), None)

    def ids_by_fingerprint(self) -> dict[int, str]:
        """Return the article ids by the fingerprints of their files."""
        return {
            fingerprint: article_id
            for index in self.indexes
            for fingerprint, article_id in index.rows("SELECT fingerprint, id FROM article WHERE fingerprint <> 0")
        }


@contextmanager
def indexed(paths: Sequence[Path], cache: Path, store: Path, options: UpdateOptions) -> Iterator[IndexedArchives]:
    """Open the archives at `paths` and update their indexes; in memory if `cache` cannot be written.

    An index that turns out to be corrupt during use is removed, so that the next command rebuilds it.

    Raises:
        ArchiveError: A path does not exist.
        IndexingError: An index cannot even be built in memory.
    """
    archives = open_archives(paths)
    errors: list[IndexingError] = []
    options = replace(options, identities=lambda: identities(store))
    held: list[apsw.Connection] = []
    indexes: list[Index] = []
    summaries: list[SyncSummary | None] = []
    for number, archive in enumerate(archives):
        # Indexing a single file is faster than opening an index file.
        path = os.fspath(index_path(cache, archive.root, archive.files)) if archive.files is None else ""
        if path:
            try:
                summaries.append(update(number, archive, path, options))
            except IndexingError as error:
                errors.append(error)
                path = ""
        if not path:
            path, connection = in_memory()
            held.append(connection)
            summaries.append(update(number, archive, path, options))
        indexes.append(Index(archive, path))
    search = Search(indexes, _answer(indexes, store))
    try:
        yield IndexedArchives(archives, tuple(indexes), search, tuple(summaries), tuple(errors))
    except CorruptIndexError:
        search.close()
        for index in indexes:
            if not index.path.startswith("file:"):
                discard(Path(index.path))
        raise
    finally:
        search.close()
        for connection in held:
            connection.close()


def _answer(indexes: Sequence[Index], store: Path) -> Callable[[MarkQuery], Collection[str]]:
    """Return a function that answers conditions on marks and links; the marks database is opened at the first one."""
    marked = cache(lambda: _read_marks(store))

    @cache
    def answers() -> Callable[[MarkQuery], Collection[str]]:
        from reader.finding.linked import with_links  # noqa: PLC0415 - few queries ask for marks or links

        return with_links(indexes, lambda asked: marked().ids(asked))

    def answer(asked: MarkQuery) -> Collection[str]:
        return answers()(asked)

    return answer


def _read_marks(store: Path) -> "MarksSnapshot":
    from reader.finding.marked import MarksCache, MarksSnapshot  # noqa: PLC0415 - few queries ask for marks
    from reader.marks.overview import Overview  # noqa: PLC0415
    from reader.marks.restoring import open_marks  # noqa: PLC0415

    if not store.exists():
        return MarksSnapshot()
    marks, error = open_marks(store)
    try:
        if error is not None and not Overview(marks.store).knows_any():
            # Unreadable marks cannot answer the query.
            raise error
        return MarksCache(marks, texts=True).marked
    finally:
        marks.close()
