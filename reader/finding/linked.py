"""Queries about where links lead: `link:`, `linkedby:` and `is:orphan`, answered by the resolver of links.

The links of all articles are resolved for `is:orphan` once, and again when an index has changed.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.schema import VALUES_AT_ONCE, chunks
from reader.search.compile import MarkQuery
from reader.search.query_tree import Field, Is, State, Words

if TYPE_CHECKING:
    from reader.linking.resolver import Resolver

Answer = Callable[[MarkQuery], Collection[str]]


def with_links(indexes: Sequence[Index], marked: Answer) -> Answer:
    """Answer conditions on links from `indexes`, and those on marks by `marked`.

    Use it from the thread that the indexes belong to.
    """
    queries = LinkQueries(indexes)

    def answer(query: MarkQuery) -> Collection[str]:
        if isinstance(query, Is):
            return queries.orphans() if query.state is State.ORPHAN else marked(query)
        match query.field:
            case Field.LINK:
                return queries.linking_to(query)
            case Field.LINKED_BY:
                return queries.linked_by(query)
        return marked(query)

    return answer


class LinkQueries:
    """The ids of articles by their links."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._indexes = indexes
        self._stamp: object = None
        self._orphans: frozenset[str] = frozenset()

    @cached_property
    def _resolver(self) -> "Resolver":
        from reader.linking.resolver import Resolver  # noqa: PLC0415 - few queries are about links

        return Resolver(self._indexes)

    def linking_to(self, words: Words) -> frozenset[str]:
        """The articles that link to an article with a name or title."""
        from reader.linking.backlinks import linking_ids  # noqa: PLC0415

        found: set[str] = set()
        for article in self._named(words.text):
            found |= linking_ids(self._indexes, self._resolver, article)
        return frozenset(found)

    def linked_by(self, words: Words) -> frozenset[str]:
        """The articles that an article with a name or title links to."""
        found: set[str] = set()
        for article in self._named(words.text):
            for index in self._indexes:
                statement = "SELECT l.target FROM article a JOIN link l ON l.key = a.key WHERE a.id = ?"
                targets = [target for (target,) in index.rows(statement, (article.id,))]
                led = self._resolver.destinations(article, targets) if targets else []
                found |= {one.article_id for one in led} - {article.id, ""}
        return frozenset(found)

    def orphans(self) -> frozenset[str]:
        """The indexed articles that no other links to."""
        stamp = [(id(index.connection), index.rows("PRAGMA data_version")) for index in self._indexes]
        if stamp != self._stamp:
            linked = self._all_linked()
            everything = (index.rows("SELECT id FROM article WHERE length IS NOT NULL") for index in self._indexes)
            self._orphans = frozenset(found for rows in everything for (found,) in rows) - linked
            self._stamp = stamp
        return self._orphans

    def _named(self, name: str) -> list[Article]:
        from reader.linking.named_articles import articles_called  # noqa: PLC0415

        return articles_called(self._indexes, name)

    def _all_linked(self) -> set[str]:
        """The articles that any other links to.

        Skips links whose possible targets are all known to be linked already.
        """
        ids = [dict(index.rows("SELECT key, id FROM article")) for index in self._indexes]
        known = {name for index in self._indexes for (name,) in index.rows("SELECT DISTINCT name FROM link")}
        waiting: dict[int, set[str]] = {}
        for number, index in enumerate(self._indexes):
            for name, key in index.rows("SELECT name, key FROM address"):
                if name in known and key in ids[number]:
                    waiting.setdefault(name, set()).add(ids[number][key])
        linked: set[str] = set()
        for number, index in enumerate(self._indexes):
            keys = [key for (key,) in index.rows("SELECT DISTINCT key FROM link ORDER BY key")]
            for some in chunks(keys, VALUES_AT_ONCE):
                linked |= self._linked_from(index, ids[number], some, waiting, linked)
        return linked

    def _linked_from(
        self, index: Index, ids: dict[int, str], keys: list[int], waiting: dict[int, set[str]], linked: set[str]
    ) -> set[str]:
        """The articles that some articles of an index link to; may omit those in `linked`."""
        rows = index.rows(
            f"SELECT key, name, target FROM link WHERE key IN ({','.join('?' * len(keys))}) ORDER BY key, number", keys
        )
        asked = {
            key: dict.fromkeys(
                target
                for _key, name, target in links
                if waiting.get(name, set()) - linked or self._resolver.is_on_own_host(index, target)
            )
            for key, links in groupby(rows, key=lambda row: row[0])
        }
        asked = {key: targets for key, targets in asked.items() if targets}
        articles = index.articles(asked)
        led = self._resolver.for_articles([(articles[key], [*asked[key]]) for key in articles])
        return {
            one.article_id
            for key, destinations in zip(articles, led, strict=True)
            for one in destinations
            if one.article_id and one.article_id != ids[key]
        }
