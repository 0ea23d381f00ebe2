"""Search in one index: executes a compiled query."""

import json
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

from reader.index.date_keys import LAST
from reader.index.index import Index
from reader.index.tokens import searched
from reader.lean_dataclasses import replace
from reader.search.query_compiler import Compiled, MarkQuery, compiled, mark_query_name
from reader.search.query_tree import And, Field, QueryNode, Words, words_of
from reader.search.waiting_titles import WaitingTitles

if TYPE_CHECKING:
    import apsw

_WEIGHTS = "bm25(1.0, 0.5, 8.0, 2.0, 2.0, 2.0, 2.0, 0.5, 4.0, 0.0)"
"""BM25 weights of the columns of the full-text index: a word in a title counts eight times as much as in the body."""

MOST_WEIGHED = 10_000
"""Maximum number of results that are ranked by relevance, which is slow: the newest ones. Older ones follow by date."""

Values = tuple[int | str, ...]


class _Statement(NamedTuple):
    """The SQL of a query: tables, condition with parameters, and the key column."""

    source: str
    where: str
    values: Values
    key: str


_TITLES = 500
"""Maximum number of results whose titles are compared with the query."""


class IndexSearch:
    """Search in one index; `marked` returns the ids of the articles that have the marks in a query.

    Every method raises CorruptIndexError if the index is corrupt.
    """

    def __init__(self, index: Index, marked: Callable[[MarkQuery], Collection[str]]) -> None:
        self.index = index
        self._marked = marked
        self._waiting = WaitingTitles(index)
        self._filled: tuple[apsw.Connection, dict[str, frozenset[str]]] | None = None

    def newest(self, node: QueryNode, most: int, below: int = LAST) -> list[int]:
        """The keys of up to `most` results, newest first, all below the key `below`.

        The query must have no empty words.
        """
        indexed = self._newest_indexed(node, most, below)
        waiting = [key for key in self._waiting.keys(node) if key < below]
        return sorted({*indexed, *waiting}, reverse=True)[:most] if waiting else indexed

    def _newest_indexed(self, node: QueryNode, most: int, below: int = LAST) -> list[int]:
        source, where, values, key = self._statement(node)
        rows = self.index.rows(
            f"SELECT {key} {source} WHERE {where} AND {key} < ? ORDER BY {key} DESC LIMIT ?", (*values, below, most)
        )
        return [key for (key,) in rows]

    def best(self, node: QueryNode, most: int) -> list[tuple[int, float]]:
        """The keys and scores of the most relevant results, best first; the query must have no empty words.

        If there are very many results, the oldest are not ranked: they come last, with the score 0. An article whose
        text is not indexed yet is only found by its title, and titles count most.
        """
        statement = self._statement(node)
        if statement.key == "a.key":
            # Without text conditions all results are equally relevant.
            return [(key, 0.0) for key in self.newest(node, most)]
        source, where, values, _key = statement
        cut = self.index.rows(
            f"SELECT w.rowid {source} WHERE {where} ORDER BY w.rowid DESC LIMIT 1 OFFSET ?", (*values, MOST_WEIGHED)
        )
        rows = self.index.rows(
            f"SELECT w.rowid, -w.rank {source} WHERE {where} AND w.rowid > ? AND w.rank MATCH ?"
            " ORDER BY w.rank LIMIT ?",
            (*values, cut[0][0] if cut else -1, _WEIGHTS, most),
        )
        titled = dict.fromkeys([*self._titled(node), *self._waiting.keys(node)])
        best = rows[0][1] + 1 if rows else 1.0
        found = [*((key, best) for key in titled), *((key, score) for key, score in rows if key not in titled)]
        if cut and len(found) < most:
            older = self._newest_indexed(node, most - len(found) + len(titled), cut[0][0] + 1)
            found += ((key, 0.0) for key in older if key not in titled)
        return found[:most]

    def _titled(self, node: QueryNode) -> list[int]:
        """The results whose title is exactly the words of the query, newest first."""
        words = [one for one in (node.nodes if isinstance(node, And) else (node,)) if isinstance(one, Words)]
        wanted = _as_title(" ".join(one.text for one in words))
        if not wanted or node != (And(tuple(words)) if len(words) > 1 else words[0]):
            return []
        if any(one.field not in {None, Field.TITLE} for one in words):
            return []
        titles = [replace(one, field=Field.TITLE) for one in words]
        source, where, values, key = self._statement(And(tuple(titles)) if len(titles) > 1 else titles[0])
        rows = self.index.rows(
            f"SELECT {key}, a.title {source} WHERE {where} ORDER BY {key} DESC LIMIT ?", (*values, _TITLES)
        )
        return [key for key, title in rows if _as_title(title) == wanted]

    def count(self, node: QueryNode) -> int:
        """The number of results of a query without empty words."""
        source, where, values, _key = self._statement(node)
        rows = self.index.rows(f"SELECT count(*) {source} WHERE {where}", values)
        return (int(rows[0][0]) if rows else 0) + self._uncounted(node)

    def _uncounted(self, node: QueryNode) -> int:
        """The number of articles found only by their titles; a query without words counts them anyway."""
        return len(self._waiting.keys(node)) if words_of(node) else 0

    def has_match(self, match: str) -> bool:
        """Whether a MATCH expression has any result."""
        return bool(self.index.rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (match,)))

    def _statement(self, node: QueryNode) -> _Statement:
        query = compiled(node, self.has_match)
        if query.mark_queries:
            self._load_marks(query.mark_queries)
        where = "a.hidden = 0" + (f" AND {query.where}" if query.where else "")
        if not query.match:
            return _within(query, _Statement("FROM article a", where, query.values, "a.key"))
        # With CROSS JOIN, SQLite reads the full-text index in the outer loop, in the order of rows.
        source = "FROM words w CROSS JOIN article a ON a.key = w.rowid"
        return _within(
            query, _Statement(source, f"w.words MATCH ? AND {where}", (query.match, *query.values), "w.rowid")
        )

    def _load_marks(self, mark_queries: tuple[MarkQuery, ...]) -> None:
        """Fill the temporary table with the ids of the articles that have the marks in a query."""
        connection = self.index.connection
        ids_by_name = {mark_query_name(one): frozenset(self._marked(one)) for one in mark_queries}
        filled, self._filled = self._filled, None
        if connection is None:
            return
        if filled is not None and filled[0] is connection and filled[1] == ids_by_name:
            self._filled = filled
            return
        self.index.rows(
            "CREATE TEMP TABLE IF NOT EXISTS marked (asked TEXT, id TEXT, PRIMARY KEY (asked, id)) WITHOUT ROWID"
        )
        self.index.rows("DELETE FROM temp.marked")
        for name, ids in ids_by_name.items():
            self.index.rows("INSERT INTO temp.marked SELECT ?, value FROM json_each(?)", (name, json.dumps([*ids])))
        self._filled = (connection, ids_by_name)


def _as_title(text: str) -> str:
    """A title without case, character width and punctuation, for comparison."""
    return " ".join(searched(text).replace("·", " ").split())


def _within(query: Compiled, statement: _Statement) -> _Statement:
    """Restrict a statement to the key range of a query."""
    if query.first <= 0 and query.end >= LAST:
        return statement
    source, where, values, key = statement
    return _Statement(source, f"{where} AND {key} >= ? AND {key} < ?", (*values, query.first, query.end), key)
