"""The indexes of the open archives: their locations, and the clients that keep them current."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import language
from reader.archive.archive import Archive
from reader.errors import ArchiveError, IndexingError
from reader.index.index import Index
from reader.index.index_file import in_memory, index_path, inode_of
from reader.index.references import MOST_ARCHIVES
from reader.index.schema import PATIENCE
from reader.indexing.client import IndexClient, Listener, ProcessClient, ThreadClient
from reader.indexing.protocol import IndexedArchive, IndexerSetup, IndexEvent
from reader.indexing.surrounding_indexes import surrounding_indexes
from reader.indexing.temporary_indexes import TemporaryIndexes
from reader.language import _

if TYPE_CHECKING:
    import apsw


_LARGE = 1_000_000
"""Maximum total size in bytes of files named one by one that are indexed in memory."""

_HUGE = 16_000_000
"""Maximum total size in bytes of such files whose texts are indexed at all. Indexing a text takes ten times its size in
memory, and a search in the open article is as fast without an index."""


class ArchiveIndexes:
    """The indexes of several archives: in files; in memory for single files, or if no file can be written."""

    def __init__(
        self, archives: Sequence[Archive], cache: Path | None, store: Path | None, *, show_copies: bool
    ) -> None:
        """Choose the locations of the indexes in the folder `cache`, or in memory without one; nothing is opened yet.

        Raises:
            ArchiveError: There are more archives than references can address.
        """
        if len(archives) > MOST_ARCHIVES:
            message = _("{count} archives are too many at once").format(count=len(archives))
            raise ArchiveError(
                message, _("name a folder that contains them; the limit is {most}").format(most=MOST_ARCHIVES)
            )
        self._archives = archives
        self._cache, self._store, self._show_copies = cache, store, show_copies
        self._in_memory: list[apsw.Connection] = []
        self._temporary = TemporaryIndexes(cache) if cache is not None else None
        self._places = [self._place(archive, cache) for archive in archives]
        self._connections: list[list[Index]] = []
        self._damaged: dict[str, int] = {}
        self._listener: Listener = lambda _event: None
        self._clients = self._new_clients()

    def _place(self, archive: Archive, cache: Path | None) -> str:
        if cache is not None and archive.files is None:
            return os.fspath(index_path(cache, archive.root, archive.files))
        # Indexing a small single file is faster than opening an index file. Indexing a large file takes so much time
        # and memory that another process has to do it.
        if self._temporary is not None and _LARGE < _total_size(archive) <= _HUGE:
            return os.fspath(self._temporary.new())
        return self._new_in_memory()

    def _new_in_memory(self) -> str:
        name, connection = in_memory()
        self._in_memory.append(connection)
        return name

    def _new_clients(self) -> list[IndexClient]:
        archives = [
            IndexedArchive(number, archive, place)
            for number, (archive, place) in enumerate(zip(self._archives, self._places, strict=True))
        ]
        files = tuple(one for one in archives if not one.index.startswith("file:"))
        memory = tuple(one for one in archives if one.index.startswith("file:"))
        clients: list[IndexClient] = []
        if files:
            clients.append(ProcessClient(self._setup_of(files)))
        for texts in (True, False):
            some = tuple(one for one in memory if texts is (_total_size(one.archive) <= _HUGE))
            if some:
                clients.append(ThreadClient(self._setup_of(some, texts=texts)))
        return clients

    def _setup_of(self, archives: tuple[IndexedArchive, ...], *, texts: bool = True) -> IndexerSetup:
        return IndexerSetup(archives, self._store, self._show_copies, language.current(), texts)

    def connect(self, patience: int = PATIENCE) -> list[Index]:
        """Open new connections to the indexes for the caller alone.

        While an in-memory index is being written, a query waits up to `patience` milliseconds and then fails.
        """
        given = [Index(archive, place, patience) for archive, place in zip(self._archives, self._places, strict=True)]
        self._connections.append(given)
        return given

    def connect_for_links(self, patience: int = PATIENCE) -> list[Index]:
        """Open the same connections, and those to existing indexes of folders around files that were named one by one.

        The indexes of these folders may be out of date: nothing updates them.
        """
        around = surrounding_indexes(self._archives, self._cache) if self._cache is not None else []
        return self.connect(patience) + [Index(archive, os.fspath(place), patience) for archive, place in around]

    def open_one(self, number: int) -> Index:
        """Open a new connection to one index for a single task; the caller closes it. Call this from any thread."""
        return Index(self._archives[number], self._places[number])

    # Keeping them current

    def launch(self) -> None:
        """Start indexing before the screen is shown, if an archive was never indexed."""
        if any(not place.startswith("file:") and not Path(place).exists() for place in self._places):
            for client in self._clients:
                if isinstance(client, ProcessClient):
                    client.launch()

    def are_complete(self) -> bool:
        """Whether every archive has been indexed completely, so that only changes remain to be found."""
        return all(map(self._is_complete, range(len(self._archives))))

    def _is_complete(self, number: int) -> bool:
        try:
            return bool(self._connections[0][number].complete())
        except IndexingError:
            return False

    def start(self, listener: Listener) -> None:
        """Start keeping the indexes current; `listener` is called with events, in other threads."""
        self._listener = listener
        for client in self._clients:
            client.start(listener)

    def handle(self, event: IndexEvent) -> bool:
        """Handle an event of a client; True if articles may have changed."""
        if event.error[0] and not self._is_complete(event.archive):
            # A complete but outdated index is still useful; an incomplete one would miss articles in searches.
            self._fall_back(event.archive)
        summary = event.summary
        found = summary is not None and bool(summary.new or summary.changed or summary.moved or summary.gone)
        return bool(event.rebuilt) or found or (event.progress is not None and event.progress.changed)

    def _fall_back(self, number: int) -> None:
        """Index an archive in memory, because its index file cannot be written."""
        if self._places[number].startswith("file:"):
            return
        place = self._places[number] = self._new_in_memory()
        for indexes in self._connections:
            # Each connection is reopened by the thread that uses it.
            indexes[number].path = place
        client = ThreadClient(self._setup_of((IndexedArchive(number, self._archives[number], place),)))
        self._clients.append(client)
        client.start(self._listener)

    def pause(self) -> None:
        """Pause indexing; what is indexed stays available."""
        for client in self._clients:
            client.pause()

    def resume(self) -> None:
        """Resume indexing."""
        for client in self._clients:
            client.resume()

    def rebuild(self, place: str) -> None:
        """Rebuild the corrupt index at `place`, only once if it is reported repeatedly. Call this from any thread."""
        inode = inode_of(place)
        if place in self._places and self._damaged.get(place) != inode:
            self._damaged[place] = inode
            for client in self._clients:
                client.rebuild(self._places.index(place))

    def close(self) -> None:
        """Close the clients and the in-memory indexes."""
        for client in self._clients:
            client.close()
        for connection in self._in_memory:
            connection.close()
        if self._temporary is not None:
            self._temporary.remove()


def _total_size(archive: Archive) -> int:
    """The total size in bytes of an archive of files named one by one; 0 for a folder."""
    return sum(map(_size, archive.files or ()))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
