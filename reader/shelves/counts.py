"""What a person may ask of the shelves, and what is counted for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reader.index.index import GroupBy
from reader.index.references import Refs
from reader.marks.searches import SavedSearch


class View(StrEnum):
    """What the sidebar's shelves are made by."""

    CATEGORY = "category"
    SOURCE = "source"
    AUTHOR = "author"
    DATE = "date"
    MONTH = "month"
    ALL = "all"  # no shelves: one list


class SortBy(StrEnum):
    """What articles on a shelf are sorted by."""

    DATE = "date"
    TITLE = "title"
    LENGTH = "length"
    SOURCE = "source"
    LAST_READ = "last-read"


GROUPS = {View.CATEGORY: GroupBy.CATEGORY, View.SOURCE: GroupBy.SOURCE, View.AUTHOR: GroupBy.AUTHOR}

Counts = Mapping[str, int]
"""How many articles have each category (its names parted by newlines), source or author."""


@dataclass(frozen=True, slots=True)
class ShelfCounts:
    """What is on the shelves, counted at one moment.

    Attributes:
        view: What they are made by.
        counts: How many articles each category, source or author has, by archive.
        total: How many articles are shown.
        refs: All of them, where the view is by date or a list.
        read_counts: The same of those that were read.
        read: The references of those.
        found: The articles of each saved search.
    """

    view: View = View.CATEGORY
    counts: tuple[Counts, ...] = ()
    total: int = 0
    refs: Refs = ()
    read_counts: tuple[Counts, ...] = ()
    read: set[int] = field(default_factory=set)
    found: tuple[tuple[SavedSearch, Refs], ...] = ()
