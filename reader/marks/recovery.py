"""Reading what can still be read of a store that is damaged, row by row."""

import contextlib
import re
from collections.abc import Callable
from typing import Any

import apsw

Rows = Callable[[str], list[Any]]
"""Gives what a question to a store finds."""

_QUESTION = re.compile(r"SELECT (.+) FROM (\w+)")
_KEYS = {"tag": ("article", "name"), "section": ("article", "title", "number")}
"""The tables without numbered rows, and their keys."""

_LATER = {
    "uid": "lower(hex(randomblob(16)))",
    "letter": "''",
    "changed_at": "created_at",
    "fingerprint": "NULL",
    "starred_at": "NULL",
    "later_at": "NULL",
    "place_quotation": "''",
}
"""What stands for columns that a store of an older version lacks."""

_GAP = 20_000
"""Rows that are looked for one by one where a table is torn, and none is found: those of the largest branch."""


def readable(connection: apsw.Connection) -> Rows:
    """What answers the questions of `exchange.dump` with whatever rows can be read, in no order; it raises nothing."""

    def rows(statement: str) -> list[Any]:
        found = _QUESTION.match(statement)
        if found is None:
            return []
        columns, table = _present(connection, found[1], found[2]), found[2]
        if not columns:
            return []
        if table in _KEYS:
            return _by_key(connection, f"SELECT {columns} FROM {table}", _KEYS[table])
        # Not by way of an index, which may be what is damaged.
        return _by_number(connection, f"SELECT rowid, {columns} FROM {table} NOT INDEXED")

    return rows


def _present(connection: apsw.Connection, columns: str, table: str) -> str:
    """The columns of a table, or what stands for them; empty where it has none or cannot be told."""
    there: set[str] = set()
    with contextlib.suppress(apsw.Error, UnicodeDecodeError):
        there = {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    if not there:
        return ""
    return ", ".join(one if one in there else _LATER.get(one, one) for one in columns.split(", "))


def _by_key(connection: apsw.Connection, question: str, key: tuple[str, ...]) -> list[Any]:
    """The rows from either end up to where they cannot be read."""
    whole, found = _until_torn(connection, question)
    if not whole:
        backwards = ", ".join(f"{column} DESC" for column in key)
        found += _until_torn(connection, f"{question} ORDER BY {backwards}")[1]
    return list(dict.fromkeys(found))


def _by_number(connection: apsw.Connection, question: str) -> list[Any]:
    """The rows from either end up to where they cannot be read, and those between one by one."""
    whole, found = _until_torn(connection, question)
    if not whole:
        first = max((row[0] for row in found), default=0)
        backwards = _until_torn(connection, f"{question} ORDER BY rowid DESC")[1]
        last = min((row[0] for row in backwards), default=first + _GAP)
        found += backwards
        number = first + 1
        while number < min(last, first + _GAP):
            row = _until_torn(connection, f"{question} WHERE rowid = ?", (number,))[1]
            found += row
            first = number if row else first
            number += 1
    return list({row[0]: row[1:] for row in found}.values())


def _until_torn(connection: apsw.Connection, question: str, values: tuple[int, ...] = ()) -> tuple[bool, list[Any]]:
    """The rows of a question up to the first that cannot be read, and whether those are all."""
    found: list[Any] = []
    try:
        cursor = connection.execute(question, values)
        while True:
            # A text that is none costs its own row and no other.
            with contextlib.suppress(UnicodeDecodeError):
                for row in cursor:
                    found.append(row)  # noqa: PERF402 - what came before an error is kept
                return True, found
    except apsw.Error:
        return False, found
