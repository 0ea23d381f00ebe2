"""By what ids the store of marks knows articles, for the index: read without opening the store to be written."""

import os
from pathlib import Path
from typing import Any

import apsw

from reader.index.sync import Identities


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
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return Identities()
    known = [(article_id, os.fsdecode(path), fingerprint) for article_id, path, fingerprint in rows]
    return Identities(
        {path: article_id for article_id, path, _fingerprint in known},
        {fingerprint: (article_id, path) for article_id, path, fingerprint in known if fingerprint},
    )
