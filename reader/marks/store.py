"""The store: one SQLite database in the data folder, every change of it on the disk before the call returns.

It is what cannot be made again. So a change is written whole or not at all, and the file is looked at around each
change, because SQLite would go on writing into one that somebody removed.
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
from reader.marks.backups import copy_open, unusable
from reader.marks.changes import ChangeLog, articles_in, reader_token, recorded
from reader.marks.kinds import Change, Kind
from reader.marks.recovery import Rows, readable
from reader.marks.standing import clear_logs, make_folder, put_aside, put_in_place, remove, standing
from reader.marks.store_opening import Opened, last_revision, opened
from reader.marks.telling import damaged, sensible, told, told_of_files

_NO_PATIENCE = 30
_PATIENCE = 5_000
"""Milliseconds that a change waits for another reader's."""

_IMPATIENCE = 100
"""Milliseconds that a change waits after one that waited in vain."""

_Made = TypeVar("_Made")


class Merge(Protocol):
    """Adds to a store what another holds."""

    def __call__(self, into: "Store", other: Rows, *, unlogged: bool) -> None: ...  # noqa: D102 - see merging.py


class Store:
    """The database. Use it from one thread; several readers may have it open at once."""

    def __init__(self, path: Path | None, fingerprint: Callable[[str], int | None], merge: "Merge") -> None:
        """Open or make the store in the file `path`, its folder too; None keeps it in memory.

        `fingerprint` gives that of an article's file by its id, where it is known; `merge` adds to a store what
        another holds, or only what is `unlogged` as a change.

        Raises:
            CorruptStoreError: It is damaged.
            StoreError: It cannot be opened or written, or belongs to a newer reader.
        """
        self._path = path
        self._fingerprint = fingerprint
        self._merge = merge
        self._reader = reader_token()
        self._place = ":memory:" if path is None else str(path)
        self._closed = False
        self._patience = _PATIENCE
        self._go_on_with(opened(path, self._reader, _PATIENCE))

    def _go_on_with(self, what: Opened) -> None:
        self.connection, self._changes = what.connection, what.changes
        self._version, self._standing, self._seen = what.version, what.standing, what.revision

    def close(self) -> None:
        """Close the store; closing twice does nothing."""
        if not self._closed:
            with contextlib.suppress(StoreError):
                # Whoever has it open last is the last to have it, if its file is gone.
                self._stand()
        self._closed = True
        self.connection.close()

    @property
    def path(self) -> Path | None:
        """The file, or None in memory."""
        return self._path

    # Reading

    def rows(self, statement: str, values: Any = ()) -> list[Any]:
        """What a question finds.

        Raises:
            StoreError: The store cannot be read.
        """
        with told(self._place):
            return self.connection.execute(statement, values).fetchall()

    def made(self, make: Callable[..., _Made], statement: str, values: Any = ()) -> list[_Made]:
        """What is made of each row that a question finds.

        Raises:
            CorruptStoreError: A row makes no sense, as in a store whose pages were mixed up.
            StoreError: The store cannot be read.
        """
        with told(self._place), sensible():
            return [make(*row) for row in self.connection.execute(statement, values)]

    def ids(self, statement: str, values: Any = ()) -> set[str]:
        """The first column of what a question finds."""
        return {str(row[0]) for row in self.rows(statement, values)}

    # Writing

    @contextmanager
    def change(
        self,
        kind: Kind | None,
        detail: str = "",
        article: Article | None = None,
        unlogged: Callable[[apsw.Connection], None] | None = None,
        *,
        patient: bool = True,
    ) -> Iterator[apsw.Connection]:
        """One transaction, in which `article` is known to the store; with a `kind` it can be undone.

        What `unlogged` does first is written with it, and stays when it is undone. Without being `patient` it waits for
        another reader's change no longer than nobody notices.

        Raises:
            StoreError: It could not be written; nothing of it was.
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

    def undo(self) -> Change | None:
        """Undo the last change of a mark that this reader made, or that was made before it began.

        Raises:
            StoreError: The database could not be written.
        """
        return self._turned(ChangeLog.undo)

    def redo(self) -> Change | None:
        """Do again what was undone last.

        Raises:
            StoreError: The database could not be written.
        """
        return self._turned(ChangeLog.redo)

    def _turned(self, turn: Callable[[ChangeLog], Change | None]) -> Change | None:
        with self._transaction():
            with sensible():
                change = turn(self._changes)
            if change is not None and not change.overtaken:
                self.revise(change.articles)
            return change

    @contextmanager
    def _transaction(self, *, patient: bool = True) -> Iterator[apsw.Connection]:
        self._stand()
        self._begin_here(patient=patient)
        with told(self._place):
            try:
                yield self.connection
            except BaseException:
                # A full disk may have rolled it back already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            try:
                self.connection.execute("COMMIT")
            except apsw.Error:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        # What was written into a file that is gone would be lost with this process.
        self._stand()

    def _begin_here(self, *, patient: bool) -> None:
        """Begin a transaction, once nobody else writes, in the file in its place: a restore may replace it."""
        while True:
            with told(self._place):
                # At once: one that begins by reading would be refused if another reader wrote meanwhile.
                self._begin(patient=patient)
            if self._path is None or self._closed or standing(self._path).file == self._standing.file:
                return
            self.connection.execute("ROLLBACK")
            self._stand()

    def _begin(self, *, patient: bool) -> None:
        self.connection.set_busy_timeout(self._patience if patient else _NO_PATIENCE)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except (apsw.BusyError, apsw.LockedError):
            if patient:
                # Whoever holds it for so long may hold it for longer; not every change waits for that anew.
                self._patience = _IMPATIENCE
            raise
        self._patience = _PATIENCE

    def revise(self, articles: Iterable[str]) -> None:
        """Let every reader know that the marks of articles changed."""
        revision = last_revision(self.connection) + 1
        self.connection.executemany(
            "UPDATE article SET revision = ? WHERE id = ?", [(revision, one) for one in articles]
        )

    def forget_changes(self) -> None:
        """Let what was done up to now be beyond undoing; raises StoreError where that cannot be written."""
        with self.change(None) as connection:
            connection.execute("DELETE FROM change")

    # What other readers do

    def changed_elsewhere(self) -> bool:
        """Whether another reader wrote since this was asked last; False where that cannot be told."""
        before = self._version
        with contextlib.suppress(StoreError, apsw.Error):
            path = None if self._closed else self._path
            if path is not None and standing(path).file not in {None, self._standing.file}:
                # The other reader wrote the file anew; what is no store yet may be one that is just being written.
                self._take_up(path)
                return True
            self._version = int(self.connection.pragma("data_version"))
        return before != self._version

    def revised(self) -> set[str]:
        """The ids of the articles whose marks changed since this was asked last, by this reader or by others."""
        statement = "SELECT id, revision FROM article WHERE revision > ?"
        found = self.made(lambda article, revision: (str(article), int(revision)), statement, (self._seen,))
        self._seen = max((revision for _id, revision in found), default=self._seen)
        return {article_id for article_id, _revision in found}

    # The file

    def _stand(self) -> None:
        """See that the file is still there; write it anew if it is gone, and add to it if it is another.

        Raises:
            StoreError: It is gone, and cannot be written anew; what it held is still here.
        """
        path = self._path
        if path is None or self._closed or (found := standing(path)) == self._standing:
            return
        if found.file is None:
            self._put_back(path)
        elif found.file != self._standing.file:
            try:
                self._take_up(path)
            except CorruptStoreError:
                with told_of_files(path):
                    put_aside(path)
                self._put_back(path)
        elif any(was not in {None, now} for was, now in zip(self._standing.logs, found.logs, strict=True)):
            # The log was removed, or is another's by now, and is still written to.
            self._put_back(path)

    def _put_back(self, path: Path) -> None:
        """Write the store anew where its file or its log is gone, and go on with that."""
        make_folder(path.parent)
        fresh = path.with_name(f"{path.name}.{self._reader[-8:]}.tmp")
        try:
            with told(self._place), told_of_files(path):
                remove(fresh)
                copy_open(self.connection, fresh)
                if reason := unusable(fresh):
                    raise damaged(self._place, reason)
                clear_logs(path)
                alone = put_in_place(fresh, path, self._standing)
        finally:
            remove(fresh)
        if not alone:
            # Another reader was quicker.
            self._take_up(path)
            return
        old = self.connection
        self._go_on_with(opened(path, self._reader, _PATIENCE, self._changes))
        # Whatever was known of marks is looked at again.
        self._seen = -1
        old.close()

    def _take_up(self, path: Path) -> None:
        """Go on with another file that was put in the place of the one that was open, and add what that one held.

        Raises:
            CorruptStoreError: It is no store; the old one is still open.
            StoreError: It cannot be used; the old one is still open.
        """
        old = Opened(self.connection, self._changes, self._standing, self._version, self._seen)
        with told_of_files(path):
            clear_logs(path, self._standing)
        self._go_on_with(opened(path, self._reader, _PATIENCE, self._changes))
        self._seen = -1
        try:
            # Where the old log was copied with the marks, one that was deleted since must not come again.
            self._merge(self, readable(old.connection), unlogged=self._changes.continued)
        except BaseException:
            self.connection.close()
            self._go_on_with(old)
            raise
        old.connection.close()


def _know(connection: apsw.Connection, article: Article, fingerprint: int | None) -> None:
    connection.execute(
        "INSERT INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, title = excluded.title,"
        " fingerprint = coalesce(excluded.fingerprint, fingerprint)",
        # Found again from whichever folder the reader is started in.
        (article.id, os.fsencode(absolute(article.path)), article.title, fingerprint),
    )
