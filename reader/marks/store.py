"""The store: one SQLite database in the data folder, every change of it on the disk before the call returns.

It is what cannot be made again. So a change is written whole or not at all; the file is looked at around each change,
because SQLite would go on writing into one that somebody removed; and before its tables change it is copied.
"""

import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.folding import folded
from reader.errors import DamagedStoreError, StoreError
from reader.language import _
from reader.marks.backups import back_up
from reader.marks.changes import ChangeLog, articles_in, recorded
from reader.marks.kinds import Change, Kind
from reader.marks.schema import migrate, outdated

_PATIENCE = 5_000
"""Milliseconds that a change waits for another reader's."""


Rows = Callable[[str], list[Any]]
"""Gives what a question to a store finds."""


@contextmanager
def told(path: str) -> Iterator[None]:
    """SQLite's errors as one that says where and what to do.

    Raises:
        DamagedStoreError: The file is no store, or is damaged.
        StoreError: Whatever else SQLite says.
    """
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise damaged(path, str(error)) from error
    except apsw.Error as error:
        raise StoreError(
            _("The store of marks cannot be used ({path}): {reason}").format(path=path, reason=error),
            _("see whether its folder can be written and the disk has room"),
        ) from error


def damaged(path: str, reason: str) -> DamagedStoreError:
    """The error that tells of a damaged store."""
    return DamagedStoreError(
        _("The store of marks is damaged ({path}): {reason}").format(path=path, reason=reason),
        _("reader marks restore goes back to the newest good copy; nothing is deleted"),
        path,
    )


