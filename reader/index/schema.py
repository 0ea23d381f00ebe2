"""The tables of an index, one file per archive. An index of another version is discarded and rebuilt."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import apsw

from reader.archive.article import FileWarning
from reader.language import packed, unpacked
from reader.regex import regex

_Item = TypeVar("_Item")

VERSION = 27
"""The version of an index, to be incremented with every change of the tables or of the rules for their contents
(titles, authors, tokens); indexes of other versions are discarded."""

SKIPPED_FILES = "passed over"
"""The name in `meta` of the skipped files of the last walk: a JSON object with their number by kind."""

GENERATION = "generation"
"""The name in `meta` of a random text that changes whenever the contents of the index do."""

GIVEN_UP = "given up"
"""The name in `meta` of the articles whose text could not be read: a JSON list of keys. The next sync tries again."""

_APPLICATION = 0x52454144
"""The application id in the file header ("READ"), so that databases of other programs are not mistaken for an index."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE -- the names, outermost first, separated by newlines
) STRICT;
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT; -- of authors and sources
CREATE TABLE article (
    key INTEGER PRIMARY KEY, -- ordered by date, see date_keys.py
    id TEXT NOT NULL,
    path BLOB NOT NULL, -- relative to the archive's root, as bytes: file names may not be UTF-8
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
    tags TEXT NOT NULL, -- separated by newlines
    url TEXT NOT NULL,
    addresses TEXT NOT NULL, -- other than url, separated by newlines
    names TEXT NOT NULL, -- permalinks and aliases, separated by newlines
    format TEXT NOT NULL,
    warnings TEXT, -- JSON: a list of [packed message, line], for the metadata
    text_warnings TEXT, -- the same for the text
    length INTEGER, -- characters and words; null until the text is indexed
    gist INTEGER, -- a digest of the text, see texts.py
    title_gist INTEGER,
    same_as TEXT, -- the id of the longest duplicate
    hidden INTEGER NOT NULL DEFAULT 0 -- 1 if that one is shown instead
) STRICT;
CREATE UNIQUE INDEX article_id ON article (id);
CREATE UNIQUE INDEX article_path ON article (path);
CREATE INDEX article_shown ON article (key) WHERE hidden = 0;
CREATE INDEX article_category ON article (category, key) WHERE hidden = 0;
CREATE INDEX article_source ON article (source, key) WHERE hidden = 0;
CREATE INDEX article_author ON article (author, key) WHERE hidden = 0;
CREATE INDEX article_same ON article (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX article_waiting ON article (key) WHERE length IS NULL;
CREATE TABLE plain (key INTEGER PRIMARY KEY, text BLOB NOT NULL) STRICT; -- compressed, leaves separated by NUL
CREATE TABLE address ( -- the names of articles in links, see link_names.py
    name INTEGER NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_key ON address (key);
CREATE TABLE link (
    key INTEGER NOT NULL, -- the article that contains it
    number INTEGER NOT NULL,
    leaf INTEGER NOT NULL, -- in the text of `plain`, and the range of characters in it
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    name INTEGER NOT NULL, -- the name of the article to which it may lead; 0 within its own
    target TEXT NOT NULL, -- as written
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_name ON link (name);
CREATE TABLE picture ( -- what articles embed from their archives
    key INTEGER NOT NULL, -- the article that contains it
    number INTEGER NOT NULL,
    kind TEXT NOT NULL, -- picture, or a kind of `Embed`
    source TEXT NOT NULL, -- as written
    text TEXT NOT NULL, -- shown in its place; may be empty
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE refused ( -- files and folders that are not readable articles
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE TABLE bundle ( -- files that hold many articles and whose entries are all stored
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    skipped TEXT NOT NULL -- JSON: the number of files in it that are not articles, by kind
) STRICT;
CREATE TABLE site ( -- what the pages of a site have in common, see site_stage.py
    name TEXT PRIMARY KEY,
    pages INTEGER NOT NULL, -- about how many pages it has
    learned INTEGER NOT NULL, -- how many it had when its blocks were learned; 0 before
    blocks TEXT NOT NULL -- the numbers of its blocks, separated by spaces
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    body, singles, title, category, author, source, tags, path, pinyin, facets,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);
"""

_COMMENT = regex(r"\s*--[^\n]*")

_HASH_BYTES = 40 * 2**20
"""Bytes of memory that FTS5 fills before it writes a segment: larger segments need fewer merges."""
_MERGED = 16
"""Segments per level that FTS5 waits for before it merges them (the maximum); with the default of four, building an
index rewrites all text several times."""
_MERGED_AT_ONCE = 64
"""The number of segments at which FTS5 merges a whole level at once, which blocks writing and doubles the size of the
file. With the default of 16, this would happen before the incremental merges."""

_WRITING_CACHE, _READING_CACHE = 16_384, 8_192
"""Kibibytes of pages that SQLite caches. A larger cache would not make indexing faster: FTS5 writes and merges its
segments sequentially, so that few pages are read again."""


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """An atomic transaction.

    Unlike APSW's own context manager, this does not hold the GIL while it waits for readers: a reader in another thread
    of this process needs the GIL to finish, so both would block until `PATIENCE` is over.

    Raises:
        apsw.Error: Writing failed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled the transaction back already, for example on a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def create(connection: apsw.Connection) -> None:
    """Create the tables in an empty database; requires a transaction."""
    # SQLite stores the statements, and reads them whenever the index is opened.
    connection.execute(_COMMENT.sub("", _TABLES))
    connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
    connection.execute("INSERT INTO words (words, rank) VALUES ('automerge', ?)", (_MERGED,))
    connection.execute("INSERT INTO words (words, rank) VALUES ('crisismerge', ?)", (_MERGED_AT_ONCE,))
    connection.pragma("application_id", _APPLICATION)
    connection.pragma("user_version", VERSION)


def is_current(connection: apsw.Connection) -> bool:
    """Whether a database is an index of this version.

    Raises:
        apsw.Error: The file is corrupt or not a database.
    """
    return (connection.pragma("application_id"), connection.pragma("user_version")) == (_APPLICATION, VERSION)


PATIENCE = 10_000
"""Milliseconds to wait for another connection that is writing."""


def connect(path: str, *, write: bool, patience: int = PATIENCE) -> apsw.Connection:
    """Open a connection to the index in a file, or in memory if `path` is a memdb name.

    Raises:
        apsw.Error: The index cannot be opened.
    """
    flags = apsw.SQLITE_OPEN_URI | (
        apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if write else apsw.SQLITE_OPEN_READWRITE
    )
    connection = apsw.Connection(path, flags=flags)
    connection.set_busy_timeout(patience)
    connection.pragma("synchronous", "normal")
    connection.pragma("temp_store", "memory")
    connection.pragma("cache_size", -_WRITING_CACHE if write else -_READING_CACHE)
    return connection


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that make up an index at `path`."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal"))


# Conversion of values

VALUES_AT_ONCE = 500
"""Maximum number of parameters of a statement."""


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Split items into lists of at most `size`."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def written_warnings(warnings: tuple[FileWarning, ...]) -> str | None:
    """The warnings of a file as stored in the index."""
    return (
        json.dumps([[packed(warning.message), warning.line] for warning in warnings], ensure_ascii=False)
        if warnings
        else None
    )


def read_warnings(path: Path, *written: str | None) -> tuple[FileWarning, ...]:
    """The stored warnings of the file at `path`, for metadata and text, without duplicates."""
    kept: list[FileWarning] = []
    for one in written:
        found = [FileWarning(path, unpacked(message), line) for message, line in json.loads(one)] if one else []
        kept += [warning for warning in found if warning not in kept] if kept else found
    return tuple(kept)
