"""The store's tables, built by named migrations, each run once, in order, in one transaction."""

import apsw

from reader.errors import StoreError
from reader.language import _

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "articles, places, bookmarks, state",
        """
        CREATE TABLE article (
            id TEXT PRIMARY KEY,
            path BLOB NOT NULL, -- as bytes: a file's name need not be UTF-8
            title TEXT NOT NULL,
            read_at REAL,
            place_block INTEGER,
            place_offset INTEGER,
            progress REAL NOT NULL DEFAULT 0,
            opened_at REAL
        ) STRICT;
        CREATE TABLE bookmark (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL REFERENCES article (id),
            block INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            name TEXT NOT NULL,
            section TEXT NOT NULL,
            quotation TEXT NOT NULL,
            created_at REAL NOT NULL
        ) STRICT;
        CREATE TABLE state (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT;
        CREATE INDEX bookmark_article ON bookmark (article);
        """,
    ),
    (
        "fingerprints, stars, saved searches",
        """
        ALTER TABLE article ADD COLUMN fingerprint INTEGER; -- of the file, by which the article is known elsewhere
        ALTER TABLE article ADD COLUMN starred_at REAL;
        CREATE TABLE saved_search (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            query TEXT NOT NULL,
            created_at REAL NOT NULL
        ) STRICT;
        """,
    ),
)
"""Name and SQL of each step. A step that has been released is never edited: a change is a new step."""


def migrate(connection: apsw.Connection) -> None:
    """Bring a store to the newest version; `user_version` counts the steps done.

    Raises:
        StoreError: The store was written by a newer reader.
    """
    # The lock comes before the version is read: of two readers that start at once, the second waits, then sees it done.
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = int(connection.pragma("user_version"))
        _refuse_newer(version)
        for step, (_name, sql) in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.execute(sql)
            connection.pragma("user_version", step)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(version: int) -> None:
    if version > len(MIGRATIONS):
        raise StoreError(
            _("The store of marks is of a newer version ({version}) than this reader knows").format(version=version),
            _("update reader, or name another data folder with XDG_DATA_HOME"),
        )