class Store:
    """The database. Use it from one thread; several readers may have it open at once."""

    def __init__(
        self, path: Path | None, fingerprint: Callable[[str], int | None], merge: "Callable[[Store, Rows], None]"
    ) -> None:
        """Open or make the store in the file `path`, its folder too; None keeps it in memory.

        `fingerprint` gives that of an article's file by its id, where it is known; `merge` adds to a store what
        another holds.

        Raises:
            DamagedStoreError: It is damaged.
            StoreError: It cannot be opened or written, or belongs to a newer reader.
        """
        self._path = path
        self._fingerprint = fingerprint
        self._merge = merge
        self._reader = uuid.uuid4().hex
        self._place = ":memory:" if path is None else str(path)
        self._open()
        self._seen = self._revision()

    def _open(self) -> None:
        if self._path is not None:
            _make_folder(self._path.parent)
        with told(self._place):
            self.connection = apsw.Connection(self._place)
            self.connection.set_busy_timeout(_PATIENCE)
            for pragma, value in (("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", "on")):
                self.connection.pragma(pragma, value)
            self.connection.create_scalar_function("folded", _folded, 1, deterministic=True)
            if self._path is not None and outdated(self.connection):
                back_up(self._path, why="migration")
            migrate(self.connection)
            self._changes = ChangeLog(self.connection, self._reader)
            self._version = int(self.connection.pragma("data_version"))
        self._file = self._identity()

    def close(self) -> None:
        """Close the store; closing twice does nothing."""
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

    def ids(self, statement: str, values: Any = ()) -> set[str]:
        """The first column of what a question finds."""
        return {str(row[0]) for row in self.rows(statement, values)}

    # Writing

    @contextmanager
    def change(self, kind: Kind | None, detail: str = "", article: Article | None = None) -> Iterator[apsw.Connection]:
        """One transaction, in which `article` is known to the store; with a `kind` it can be undone.

        Raises:
            StoreError: It could not be written; nothing of it was.
        """
        with self._transaction() as connection:
            if article is not None:
                self._know(article)
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
            StoreError: It could not be written.
        """
        return self._turned(self._changes_now().undo)

    def redo(self) -> Change | None:
        """Do again what was undone last.

        Raises:
            StoreError: It could not be written.
        """
        return self._turned(self._changes_now().redo)

    def _changes_now(self) -> ChangeLog:
        self._stand()
        return self._changes

    def _turned(self, turn: Callable[[], Change | None]) -> Change | None:
        with self._transaction():
            change = turn()
            if change is not None:
                self.revise(change.articles)
            return change

    @contextmanager
    def _transaction(self) -> Iterator[apsw.Connection]:
        self._stand()
        with told(self._place):
            # At once: one that begins by reading would be refused if another reader wrote meanwhile.
            self.connection.execute("BEGIN IMMEDIATE")
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

    def _know(self, article: Article) -> None:
        self.connection.execute(
            "INSERT INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET path = excluded.path, title = excluded.title,"
            " fingerprint = coalesce(excluded.fingerprint, fingerprint)",
            # Found again from whichever folder the reader is started in.
            (article.id, os.fsencode(absolute(article.path)), article.title, self._fingerprint(article.id)),
        )

    def revise(self, articles: Iterable[str]) -> None:
        """Let every reader know that the marks of articles changed."""
        revision = self._revision() + 1
        self.connection.executemany(
            "UPDATE article SET revision = ? WHERE id = ?", [(revision, one) for one in articles]
        )

    def _revision(self) -> int:
        row: Any = self.connection.execute("SELECT coalesce(max(revision), 0) FROM article").fetchone()
        return int(row[0])

    def forget_changes(self) -> None:
        """Let what was done up to now be beyond undoing.

        Raises:
            StoreError: It could not be written.
        """
        with self.change(None) as connection:
            connection.execute("DELETE FROM change")

    # What other readers do

    def changed_elsewhere(self) -> bool:
        """Whether another reader wrote since this was asked last."""
        before = self._version
        with told(self._place):
            self._version = int(self.connection.pragma("data_version"))
        return before != self._version

    def revised(self) -> set[str]:
        """The ids of the articles whose marks changed since this was asked last, by this reader or by others."""
        found = self.rows("SELECT id, revision FROM article WHERE revision > ?", (self._seen,))
        self._seen = max((revision for _id, revision in found), default=self._seen)
        return {str(article_id) for article_id, _revision in found}

    # The file

    def _identity(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _stand(self) -> None:
        """See that the file is still there; write it anew if it is gone, and add to it if it is another.

        Raises:
            StoreError: It is gone, and cannot be written anew; what it held is still here.
        """
        found = self._identity()
        if self._path is None or found == self._file:
            return
        if found is None:
            self._put_back(self._path)
        else:
            self._take_up()

    def _put_back(self, path: Path) -> None:
        _make_folder(path.parent)
        fresh = path.with_name(f"{path.name}.{self._reader[:8]}.tmp")
        old = self.connection
        with told(self._place):
            try:
                # A log that was left alone belongs to what is gone.
                for name in (fresh, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                    name.unlink(missing_ok=True)
                copy = apsw.Connection(str(fresh))
                copy.pragma("synchronous", "full")
                with copy.backup("main", old, "main") as backup:
                    backup.step()
                copy.pragma("journal_mode", "delete")
                copy.close()
                fresh.replace(path)
            except OSError as error:
                raise StoreError(
                    _("The store of marks is gone and cannot be written anew ({path}): {reason}").format(
                        path=path, reason=error.strerror
                    ),
                    _("nothing is lost while this reader is open: bring its folder back"),
                ) from error
        self._open()
        self._seen = -1
        old.close()

    def _take_up(self) -> None:
        """Go on with another file that was put in the place of the one that was open, and add what that one held."""
        old = self.connection
        self._open()
        # Whatever was known of marks is looked at again.
        self._seen = -1
        try:
            with told(self._place):
                self._merge(self, lambda statement: old.execute(statement).fetchall())
        finally:
            old.close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("The folder for marks cannot be made ({path}): {reason}").format(path=folder, reason=error.strerror),
            _("name another data folder with XDG_DATA_HOME"),
        ) from error


def _folded(*values: Any) -> str:
    return folded(str(values[0]))


def now() -> float:
    """The moment as the store writes it: seconds since 1970, UTC, whole in microseconds as a date can tell it."""
    return round(time.time(), 6)


def moment(seconds: float) -> datetime:
    """A moment as the store writes it, in UTC; the beginning of time where it is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def path_of(path: bytes) -> Path:
    """A path as the store writes it: in bytes, since a file's name need not be UTF-8."""
    return Path(os.fsdecode(path))
