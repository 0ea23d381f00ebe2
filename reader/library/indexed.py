"""Archives with their indexes brought up to date, for commands that search them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import apsw

from reader.archive.archive import Archive, open_archives
from reader.archive.article import Fault
from reader.errors import IndexingError
from reader.index.index import Index
from reader.index.opening import index_path
from reader.index.progress import Summary
from reader.language import _
from reader.library.events import Event
from reader.library.identities import identities
from reader.library.marks import Marks
from reader.library.upkeep import Update, update
from reader.search.nodes import State
from reader.search.search import Search


@dataclass(frozen=True, slots=True)
class Indexed:
    """Archives, their indexes and what searches them.

    Attributes:
        archives: The archives.
        indexes: Their indexes, in the same order.
        search: Searches them all.
        summaries: What each update found; None where another reader was at the index.
        kept: Whether the indexes are files, and not only in memory.
    """

    archives: tuple[Archive, ...]
    indexes: tuple[Index, ...]
    search: Search
    summaries: tuple[Summary | None, ...]
    kept: bool
    errors: list[IndexingError] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """All that could not be read as it was meant, in the order of paths."""
        found = [fault for index in self.indexes for fault in (*index.refused(), *index.faults())]
        return sorted(found, key=lambda fault: (os.fsencode(fault.path), fault.line or 0))


@contextmanager
def indexed(
    paths: Sequence[Path], cache: Path, store: Path, how: Update, told: Callable[[Event], None]
) -> Iterator[Indexed]:
    """The archives at `paths` with their indexes brought up to date; in memory where `cache` cannot be written.

    Raises:
        ArchiveError: A path does not exist.
        IndexingError: An index can be made nowhere.
    """
    archives = open_archives(paths)
    errors: list[IndexingError] = []
    order = replace(how, identities=lambda: identities(os.fspath(store)), told=told)
    held: list[apsw.Connection] = []
    indexes: list[Index] = []
    summaries: list[Summary | None] = []
    kept = True
    for number, archive in enumerate(archives):
        # The index of a single file is made faster than it is looked for.
        path = os.fspath(index_path(cache, archive.root, archive.files)) if archive.files is None else ""
        if path:
            try:
                summaries.append(update(number, archive, path, order))
            except IndexingError as error:
                errors.append(error)
                path = ""
        if not path:
            kept = archive.files is not None and kept
            path = f"file:/reader-{number}?vfs=memdb"
            # What is in memory lasts as long as someone has it open.
            held.append(apsw.Connection(path, flags=_IN_MEMORY))
            summaries.append(update(number, archive, path, order))
        indexes.append(Index(archive, path))
    search = Search(indexes, _marked(store))
    try:
        yield Indexed(archives, tuple(indexes), search, tuple(summaries), kept, errors)
    finally:
        search.close()
        for connection in held:
            connection.close()


_IN_MEMORY = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def _marked(store: Path) -> Callable[[State], set[str]]:
    """The ids of the articles in a state, as the store of marks tells; none where there is no store."""
    if not store.exists():
        return lambda _state: set()
    marks = Marks(store)
    states = {
        State.READ: marks.read_ids(),
        State.STARRED: marks.starred_ids(),
        State.BOOKMARKED: marks.bookmarked_ids(),
    }
    marks.close()
    return lambda state: states.get(state, set())


def told_of_rebuilding(event: Event) -> str:
    """What is said of an index that was made anew, or empty."""
    return _("The index is made anew: {why}").format(why=event.rebuilt) if event.rebuilt else ""
