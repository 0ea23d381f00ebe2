"""The facade of the marks database.

Marks are the only data that cannot be recreated. They are therefore stored in a separate database in the data folder,
and every change is synced to disk before the call returns.
"""

from collections.abc import Callable
from pathlib import Path

from reader.lean_dataclasses import replace
from reader.marks.article_marks import ArticleMarks, ClearedHistory, forget_history
from reader.marks.bookmarks import Bookmarks
from reader.marks.bulk_changes import ManyArticles
from reader.marks.change_kinds import Change, PendingChange
from reader.marks.highlights import Highlights
from reader.marks.looked_up_words import Vocabulary
from reader.marks.merging import merge
from reader.marks.reading_days import Days
from reader.marks.reviews import Reviews
from reader.marks.saved_searches import SavedSearches
from reader.marks.store import Store
from reader.marks.store_errors import store_errors
from reader.marks.undo_log import UndoLog


class Marks:
    """The marks. Use them from one thread; several processes may open them at once.

    Attributes:
        store: The database.
        articles: Marks of whole articles: read, starred, tags, positions, history.
        many: Marks of several articles at once.
        bookmarks: The bookmarks.
        highlights: The highlights and their notes.
        searches: The saved searches.
        reviews: The reviews of highlights.
        words: The words that were looked up.
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
        self.many = ManyArticles(self.store)
        self.bookmarks = Bookmarks(self.store)
        self.highlights = Highlights(self.store)
        self.reviews = Reviews(self.store)
        self.searches = SavedSearches(self.store)
        self.words = Vocabulary(self.store)
        self.days = Days(self.store)

    def close(self) -> None:
        """Close the database; closing it again does nothing."""
        self.store.close()

    def undo(self) -> Change | None:
        """Undo the last change of a mark; return None if there is none.

        Raises:
            StoreError: The database could not be written.
        """
        return self.store.undo_or_redo(UndoLog.undo)

    def redo(self) -> Change | None:
        """Redo the last undone change; return None if there is none.

        Raises:
            StoreError: The database could not be written.
        """
        return self.store.undo_or_redo(UndoLog.redo)

    def next_undo(self) -> PendingChange | None:
        """Return the change that `undo` would undo, or None.

        Raises:
            StoreError: The database cannot be read.
        """
        return self.store.query_log(UndoLog.next_undo)

    def next_redo(self) -> PendingChange | None:
        """Return the change that `redo` would redo, or None.

        Raises:
            StoreError: The database cannot be read.
        """
        return self.store.query_log(UndoLog.next_redo)

    def is_replaced(self) -> bool:
        """Whether another database has replaced the one that was opened, so that earlier changes cannot be undone.

        Raises:
            StoreError: The database cannot be read.
        """
        return self.store.query_log(lambda log: log.replaced)

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

    def clear_history(self) -> ClearedHistory:
        """Delete the reading history, also from backups, copies set aside and files of marks; marks and positions stay.

        Returns the counts of what was deleted from the database itself.

        Raises:
            StoreError: The database could not be written, or one of the other files; the rest was cleared.
        """
        from reader.marks.clearing_history import clear_copies, vacuum  # noqa: PLC0415 - rarely needed

        store = self.store
        # Overwrite deleted rows at once, because another process that reads may postpone the vacuum.
        store.connection.pragma("secure_delete", 1)
        with store.change(None) as connection:
            forgotten = forget_history(connection)
        with store_errors(str(store.path)):
            vacuum(store.connection)
        if store.path is None:
            return forgotten
        return replace(forgotten, rewritten=clear_copies(store.path))
