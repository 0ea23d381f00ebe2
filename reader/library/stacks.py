"""The stacks: where the index of each archive lies, and who keeps them current."""

import os
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reader import language
from reader.archive.archive import Archive
from reader.errors import ArchiveError, IndexingError
from reader.index.index import Index, inode_of
from reader.index.opening import index_path
from reader.index.schema import PATIENCE
from reader.language import _
from reader.library.events import Event, Kept, Order
from reader.library.keeper import Keeper, ProcessKeeper, ThreadKeeper, Told
from reader.library.refs import MOST_ARCHIVES

if TYPE_CHECKING:
    from reader.library.surveyor import Surveyor

_IN_MEMORY = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
_numbers = count()


def in_memory() -> tuple[str, apsw.Connection]:
    """The name of an index in memory, which lasts as long as the connection."""
    name = f"file:/reader-{os.getpid()}-{next(_numbers)}?vfs=memdb"
    return name, apsw.Connection(name, flags=_IN_MEMORY)


class Stacks:
    """The indexes of archives: files, or in memory for single files and where no file can be written."""

    def __init__(
        self, archives: Sequence[Archive], cache: Path | None, store: Path | None, *, show_copies: bool
    ) -> None:
        """Name the indexes in the folder `cache`, or in memory without one; nothing is opened or begun yet.

        Raises:
            ArchiveError: There are more archives than can be told apart.
        """
        if len(archives) > MOST_ARCHIVES:
            message = _("{count} archives are too many at once").format(count=len(archives))
            raise ArchiveError(
                message, _("name a folder that holds them; {most} is the most").format(most=MOST_ARCHIVES)
            )
        self._archives = archives
        self._store, self._show_copies = store, show_copies
        self._held: list[apsw.Connection] = []
        self._places = [self._place(archive, cache) for archive in archives]
        self._given: list[list[Index]] = []
        self._damaged: dict[str, int] = {}
        self._told: Told = lambda _event: None
        self._keepers = self._employed()

    def _place(self, archive: Archive, cache: Path | None) -> str:
        # The index of a single file is made faster than it is looked for.
        if cache is not None and archive.files is None:
            return os.fspath(index_path(cache, archive.root, archive.files))
        return self._new_in_memory()

    def _new_in_memory(self) -> str:
        name, connection = in_memory()
        self._held.append(connection)
        return name

    def _employed(self) -> list[Keeper]:
        kept = [
            Kept(number, archive, place)
            for number, (archive, place) in enumerate(zip(self._archives, self._places, strict=True))
        ]
        files = tuple(one for one in kept if not one.index.startswith("file:"))
        memory = tuple(one for one in kept if one.index.startswith("file:"))
        keepers: list[Keeper] = []
        if files:
            keepers.append(ProcessKeeper(self._order(files)))
        if memory:
            keepers.append(ThreadKeeper(self._order(memory)))
        return keepers

    def _order(self, kept: tuple[Kept, ...]) -> Order:
        return Order(kept, self._store, self._show_copies, language.current())

    def indexes(self, patience: int = PATIENCE) -> list[Index]:
        """The archives' indexes, by connections that only the asker uses.

        Where somebody writes to an index in memory, they wait for `patience` milliseconds, then leave unanswered.
        """
        given = [Index(archive, place, patience) for archive, place in zip(self._archives, self._places, strict=True)]
        self._given.append(given)
        return given

    @cached_property
    def surveyor(self) -> "Surveyor":
        """Who counts what is in the indexes, from any thread."""
        from reader.library.surveyor import Surveyor  # noqa: PLC0415 - not for the first paint

        return Surveyor(self.indexes(), self.rebuild)

    # Keeping them current

    def launch(self) -> None:
        """Let the reading begin before the screen is there, if an archive was never read before."""
        if any(not place.startswith("file:") and not Path(place).exists() for place in self._places):
            for keeper in self._keepers:
                if isinstance(keeper, ProcessKeeper):
                    keeper.launch()

    def are_whole(self) -> bool:
        """Whether every archive was read to its end before, so that only changes are to be looked for."""
        return all(map(self._was_whole, range(len(self._archives))))

    def _was_whole(self, number: int) -> bool:
        try:
            return bool(self._given[0][number].complete())
        except IndexingError:
            return False

    def start(self, told: Told) -> None:
        """Begin to keep them current; `told` is told what happens, in other threads."""
        self._told = told
        for keeper in self._keepers:
            keeper.start(told)

    def happened(self, event: Event) -> bool:
        """Take in what a keeper tells; whether articles may have changed."""
        if event.error[0] and not self._was_whole(event.archive):
            # An index that was whole once is good to read; of one that never was, not everything would be found.
            self._fall_back(event.archive)
        summary = event.summary
        found = summary is not None and bool(summary.new or summary.changed or summary.moved or summary.gone)
        return bool(event.rebuilt) or found or (event.progress is not None and event.progress.changed)

    def _fall_back(self, number: int) -> None:
        """Have an index in memory, as it cannot be a file."""
        if self._places[number].startswith("file:"):
            return
        place = self._places[number] = self._new_in_memory()
        for indexes in self._given:
            # Each is opened anew in its own thread.
            indexes[number].path = place
        keeper = ThreadKeeper(self._order((Kept(number, self._archives[number], place),)))
        self._keepers.append(keeper)
        keeper.start(self._told)

    def stop(self) -> None:
        """Leave off; what was done stays."""
        for keeper in self._keepers:
            keeper.stop()

    def go_on(self) -> None:
        """Go on."""
        for keeper in self._keepers:
            keeper.go_on()

    def rebuild(self, place: str) -> None:
        """Make the index that lies in a place anew, once, however often it is said to be damaged; from any thread."""
        inode = inode_of(place)
        if place in self._places and self._damaged.get(place) != inode:
            self._damaged[place] = inode
            for keeper in self._keepers:
                keeper.rebuild(self._places.index(place))

    def close(self) -> None:
        """End all keeping and counting."""
        for keeper in self._keepers:
            keeper.close()
        if "surveyor" in self.__dict__:
            self.surveyor.close()
        for connection in self._held:
            connection.close()
