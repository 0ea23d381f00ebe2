"""Search over several archives, sorted by date or relevance, in pages."""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from heapq import merge
from itertools import islice

from reader.archive.article import Article
from reader.index.date_keys import LAST
from reader.index.index import Index
from reader.lean_dataclasses import dataclass
from reader.search.index_search import IndexSearch
from reader.search.query_compiler import MarkQuery, pinyin_words, without_empty_words
from reader.search.query_tree import QueryNode, Words, words_of

PAGE = 100
"""Articles returned per page."""


class Sort(StrEnum):
    """The order of results."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result.

    Attributes:
        archive: The position of its index in the sequence of indexes searched.
        key: Its key in that index.
        score: Its relevance, higher is better; 0 when sorted by date.
    """

    archive: int
    key: int
    score: float = 0.0


class Search:
    """Search in indexes whose connections are not shared. Use it from one thread; only `interrupt` is thread-safe.

    Every method raises CorruptIndexError if an index is corrupt, and apsw.InterruptError if it was interrupted.
    """

    def __init__(self, indexes: Sequence[Index], marked: Callable[[MarkQuery], Collection[str]] | None = None) -> None:
        """Search `indexes`; `marked` returns the ids of the articles for `is:`, `note:`, `tag:` and links."""
        self._searches = [IndexSearch(index, marked or (lambda _asked: ())) for index in indexes]

    def close(self) -> None:
        """Close the indexes."""
        for one in self._searches:
            one.index.close()

    def interrupt(self) -> None:
        """Stop a search that is running in another thread."""
        for one in self._searches:
            one.index.interrupt()

    def find(
        self, node: QueryNode | None, sort: Sort = Sort.NEWEST, *, most: int = PAGE, after: Sequence[Hit] = ()
    ) -> list[Hit]:
        """Up to `most` results of a query, in the order of `sort`.

        `after` are the results already found, which are not returned again, even if the index has changed since.
        """
        node_to_find = without_empty_words(node)
        if node_to_find is None:
            return []
        found: list[list[Hit]] = []
        for number, one in enumerate(self._searches):
            known = {hit.key for hit in after if hit.archive == number}
            if sort is Sort.BEST:
                best = one.best(node_to_find, most + len(known))
                found.append([Hit(number, key, score) for key, score in best if key not in known][:most])
            else:
                newest = one.newest(node_to_find, most + len(known))
                found.append([Hit(number, key) for key in newest if key not in known][:most])
        if sort is Sort.BEST and any(hits and hits[0].score for hits in found):
            # The merge keeps the order within each index among equal scores, so that the next page continues correctly.
            return list(islice(merge(*found, key=lambda hit: -hit.score), most))
        return sorted((hit for hits in found for hit in hits), key=lambda hit: hit.key, reverse=True)[:most]

    def count(self, node: QueryNode | None) -> int:
        """The number of results of a query."""
        node_to_find = without_empty_words(node)
        return 0 if node_to_find is None else sum(one.count(node_to_find) for one in self._searches)

    def all(self, node: QueryNode | None) -> list[Hit]:
        """All results of a query, newest first."""
        return self.find(node, most=LAST)

    def everything(self) -> list[Hit]:
        """All articles that are not hidden, newest first."""
        found = [Hit(number, key) for number, one in enumerate(self._searches) for key in one.index.shown_keys()]
        return sorted(found, key=lambda hit: hit.key, reverse=True)

    def shown_words(self, node: QueryNode | None) -> tuple[Words, ...]:
        """The words to highlight in results: those that are searched for literally, not as pinyin."""
        if node is None:
            return ()
        sounds = {words for one in self._searches for words in pinyin_words(node, one.has_match)}
        return tuple(words for words in words_of(node) if words not in sounds)

    def articles(self, hits: Sequence[Hit]) -> list[tuple[Hit, Article]]:
        """The articles of results, in the order of the results; removed articles are left out."""
        found: dict[tuple[int, int], Article] = {}
        for number, one in enumerate(self._searches):
            keys = [hit.key for hit in hits if hit.archive == number]
            found.update({(number, key): article for key, article in one.index.articles(keys).items()})
        pairs = ((hit, found.get((hit.archive, hit.key))) for hit in hits)
        return [(hit, article) for hit, article in pairs if article is not None]

    def text(self, hit: Hit) -> str:
        """The text of an article, leaves separated by NUL."""
        return self._searches[hit.archive].index.text(hit.key)

    def is_waiting(self, hit: Hit) -> bool:
        """Whether the text of an article is not indexed yet."""
        found = self._searches[hit.archive].index.rows("SELECT length IS NULL FROM article WHERE key = ?", (hit.key,))
        return bool(next(iter(found), (0,))[0])

    def waiting(self) -> int:
        """The number of articles that are not indexed yet, and so cannot be found."""
        return sum(one.index.waiting() for one in self._searches)
