"""By what ids the store of marks knows articles, for the index: read without opening the store to be written."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from reader.index.identities import Identities

_MARKED = (
    "SELECT id FROM article WHERE read_at IS NOT NULL",
    "SELECT id FROM article WHERE starred_at IS NOT NULL OR later_at IS NOT NULL",
    "SELECT DISTINCT article FROM bookmark",
    "SELECT DISTINCT article FROM highlight",
    "SELECT DISTINCT article FROM tag",
)
"""Which articles a person marked."""


def identities(store: Path) -> Identities:
    """The ids in the store in the file `store`; none where there is no store, or none that can be read."""
    # Whoever opens a pipe to read it waits for ever.
    if not store.is_file():
        return Identities()
    try:
        connection = apsw.Connection(os.fspath(store), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(5_000)
            rows: list[Any] = connection.execute("SELECT id, path, fingerprint FROM article").fetchall()
            marked = _marked(connection)
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return Identities()
    # Where two lie at one place, that with marks is meant: it comes last.
    rows.sort(key=lambda row: row[0] in marked)
    known = [(article_id, os.fsdecode(path), fingerprint) for article_id, path, fingerprint in rows]
    return Identities(
        {path: article_id for article_id, path, _fingerprint in known},
        {fingerprint: (article_id, path) for article_id, path, fingerprint in known if fingerprint},
        marked,
    )


def _marked(connection: apsw.Connection) -> frozenset[str]:
    found: set[str] = set()
    for statement in _MARKED:
        # A store of an older reader lacks some of it.
        with suppress(apsw.SQLError):
            found.update(row[0] for row in connection.execute(statement))
    return frozenset(found)
