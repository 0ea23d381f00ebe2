"""Search for the screen: one query at a time in its own thread; a new query cancels the previous one."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock

import apsw

from reader.archive.article import Article
from reader.errors import IndexingError
from reader.finding.linked import with_links
from reader.index.index import Index
from reader.index.references import ref_of
from reader.index.schema import chunks
from reader.lean_dataclasses import dataclass, replace
from reader.search.excerpt import Excerpt, excerpt, hits_pattern
from reader.search.federated import Hit, Search, Sort
from reader.search.query_compiler import MarkQuery
from reader.search.query_parser import parse
from reader.search.query_tree import And, Field, QueryNode, Words

_AT_ONCE = 8
"""Number of results whose excerpts are computed at a time before they are shown: less than a screen."""

_EXCERPT = 160
"""Length of an excerpt in characters."""

_JUMPED = 10_000
"""Maximum number of articles considered for jumping by title."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A search result with its article.

    Attributes:
        hit: The search result, for requesting the next page.
        article: The article.
        excerpt: The excerpt around the first match.
        is_waiting: Whether its text is not indexed yet.
    """

    hit: Hit
    article: Article
    excerpt: Excerpt
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A part of the results.

    Attributes:
        found: The results.
        pattern: A pattern that matches the query's words in folded text; None if it has none.
    """

    found: tuple[SearchResult, ...]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search request.

    Attributes:
        text: The query as typed.
        sort: The sort order.
        most: The maximum number of results.
        after: The results already known, of which the next page is requested.
    """

    text: str
    sort: Sort = Sort.BEST
    most: int = 50
    after: tuple[Hit, ...] = ()


def begun(node: QueryNode | None, text: str) -> QueryNode | None:
    """The query with its last word marked as still being typed, unless a space or quotation mark ends it."""
    if text[-1:].isalnum():
        match node:
            case Words(exact=False):
                return replace(node, begun=True)
            case And(nodes=(*others, Words(exact=False) as last)) if text.endswith(last.text):
                return And((*others, replace(last, begun=True)))
    return node


class Finder:
    """Searches several archives. Thread-safe; each request cancels the previous one."""

    def __init__(self, indexes: Sequence[Index], marked: Callable[[MarkQuery], Collection[str]]) -> None:
        """Search `indexes`, which nothing else may use; `marked` returns the ids of articles with certain marks."""
        self._search = Search(indexes, with_links(indexes, marked))
        self._asking, self._counting = Lock(), Lock()
        self._latest = 0

    def close(self) -> None:
        """Cancel the running request, and close the indexes."""
        with self._exclusive():
            self._search.close()

    def ask(self, request: SearchRequest, found: Callable[[ResultPage], None]) -> int:
        """Search, and call `found` with some results at a time.

        Returns the number of the request, for `count`; 0 if it was cancelled by another one. To avoid a deadlock,
        `found` must not wait for a thread that may start a request.

        Raises:
            QueryError: The text is not a valid query.
            CorruptIndexError: An index is corrupt.
        """
        node = begun(parse(request.text), request.text)
        with self._exclusive() as own_number, suppress(apsw.InterruptError):
            if own_number != self._latest:
                return 0
            hits = self._search.find(node, request.sort, most=request.most, after=request.after)
            words = self._search.shown_words(node)
            # A word searched for in a field, such as the title, is not highlighted in an excerpt of the text.
            within = hits_pattern([one for one in words if one.field is None])
            pattern = hits_pattern(words)
            for some in chunks(self._search.articles(hits), _AT_ONCE):
                if own_number != self._latest:
                    return 0
                found(ResultPage(tuple(self._result(hit, article, pattern) for hit, article in some), within))
            return own_number if own_number == self._latest else 0
        return 0

    def _result(self, hit: Hit, article: Article, pattern: re.Pattern[str] | None) -> SearchResult:
        text = self._search.text(hit)
        return SearchResult(hit, article, excerpt(text, pattern, _EXCERPT), not text and self._search.is_waiting(hit))

    def count(self, text: str, after: int = 0) -> tuple[int, int] | None:
        """The number of results, and of articles not indexed yet; None if cancelled by another request.

        With `after` (the number of a request), results are only counted if no other request was made since.

        Raises:
            QueryError: The text is not a valid query.
            CorruptIndexError: An index is corrupt.
        """
        node = parse(text)
        with self._exclusive(after) as own_number, suppress(apsw.InterruptError):
            if own_number == self._latest:
                return self._search.count(node), self._search.waiting()
        return None

    def recount(self, text: str) -> tuple[int, int] | None:
        """The same as `count`, without cancelling another request; None if there is one.

        Raises:
            QueryError: The text is not a valid query.
            CorruptIndexError: An index is corrupt.
        """
        node = parse(text)
        if not self._asking.acquire(blocking=False):
            return None
        try:
            return self._search.count(node), self._search.waiting()
        except apsw.InterruptError:
            return None
        finally:
            self._asking.release()

    def interrupt(self) -> None:
        """Cancel the running request."""
        with self._counting:
            self._latest += 1
            self._search.interrupt()

    def titled(self, text: str) -> set[int]:
        """The references of articles whose title contains a word; empty if cancelled by another request."""
        with self._exclusive() as own_number, suppress(apsw.InterruptError, IndexingError):
            if own_number != self._latest:
                return set()
            hits = self._search.find(Words(text, exact=False, field=Field.TITLE), most=_JUMPED)
            return {ref_of(hit.archive, hit.key) for hit in hits}
        return set()

    @contextmanager
    def _exclusive(self, after: int = 0) -> Iterator[int]:
        """Cancel the running request and lock the indexes; yields the number of the new request.

        With `after` (the number of a request), it yields -1 if another request was made since.
        """
        with self._counting:
            own_number = -1
            if after in (0, self._latest):
                self._latest += 1
                own_number = self._latest
                self._search.interrupt()
        with self._asking:
            yield own_number
