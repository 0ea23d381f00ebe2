"""The articles in a marks database, read without opening it for writing: indexing needs no other marks."""

import os
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from reader.lean_dataclasses import dataclass, field

_MARKED = (
    "SELECT id FROM article WHERE read_at IS NOT NULL",
    "SELECT id FROM article WHERE starred_at IS NOT NULL OR later_at IS NOT NULL",
    "SELECT DISTINCT article FROM bookmark",
    "SELECT DISTINCT article FROM highlight",
    "SELECT DISTINCT article FROM tag",
)
_PATIENCE = 5_000
"""Milliseconds to wait for another process."""


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """The articles in a marks database.

    Attributes:
        articles: The id, path and fingerprint (or None) of each article.
        marked: The ids of the articles with marks.
    """

    articles: list[tuple[str, str, int | None]] = field(default_factory=list)
    marked: AbstractSet[str] = frozenset()


def known_articles(path: Path) -> KnownArticles:
    """Return the articles in the marks database at `path`, opened read-only.

    The result is empty if the database does not exist or cannot be read.
    """
    # Opening a pipe for reading would block.
    if not path.is_file():
        return KnownArticles()
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(_PATIENCE)
            rows: list[Any] = connection.execute("SELECT id, path, fingerprint FROM article").fetchall()
            marked = _marked(connection)
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return KnownArticles()
    return KnownArticles([(article, os.fsdecode(place), fingerprint) for article, place, fingerprint in rows], marked)


def _marked(connection: apsw.Connection) -> frozenset[str]:
    found: set[str] = set()
    for statement in _MARKED:
        # A database of an older version lacks some of these columns and tables.
        with suppress(apsw.SQLError):
            found.update(row[0] for row in connection.execute(statement))
    return frozenset(found)
