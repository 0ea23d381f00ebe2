"""The options of the shelves, and their counts."""

from collections.abc import Mapping
from enum import StrEnum

from reader.index.index import GroupBy
from reader.index.references import Refs
from reader.lean_dataclasses import dataclass, field
from reader.marks.saved_searches import SavedSearch


class View(StrEnum):
    """The attribute that the sidebar's shelves group by."""

    CATEGORY = "category"
    SOURCE = "source"
    AUTHOR = "author"
    DATE = "date"
    MONTH = "month"
    ALL = "all"  # a single list without shelves


class SortBy(StrEnum):
    """The sort order of the articles on a shelf."""

    DATE = "date"
    TITLE = "title"
    LENGTH = "length"
    SOURCE = "source"
    LAST_READ = "last-read"


GROUPS = {View.CATEGORY: GroupBy.CATEGORY, View.SOURCE: GroupBy.SOURCE, View.AUTHOR: GroupBy.AUTHOR}

Counts = Mapping[str, int]
"""Number of articles by category (names separated by newlines), source or author."""


@dataclass(frozen=True, slots=True)
class ShelfCounts:
    """The counts for the shelves at one moment.

    Attributes:
        view: The attribute that the shelves group by.
        counts: The number of articles of each category, source or author, by archive.
        total: The number of articles that are not hidden.
        refs: The references of all these articles, if the view is by date or a single list.
        read_counts: Like `counts`, for articles that were read.
        read: The references of the articles that were read.
        found: The results of each saved search.
    """

    view: View = View.CATEGORY
    counts: tuple[Counts, ...] = ()
    total: int = 0
    refs: Refs = ()
    read_counts: tuple[Counts, ...] = ()
    read: set[int] = field(default_factory=set)
    found: tuple[tuple[SavedSearch, Refs], ...] = ()
