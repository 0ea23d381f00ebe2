"""The marks that are needed to count the shelves."""

from reader.finding.marked import MarksCache, may_ask_texts
from reader.language import _
from reader.marks.facade import Marks
from reader.marks.saved_searches import SavedSearch
from reader.search.query_tree import State
from reader.shelves.counter import CountRequest
from reader.shelves.counts import SortBy, View


def shelf_request(marks: Marks, memory: MarksCache, view: View, sort: SortBy) -> CountRequest:
    """Collect the marks that `ShelfCounter.count` needs, so that another thread can run it."""
    last_read = marks.articles.opened_ids() if sort is SortBy.LAST_READ else ()
    searches = marks.searches.all()
    if any(may_ask_texts(search.query) for search in searches):
        memory.read_texts()
    marked = memory.marked
    # “Read later” is shown as a saved search as soon as it has articles.
    later = (SavedSearch(0, _("Read later"), "is:later"),) if marked.states[State.LATER] else ()
    return CountRequest(view, sort, marked, last_read, (*later, *searches))
