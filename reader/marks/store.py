"""The store: an SQLite database in the data folder, with every change synced to disk before the call returns.

Its data cannot be recreated. Changes are therefore transactions, and the identity of the file is checked around each
change, because SQLite would continue to write to a deleted file.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import apsw

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.errors import CorruptStoreError, StoreError
from reader.marks import transactions
from reader.marks.backups import unusable
from reader.marks.change_kinds import Change, ChangeKind
from reader.marks.database_copies import copy_open
from reader.marks.database_files import clear_logs, file_identities, make_folder, put_aside, put_in_place, remove
from reader.marks.recovery import Fetch, readable
from reader.marks.store_errors import corrupt_store_error, corruption_errors, file_errors, store_errors
from reader.marks.store_opening import OpenedStore, detached, last_revision, opened, settled_identities
from reader.marks.undo_log import UndoLog, articles_in, reader_token, recorded

_Made = TypeVar("_Made")

Fingerprint = Callable[[str], int | None]
"""Returns the fingerprint of an article's file by article id; None if it is unknown."""


class Merge(Protocol):
    """Merges another database into a store."""

    def __call__(self, into: "Store", other: Fetch, *, unlogged: bool) -> None: ...  # noqa: D102 - see merging.py


class Store:
    """The database. Use it from one thread; several processes may open it at once."""

    def __init__(self, path: Path | None, fingerprint: Fingerprint, merge: "Merge", patience: int | None) -> None:
        """Open or create the database at `path` and its folder; None keeps it in memory.

        `merge` merges another database, or only its `unlogged` data. Opening waits up to `patience` milliseconds for
        another process, by default as long as a change waits.

        Raises:
            CorruptStoreError: The database is corrupt.
            StoreError: It cannot be opened or written, or is of a newer version.
        """
        self._path, self._fingerprint, self._merge = path, fingerprint, merge
        self._reader = reader_token()
        self._place = ":memory:" if path is None else str(path)
        self._closed = False
        self.lock_wait = transactions.LockWait()
        self._use(opened(path, self._reader, transactions.PATIENCE if patience is None else patience))

    def _use(self, what: OpenedStore) -> None:
        self.connection, self._changes = what.connection, what.changes
        self._version, self._identities, self._seen = what.version, what.identities, what.revision

    def close(self) -> None:
        """Close the store; closing it again does nothing."""
        if not self._closed:
            with contextlib.suppress(StoreError):
                # If the file was deleted, the last process that has it open must rewrite it.
                self._check_file()
        self._closed = True
        self.connection.close()

    @property
    def path(self) -> Path | None:
        """The file, or None in memory."""
        return self._path

    # Reading

    def rows(self, statement: str, values: Any = ()) -> list[Any]:
        """Execute a query and return its rows.

        Raises:
            StoreError: The database cannot be read.
        """
        with store_errors(self._place):
            return self.connection.execute(statement, values).fetchall()

    def records(self, make: Callable[..., _Made], statement: str, values: Any = ()) -> list[_Made]:
        """Execute a query and convert each row with `make`.

        Raises:
            CorruptStoreError: A row contains invalid values.
            StoreError: The database cannot be read.
        """
        with store_errors(self._place), corruption_errors():
            return [make(*row) for row in self.connection.execute(statement, values)]

    def ids(self, statement: str, values: Any = ()) -> set[str]:
        """Execute a query and return the set of its first column."""
        return {str(row[0]) for row in self.rows(statement, values)}

    # Writing

    @contextmanager
    def change(
        self,
        kind: ChangeKind | None,
        detail: str = "",
        article: Article | None = None,
        unlogged: Callable[[apsw.Connection], None] | None = None,
        *,
        patient: bool = True,
    ) -> Iterator[apsw.Connection]:
        """Run a transaction, adding `article` to the database; with a `kind` it is logged for undo.

        `unlogged` runs first in the same transaction, and undo does not revert it. Unless `patient`, the wait for other
        processes is imperceptibly short.

        Raises:
            StoreError: The transaction failed and was rolled back.
        """
        with self._transaction(patient=patient) as connection:
            if article is not None:
                _know(connection, article, self._fingerprint(article.id))
            if unlogged is not None:
                unlogged(connection)
            if kind is None:
                yield connection
                return
            with recorded(connection) as changes:
                yield connection
            changeset = changes[0]
            if changeset:
                self.revise(articles_in(connection, changeset))
                self._changes.add(kind, detail, changeset)

    def know(self, connection: apsw.Connection, article: Article) -> None:
        """Add another article to the database, within a change."""
        _know(connection, article, self._fingerprint(article.id))

    def query_log(self, query: Callable[[UndoLog], _Made]) -> _Made:
        """Apply a function that only reads to the undo log; raises StoreError if it cannot be read."""
        self._check_file()
        with store_errors(self._place), corruption_errors():
            return query(self._changes)

    def undo_or_redo(self, step: Callable[[UndoLog], Change | None]) -> Change | None:
        """Undo or redo a change; raises StoreError if the database could not be written."""
        with self._transaction():
            with corruption_errors():
                change = step(self._changes)
            if change is not None and not change.overtaken:
                self.revise(change.articles)
            return change

    @contextmanager
    def _transaction(self, *, patient: bool = True) -> Iterator[apsw.Connection]:
        self._check_file()
        self._begin_here(patient=patient)
        with store_errors(self._place), transactions.ending(self.connection) as connection:
            yield connection
        # If the file was deleted meanwhile, the change would be lost with this process.
        self._check_file()

    def _begin_here(self, *, patient: bool) -> None:
        """Begin a transaction in the current file, since a restore may replace it while waiting for the lock."""
        while True:
            with store_errors(self._place):
                self.lock_wait.begin(self.connection, patient=patient)
            if self._path is None or self._closed or file_identities(self._path).file == self._identities.file:
                return
            self.connection.execute("ROLLBACK")
            self._check_file()

    def revise(self, articles: Iterable[str]) -> None:
        """Increase the revision of articles, which notifies all processes of the change."""
        revision = last_revision(self.connection) + 1
        self.connection.executemany(
            "UPDATE article SET revision = ? WHERE id = ?", [(revision, one) for one in articles]
        )

    def forget_changes(self) -> None:
        """Clear the undo log; raises StoreError if that cannot be written."""
        with self.change(None) as connection:
            connection.execute("DELETE FROM change")

    # Changes by other processes

    def changed_elsewhere(self) -> bool:
        """Whether another process has written since the last call; False if unknown."""
        before = self._version
        with contextlib.suppress(StoreError, apsw.Error):
            path = None if self._closed else self._path
            if path is not None and file_identities(path).file not in {None, self._identities.file}:
                # Another process replaced the file; an invalid file may still be in the process of being written.
                self._switch_to(path)
                return True
            self._version = int(self.connection.pragma("data_version"))
        return before != self._version

    def revised(self) -> set[str]:
        """Return the ids of the articles whose marks have changed since the last call, in any process."""
        statement = "SELECT id, revision FROM article WHERE revision > ?"
        found = self.records(lambda article, revision: (str(article), int(revision)), statement, (self._seen,))
        self._seen = max((revision for _id, revision in found), default=self._seen)
        return {article_id for article_id, _revision in found}

    # The file

    def detach(self) -> None:
        """Continue with a copy in memory that has the same row ids and log; raises StoreError if it cannot be read."""
        with store_errors(self._place):
            copy = detached(self.connection, self._reader, self._changes)
        old, self._path, self._place = self.connection, None, ":memory:"
        self._use(copy)
        old.close()

    def _check_file(self) -> None:
        """Check the file: rewrite it if it was deleted, and merge into it if it was replaced.

        Raises:
            StoreError: The file was deleted and cannot be rewritten; the open connection still has its content.
        """
        if (path := self._path) is None or self._closed:
            return
        if (found := settled_identities(path, self._identities, transactions.PATIENCE)) == self._identities:
            return
        if found.file is None:
            self._rewrite(path)
        elif found.file != self._identities.file:
            try:
                self._switch_to(path)
            except CorruptStoreError:
                with file_errors(path):
                    put_aside(path)
                self._rewrite(path)
        elif any(was not in {None, now} for was, now in zip(self._identities.logs, found.logs, strict=True)):
            # The WAL was deleted or replaced, but this connection would still write to the old one.
            self._rewrite(path)

    def _rewrite(self, path: Path) -> None:
        """Rewrite the database after its file or WAL was deleted, and switch to the new file."""
        make_folder(path.parent)
        fresh = path.with_name(f"{path.name}.{self._reader[-8:]}.tmp")
        try:
            with store_errors(self._place), file_errors(path):
                remove(fresh)
                copy_open(self.connection, fresh)
                if reason := unusable(fresh):
                    raise corrupt_store_error(self._place, reason)
                clear_logs(path)
                alone = put_in_place(fresh, path, self._identities)
        finally:
            remove(fresh)
        if not alone:
            # Another process was faster.
            self._switch_to(path)
            return
        old = self.connection
        self._use(opened(path, self._reader, transactions.PATIENCE, self._changes))
        self._seen = -1  # all marks count as changed
        old.close()

    def _switch_to(self, path: Path) -> None:
        """Switch to a file that has replaced the open one, and merge the content of the latter.

        Raises:
            CorruptStoreError: The new file is not a marks database; the old one stays open.
            StoreError: The new file cannot be used; the old one stays open.
        """
        old = OpenedStore(self.connection, self._changes, self._identities, self._version, self._seen)
        with file_errors(path):
            clear_logs(path, self._identities)
        self._use(opened(path, self._reader, transactions.PATIENCE, self._changes))
        self._seen = -1
        try:
            # If the new file continues the old undo log, merging must not bring back deleted marks.
            self._merge(self, readable(old.connection), unlogged=self._changes.continued)
        except BaseException:
            self.connection.close()
            self._use(old)
            raise
        old.connection.close()


def _know(connection: apsw.Connection, article: Article, fingerprint: int | None) -> None:
    connection.execute(
        "INSERT INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, title = excluded.title,"
        " fingerprint = coalesce(excluded.fingerprint, fingerprint)",
        # Stored as an absolute path, independent of the working directory.
        (article.id, os.fsencode(absolute(article.path)), article.title, fingerprint),
    )
