"""Searching for the screen: one question at a time, in a thread of its own; a new one ends the one before."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock

import apsw

from reader.archive.article import Article
from reader.errors import IndexingError
from reader.index.index import Index
from reader.index.references import ref_of
from reader.index.schema import chunks
from reader.search.compile import MarkQuery
from reader.search.excerpt import Excerpt, excerpt, hits_pattern
from reader.search.federated import Hit, Search, Sort
from reader.search.nodes import Field, Words
from reader.search.query import parse

_AT_ONCE = 8
"""Articles of which excerpts are made before the first are shown: less than a screen."""

_EXCERPT = 160
"""Characters of an excerpt."""

_JUMPED = 10_000
"""Articles at most among which a jump by typing chooses."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found.

    Attributes:
        hit: What it was found by, for asking for those behind it.
        article: The article.
        excerpt: What it says where it was found.
    """

    hit: Hit
    article: Article
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Some of the articles that were found.

    Attributes:
        found: The articles.
        pattern: What finds the query's words in a folded text; None if it looks for none in texts.
    """

    found: tuple[Found, ...]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, and how many articles of it.

    Attributes:
        text: A query, as it was typed.
        sort: What comes first.
        most: How many articles are wanted at most.
        behind: The hits that are known already.
    """

    text: str
    sort: Sort = Sort.BEST
    most: int = 50
    behind: tuple[Hit, ...] = ()


class Finder:
    """Searches several archives. May be asked from any thread; whatever is asked ends what was asked before."""

    def __init__(self, indexes: Sequence[Index], marked: Callable[[MarkQuery], Collection[str]]) -> None:
        """Search `indexes`, which nobody else uses; `marked` gives the ids of the articles with certain marks."""
        self._search = Search(indexes, marked)
        self._asking, self._counting = Lock(), Lock()
        self._asked = 0

    def close(self) -> None:
        """End what is asked, and close the indexes."""
        with self._alone():
            self._search.close()

    def ask(self, question: Question, found: Callable[[ResultPage], None]) -> int:
        """Hand what is found to `found`, some articles at a time.

        Gives the number of the question, for `count`; 0 if something else was asked meanwhile.

        `found` must not wait for anyone who may ask something.

        Raises:
            QueryError: It is no query.
            DamagedIndexError: An index is damaged.
        """
        node = parse(question.text)
        with self._alone() as mine, suppress(apsw.InterruptError):
            if mine != self._asked:
                return 0
            hits = self._search.find(node, question.sort, most=question.most, behind=question.behind)
            words = self._search.shown_words(node)
            # What is asked of a title or a category says nothing of the text.
            within = hits_pattern([one for one in words if one.field is None])
            pattern = hits_pattern(words)
            for some in chunks(self._search.articles(hits), _AT_ONCE):
                if mine != self._asked:
                    return 0
                found(
                    ResultPage(tuple(Found(hit, article, self._excerpt(hit, pattern)) for hit, article in some), within)
                )
            return mine if mine == self._asked else 0
        return 0

    def _excerpt(self, hit: Hit, pattern: re.Pattern[str] | None) -> Excerpt:
        return excerpt(self._search.text(hit), pattern, _EXCERPT)

    def count(self, text: str, after: int = 0) -> tuple[int, int] | None:
        """How many articles fit a query, and how many were not read yet; None if something else was asked meanwhile.

        With `after`, the number of a question, it counts only if nothing was asked since.

        Raises:
            QueryError: It is no query.
            DamagedIndexError: An index is damaged.
        """
        node = parse(text)
        with self._alone(after) as mine, suppress(apsw.InterruptError):
            if mine == self._asked:
                return self._search.count(node), self._search.waiting()
        return None

    def interrupt(self) -> None:
        """End what is asked, as nobody waits for it any more."""
        with self._counting:
            self._asked += 1
            self._search.interrupt()

    def titled(self, text: str) -> set[int]:
        """The references of articles whose title holds a word; empty if something else was asked meanwhile."""
        with self._alone() as mine, suppress(apsw.InterruptError, IndexingError):
            if mine != self._asked:
                return set()
            hits = self._search.find(Words(text, exact=False, field=Field.TITLE), most=_JUMPED)
            return {ref_of(hit.archive, hit.key) for hit in hits}
        return set()

    @contextmanager
    def _alone(self, after: int = 0) -> Iterator[int]:
        """End what another thread asks, and have the indexes alone; gives the number of what is asked now.

        With `after`, the number of a question, it gives way to whatever was asked since, and gives -1.
        """
        with self._counting:
            mine = -1
            if after in (0, self._asked):
                self._asked += 1
                mine = self._asked
                self._search.interrupt()
        with self._asking:
            yield mine
