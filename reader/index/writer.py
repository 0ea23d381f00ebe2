"""Writing the index: the one place that changes it, used by the one process that holds its lock."""

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
from reader.index.heads import ArticleHead, Refused, relative
from reader.index.schema import VALUES_AT_ONCE, chunks, transaction
from reader.index.texts import Text, Wanted
from reader.language import packed


class Known(NamedTuple):
    """What the index knows of a file, to tell whether it changed."""

    key: int
    id: str
    size: int
    mtime: int
    inode: int
    fingerprint: int


class Writer:
    """Changes to one index. Every method but `transaction` stands within one."""

    def __init__(self, connection: apsw.Connection, root: str) -> None:
        self._connection = connection
        self._root = root
        self._categories: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._next: dict[int, int] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: done whole or not at all, however the process ends."""
        try:
            with transaction(self._connection):
                yield
        except BaseException:
            # Numbers that were given out in it do not exist.
            self._categories.clear()
            self._names.clear()
            self._next.clear()
            raise

    # What is known

    def known(self) -> dict[bytes, Known]:
        """The files that are articles, by their paths below the root."""
        rows = self._connection.execute("SELECT path, key, id, size, mtime, inode, fingerprint FROM article")
        return {path: Known(*known) for path, *known in rows}

    def refused(self) -> dict[bytes, tuple[int, int, int]]:
        """The files and folders that no article could be made of, with what the system said of them."""
        rows = self._connection.execute("SELECT path, size, mtime, inode FROM refused")
        return {path: (size, mtime, inode) for path, size, mtime, inode in rows}

    def waiting(self) -> int:
        """How many articles' texts were not read yet."""
        return int(self._connection.execute("SELECT count(*) FROM article WHERE length IS NULL").get)

    def wanted(self, most: int, below: int) -> list[Wanted]:
        """The newest articles with keys under `below` whose texts were not read yet."""
        rows = self._connection.execute(
            "SELECT key, a.path, title, c.path, w.text, s.text, tags FROM article a"
            " JOIN category c ON c.id = category JOIN name w ON w.id = author JOIN name s ON s.id = source"
            " WHERE length IS NULL AND key < ? ORDER BY key DESC LIMIT ?",
            (below, most),
        )
        return [
            Wanted(key, os.path.join(self._root, name := os.fsdecode(path)), name, *metadata)  # noqa: PTH118 - a million
            for key, path, *metadata in rows
        ]

    # Changes

    def put(self, head: ArticleHead, article_id: str, old: Known | None) -> None:
        """Keep an article's metadata, in place of what was known of it; its text is to be read again."""
        key = 0
        if old is not None:
            row = self._connection.execute("SELECT date FROM article WHERE key = ?", (old.key,)).fetchone()
            key = old.key if row is not None and row[0] == head.date else 0
            self.delete(old.key)
        found = head.found
        self._connection.execute(
            "INSERT INTO article (key, id, path, size, mtime, inode, fingerprint, title, title_order, date, author,"
            " source, category, tags, url, addresses, format, faults) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
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
                head.format,
                head.faults,
            ),
        )

    def touch(self, key: int, found: FoundFile) -> None:
        """Keep what the system says now of a file whose content is what it was."""
        self._connection.execute("UPDATE article SET size = ?, mtime = ?, inode = ? WHERE key = ?", (*found[1:], key))

    def name(self, key: int, article_id: str) -> None:
        """Give an article another id."""
        self._connection.execute("UPDATE article SET id = ? WHERE key = ?", (article_id, key))

    def delete(self, key: int) -> None:
        """Forget an article."""
        for table, column in (("article", "key"), ("plain", "key"), ("words", "rowid")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))

    def put_text(self, text: Text) -> None:
        """Keep an article's text, unless the article was forgotten or its text is there."""
        self._connection.execute(
            "UPDATE article SET length = ?, gist = ?, title_gist = ?, text_faults = ? WHERE key = ? AND length IS NULL",
            (text.length, text.gist, text.title_gist, text.faults, text.key),
        )
        if not self._connection.changes():
            return
        self._connection.execute("INSERT OR REPLACE INTO plain VALUES (?, ?)", (text.key, text.plain))
        self._connection.execute(
            "INSERT INTO words (rowid, body, singles, title, category, author, source, tags, path, pinyin, facets)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (text.key, *text.fields),
        )

    def refuse(self, refused: Iterable[Refused]) -> None:
        """Keep what could not be made an article."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?)",
            ((relative(one.found.path, self._root), *one.found[1:], _kept(one.message)) for one in refused),
        )

    def unrefuse(self, paths: Iterable[bytes]) -> None:
        """Forget files that are gone, or that an article can be made of now."""
        self._connection.executemany("DELETE FROM refused WHERE path = ?", ((path,) for path in paths))

    def keep(self, name: str, value: str) -> None:
        """Keep something about the index itself."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def kept(self, name: str) -> str:
        """What was kept about the index itself, or empty."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def title(self, key: int) -> str:
        """An article's title, or empty if there is none with that key."""
        row = self._connection.execute("SELECT title FROM article WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    def names(self, keys: Iterable[int]) -> Iterator[tuple[int, str, str | None, str]]:
        """The key, title, date and address of articles with these keys."""
        for some in chunks(keys, VALUES_AT_ONCE):
            marks = ",".join("?" * len(some))
            yield from self._connection.execute(
                f"SELECT key, title, date, url FROM article WHERE key IN ({marks})", some
            )

    def order_undated(self) -> None:
        """Put articles without a date, whose texts were not read yet, in the order of their titles among the others."""
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
        # By way of negative keys, which no article has.
        self._connection.executemany("UPDATE article SET key = -1 - ? WHERE key = ?", moved)
        self._connection.executemany(
            "UPDATE article SET key = ? WHERE key = -1 - ?", ((new, new) for new, _old in moved)
        )
        self._next.clear()

    def counts(self) -> tuple[int, int]:
        """How many articles there are, and how many files that could not be read well."""
        articles, faulty, refused = self._connection.execute(
            "SELECT count(*), count(coalesce(faults, text_faults)),"
            " (SELECT count(*) FROM refused WHERE message <> '') FROM article"
        ).get
        return articles, faulty + refused

    def unsettle(self) -> None:
        """Note that duplicates are to be looked for again: in this sync or, where it is stopped before, a later one."""
        self.keep("copies shown", "")

    def finish(self, *, texts: bool, show_copies: bool) -> None:
        """Keep that all was read, and find the duplicates if that was unsettled, or they are to be shown otherwise."""
        shown = str(int(show_copies))
        if texts and self.kept("copies shown") != shown:
            mark_duplicates(self._connection, shown=show_copies)
            self.keep("copies shown", shown)
        self.keep("complete", "texts" if texts or not self.waiting() else "heads")

    def _number(self, numbers: dict[str, int], table: str, text: str) -> int:
        """The number of a name or a category, which a new one gets now."""
        number = numbers.get(text)
        if number is None:
            name, _blank, column = table.rstrip(")").partition(" (")
            self._connection.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (text,))
            found = self._connection.execute(f"SELECT id FROM {name} WHERE {column} = ?", (text,)).get
            number = numbers[text] = int(found)
        return number

    def _free_key(self, wanted: int) -> int:
        """A key that no article has, as near to `wanted` as there is one, on the same day if at all possible."""
        start = wanted - wanted % QUARTER
        end = start + QUARTER
        # Upwards to the end of the quarter of an hour, then from its beginning, then upwards for good; where a thousand
        # articles have one date, each goes on where the last one ended.
        for step in count(self._next.get(wanted, 0)):
            key = wanted + step if wanted + step < end or step >= QUARTER else start + step - (end - wanted)
            if self._connection.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone() is None:
                self._next[wanted] = step + 1
                return key
        raise AssertionError


def _kept(message: str) -> str:
    """A message as the index keeps it: JSON, or empty where there is none."""
    return json.dumps(packed(message), ensure_ascii=False) if message else ""
