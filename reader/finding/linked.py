"""Queries about where links lead: `link:`, `linkedby:` and `is:orphan`, answered by the resolver of links.

The links of all articles are resolved for `is:orphan` once, and again when an index has changed (`orphan_cache.py`).
"""

import os
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reader.archive.article import Article
from reader.document.addresses import WIKI
from reader.index.index import Index
from reader.index.link_names import fold, without_suffix
from reader.index.schema import VALUES_AT_ONCE, chunks
from reader.regex import regex
from reader.search.query_compiler import MarkQuery
from reader.search.query_tree import Field, Is, State, Words

if TYPE_CHECKING:
    from reader.linking.resolver import Resolver

_PLAIN_NAME = regex(r"[^./\\#^()|\s](?:[^./\\#^()|]*[^./\\#^()|\s])?")

Answer = Callable[[MarkQuery], Collection[str]]


def with_links(indexes: Sequence[Index], marked: Answer) -> Answer:
    """Answer conditions on links from `indexes`, and conditions on marks with `marked`.

    The result may be called only in the thread that the indexes belong to.
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
    """Finds articles by their links, and returns their ids."""

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
                destinations = self._resolver.destinations(article, targets) if targets else []
                found |= {one.article_id for one in destinations} - {article.id, ""}
        return frozenset(found)

    def orphans(self) -> frozenset[str]:
        """The indexed articles to which no other article links."""
        stamp = [(id(index.connection), index.rows("PRAGMA data_version")) for index in self._indexes]
        if stamp != self._stamp:
            from reader.finding import orphan_cache  # noqa: PLC0415 - few queries are about links

            kept = orphan_cache.read(self._indexes)
            self._orphans = self._found_orphans() if kept is None else kept
            if kept is None:
                orphan_cache.write(self._indexes, self._orphans)
            self._stamp = stamp
        return self._orphans

    def _found_orphans(self) -> frozenset[str]:
        linked = self._all_linked()
        everything = (index.rows("SELECT id FROM article WHERE length IS NOT NULL") for index in self._indexes)
        return frozenset(found for rows in everything for (found,) in rows) - linked

    def _named(self, name: str) -> list[Article]:
        from reader.linking.named_articles import articles_called  # noqa: PLC0415

        return articles_called(self._indexes, name)

    def _all_linked(self) -> set[str]:
        """The articles to which at least one other article links.

        A link is not resolved if all articles that its name may mean are known to be linked already.
        """
        ids = [dict(index.rows("SELECT key, id FROM article")) for index in self._indexes]
        known = {name for index in self._indexes for (name,) in index.rows("SELECT DISTINCT name FROM link")}
        candidates: dict[int, set[str]] = {}
        for number, index in enumerate(self._indexes):
            for name, key in index.rows("SELECT name, key FROM address"):
                if name in known and key in ids[number]:
                    candidates.setdefault(name, set()).add(ids[number][key])
        linked: set[str] = set()
        for number, index in enumerate(self._indexes):
            plain = _PlainLinks(index, ids[number], candidates)
            keys = [key for (key,) in index.rows("SELECT DISTINCT key FROM link ORDER BY key")]
            for some in chunks(keys, VALUES_AT_ONCE):
                linked |= self._linked_from(index, plain, some, candidates, linked)
        return linked

    def _linked_from(
        self, index: Index, plain: "_PlainLinks", keys: list[int], candidates: dict[int, set[str]], linked: set[str]
    ) -> set[str]:
        """The articles to which the articles `keys` of an index link; those in `linked` may be missing."""
        rows = index.rows(
            f"SELECT key, name, target FROM link WHERE key IN ({','.join('?' * len(keys))}) ORDER BY key, number", keys
        )
        found: set[str] = set()
        asked: dict[int, dict[str, None]] = {}
        for key, name, target in rows:
            if not candidates.get(name, set()) - linked:
                if not self._resolver.is_on_own_host(index, target):
                    continue
            elif there := plain.article(key, name, target):
                found |= {there} - {plain.ids[key]}
                continue
            asked.setdefault(key, {})[target] = None
        articles = index.articles(asked)
        resolved = self._resolver.for_articles([(articles[key], [*asked[key]]) for key in articles])
        return found | {
            one.article_id
            for key, destinations in zip(articles, resolved, strict=True)
            for one in destinations
            if one.article_id and one.article_id != plain.ids[key]
        }


class _PlainLinks:
    """Links that can lead to one article only: the exact path of a file, or a name that no other article has.

    The resolver gives the same result, but takes longer.

    Attributes:
        ids: The ids of the articles of the index, by their keys.
    """

    def __init__(self, index: Index, ids: dict[int, str], candidates: dict[int, set[str]]) -> None:
        self.ids = ids
        self._candidates = candidates
        self._folders: dict[int, str] = {}
        self._at: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for key, path in index.rows("SELECT key, path FROM article"):
            inner = os.fsdecode(path).replace(os.sep, "/")
            self._folders[key], _slash, name = inner.rpartition("/")
            self._at[inner] = ids[key]
            self._stems[ids[key]] = fold(without_suffix(name))

    def article(self, key: int, name: int, target: str) -> str:
        """The id of the article to which a link in the article `key` leads; empty if only the resolver can tell."""
        if not target.isprintable() or "\\" in target:
            return ""
        if target.startswith(WIKI):
            place = target[len(WIKI) :]
            named = self._candidates[name] if _PLAIN_NAME.fullmatch(place) else set[str]()
            return next((one for one in named if len(named) == 1 and self._stems.get(one) == fold(place)), "")
        if target.startswith("/") or ":" in target:
            return ""
        place = unquote(target.partition("#")[0].partition("?")[0])
        # A file in the root has an empty folder, which leaves a slash before the place.
        return self._at.get(normpath(f"{self._folders[key]}/{place}").lstrip("/"), "") if place else ""
