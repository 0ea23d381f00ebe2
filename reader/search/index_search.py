"""Searching one index: a compiled query asked of its full text and its articles."""

import json
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

from reader.index.date_keys import LAST
from reader.index.index import Index
from reader.search.compile import Asked, Compiled, asked_name, compiled
from reader.search.nodes import Node

if TYPE_CHECKING:
    import apsw

_WEIGHTS = "bm25(1.0, 0.5, 8.0, 2.0, 2.0, 2.0, 2.0, 0.5, 4.0, 0.0)"
"""How much a word counts in each column of the full text: in a title eight times as much as in the body."""

MOST_WEIGHED = 10_000
"""Articles that are weighed for the best; of more, the newest: weighing is slow, and nobody reads that far."""

Values = tuple[int | str, ...]


class _Question(NamedTuple):
    """The tables, the condition and its values, and the column of the key that a query comes down to."""

    source: str
    where: str
    values: Values
    key: str


class IndexSearch:
    """Searches in one index, about whose articles' marks `marked` is asked.

    Every method raises DamagedIndexError if the index is damaged.
    """

    def __init__(self, index: Index, marked: Callable[[Asked], Collection[str]]) -> None:
        self.index = index
        self._marked = marked
        self._filled: tuple[apsw.Connection, dict[str, frozenset[str]]] | None = None

    def newest(self, node: Node, most: int, below: int = LAST) -> list[int]:
        """The keys of at most so many articles that fit a weeded query, the newest first, all under `below`."""
        source, where, values, key = self._question(node)
        rows = self.index.rows(
            f"SELECT {key} {source} WHERE {where} AND {key} < ? ORDER BY {key} DESC LIMIT ?", (*values, below, most)
        )
        return [key for (key,) in rows]

    def best(self, node: Node, most: int) -> list[tuple[int, float]]:
        """The keys and the scores of the articles that fit a weeded query best, the best first."""
        question = self._question(node)
        if question.key == "a.key":
            # Without words one fits as well as another.
            return [(key, 0.0) for key in self.newest(node, most)]
        source, where, values, _key = question
        cut = self.index.rows(
            f"SELECT w.rowid {source} WHERE {where} ORDER BY w.rowid DESC LIMIT 1 OFFSET ?", (*values, MOST_WEIGHED)
        )
        rows = self.index.rows(
            f"SELECT w.rowid, -w.rank {source} WHERE {where} AND w.rowid > ? AND w.rank MATCH ?"
            " ORDER BY w.rank LIMIT ?",
            (*values, cut[0][0] if cut else -1, _WEIGHTS, most),
        )
        return [(key, score) for key, score in rows]

    def count(self, node: Node) -> int:
        """How many articles fit a weeded query."""
        source, where, values, _key = self._question(node)
        rows = self.index.rows(f"SELECT count(*) {source} WHERE {where}", values)
        return int(rows[0][0]) if rows else 0

    def stands(self, match: str) -> bool:
        """Whether a question to the full text finds anything."""
        return bool(self.index.rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (match,)))

    def _question(self, node: Node) -> _Question:
        query = compiled(node, self.stands)
        if query.asks:
            self._tell_marks(query.asks)
        where = "a.hidden = 0" + (f" AND {query.where}" if query.where else "")
        if not query.match:
            return _within(query, _Question("FROM article a", where, query.values, "a.key"))
        # The full text leads, in the order of its rows; the article is looked at for each that it gives.
        source = "FROM words w CROSS JOIN article a ON a.key = w.rowid"
        return _within(
            query, _Question(source, f"w.words MATCH ? AND {where}", (query.match, *query.values), "w.rowid")
        )

    def _tell_marks(self, asked: tuple[Asked, ...]) -> None:
        """Let the connection know which articles have the marks that a query asks for."""
        connection = self.index.connection
        told = {asked_name(one): frozenset(self._marked(one)) for one in asked}
        filled, self._filled = self._filled, None
        if connection is None:
            return
        if filled is not None and filled[0] is connection and filled[1] == told:
            self._filled = filled
            return
        self.index.rows(
            "CREATE TEMP TABLE IF NOT EXISTS marked (asked TEXT, id TEXT, PRIMARY KEY (asked, id)) WITHOUT ROWID"
        )
        self.index.rows("DELETE FROM temp.marked")
        for name, ids in told.items():
            self.index.rows("INSERT INTO temp.marked SELECT ?, value FROM json_each(?)", (name, json.dumps([*ids])))
        self._filled = (connection, told)


def _within(query: Compiled, question: _Question) -> _Question:
    """A question kept to the span of keys that a query allows."""
    if query.first <= 0 and query.end >= LAST:
        return question
    source, where, values, key = question
    return _Question(source, f"{where} AND {key} >= ? AND {key} < ?", (*values, query.first, query.end), key)
