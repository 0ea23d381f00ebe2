"""The facade of the marks database.

Marks are the only data that cannot be recreated. They are therefore stored in a separate database in the data folder,
and every change is synced to disk before the call returns.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import apsw

from reader.errors import StoreError
from reader.language import _
from reader.marks.article_marks import ArticleMarks, Forgotten, forget_history
from reader.marks.backups import backups
from reader.marks.bookmarks import Bookmarks
from reader.marks.days import Days
from reader.marks.highlights import Highlights
from reader.marks.kinds import Change
from reader.marks.merging import merge
from reader.marks.searches import SavedSearches
from reader.marks.store import Store
from reader.marks.store_errors import store_errors

_READWRITE = apsw.SQLITE_OPEN_READWRITE


def _copies(store: Path) -> list[Path]:
    """Return the backups of a database, and the files set aside as corrupt or left by a restore."""
    beside = [path for kind in ("damaged", "restored") for path in store.parent.glob(f"{store.stem}-{kind}-*.db")]
    return [*(copy.path for copy in backups(store)), *sorted(beside)]


class Marks:
    """The marks. Use them from one thread; several processes may open them at once.

    Attributes:
        store: The database.
        articles: Marks of whole articles: read, starred, tags, positions, history.
        bookmarks: The bookmarks.
        highlights: The highlights and their notes.
        searches: The saved searches.
        days: Reading activity per day.
    """

    def __init__(
        self,
        path: Path | None,
        fingerprint: Callable[[str], int | None] = lambda _id: None,
        patience: int | None = None,
    ) -> None:
        """Open or create the database at `path` and its folder; None keeps it in memory.

        `fingerprint` returns the fingerprint of an article's file by article id, or None. Opening waits up to
        `patience` milliseconds for another process, by default as long as a change waits.

        Raises:
            CorruptStoreError: The database is corrupt.
            StoreError: It cannot be opened or written, or belongs to a newer reader.
        """
        self.store = Store(path, fingerprint, merge, patience)
        self.articles = ArticleMarks(self.store)
        self.bookmarks = Bookmarks(self.store)
        self.highlights = Highlights(self.store)
        self.searches = SavedSearches(self.store)
        self.days = Days(self.store)

    def close(self) -> None:
        """Close the database; closing it again does nothing."""
        self.store.close()

    def undo(self) -> Change | None:
        """Undo the last change of a mark; return None if there is none.

        Raises:
            StoreError: The database could not be written.
        """
        return self.store.undo()

    def redo(self) -> Change | None:
        """Redo the last undone change; return None if there is none.

        Raises:
            StoreError: The database could not be written.
        """
        return self.store.redo()

    # State of the program

    def state(self, key: str) -> str | None:
        """Return the saved state under `key` (theme, measure, panes), or None."""
        rows = self.store.rows("SELECT value FROM state WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def keep_state(self, key: str, value: str) -> None:
        """Save state under `key`. This does not wait for other processes.

        Raises:
            StoreError: The database could not be written.
        """
        with self.store.change(None, patient=False) as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def clear_history(self) -> Forgotten:
        """Delete the reading history, in backups too; marks and positions stay.

        Returns the counts of what was deleted from the database itself.

        Raises:
            StoreError: The database could not be written.
        """
        with self.store.change(None) as connection:
            forgotten = forget_history(connection)
        with store_errors(str(self.store.path)), suppress(apsw.BusyError, apsw.LockedError):
            # VACUUM removes the deleted data from free pages. If another process is reading, this is postponed.
            self.store.connection.execute("VACUUM")
            self.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        failed: StoreError | None = None
        for copy in _copies(self.store.path) if self.store.path else ():
            try:
                with store_errors(str(copy)), closing(apsw.Connection(str(copy), _READWRITE)) as connection:
                    forget_history(connection)
                    connection.execute("VACUUM")
            except StoreError as error:
                # Continue with the other files, and do not report the database itself as corrupt.
                failed = StoreError(error.message, _("delete this backup yourself if no reading history may remain"))
        if failed is not None:
            raise failed
        return forgotten
