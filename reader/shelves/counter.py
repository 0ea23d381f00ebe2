"""Counting for the shelves, in a thread with connections of its own."""

from collections.abc import Callable, Collection, Sequence
from threading import Lock

from reader.errors import IndexingError
from reader.finding.linked import with_links
from reader.finding.marked import MarksSnapshot
from reader.index.corruption import CorruptIndexError
from reader.index.index import Index
from reader.index.references import Refs, ref_of
from reader.lean_dataclasses import dataclass, field, replace
from reader.marks.saved_searches import SavedSearch
from reader.search.federated import Search
from reader.search.query_compiler import MarkQuery
from reader.search.query_parser import QueryError, parse
from reader.search.query_tree import State
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, SortBy, View


@dataclass(frozen=True, slots=True)
class CountRequest:
    """Parameters for counting.

    Attributes:
        view: The attribute that the shelves group by.
        sort: The sort order of articles.
        marked: The marks of articles.
        last_read: The ids of the articles that were opened, most recent first.
        searches: The saved searches.
    """

    view: View = View.CATEGORY
    sort: SortBy = SortBy.DATE
    marked: MarksSnapshot = field(default_factory=MarksSnapshot)
    last_read: Sequence[str] = ()
    searches: tuple[SavedSearch, ...] = ()


class ShelfCounter:
    """Counts the content of indexes, which must not be shared. Thread-safe; calls are serialized."""

    def __init__(self, indexes: Sequence[Index], on_corrupt: Callable[[str], None]) -> None:
        """Count the content of `indexes`; `on_corrupt` is called with the path of a corrupt one."""
        self._on_corrupt = on_corrupt
        self._catalogue = ArticleCatalogue(indexes, on_corrupt)
        self._marked = MarksSnapshot()
        self._search = Search(indexes, with_links(indexes, self._ids))
        self._lock = Lock()

    def _ids(self, asked: MarkQuery) -> Collection[str]:
        return self._marked.ids(asked)

    def close(self) -> None:
        """Close the indexes."""
        with self._lock:
            self._catalogue.close()

    def count(self, request: CountRequest) -> ShelfCounts:
        """Count. A corrupt index is treated as empty."""
        with self._lock:
            self._catalogue.forget()
            self._marked = request.marked
            read = request.marked.states.get(State.READ, ())
            counts = self._catalogue.count(request.view, request.sort, read, request.last_read)
            return replace(counts, found=tuple((search, self._refs(search)) for search in request.searches))

    def _refs(self, search: SavedSearch) -> Refs:
        """The results of a saved search, newest first; none if the query is no longer valid."""
        try:
            return tuple(ref_of(hit.archive, hit.key) for hit in self._search.all(parse(search.query)))
        except QueryError:
            return ()
        except CorruptIndexError as error:
            self._on_corrupt(error.path)
            return ()
        except IndexingError:
            return ()
