"""Building the shelves of a library from the catalogue and its counts."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from reader.archive.article import Article
from reader.index.index import GroupBy
from reader.index.references import Refs, archive_of
from reader.language import _
from reader.marks.saved_searches import SavedSearch
from reader.shelves.article_catalogue import ArticleCatalogue, summed
from reader.shelves.counts import GROUPS, ShelfCounts, SortBy, View
from reader.shelves.shelf import NO_NAME, Shelf, by_date, by_month, in_reading_order

ShelfPath = tuple[str, ...]
ShelfParts = tuple[tuple[Shelf, ...], Refs]

SEARCH = f"{NO_NAME}search "
"""Prefix of the key of a saved search's shelf, followed by the search's number."""


class Shelving:
    """The shelves for one set of counts, each created when its parent is opened."""

    def __init__(
        self, catalogue: ArticleCatalogue, counts: ShelfCounts, sort: SortBy, last_read: Callable[[], Sequence[str]]
    ) -> None:
        """Build shelves for `counts`; `last_read` returns the ids of the articles read last, most recent first."""
        self._catalogue = catalogue
        self._counts = counts
        self._sort = sort
        self._last_read = last_read

    def root(self) -> Shelf:
        """The root shelf, with a shelf for each saved search first."""
        counts = self._counts
        tops: dict[View, Callable[[], ShelfParts]] = {
            View.ALL: lambda: ((), counts.refs),
            View.DATE: lambda: (by_date(_array(counts.refs)), ()),
            View.MONTH: lambda: (by_month(_array(counts.refs), ()), ()),
        }
        top = tops.get(counts.view, lambda: (self._top(counts.view), ()))

        def divide(_root: Shelf) -> ShelfParts:
            shelves, rest = top()
            return (*(_found(search, refs) for search, refs in counts.found if search.id or refs), *shelves), rest

        return Shelf((), "", counts.total, lambda: counts.refs, divide)

    def _refs(self, group: GroupBy | None = None, names: Sequence[str] = (), archive: int = -1) -> Refs:
        last_read = self._last_read() if self._sort is SortBy.LAST_READ else ()
        return self._catalogue.refs(self._sort, last_read, group, names, archive)

    def _top(self, view: View) -> tuple[Shelf, ...]:
        if view is not View.CATEGORY:
            return self._names(GROUPS[view])
        archives = self._catalogue.archives
        if len(archives) == 1:
            return self._within(0, (), ())
        return tuple(self._archive(number, name) for number, name in enumerate(archives))

    def _archive(self, number: int, name: str) -> Shelf:
        """The shelf of one of several archives, with its categories."""
        key = (f"{NO_NAME}archive {number}",)
        return Shelf(
            key,
            name,
            sum(self._counts.counts[number].values()) if self._counts.counts else 0,
            lambda: (),
            lambda _shelf: (self._within(number, (), key), ()),
            holds=lambda _article, ref: archive_of(ref) == number,
            read=lambda: sum(self._counts.read_counts[number].values()) if self._counts.read_counts else 0,
        )

    # Categories

    def _within(self, archive: int, path: ShelfPath, outer: ShelfPath) -> tuple[Shelf, ...]:
        """The shelves of direct subcategories; at the top level also one for articles without category, last."""
        if not self._counts.counts:
            return ()
        inside = self._inner_counts[archive].get(_folded(path), {})
        merged = [(spellings[0], count) for spellings, count in _one_for_each_name(inside)]
        paths = [((*path, name), count) for name, count in in_reading_order(merged)]
        if not path and (without_category := self._counts.counts[archive].get("", 0)):
            paths.append(((), without_category))
        return tuple(self._category(archive, inner, count, outer) for inner, count in paths)

    def _category(self, archive: int, path: ShelfPath, count: int, outer: ShelfPath) -> Shelf:
        """The shelf of a category, in all spellings; an empty path stands for articles without category."""
        return Shelf(
            (*outer, *(path or (NO_NAME,))),
            path[-1] if path else _("No category"),
            count,
            partial(self._refs_in, archive, path),
            partial(self._divide, archive, path, outer),
            holds=partial(_is_in, path),
            read=partial(self._read_within, archive, path),
        )

    def _divide(self, archive: int, path: ShelfPath, outer: ShelfPath, shelf: Shelf) -> ShelfParts:
        inner = self._within(archive, path, outer) if path else ()
        months, rest = self._by_month_if_dated(shelf)
        return (*inner, *months), rest

    @cached_property
    def _inner_counts(self) -> list[dict[str, dict[str, int]]]:
        """The direct subcategories of each category and their counts, by archive and by the folded path of the parent.

        Searching all categories for the children of each one would take quadratic time.
        """
        made: list[dict[str, dict[str, int]]] = []
        for counts in self._counts.counts:
            found: dict[str, dict[str, int]] = {}
            for path, count in counts.items():
                names = tuple(path.split("\n")) if path else ()
                for depth, name in enumerate(names):
                    inside = found.setdefault(_folded(names[:depth]), {})
                    inside[name] = inside.get(name, 0) + count
            made.append(found)
        return made

    @cached_property
    def _spellings(self) -> list[dict[str, list[str]]]:
        """The paths of categories that differ only in case, by archive and by the folded path."""
        made: list[dict[str, list[str]]] = []
        for counts in self._counts.counts:
            found: dict[str, list[str]] = {}
            for path in counts:
                found.setdefault(path.casefold(), []).append(path)
            made.append(found)
        return made

    def _refs_in(self, archive: int, path: ShelfPath) -> Refs:
        return self._refs(GroupBy.CATEGORY, self._spellings[archive].get(_folded(path), ()), archive)

    def _read_within(self, archive: int, path: ShelfPath) -> int:
        return self._inner_read_counts[archive].get(_folded(path), 0)

    @cached_property
    def _inner_read_counts(self) -> list[dict[str, int]]:
        """The numbers of read articles in each category and its subcategories, by archive and by the folded path.

        Every painted row needs one, so they are summed once.
        """
        made: list[dict[str, int]] = []
        for counts in self._counts.read_counts:
            found: dict[str, int] = {}
            for path, count in counts.items():
                names = path.casefold().split("\n")
                for depth in range(1, len(names) + 1):
                    within = "\n".join(names[:depth])
                    found[within] = found.get(within, 0) + count
            made.append(found)
        return made

    # Names

    def _names(self, group: GroupBy) -> tuple[Shelf, ...]:
        """A shelf for each source or author."""
        counts = summed(pair for one in self._counts.counts for pair in one.items())
        read = summed(pair for one in self._counts.read_counts for pair in one.items())
        merged = _one_for_each_name(counts)
        spellings = {names[0]: names for names, _count in merged}
        nameless = _("No source") if group is GroupBy.SOURCE else _("No author")
        return tuple(
            Shelf(
                (name or NO_NAME,),
                name or nameless,
                count,
                partial(self._refs, group, spellings[name]),
                self._by_month_if_dated,
                holds=partial(_is_of, group, name),
                read=partial(_count, read, spellings[name]),
            )
            for name, count in in_reading_order([(names[0], count) for names, count in merged])
        )

    def _by_month_if_dated(self, shelf: Shelf) -> ShelfParts:
        return (by_month(_array(shelf.refs), shelf.key), ()) if self._sort is SortBy.DATE else ((), shelf.refs)


def _found(search: SavedSearch, refs: Refs) -> Shelf:
    # `holds` returns False, because articles are located on their regular shelves, not on those of searches.
    return Shelf(
        (f"{SEARCH}{search.id}",), search.name, len(refs), lambda: refs, holds=lambda _article, _ref: False, aside=True
    )


def _is_in(path: ShelfPath, article: Article, ref: int) -> bool:
    del ref
    return _folded(article.categories[: len(path)]) == _folded(path) if path else not article.categories


def _is_of(group: GroupBy, name: str, article: Article, ref: int) -> bool:
    del ref
    return (article.source if group is GroupBy.SOURCE else article.author).casefold() == name.casefold()


def _count(counts: dict[str, int], names: Sequence[str]) -> int:
    return sum(counts.get(name, 0) for name in names)


def _folded(path: ShelfPath) -> str:
    """The path of a category, for comparison: names that differ only in case are one."""
    return "\n".join(path).casefold()


def _one_for_each_name(counts: Mapping[str, int]) -> list[tuple[list[str], int]]:
    """The spellings of each name, the most frequent one first, and the sum of their counts."""
    found: dict[str, list[str]] = {}
    for name in counts:
        found.setdefault(name.casefold(), []).append(name)
    return [
        (sorted(names, key=lambda name: (-counts[name], name)), sum(counts[name] for name in names))
        for names in found.values()
    ]


def _array(refs: Refs) -> "array[int]":
    return refs if isinstance(refs, array) else array("q", refs)
