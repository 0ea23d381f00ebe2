"""All that a person leaves in articles, in one store.

This is the one thing here that cannot be made again, so it is a database of its own in the data folder, apart from
anything that is derived, and every change is on the disk before the call returns.
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
from reader.marks.telling import told

_READWRITE = apsw.SQLITE_OPEN_READWRITE


def _copies(store: Path) -> list[Path]:
    """The copies of a store, and what was put aside as damaged or left by a restore."""
    beside = [path for kind in ("damaged", "restored") for path in store.parent.glob(f"{store.stem}-{kind}-*.db")]
    return [*(copy.path for copy in backups(store)), *sorted(beside)]


class Marks:
    """The marks. Use them from one thread; several readers may have them open at once.

    Attributes:
        store: The database.
        articles: What is kept of whole articles: read, starred, tags, places, history.
        bookmarks: The bookmarks.
        highlights: The highlights and their notes.
        searches: The saved searches.
        days: How long was read on which day.
    """

    def __init__(self, path: Path | None, fingerprint: Callable[[str], int | None] = lambda _id: None) -> None:
        """Open or make the store in the file `path`, its folder too; None keeps it in memory.

        `fingerprint` gives that of an article's file by its id, where it is known.

        Raises:
            CorruptStoreError: It is damaged.
            StoreError: It cannot be opened or written, or belongs to a newer reader.
        """
        self.store = Store(path, fingerprint, merge)
        self.articles = ArticleMarks(self.store)
        self.bookmarks = Bookmarks(self.store)
        self.highlights = Highlights(self.store)
        self.searches = SavedSearches(self.store)
        self.days = Days(self.store)

    def close(self) -> None:
        """Close the store; closing twice does nothing."""
        self.store.close()

    def undo(self) -> Change | None:
        """Undo the last change of a mark; None if there is none.

        Raises:
            StoreError: It could not be written.
        """
        return self.store.undo()

    def redo(self) -> Change | None:
        """Do again what was undone last; None if there is nothing.

        Raises:
            StoreError: It could not be written.
        """
        return self.store.redo()

    # How the program was left

    def state(self, key: str) -> str | None:
        """What was kept under `key`: the theme, the measure, the panes."""
        rows = self.store.rows("SELECT value FROM state WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def keep_state(self, key: str, value: str) -> None:
        """Keep how something was left; it does not wait for other readers.

        Raises:
            StoreError: It could not be written.
        """
        with self.store.change(None, patient=False) as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def clear_history(self) -> Forgotten:
        """Forget what was read when and for how long, in the copies of the store too; marks and places stay.

        It gives how much of it the store itself held.

        Raises:
            StoreError: It could not be written.
        """
        with self.store.change(None) as connection:
            forgotten = forget_history(connection)
        with told(str(self.store.path)), suppress(apsw.BusyError, apsw.LockedError):
            # What was deleted is not left in the file's free pages. Another reader's question only puts it off.
            self.store.connection.execute("VACUUM")
            self.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        failed: StoreError | None = None
        for copy in _copies(self.store.path) if self.store.path else ():
            try:
                with told(str(copy)), closing(apsw.Connection(str(copy), _READWRITE)) as connection:
                    forget_history(connection)
                    connection.execute("VACUUM")
            except StoreError as error:
                # The others all the same. The store itself is not damaged, though a copy be.
                failed = StoreError(error.message, _("delete this backup yourself if no reading history may remain"))
        if failed is not None:
            raise failed
        return forgotten
