"""The tables of an index, one file an archive. Nothing in it is precious: what is of another version is made anew."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import apsw

from reader.archive.article import Fault
from reader.language import packed, unpacked

_Item = TypeVar("_Item")

VERSION = 4
"""Raised with every change of the tables or of how text is turned into tokens: older files are thrown away."""

SKIPPED_FILES = "passed over"
"""The name in `meta` of what the last walk passed over: a JSON object of kinds and how many there were."""

_APPLICATION = 0x52454144
"""Stands in the file's header ("READ"), so that no other program's database is taken for an index, and thrown away."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE -- the names from the outermost inwards, a newline between them
) STRICT;
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT; -- of authors and sources
CREATE TABLE article (
    key INTEGER PRIMARY KEY, -- in the order of dates, see date_keys.py
    id TEXT NOT NULL,
    path BLOB NOT NULL, -- below the archive's root, as bytes: a file's name need not be UTF-8
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_order BLOB NOT NULL,
    date TEXT,
    author INTEGER NOT NULL REFERENCES name (id),
    source INTEGER NOT NULL REFERENCES name (id),
    category INTEGER NOT NULL REFERENCES category (id),
    tags TEXT NOT NULL, -- a newline between them
    url TEXT NOT NULL,
    addresses TEXT NOT NULL, -- those besides the url, a newline between them
    format TEXT NOT NULL,
    faults TEXT, -- JSON: [packed message, line] each, of what the head says
    text_faults TEXT, -- the same of the text
    length INTEGER, -- characters and words; null until the text was read
    gist INTEGER, -- of the text, see texts.py
    title_gist INTEGER,
    same_as TEXT, -- the id of the fullest article that says the same
    hidden INTEGER NOT NULL DEFAULT 0 -- 1 where that one is shown in its place
) STRICT;
CREATE UNIQUE INDEX article_id ON article (id);
CREATE UNIQUE INDEX article_path ON article (path);
CREATE INDEX article_shown ON article (key) WHERE hidden = 0;
CREATE INDEX article_category ON article (category, key) WHERE hidden = 0;
CREATE INDEX article_source ON article (source, key) WHERE hidden = 0;
CREATE INDEX article_author ON article (author, key) WHERE hidden = 0;
CREATE INDEX article_waiting ON article (key) WHERE length IS NULL;
CREATE TABLE plain (key INTEGER PRIMARY KEY, text BLOB NOT NULL) STRICT; -- compressed, the leaves parted by NUL
CREATE TABLE refused ( -- files and folders that no article could be made of
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    body, singles, title, category, author, source, tags, path, pinyin, facets,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);
"""

_HASH_BYTES = 48 * 2**20
"""What FTS5 gathers in memory before it writes a segment: larger segments mean fewer merges."""
_MERGED = 16
"""How many segments of a size FTS5 waits for before it merges them, the most that it can; with four of them it writes
all of the text again and again while an index is first made."""
_MERGED_AT_ONCE = 64
"""How many of a size FTS5 merges all at once, while everything waits and the file grows to twice its size; with 16, as
it is by itself, that would happen before it could merge them little by little."""


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """One transaction: done whole or not at all.

    Not APSW's own, which keeps Python's lock while it waits for readers to finish: a reader that is a thread of this
    process needs that lock to finish, and both would wait for `PATIENCE` with the screen.

    Raises:
        apsw.Error: It cannot be written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled it back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def create(connection: apsw.Connection) -> None:
    """Make the tables in an empty database, within a transaction."""
    connection.execute(_TABLES)
    connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
    connection.execute("INSERT INTO words (words, rank) VALUES ('automerge', ?)", (_MERGED,))
    connection.execute("INSERT INTO words (words, rank) VALUES ('crisismerge', ?)", (_MERGED_AT_ONCE,))
    connection.pragma("application_id", _APPLICATION)
    connection.pragma("user_version", VERSION)


def is_current(connection: apsw.Connection) -> bool:
    """Whether a database is an index of this version.

    Raises:
        apsw.Error: It is damaged, or no database.
    """
    return (connection.pragma("application_id"), connection.pragma("user_version")) == (_APPLICATION, VERSION)


PATIENCE = 10_000
"""Milliseconds that one waits for somebody else who writes."""


def connect(path: str, *, write: bool, patience: int = PATIENCE) -> apsw.Connection:
    """A connection to the index in a file, or in memory for the name of a memdb.

    Raises:
        apsw.Error: It cannot be opened.
    """
    flags = apsw.SQLITE_OPEN_URI | (
        apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if write else apsw.SQLITE_OPEN_READWRITE
    )
    connection = apsw.Connection(path, flags=flags)
    connection.set_busy_timeout(patience)
    connection.pragma("synchronous", "normal")
    connection.pragma("temp_store", "memory")
    connection.pragma("cache_size", -65_536 if write else -8_192)
    return connection


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that an index in `path` consists of."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal"))


# How values go in and out

VALUES_AT_ONCE = 500
"""Values that one statement holds."""


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def written_faults(faults: tuple[Fault, ...]) -> str | None:
    """Faults of one file as the index keeps them."""
    return json.dumps([[packed(fault.message), fault.line] for fault in faults], ensure_ascii=False) if faults else None


def read_faults(path: Path, *written: str | None) -> tuple[Fault, ...]:
    """The faults that the index keeps of the file at `path`, in its head and in its text, each once."""
    kept: list[Fault] = []
    for one in written:
        found = [Fault(path, unpacked(message), line) for message, line in json.loads(one)] if one else []
        kept += [fault for fault in found if fault not in kept] if kept else found
    return tuple(kept)
