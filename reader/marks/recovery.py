"""Salvage of the readable rows of a corrupt database."""

import contextlib
from collections.abc import Callable
from typing import Any

import apsw

from reader.regex import regex

Fetch = Callable[[str], list[Any]]
"""Executes a query and returns its rows."""

_QUERY = regex(r"SELECT (.+) FROM (\w+)")
_KEYS = {"tag": ("article", "name"), "section": ("article", "title", "number")}
"""The tables without row ids, and their primary keys."""

_LATER = {
    "uid": "lower(hex(randomblob(16)))",
    "letter": "''",
    "changed_at": "created_at",
    "fingerprint": "NULL",
    "starred_at": "NULL",
    "later_at": "NULL",
    "place_quotation": "''",
}
"""SQL expressions for columns that an older version lacks."""

_GAP = 20_000
"""The number of row ids to probe in a corrupt part of a table: the rows of the largest B-tree branch."""


def readable(connection: apsw.Connection) -> Fetch:
    """Return a function that answers the queries of `exchange.dump` with all readable rows, without ever raising."""

    def rows(statement: str) -> list[Any]:
        found = _QUERY.match(statement)
        if found is None:
            return []
        columns, table = _present(connection, found[1], found[2]), found[2]
        if not columns:
            return []
        if table in _KEYS:
            return _by_key(connection, f"SELECT {columns} FROM {table}", _KEYS[table])
        # Avoid indexes, which may be corrupt themselves.
        return _by_number(connection, f"SELECT rowid, {columns} FROM {table} NOT INDEXED")

    return rows


def _present(connection: apsw.Connection, columns: str, table: str) -> str:
    """Return the columns of a table, with defaults for missing ones; empty if they cannot be determined."""
    there: set[str] = set()
    with contextlib.suppress(apsw.Error, UnicodeDecodeError):
        there = {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    if not there:
        return ""
    return ", ".join(one if one in there else _LATER.get(one, one) for one in columns.split(", "))


def _by_key(connection: apsw.Connection, query: str, key: tuple[str, ...]) -> list[Any]:
    """Return the rows from both ends up to the first unreadable ones."""
    complete, found = _until_unreadable(connection, query)
    if not complete:
        backwards = ", ".join(f"{column} DESC" for column in key)
        found += _until_unreadable(connection, f"{query} ORDER BY {backwards}")[1]
    return list(dict.fromkeys(found))


def _by_number(connection: apsw.Connection, query: str) -> list[Any]:
    """Return the rows from both ends up to the first unreadable ones, and probe the row ids between them."""
    complete, found = _until_unreadable(connection, query)
    if not complete:
        first = max((row[0] for row in found), default=0)
        backwards = _until_unreadable(connection, f"{query} ORDER BY rowid DESC")[1]
        last = min((row[0] for row in backwards), default=first + _GAP)
        found += backwards
        number = first + 1
        while number < min(last, first + _GAP):
            row = _until_unreadable(connection, f"{query} WHERE rowid = ?", (number,))[1]
            found += row
            first = number if row else first
            number += 1
    return list({row[0]: row[1:] for row in found}.values())


def _until_unreadable(connection: apsw.Connection, query: str, values: tuple[int, ...] = ()) -> tuple[bool, list[Any]]:
    """Return whether a query could be read completely, and its rows up to the first unreadable one."""
    found: list[Any] = []
    try:
        cursor = connection.execute(query, values)
        while True:
            # Invalid text only costs its own row.
            with contextlib.suppress(UnicodeDecodeError):
                for row in cursor:
                    found.append(row)  # noqa: PERF402 - rows before an error are kept
                return True, found
    except apsw.Error:
        return False, found
