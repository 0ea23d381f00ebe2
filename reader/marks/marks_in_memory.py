"""Marks in memory while the database cannot be used; they are saved to it later, or to a file of marks.

They replace a database that could not be opened, or that another process kept locked for too long. The changes made in
memory are repeated in the database, except for marks that another process has changed since.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import CorruptStoreError, StoreError
from reader.language import _
from reader.marks.database_files import STAMP
from reader.marks.differences import added, count_changes
from reader.marks.dump import dump
from reader.marks.exchange import ArticleRecord, MarksFile, decoded, encoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks
from reader.marks.unsaved_file_paths import name_once_added, unsaved_files, unsaved_name
from reader.private_files import FILE, make_private_folder

if TYPE_CHECKING:
    import apsw

_PATIENCE = 50
"""Milliseconds that an attempt waits for another process, which blocks the screen."""

_ROUNDED = 2e-6
"""The tolerance in seconds when times of a record and of the database are compared."""


class Reopening:
    """The marks in memory that replace a database, and their initial state.

    Attributes:
        error: Why the database could not be used at the last attempt.
    """

    def __init__(
        self, path: Path, marks: Marks, error: StoreError, fingerprint: Callable[[str], int | None] = lambda _id: None
    ) -> None:
        """Replace the database at `path`, which could not be opened because of `error`."""
        self._path = path
        self._marks = marks
        self._fingerprint = fingerprint
        self._before = dump(marks.store.rows)
        self._log = self._changes()
        self.error = error

    @property
    def is_unsaved(self) -> bool:
        """Whether there are unsaved marks."""
        return self._changes() != self._log

    def _changes(self) -> list[Any]:
        """A value that differs after each change, undo and redo."""
        return self._marks.store.rows("SELECT max(id), count(*), total(undone) FROM change")

    def count(self) -> int:
        """The number of unsaved marks."""
        return count_changes(self._before, self._now()) if self.is_unsaved else 0

    def _now(self) -> MarksFile:
        return dump(self._marks.store.rows)

    def attempt(self) -> Marks | None:
        """Repeat the changes in the database, and return its marks; None while the database cannot be used.

        A corrupt database is left unchanged, because it has to be restored.
        """
        if isinstance(self.error, CorruptStoreError):
            return None
        marks: Marks | None = None
        try:
            marks = Marks(self._path, self._fingerprint, _PATIENCE)
            marks.store.lock_wait.limit(_PATIENCE)
            _repeat(marks, self._before, self._now())
        except StoreError as error:
            self.error = error
            if marks is not None:
                marks.close()
            return None
        return marks

    def discard(self) -> None:
        """Treat the marks as saved; StoreError is raised if they cannot be read."""
        self._log = self._changes()

    def write_file(self, others: Sequence[Path] | None = None) -> Path:
        """Write the new and changed marks to a file of marks, and treat them as saved; return the path of the file.

        The file is written beside the database. If that folder is not writable, the first of the folders `others` that
        is writable is used; by default these are the current folder and the home folder.

        Raises:
            StoreError: None of the folders is writable.
        """
        content = encoded(added(self._before, self._now()))
        name = unsaved_name(self._path, datetime.now(UTC).strftime(STAMP))
        reason: OSError | None = None
        for folder in (self._path.parent, *((Path(), Path("~").expanduser()) if others is None else others)):
            path = folder / name
            try:
                _write(path, content)
            except OSError as error:
                reason = reason or error
                with suppress(OSError):
                    path.unlink()
            else:
                self.discard()
                return path
        raise StoreError(
            _("The unsaved marks cannot be written to a file ({path}): {reason}").format(
                path=self._path.parent / name, reason=reason and (reason.strerror or reason)
            ),
            _("check the folder's permissions and the free disk space"),
        )


def detach(path: Path, marks: Marks, error: StoreError, fingerprint: Callable[[str], int | None]) -> Reopening | None:
    """Continue with the marks in memory, because their database at `path` is locked; None if it cannot be read."""
    try:
        unsaved = Reopening(path, marks, error, fingerprint)
        marks.store.detach()
    except StoreError:
        return None
    return unsaved


def add_unsaved(marks: Marks, store: Path) -> int:
    """Add the files of marks that earlier sessions left beside the database, and rename them; return their number.

    Raises:
        ReaderError: A file is invalid, or the database cannot be written; this file and later ones stay.
        OSError: A file cannot be read or renamed.
    """
    files = unsaved_files(store)
    for path in files:
        import_marks(marks.store, decoded(path.read_bytes()), detail=path.name)
        path.rename(name_once_added(path))
    return len(files)


def _write(path: Path, content: bytes) -> None:
    make_private_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _repeat(marks: Marks, before: MarksFile, now: MarksFile) -> None:
    """Repeat in a database the changes that turned `before` into `now`.

    It can be repeated after a failure, because only the last of its three transactions adds to existing values.

    Raises:
        StoreError: The database could not be written; the call can be repeated.
    """
    new = added(before, now)
    days, new.days = new.days, []
    with marks.store.change(None, patient=False) as connection:
        now_by_id = {record.id: record for record in now.articles}
        for record in before.articles:
            since = now_by_id.get(record.id) or ArticleRecord(record.id, "", "")
            if since != record:
                _delete(connection, record, since)
                marks.store.revise([record.id])
        kept = {(one.name, one.query) for one in now.searches}
        connection.executemany(
            "DELETE FROM saved_search WHERE name = ? AND query = ?",
            [(one.name, one.query) for one in before.searches if (one.name, one.query) not in kept],
        )
        words = {one.uid for one in now.words}
        connection.executemany(
            "DELETE FROM word WHERE uid = ?", [(one.uid,) for one in before.words if one.uid not in words]
        )
        for record in new.articles:
            _keep_place(connection, record)
    if new.articles or new.searches or new.words:
        import_marks(marks.store, new, undoable=False)
    if new.state or days:
        with marks.store.change(None, patient=False) as connection:
            connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", [*new.state.items()])
            connection.executemany(
                "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                " seconds = seconds + excluded.seconds, characters = characters + excluded.characters",
                [(one.day.isoformat(), one.seconds, one.characters) for one in days],
            )


def _keep_place(connection: "apsw.Connection", record: ArticleRecord) -> None:
    """Keep the saved position of an article that was only opened at its beginning."""
    known = "SELECT 1 FROM article WHERE id = ? AND place_block IS NOT NULL"
    if record.place in {None, (0, 0)} and connection.execute(known, (record.id,)).fetchone():
        record.opened = record.place = None
        record.progress, record.place_quotation = 0.0, ""


def _delete(connection: "apsw.Connection", before: ArticleRecord, now: ArticleRecord) -> None:
    """Delete the marks that an article no longer has."""
    for column, then, since in _states(before, now):
        if then is not None and since is None:
            connection.execute(
                f"UPDATE article SET {column} = NULL WHERE id = ? AND abs({column} - ?) < ?",
                (before.id, then, _ROUNDED),
            )
    tags = {tag.name for tag in now.tags}
    connection.executemany(
        "DELETE FROM tag WHERE article = ? AND name = ?",
        [(before.id, tag.name) for tag in before.tags if tag.name not in tags],
    )
    for table, then_all, now_all in (
        ("bookmark", before.bookmarks, now.bookmarks),
        ("highlight", before.highlights, now.highlights),
    ):
        uids = {one.uid for one in now_all}
        connection.executemany(
            f"DELETE FROM {table} WHERE uid = ? AND changed_at < ?",
            [(one.uid, one.changed.timestamp() + _ROUNDED) for one in then_all if one.uid not in uids],
        )
    reviewed = {one.uid for one in now.reviews}
    connection.executemany(
        "DELETE FROM review WHERE id = ? AND changed_at < ?",
        [(one.uid, one.reviewed.timestamp() + _ROUNDED) for one in before.reviews if one.uid not in reviewed],
    )


def _states(before: ArticleRecord, now: ArticleRecord) -> Iterator[tuple[str, float | None, float | None]]:
    """The columns of an article's states, each with the time at which it was set, before and now."""
    yield "read_at", before.read_at, now.read_at
    for column, then, since in (
        ("starred_at", before.starred, now.starred),
        ("later_at", before.later, now.later),
    ):
        yield column, then.timestamp() if then else None, since.timestamp() if since else None
