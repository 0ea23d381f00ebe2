"""Searching archives: articles by a query, the newest or the best first, a page at a time."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import islice

from reader.archive.article import Article
from reader.index.date_keys import LAST
from reader.index.index import Index
from reader.search.compile import Asked, pinyin_words, weeded
from reader.search.index_search import IndexSearch
from reader.search.nodes import Node, Words, words_of

PAGE = 100
"""Articles that are found at a time."""


class Sort(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    Attributes:
        archive: The number of its index among those searched.
        key: Its key there.
        score: How well it fits, higher for better; 0 where that was not asked.
    """

    archive: int
    key: int
    score: float = 0.0


class Search:
    """Searches in indexes that nobody else reads from. Use it from one thread; `interrupt` may come from another.

    Every method raises DamagedIndexError if an index is damaged, and apsw.InterruptError if it was interrupted.
    """

    def __init__(self, indexes: Sequence[Index], marked: Callable[[Asked], Collection[str]] | None = None) -> None:
        """Search `indexes`; `marked` gives the ids of the articles with certain marks, for `is:`, `note:`, `tag:`."""
        self._searches = [IndexSearch(index, marked or (lambda _asked: ())) for index in indexes]

    def close(self) -> None:
        """Close the indexes."""
        for one in self._searches:
            one.index.close()

    def interrupt(self) -> None:
        """End the search that another thread is at."""
        for one in self._searches:
            one.index.interrupt()

    def find(
        self, node: Node | None, sort: Sort = Sort.NEWEST, *, most: int = PAGE, behind: Sequence[Hit] = ()
    ) -> list[Hit]:
        """At most so many articles that fit a query, after those found already (`behind`) in the same order."""
        weeds = weeded(node)
        if weeds is None:
            return []
        found: list[list[Hit]] = []
        for number, one in enumerate(self._searches):
            before = [hit for hit in behind if hit.archive == number]
            if sort is Sort.BEST:
                best = one.best(weeds, most + len(before))[len(before) :]
                found.append([Hit(number, key, score) for key, score in best])
            else:
                keys = one.newest(weeds, most, before[-1].key if before else LAST)
                found.append([Hit(number, key) for key in keys])
        if sort is Sort.BEST and any(hits and hits[0].score for hits in found):
            # Each index' own order is kept among equals, as the next page goes on from it.
            return list(islice(merge(*found, key=lambda hit: -hit.score), most))
        return sorted((hit for hits in found for hit in hits), key=lambda hit: hit.key, reverse=True)[:most]

    def count(self, node: Node | None) -> int:
        """How many articles fit a query."""
        weeds = weeded(node)
        return 0 if weeds is None else sum(one.count(weeds) for one in self._searches)

    def all(self, node: Node | None) -> list[Hit]:
        """All articles that fit a query, the newest first."""
        return self.find(node, most=LAST)

    def everything(self) -> list[Hit]:
        """All articles that are shown, the newest first."""
        found = [Hit(number, key) for number, one in enumerate(self._searches) for key in one.index.shown_keys()]
        return sorted(found, key=lambda hit: hit.key, reverse=True)

    def shown_words(self, node: Node | None) -> tuple[Words, ...]:
        """The words to mark in what was found: those looked for as they are, not by their sound."""
        if node is None:
            return ()
        sounds = {words for one in self._searches for words in pinyin_words(node, one.stands)}
        return tuple(words for words in words_of(node) if words not in sounds)

    def articles(self, hits: Sequence[Hit]) -> list[tuple[Hit, Article]]:
        """The articles of hits, in their order; of one that was forgotten meanwhile, none."""
        found: dict[tuple[int, int], Article] = {}
        for number, one in enumerate(self._searches):
            keys = [hit.key for hit in hits if hit.archive == number]
            found.update({(number, key): article for key, article in one.index.articles(keys).items()})
        pairs = ((hit, found.get((hit.archive, hit.key))) for hit in hits)
        return [(hit, article) for hit, article in pairs if article is not None]

    def text(self, hit: Hit) -> str:
        """What an article says, its leaves parted by NUL."""
        return self._searches[hit.archive].index.text(hit.key)

    def waiting(self) -> int:
        """How many articles' texts were not read yet, and so cannot be found."""
        return sum(one.index.waiting() for one in self._searches)
