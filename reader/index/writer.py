"""Write access to an index, for the single process that holds its lock."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

import apsw

from reader.archive.walk import FoundFile
from reader.index.date_keys import FIRST_DATED, QUARTER
from reader.index.duplicates import mark_duplicates
from reader.index.entries import ArticleHead, IndexedText, PendingArticle, RejectedFile, relative
from reader.index.schema import GENERATION, VALUES_AT_ONCE, chunks, transaction
from reader.language import packed


class StoredFile(NamedTuple):
    """The stored attributes of a file, to detect changes."""

    key: int
    id: str
    size: int
    mtime: int
    inode: int
    fingerprint: int


class Writer:
    """Modifies one index. All methods except `transaction` require a transaction."""

    def __init__(self, connection: apsw.Connection, root: str) -> None:
        self._connection = connection
        self._root = root
        self._categories: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._next: dict[int, int] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """An atomic transaction, even if the process crashes."""
        before = self._connection.total_changes()
        try:
            with transaction(self._connection):
                yield
                if self._connection.total_changes() != before:
                    self.set_meta(GENERATION, os.urandom(8).hex())
        except BaseException:
            # Ids allocated in the transaction are invalid after a rollback.
            self._categories.clear()
            self._names.clear()
            self._next.clear()
            raise

    @property
    def connection(self) -> apsw.Connection:
        """The connection, for tables that another module writes."""
        return self._connection

    # Queries

    def known(self) -> dict[bytes, StoredFile]:
        """The files of all articles, by path relative to the root."""
        rows = self._connection.execute("SELECT path, key, id, size, mtime, inode, fingerprint FROM article")
        return {path: StoredFile(*known) for path, *known in rows}

    def refused(self) -> dict[bytes, tuple[int, int, int]]:
        """The size, modification time and inode of the files and folders that are not readable articles."""
        rows = self._connection.execute("SELECT path, size, mtime, inode FROM refused")
        return {path: (size, mtime, inode) for path, size, mtime, inode in rows}

    def waiting(self) -> int:
        """The number of articles that are not indexed yet."""
        return int(self._connection.execute("SELECT count(*) FROM article WHERE length IS NULL").get)

    def largest_waiting(self) -> int:
        """The size in bytes of the largest file that is not indexed yet; 0 if there is none."""
        return int(self._connection.execute("SELECT coalesce(max(size), 0) FROM article WHERE length IS NULL").get)

    def wanted(self, most: int, below: int) -> list[PendingArticle]:
        """The newest articles with keys below `below` that are not indexed yet."""
        rows = self._connection.execute(
            "SELECT key, a.path, title, c.path, w.text, s.text, tags, size,"
            " trim(url || char(10) || addresses, char(10)), names"
            " FROM article a"
            " JOIN category c ON c.id = category JOIN name w ON w.id = author JOIN name s ON s.id = source"
            " WHERE length IS NULL AND key < ? ORDER BY key DESC LIMIT ?",
            (below, most),
        )
        return [
            PendingArticle(key, os.path.join(self._root, name := os.fsdecode(path)), name, *metadata)  # noqa: PTH118 - for speed with a million paths
            for key, path, *metadata in rows
        ]

    # Changes

    def put(self, head: ArticleHead, article_id: str, old: StoredFile | None) -> None:
        """Store an article's metadata, replacing `old`; its text has to be indexed again."""
        key = 0
        if old is not None:
            row = self._connection.execute("SELECT date FROM article WHERE key = ?", (old.key,)).fetchone()
            key = old.key if row is not None and row[0] == head.date else 0
            self.delete(old.key)
        found = head.found
        self._connection.execute(
            "INSERT INTO article (key, id, path, size, mtime, inode, fingerprint, title, title_order, date, author,"
            " source, category, tags, url, addresses, names, format, warnings)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                key or self._free_key(head.wanted_key),
                article_id,
                relative(found.path, self._root),
                *found[1:],
                head.fingerprint,
                head.title,
                head.title_order,
                head.date,
                self._number(self._names, "name (text)", head.author),
                self._number(self._names, "name (text)", head.source),
                self._number(self._categories, "category (path)", head.category),
                head.tags,
                head.url,
                head.addresses,
                head.names,
                head.format,
                head.warnings,
            ),
        )

    def touch(self, key: int, found: FoundFile) -> None:
        """Update the file attributes of an article with unchanged content."""
        self._connection.execute("UPDATE article SET size = ?, mtime = ?, inode = ? WHERE key = ?", (*found[1:], key))

    def name(self, key: int, article_id: str) -> None:
        """Change the id of an article."""
        self._connection.execute("UPDATE article SET id = ? WHERE key = ?", (article_id, key))

    def delete(self, key: int) -> None:
        """Delete an article."""
        self._connection.execute("DELETE FROM article WHERE key = ?", (key,))
        self._delete_text(key)

    def put_text(self, text: IndexedText) -> None:
        """Store an article's text, unless the article was deleted or its text is stored already."""
        self._connection.execute(
            "UPDATE article SET length = ?, gist = ?, title_gist = ?, text_warnings = ?"
            " WHERE key = ? AND length IS NULL",
            (text.length, text.gist, text.title_gist, text.warnings, text.key),
        )
        if not self._connection.changes():
            return
        self._connection.execute("INSERT OR REPLACE INTO plain VALUES (?, ?)", (text.key, text.plain))
        self._connection.execute(
            "INSERT INTO words (rowid, body, singles, title, category, author, source, tags, path, pinyin, facets)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (text.key, *text.fields),
        )
        put_names(self._connection, text.key, text.names)
        _put_links(self._connection, text)

    def forget_texts(self, keys: Iterable[int]) -> None:
        """Delete the texts of articles, which are then indexed again."""
        for key in keys:
            self._connection.execute("UPDATE article SET length = NULL, text_warnings = NULL WHERE key = ?", (key,))
            self._delete_text(key)

    def _delete_text(self, key: int) -> None:
        self._connection.execute("DELETE FROM words WHERE rowid = ?", (key,))
        for table in ("plain", "address", "link", "picture"):
            self._connection.execute(f"DELETE FROM {table} WHERE key = ?", (key,))

    def add_refused(self, refused: Iterable[RejectedFile]) -> None:
        """Store files and folders that are not readable articles."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?)",
            ((relative(one.found.path, self._root), *one.found[1:], _kept(one.message)) for one in refused),
        )

    def remove_refused(self, paths: Iterable[bytes]) -> None:
        """Delete entries of `refused` that are obsolete."""
        self._connection.executemany("DELETE FROM refused WHERE path = ?", ((path,) for path in paths))

    def set_meta(self, name: str, value: str) -> None:
        """Store a value about the index itself, if it differs from the stored one."""
        if self.get_meta(name) != value:
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def get_meta(self, name: str) -> str:
        """A stored value about the index itself, or empty if there is none."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def title(self, key: int) -> str:
        """The title of an article, or empty if there is no such key."""
        row = self._connection.execute("SELECT title FROM article WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    def names(self, keys: Iterable[int]) -> Iterator[tuple[int, str, str | None, str]]:
        """The key, title, date and URL of the articles with these keys."""
        for some in chunks(keys, VALUES_AT_ONCE):
            marks = ",".join("?" * len(some))
            yield from self._connection.execute(
                f"SELECT key, title, date, url FROM article WHERE key IN ({marks})", some
            )

    def order_undated(self) -> None:
        """Order undated articles that are not indexed yet by title, between the indexed ones."""
        waiting_undated = "SELECT 1 FROM article WHERE length IS NULL AND date IS NULL LIMIT 1"
        if self._connection.execute(waiting_undated).fetchone() is None:
            return
        rows: list[tuple[Any, ...]] = self._connection.execute(
            "SELECT key, length IS NULL FROM article WHERE date IS NULL ORDER BY title_order, path"
        ).fetchall()
        moved: list[tuple[int, int]] = []
        waiting: list[int] = []
        upper = FIRST_DATED
        for key, is_waiting in [*((int(key), bool(waits)) for key, waits in rows), (-1, False)]:
            if is_waiting:
                waiting.append(key)
            elif key < upper:
                step = (upper - key) // (len(waiting) + 1)
                if step:
                    moved += [(upper - step * (place + 1), old) for place, old in enumerate(waiting)]
                waiting, upper = [], key
        # Negative keys, for a moment, keep an article from getting a key that another one still has.
        self._connection.executemany("UPDATE article SET key = -1 - ? WHERE key = ?", moved)
        self._connection.executemany(
            "UPDATE article SET key = ? WHERE key = -1 - ?", ((new, new) for new, _old in moved)
        )
        self._next.clear()

    def counts(self) -> tuple[int, int]:
        """The number of articles, and of files with warnings."""
        articles, faulty, refused = self._connection.execute(
            "SELECT count(*), count(coalesce(warnings, text_warnings)),"
            " (SELECT count(*) FROM refused WHERE message <> '') FROM article"
        ).get
        return articles, faulty + refused

    def invalidate_duplicates(self) -> None:
        """Record that duplicates have to be detected again, in this sync or, if it is stopped, in a later one."""
        self.set_meta("copies shown", "")

    def finish(self, *, texts: bool, show_copies: bool) -> None:
        """Record the extent of the sync, and detect duplicates if necessary or if their visibility changed."""
        shown = str(int(show_copies))
        if texts and self.get_meta("copies shown") != shown:
            mark_duplicates(self._connection, shown=show_copies)
            self.set_meta("copies shown", shown)
        self.set_meta("complete", "texts" if texts or not self.waiting() else "heads")

    def _number(self, numbers: dict[str, int], table: str, text: str) -> int:
        """The id of a name or a category, created if new."""
        number = numbers.get(text)
        if number is None:
            name, _blank, column = table.rstrip(")").partition(" (")
            self._connection.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (text,))
            found = self._connection.execute(f"SELECT id FROM {name} WHERE {column} = ?", (text,)).get
            number = numbers[text] = int(found)
        return number

    def _free_key(self, wanted: int) -> int:
        """A free key near `wanted`, on the same day if possible."""
        start = wanted - wanted % QUARTER
        end = start + QUARTER
        # Search upwards to the end of the quarter hour, then from its start, then upwards without limit. For many
        # articles with the same date, continue where the last search ended.
        for step in count(self._next.get(wanted, 0)):
            key = wanted + step if wanted + step < end or step >= QUARTER else start + step - (end - wanted)
            if self._connection.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone() is None:
                self._next[wanted] = step + 1
                return key
        raise AssertionError


def _kept(message: str) -> str:
    """A message as stored: JSON, or empty if there is none."""
    return json.dumps(packed(message), ensure_ascii=False) if message else ""


def _put_links(connection: apsw.Connection, text: IndexedText) -> None:
    """Store the links and pictures of an article."""
    connection.executemany(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((text.key, number, *link) for number, link in enumerate(text.links)),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?)",
        ((text.key, number, *picture) for number, picture in enumerate(text.pictures)),
    )


def put_names(connection: apsw.Connection, key: int, names: Iterable[int]) -> None:
    """Store the numbers of the names by which links refer to an article (`link_names.article_keys`)."""
    connection.executemany("INSERT OR IGNORE INTO address VALUES (?, ?)", ((name, key) for name in names))
