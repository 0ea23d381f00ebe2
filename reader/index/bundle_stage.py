"""A stage of a sync: lists the entries of bundles (files that hold many articles) that are new or changed."""

import json
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from reader.archive.article import FileWarning
from reader.archive.bundles.entry_paths import ENTRY, may_be_bundle
from reader.archive.walk import FoundFile
from reader.index import sync_on_demand as on_demand
from reader.index.entries import RejectedFile, relative
from reader.index.writer import StoredFile, Writer
from reader.lean_dataclasses import dataclass, field

_LARGE = 8 * 2**20
"""The total size of bundles in bytes from which a worker lists their entries, since it can be killed if it hangs."""
_FEW = 100
"""The maximum number of bundles whose entries this process lists itself, if they are smaller."""

_Stored = tuple[tuple[int, int, int], str]
"""The size, modification time and inode of a bundle, and the number of skipped files in it by kind, as JSON."""
_Status = tuple[int, int, int]


@dataclass(slots=True)
class BundleStage:
    """The bundles that the walk finds.

    Attributes:
        root: The root of the archive.
        writer: The writer of the index.
        stopped: Returns whether to stop.
    """

    root: str
    writer: Writer
    stopped: Callable[[], bool]
    _known: dict[bytes, _Stored] = field(init=False)
    _unchanged: dict[bytes, _Stored] = field(default_factory=dict)
    _listed: dict[bytes, _Stored] = field(default_factory=dict)
    _waiting: list[FoundFile] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = self.writer.connection.execute("SELECT path, size, mtime, inode, skipped FROM bundle")
        self._known = {path: ((size, mtime, inode), skipped) for path, size, mtime, inode, skipped in rows}

    def take(self, found: FoundFile, inner: bytes, refused: dict[bytes, _Status]) -> bool:
        """Return whether a found file may be a bundle; remember it for `list_entries` if it is new or changed.

        An unchanged file is removed from `refused`, whether it has turned out to be a bundle or not.
        """
        if not may_be_bundle(found.path):
            return False
        known = self._known.get(inner)
        if known is not None and known[0] == found[1:]:
            self._unchanged[inner] = known
            refused.pop(inner, None)
        elif known is None and refused.get(inner) == found[1:]:
            del refused[inner]
        else:
            self._waiting.append(found)
        return True

    def unchanged_entries(self, paths: Collection[bytes]) -> Iterator[bytes]:
        """Yield the `paths` that are in unchanged bundles."""
        if not self._unchanged:
            return
        separator = os.fsencode(os.sep)
        for path in paths:
            place = path.find(separator)
            while place >= 0:
                if path[:place] in self._unchanged:
                    yield path
                    break
                place = path.find(separator, place + 1)

    def list_entries(self) -> Iterator[FoundFile]:
        """Yield the entries of new and changed bundles; store the files that are not bundles or cannot be read."""
        if not self._waiting:
            return
        size = sum(max(0, found.size) for found in self._waiting)
        many = on_demand.pool_size(len(self._waiting), _FEW) or int(size >= _LARGE)
        pool = on_demand.WorkerPool(on_demand.read_bundles, _unlisted, many)
        with pool:
            for found in self._waiting:
                pool.submit([found])
                for listings in pool.results(finish=False):
                    yield from self._entries(listings)
                if self.stopped():
                    return
            for listings in pool.results(finish=True):
                yield from self._entries(listings)
                if self.stopped():
                    return

    def fresh_entries(self, missing: dict[bytes, StoredFile]) -> Iterator[FoundFile]:
        """Yield the new and changed entries of `list_entries`; remove all of its entries from `missing`.

        `missing` has the indexed articles that have not been found so far.
        """
        for entry in self.list_entries():
            one = missing.pop(relative(entry.path, self.root), None)
            # A file that turned out not to be a bundle may be an article that has not changed.
            if one is None or entry.inode == ENTRY or one[2:5] != entry[1:]:
                yield entry

    def _entries(self, listings: "list[on_demand.BundleListing]") -> Iterator[FoundFile]:
        for listing in listings:
            inner = relative(listing.found.path, self.root)
            refused = [
                RejectedFile(_entry_status(listing.found, os.fspath(one.path)), one.message) for one in listing.warnings
            ]
            if listing.is_bundle:
                self._listed[inner] = listing.found[1:], json.dumps(dict(listing.skipped))
            elif not refused and not listing.entries:
                refused = [RejectedFile(listing.found, "")]
            if refused:
                with self.writer.transaction():
                    self.writer.add_refused(refused)
            yield from listing.entries

    def finish(self) -> None:
        """Record the bundles, once all of their entries are stored; requires a transaction."""
        self.writer.connection.execute("DELETE FROM bundle")
        self.writer.connection.executemany(
            "INSERT INTO bundle VALUES (?, ?, ?, ?, ?)",
            ((path, *status, skipped) for path, (status, skipped) in (self._unchanged | self._listed).items()),
        )


def _entry_status(bundle: FoundFile, path: str) -> FoundFile:
    """The status stored with a warning about a bundle or entry: the bundle's, so that it lasts until that changes."""
    return bundle._replace(path=path)


def _unlisted(found: FoundFile, failure: "on_demand.Failure") -> "on_demand.BundleListing":
    """The listing of a bundle that could not be read. No file has its size of -1, so the next sync tries again."""
    warning = FileWarning(Path(found.path), on_demand.given_up(failure))
    return on_demand.BundleListing(found._replace(size=-1), is_bundle=False, warnings=(warning,))
