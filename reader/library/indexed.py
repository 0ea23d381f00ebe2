"""Archives with their indexes brought up to date, for commands that search them."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import Archive, open_archives
from reader.archive.article import Article, Fault
from reader.errors import IndexingError
from reader.finding.marked import Marked, Memory
from reader.index.index import DamagedIndexError, Index
from reader.index.opening import discard, in_memory, index_path
from reader.index.progress import SyncSummary
from reader.indexing.known_ids import identities
from reader.indexing.update import UpdateOptions, update
from reader.marks.overview import Overview
from reader.marks.restoring import open_marks
from reader.search.compile import MarkQuery
from reader.search.federated import Search

if TYPE_CHECKING:
    import apsw


@dataclass(frozen=True, slots=True)
class Indexed:
    """Archives, their indexes and what searches them.

    Attributes:
        archives: The archives.
        indexes: Their indexes, in the same order.
        search: Searches them all.
        summaries: What each update found; None where it was stopped.
        errors: Why those are in memory that should be files.
    """

    archives: tuple[Archive, ...]
    indexes: tuple[Index, ...]
    search: Search
    summaries: tuple[SyncSummary | None, ...]
    errors: tuple[IndexingError, ...]

    @property
    def faults(self) -> list[Fault]:
        """All that could not be read as it was meant, in the order of paths."""
        found = [fault for index in self.indexes for fault in (*index.refused(), *index.faults())]
        return sorted(found, key=lambda fault: (os.fsencode(fault.path), fault.line or 0))

    @property
    def skipped_files(self) -> dict[str, int]:
        """How many files of which kinds were not looked into, in all archives."""
        kinds = Counter[str]()
        for index in self.indexes:
            kinds.update(index.skipped_files())
        return dict(kinds)

    def article(self, article_id: str) -> Article | None:
        """The article with an id, if it is in these archives."""
        found = (index.article(article_id) for index in self.indexes)
        return next((one[1] for one in found if one is not None), None)

    def ids_by_fingerprint(self) -> dict[int, str]:
        """The ids of the articles, by their files' fingerprints."""
        return {
            fingerprint: article_id
            for index in self.indexes
            for fingerprint, article_id in index.rows("SELECT fingerprint, id FROM article WHERE fingerprint <> 0")
        }


@contextmanager
def indexed(paths: Sequence[Path], cache: Path, store: Path, how: UpdateOptions) -> Iterator[Indexed]:
    """The archives at `paths` with their indexes brought up to date; in memory where `cache` cannot be written.

    Indexes that turn out damaged while they are asked are removed: the next to come makes them anew.

    Raises:
        ArchiveError: A path does not exist.
        IndexingError: An index can be made nowhere.
    """
    archives = open_archives(paths)
    errors: list[IndexingError] = []
    how = replace(how, identities=lambda: identities(store))
    held: list[apsw.Connection] = []
    indexes: list[Index] = []
    summaries: list[SyncSummary | None] = []
    for number, archive in enumerate(archives):
        # The index of a single file is made faster than it is looked for.
        path = os.fspath(index_path(cache, archive.root, archive.files)) if archive.files is None else ""
        if path:
            try:
                summaries.append(update(number, archive, path, how))
            except IndexingError as error:
                errors.append(error)
                path = ""
        if not path:
            path, connection = in_memory()
            held.append(connection)
            summaries.append(update(number, archive, path, how))
        indexes.append(Index(archive, path))
    search = Search(indexes, _marked(store))
    try:
        yield Indexed(archives, tuple(indexes), search, tuple(summaries), tuple(errors))
    except DamagedIndexError:
        search.close()
        for index in indexes:
            if not index.path.startswith("file:"):
                discard(Path(index.path))
        raise
    finally:
        search.close()
        for connection in held:
            connection.close()


def _marked(store: Path) -> Callable[[MarkQuery], Collection[str]]:
    """Asks the store of marks, which is opened when that is first done."""

    @cache
    def marked() -> Marked:
        if not store.exists():
            return Marked()
        marks, error = open_marks(store)
        try:
            if error is not None and not Overview(marks.store).knows_any():
                # What is asked of marks that nobody can read has no answer.
                raise error
            return Memory(marks, texts=True).marked
        finally:
            marks.close()

    return lambda asked: marked().ids(asked)
