"""What a person leaves in articles: bookmarks, the place where each was left, and which were read.

This is the one thing here that cannot be made again, so it is a database of its own in the data folder, apart from
anything that is derived, and every change is on the disk before the call returns.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.cleaning import clean_line
from reader.document.document import Position
from reader.errors import StoreError
from reader.language import _
from reader.library.schema import migrate
from reader.library.survey import SavedSearch


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in an article, with a name.

    Attributes:
        id: Its number in the store.
        article_id: The article's id, `path` and `title` as they were when it was made.
        position: Where it stood then.
        name: What it is called.
        section: The title of the section it stands in, or empty.
        quotation: The text that follows it, a few dozen characters, to find it again in an edited article.
        created: When, in UTC.
    """

    id: int
    article_id: str
    path: Path
    title: str
    position: Position
    name: str
    section: str
    quotation: str
    created: datetime


@contextmanager
def _told(path: str) -> Iterator[None]:
    """SQLite's errors as one that says where and what to do."""
    try:
        yield
    except apsw.Error as error:
        raise StoreError(
            _("The store of marks cannot be used ({path}): {reason}").format(path=path, reason=error),
            _("see whether its folder can be written and the disk has room"),
        ) from error


class Marks:
    """The store. Use it from one thread; several readers may have it open at once."""

    def __init__(self, path: Path | None, fingerprint: Callable[[str], int | None] = lambda _id: None) -> None:
        """Open or make the store in the file `path`, its folder too; None keeps it in memory.

        `fingerprint` gives that of an article's file by its id, where it is known.

        Raises:
            StoreError: It cannot be opened or written, is damaged, or belongs to a newer reader.
        """
        self._path = ":memory:" if path is None else str(path)
        self._fingerprint = fingerprint
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    _("The folder for marks cannot be made ({path}): {reason}").format(
                        path=path.parent, reason=error.strerror
                    ),
                    _("name another data folder with XDG_DATA_HOME"),
                ) from error
        with _told(self._path):
            self._connection = apsw.Connection(self._path)
            self._connection.set_busy_timeout(5_000)
            for pragma, value in (("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", "on")):
                self._connection.pragma(pragma, value)
            migrate(self._connection)

    def close(self) -> None:
        """Close the store; closing twice does nothing."""
        self._connection.close()

    @contextmanager
    def _change(self, article: Article | None = None) -> Iterator[apsw.Connection]:
        """One transaction, in which `article` is known to the store."""
        with _told(self._path), self._connection:
            if article is not None:
                self._connection.execute(
                    "INSERT INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET path = excluded.path, title = excluded.title,"
                    " fingerprint = coalesce(excluded.fingerprint, fingerprint)",
                    # Found again from whichever folder the reader is started in.
                    (article.id, os.fsencode(absolute(article.path)), article.title, self._fingerprint(article.id)),
                )
            yield self._connection

    # Read and unread, and the place in an article

    def read_ids(self) -> set[str]:
        """The ids of the articles that were read."""
        return self._ids("SELECT id FROM article WHERE read_at IS NOT NULL")

    def _ids(self, statement: str) -> set[str]:
        with _told(self._path):
            return {row[0] for row in self._connection.execute(statement)}

    def mark_read(self, article: Article, *, read: bool) -> None:
        """Keep whether an article was read.

        Raises:
            StoreError: It could not be written.
        """
        with self._change(article) as connection:
            connection.execute(
                "UPDATE article SET read_at = ? WHERE id = ?", (time.time() if read else None, article.id)
            )

    def starred_ids(self) -> set[str]:
        """The ids of the articles that are starred."""
        return self._ids("SELECT id FROM article WHERE starred_at IS NOT NULL")

    def bookmarked_ids(self) -> set[str]:
        """The ids of the articles that have bookmarks."""
        return self._ids("SELECT DISTINCT article FROM bookmark")

    def star(self, article: Article, *, starred: bool) -> None:
        """Keep whether an article is starred.

        Raises:
            StoreError: It could not be written.
        """
        with self._change(article) as connection:
            connection.execute(
                "UPDATE article SET starred_at = ? WHERE id = ?", (time.time() if starred else None, article.id)
            )

    def opened_ids(self) -> list[str]:
        """The ids of the articles that were opened, the last one first."""
        with _told(self._path):
            rows = self._connection.execute(
                "SELECT id FROM article WHERE opened_at IS NOT NULL ORDER BY opened_at DESC"
            ).fetchall()
        return [str(article_id) for (article_id,) in rows]

    def moved(self, moves: Iterable[tuple[str, Path]]) -> None:
        """Keep where articles lie now, of those that the store knows.

        Raises:
            StoreError: It could not be written.
        """
        with self._change() as connection:
            connection.executemany(
                "UPDATE article SET path = ? WHERE id = ?",
                [(os.fsencode(absolute(path)), article_id) for article_id, path in moves],
            )

    def place(self, article_id: str) -> Position | None:
        """Where an article was left."""
        with _told(self._path):
            row = self._connection.execute(
                "SELECT place_block, place_offset FROM article WHERE id = ? AND place_block IS NOT NULL", (article_id,)
            ).fetchone()
        return None if row is None else Position(*row)

    def keep_place(self, article: Article, position: Position, progress: float) -> None:
        """Keep where an article is left, and how much of it lies above (0 to 1).

        Raises:
            StoreError: It could not be written.
        """
        with self._change(article) as connection:
            connection.execute(
                "UPDATE article SET place_block = ?, place_offset = ?, progress = ?, opened_at = ? WHERE id = ?",
                (position.block, position.offset, progress, time.time(), article.id),
            )

    def last_opened(self) -> str | None:
        """The id of the article that was open last."""
        with _told(self._path):
            row = self._connection.execute(
                "SELECT id FROM article WHERE opened_at IS NOT NULL ORDER BY opened_at DESC LIMIT 1"
            ).fetchone()
        return None if row is None else str(row[0])

    # How the program was left

    def state(self, key: str) -> str | None:
        """What was kept under `key`: the theme, the measure, the panes."""
        with _told(self._path):
            row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def keep_state(self, key: str, value: str) -> None:
        """Keep how something was left.

        Raises:
            StoreError: It could not be written.
        """
        with self._change() as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    # Saved searches

    def searches(self) -> tuple[SavedSearch, ...]:
        """The saved searches, the first saved first."""
        with _told(self._path):
            rows: list[Any] = self._connection.execute(
                "SELECT id, name, query FROM saved_search ORDER BY id"
            ).fetchall()
        return tuple(SavedSearch(number, clean_line(name), clean_line(query)) for number, name, query in rows)

    def save_search(self, name: str, query: str) -> int:
        """Keep a search under a name, in place of one that has it already; its number.

        Raises:
            StoreError: It could not be written.
        """
        name, query = clean_line(name), clean_line(query)
        with self._change() as connection:
            connection.execute("DELETE FROM saved_search WHERE name = ?", (name,))
            connection.execute(
                "INSERT INTO saved_search (name, query, created_at) VALUES (?, ?, ?)", (name, query, time.time())
            )
            return connection.last_insert_rowid()

    def delete_search(self, number: int) -> None:
        """Forget a saved search.

        Raises:
            StoreError: It could not be written.
        """
        with self._change() as connection:
            connection.execute("DELETE FROM saved_search WHERE id = ?", (number,))

    # Bookmarks

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, newest first."""
        with _told(self._path):
            rows = self._connection.execute(
                "SELECT b.id, article, path, title, block, offset, name, section, quotation, created_at"
                " FROM bookmark b JOIN article a ON a.id = article ORDER BY created_at DESC, b.id DESC"
            ).fetchall()
        return [_bookmark(*row) for row in rows]

    def add_bookmark(self, article: Article, position: Position, name: str, section: str, quotation: str) -> Bookmark:
        """Keep a bookmark.

        Raises:
            StoreError: It could not be written.
        """
        created = time.time()
        with self._change(article) as connection:
            connection.execute(
                "INSERT INTO bookmark (article, block, offset, name, section, quotation, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article.id, position.block, position.offset, name, section, quotation, created),
            )
            number = connection.last_insert_rowid()
        when = datetime.fromtimestamp(created, UTC)
        return Bookmark(number, article.id, article.path, article.title, position, name, section, quotation, when)

    def rename_bookmark(self, bookmark: Bookmark, name: str) -> Bookmark:
        """Give a bookmark another name.

        Raises:
            StoreError: It could not be written.
        """
        with self._change() as connection:
            connection.execute("UPDATE bookmark SET name = ? WHERE id = ?", (name, bookmark.id))
        return replace(bookmark, name=name)

    def delete_bookmark(self, bookmark: Bookmark) -> None:
        """Delete a bookmark; one that is gone already is no error.

        Raises:
            StoreError: It could not be written.
        """
        with self._change() as connection:
            connection.execute("DELETE FROM bookmark WHERE id = ?", (bookmark.id,))

    def restore_bookmark(self, bookmark: Bookmark) -> None:
        """Put a deleted bookmark back as it was.

        Raises:
            StoreError: It could not be written.
        """
        row = (
            bookmark.id,
            bookmark.article_id,
            bookmark.position.block,
            bookmark.position.offset,
            bookmark.name,
            bookmark.section,
            bookmark.quotation,
            bookmark.created.timestamp(),
        )
        with self._change() as connection:
            connection.execute("INSERT OR IGNORE INTO bookmark VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _bookmark(  # noqa: PLR0913, PLR0917 - one argument a column
    number: Any,
    article: Any,
    path: Any,
    title: Any,
    block: Any,
    offset: Any,
    name: Any,
    section: Any,
    quotation: Any,
    at: Any,
) -> Bookmark:
    where, when = Path(os.fsdecode(path)), datetime.fromtimestamp(at, UTC)
    return Bookmark(number, article, where, title, Position(block, offset), name, section, quotation, when)
