"""Counting what is on the shelves, in a thread of its own and by connections of its own."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from reader.errors import IndexingError
from reader.finding.marked import Marked
from reader.index.index import DamagedIndexError, Index
from reader.index.references import Refs, ref_of
from reader.marks.searches import SavedSearch
from reader.search.compile import MarkQuery
from reader.search.federated import Search
from reader.search.nodes import State
from reader.search.query import QueryError, parse
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, SortBy, View


@dataclass(frozen=True, slots=True)
class CountRequest:
    """What is to be shown, and what is known of the articles.

    Attributes:
        view: What the shelves are made by.
        sort: What articles on a shelf are sorted by.
        marked: What is marked.
        last_read: The ids of the articles that were opened, the last first.
        searches: The saved searches.
    """

    view: View = View.CATEGORY
    sort: SortBy = SortBy.DATE
    marked: Marked = field(default_factory=Marked)
    last_read: Sequence[str] = ()
    searches: tuple[SavedSearch, ...] = ()


class ShelfCounter:
    """Counts what is in indexes that nobody else uses; from any thread, one call after the other."""

    def __init__(self, indexes: Sequence[Index], damaged: Callable[[str], None]) -> None:
        """Count what is in `indexes`; `damaged` is told where one lies that is."""
        self._damaged = damaged
        self._catalogue = ArticleCatalogue(indexes, damaged)
        self._marked = Marked()
        self._search = Search(indexes, self._asked)
        self._one_at_a_time = Lock()

    def _asked(self, asked: MarkQuery) -> Collection[str]:
        return self._marked.ids(asked)

    def close(self) -> None:
        """Close the indexes."""
        with self._one_at_a_time:
            self._catalogue.close()

    def count(self, request: CountRequest) -> ShelfCounts:
        """Count. A damaged index counts for nothing."""
        with self._one_at_a_time:
            self._catalogue.forget()
            self._marked = request.marked
            read = request.marked.states.get(State.READ, ())
            counts = self._catalogue.count(request.view, request.sort, read, request.last_read)
            return replace(counts, found=tuple((search, self._refs(search)) for search in request.searches))

    def _refs(self, search: SavedSearch) -> Refs:
        """The articles of a saved search, the newest first; none where it is a query no more."""
        try:
            return tuple(ref_of(hit.archive, hit.key) for hit in self._search.all(parse(search.query)))
        except QueryError:
            return ()
        except DamagedIndexError as error:
            self._damaged(error.path)
            return ()
        except IndexingError:
            return ()
