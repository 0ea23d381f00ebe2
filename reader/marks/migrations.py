"""The schema of the marks database, built by ordered migrations, which run in one transaction."""

import time

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
    (
        "read later, tags, letters, highlights, sections, days, changes",
        """
        ALTER TABLE article ADD COLUMN later_at REAL;
        ALTER TABLE article ADD COLUMN place_quotation TEXT NOT NULL DEFAULT ''; -- by which the place is found again
        ALTER TABLE article ADD COLUMN revision INTEGER NOT NULL DEFAULT 0; -- grows with each change of its marks
        CREATE INDEX article_revision ON article (revision);
        CREATE INDEX article_opened ON article (opened_at) WHERE opened_at IS NOT NULL;
        CREATE INDEX article_fingerprint ON article (fingerprint);
        CREATE INDEX article_path ON article (path);
        ALTER TABLE bookmark ADD COLUMN uid TEXT NOT NULL DEFAULT ''; -- the same in every store it was imported into
        ALTER TABLE bookmark ADD COLUMN letter TEXT NOT NULL DEFAULT '';
        ALTER TABLE bookmark ADD COLUMN changed_at REAL NOT NULL DEFAULT 0;
        UPDATE bookmark SET uid = lower(hex(randomblob(16))), changed_at = created_at;
        CREATE UNIQUE INDEX bookmark_uid ON bookmark (uid);
        CREATE INDEX bookmark_letter ON bookmark (letter) WHERE letter <> '';
        CREATE INDEX bookmark_created ON bookmark (created_at);
        CREATE TABLE highlight (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL,
            article TEXT NOT NULL REFERENCES article (id),
            block INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            end_block INTEGER NOT NULL,
            end_offset INTEGER NOT NULL,
            quotation TEXT NOT NULL, -- the text itself, by which it is found again
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            section TEXT NOT NULL,
            colour INTEGER NOT NULL,
            note TEXT NOT NULL,
            created_at REAL NOT NULL,
            changed_at REAL NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX highlight_uid ON highlight (uid);
        CREATE INDEX highlight_article ON highlight (article);
        CREATE INDEX highlight_created ON highlight (created_at);
        CREATE INDEX highlight_noted ON highlight (article) WHERE note <> '';
        CREATE TABLE tag (
            article TEXT NOT NULL REFERENCES article (id),
            name TEXT NOT NULL,
            added_at REAL NOT NULL,
            PRIMARY KEY (article, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tag_name ON tag (name);
        CREATE TABLE section (
            article TEXT NOT NULL REFERENCES article (id),
            title TEXT NOT NULL,
            number INTEGER NOT NULL, -- among the sections of that title in the article
            progress REAL NOT NULL,
            PRIMARY KEY (article, title, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE day (
            day TEXT PRIMARY KEY, -- as 2026-11-24, in the reader's own time zone
            seconds REAL NOT NULL,
            characters INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            reader TEXT NOT NULL,
            kind TEXT NOT NULL,
            detail TEXT NOT NULL,
            changeset BLOB NOT NULL, -- of SQLite's session extension: inverted, it undoes the change
            undone INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        """,
    ),
    (
        "words that were looked up",
        """
        CREATE TABLE word (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE, -- the same in every store it was imported into
            text TEXT NOT NULL,
            reading TEXT NOT NULL,
            meaning TEXT NOT NULL,
            sentence TEXT NOT NULL, -- in which it stood
            title TEXT NOT NULL, -- of the article
            created_at REAL NOT NULL
        ) STRICT;
        CREATE INDEX word_created ON word (created_at);
        """,
    ),
    (
        "reviews of highlights",
        """
        CREATE TABLE review (
            id TEXT PRIMARY KEY, -- the uid of the highlight
            article TEXT NOT NULL REFERENCES article (id),
            due_at REAL NOT NULL,
            stability REAL NOT NULL, -- of FSRS, as is the difficulty
            difficulty REAL NOT NULL,
            changed_at REAL NOT NULL -- when it was reviewed
        ) STRICT;
        CREATE INDEX review_due ON review (due_at);
        CREATE INDEX review_changed ON review (changed_at);
        """,
    ),
)
"""The name and SQL of each migration. A released migration is never edited; a change needs a new one."""


def keep_log(connection: apsw.Connection, patience: int) -> None:
    """Enable write-ahead logging (WAL).

    Raises:
        apsw.Error: WAL could not be enabled within `patience` milliseconds.
    """
    until = time.monotonic() + patience / 1_000
    while True:
        try:
            connection.pragma("journal_mode", "wal")
        except (apsw.BusyError, apsw.LockedError):
            # Another process is creating the same file; SQLite's busy timeout does not cover this pragma.
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def outdated(connection: apsw.Connection) -> bool:
    """Whether a database is of an older version and needs migrations."""
    return 0 < int(connection.pragma("user_version")) < len(MIGRATIONS)


def migrate(connection: apsw.Connection) -> None:
    """Migrate a database to the current version; `user_version` is the number of applied migrations.

    Raises:
        StoreError: The database is of a newer version.
    """
    # Do not wait for the write lock if there is nothing to migrate.
    if _refuse_newer(int(connection.pragma("user_version"))) == len(MIGRATIONS):
        return
    # Lock before rereading the version: of two processes that start at once, the second sees it migrated.
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _refuse_newer(int(connection.pragma("user_version")))
        for step, (_name, sql) in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.execute(sql)
            connection.pragma("user_version", step)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(version: int) -> int:
    if version > len(MIGRATIONS):
        raise StoreError(
            _("The marks database has version {version}, which is newer than this version of reader supports").format(
                version=version
            ),
            _("update reader, or set XDG_DATA_HOME to another folder"),
        )
    return version
