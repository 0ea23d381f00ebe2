"""Archives that change, and the content of their indexes."""

import os
import zlib
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.archive.archive import Archive, open_archives
from reader.archive.ids import id_of
from reader.index.identities import Identities
from reader.index.index_file import open_to_write
from reader.index.progress import SyncProgress, SyncSummary
from reader.index.sync import Sync
from reader.index.writer import Writer

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"

Row = dict[str, Any]

_NAMES = {"author": "author_name", "source": "source_name", "category": "category_path"}

_numbers = count()
_clock = count(1_636_500_000_000_000_000, 1_000_000_000)


class SyncedArchive:
    """A folder, and its index in memory."""

    def __init__(self, root: Path, archive: Archive | None = None) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.archive = archive or open_archives([root])[0]
        self.address = f"file:/syncing_{os.getpid()}_{next(_numbers)}?vfs=memdb"
        self.connection, _ = open_to_write(self.address)

    def sync(
        self,
        *,
        identities: Identities | None = None,
        texts: bool = True,
        show_copies: bool = False,
        stopped: Callable[[], bool] = lambda: False,
        report: Callable[[SyncProgress], None] = lambda _progress: None,
    ) -> SyncSummary:
        """Update the index."""
        writer = Writer(self.connection, os.fspath(self.archive.root))
        return Sync(self.archive, writer, identities or Identities(), report, stopped, texts, show_copies).run()

    # Files

    def write(
        self, name: str, title: str = "港口", body: str = "<p>灯塔照海</p>", *, day: int = 10, more: str = ""
    ) -> Path:
        """Write an article with a later modification time than all others."""
        header = f"\n---\ntitle: '{title}'\nauthor: 甲\ndate: 2021-11-{day:02} 08:00:00Z\n{more}---\n\n"
        return self.write_bytes(name, (header + body).encode())

    def write_bytes(self, name: str, content: bytes) -> Path:
        """Write any file with a later modification time than all others."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return touch(path)

    def move(self, name: str, to: str) -> None:
        """Move a file or a folder."""
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).rename(self.root / to)

    # The content of the index

    def ids(self) -> dict[str, str]:
        """The article id of each file."""
        return {name: row["id"] for name, row in self.rows().items()}

    def first_id(self, name: str) -> str:
        """The id of an article that was never at another path."""
        return id_of(self.root / name)

    def rows(self) -> dict[str, Row]:
        """All columns of each article, by path."""
        statement = (
            "SELECT a.*, w.text AS author_name, s.text AS source_name, c.path AS category_path, p.text AS plain"
            " FROM article a JOIN category c ON c.id = category JOIN name w ON w.id = author"
            " JOIN name s ON s.id = source LEFT JOIN plain p ON p.key = a.key"
        )
        found: dict[str, Row] = {}
        cursor = self.connection.execute(statement)
        for values in cursor:
            row = dict(zip((name for name, *_ in cursor.description), values, strict=True))
            row |= {name: row.pop(there) for name, there in _NAMES.items()}
            found[os.fsdecode(row.pop("path"))] = row
        return found

    def refused(self) -> dict[str, tuple[int, int, int, str]]:
        """The files and folders that are not readable articles."""
        rows = self.connection.execute("SELECT path, size, mtime, inode, message FROM refused")
        return {os.fsdecode(path): (size, mtime, inode, message) for path, size, mtime, inode, message in rows}

    def finds(self, words: str) -> set[str]:
        """The files of the articles that contain a phrase of tokens."""
        rows = self.connection.execute("SELECT a.path FROM words (?) w JOIN article a ON a.key = w.rowid", (words,))
        return {os.fsdecode(path) for (path,) in rows}

    def shown(self) -> set[str]:
        """The files of the articles that are shown."""
        return {name for name, row in self.rows().items() if not row["hidden"]}

    def derived(self) -> dict[str, Any]:
        """All content except ids, keys, and the choice of the shown one among equal copies."""
        rows = self.rows()
        by_id = {row["id"]: name for name, row in rows.items()}
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for name, row in rows.items():
            groups[by_id.get(row["same_as"], "gone") if row["same_as"] else name].add(name)
        tokens = _tokens(self.connection)
        said: dict[str, Any] = {"refused": self.refused(), "copies": sorted(map(sorted, groups.values()))}
        for name, row in rows.items():
            assert bool(row["hidden"]) <= bool(row["same_as"])
            plain = row.pop("plain")
            kept = {one: value for one, value in row.items() if one not in ("id", "key", "same_as", "hidden")}
            said[name] = kept | {"plain": plain and zlib.decompress(plain), "tokens": tokens.pop(row["key"], None)}
        # Check that nothing is left of deleted articles.
        assert not tokens
        many = self.connection.execute("SELECT (SELECT count(*) FROM plain), (SELECT count(length) FROM article)").get
        assert many[0] == many[1]
        return said


def _tokens(connection: apsw.Connection) -> dict[int, set[tuple[str, str, int]]]:
    """All tokens of the full-text index with their columns and positions, by key."""
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.inside USING fts5vocab (main, words, instance)")
    found: defaultdict[int, set[tuple[str, str, int]]] = defaultdict(set)
    for term, key, column, place in connection.execute("SELECT term, doc, col, offset FROM temp.inside"):
        # The order of singles is arbitrary.
        found[key].add((term, column, place if column != "singles" else 0))
    return found


def touch(path: Path) -> Path:
    """Give a file the latest modification time, however fast the test runs."""
    time = next(_clock)
    os.utime(path, ns=(time, time))
    return path


def rebuilt(archived: SyncedArchive) -> SyncedArchive:
    """The same folder with an index built from scratch."""
    other = SyncedArchive(archived.root, archived.archive)
    other.sync()
    return other


def stop_after(asked: int) -> Callable[[], bool]:
    """Returns a function that stops a sync after it was called `asked` times."""
    times = count()
    return lambda: next(times) >= asked


def unreadable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make listing a folder fail, even for root."""
    scandir = os.scandir

    def refusing(path: str) -> "os._ScandirIterator[str]":
        if os.fspath(path) == os.fspath(folder):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)


def some_articles(archived: SyncedArchive) -> None:
    """Some articles, two of which have the same text."""
    for number in range(6):
        archived.write(f"x/{number}.md", f"第{number}篇", f"<p>第{number}，灯塔照海</p>", day=number + 1)
    archived.write("copy.md", "第3篇", "<p>第3，灯塔照海</p>", day=20)


def rebuilt_content(archived: SyncedArchive) -> tuple[dict[str, Any], dict[str, str], set[str]]:
    """The content of an index built from scratch: everything, the ids, and the shown articles."""
    other = rebuilt(archived)
    return other.derived(), other.ids(), other.shown()
