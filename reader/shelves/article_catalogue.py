"""The catalogue: the indexed articles of all archives, and the counts for the shelves."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from json import dumps
from pathlib import Path
from typing import Any

from reader.archive.article import Article
from reader.index.corruption import skipping_unusable
from reader.index.date_keys import is_dated
from reader.index.index import GroupBy, Index, Order
from reader.index.references import Refs, archive_of, key_of, ref_of, refs_of
from reader.shelves.counts import GROUPS, Counts, ShelfCounts, SortBy, View

_CACHE_SIZE = 2_000
"""Maximum number of articles whose metadata is cached: a few screens of a list, and recently read articles."""

_AROUND = 60
"""Number of articles on either side that are fetched together: about a screen."""


class ArticleCatalogue:
    """Articles of several archives. Use it from one thread.

    A corrupt index is treated as empty and reported, so that it can be rebuilt.
    """

    def __init__(self, indexes: Sequence[Index], on_corrupt: Callable[[str], None] = lambda _path: None) -> None:
        """Show the content of `indexes`; `on_corrupt` is called with the path of a corrupt one."""
        self.indexes = indexes
        self._on_corrupt = on_corrupt
        self._articles: dict[int, Article] = {}

    # Articles

    def close(self) -> None:
        """Close the indexes."""
        for index in self.indexes:
            index.close()

    def forget(self) -> None:
        """Clear the cached metadata after the indexes have changed."""
        self._articles.clear()

    def article(self, ref: int, around: Refs = (), place: int = 0) -> Article | None:
        """The article of a reference.

        Its neighbours in `around` are fetched and cached too; `place` is its index there.
        """
        article = self._articles.get(ref)
        if article is None:
            near = around[max(0, place - _AROUND) : place + _AROUND]
            if len(self._articles) > _CACHE_SIZE:
                self._articles.clear()
            self._articles.update(self._fetched([ref, *near]))
            article = self._articles.get(ref)
        return article

    def by_id(self, article_id: str) -> tuple[int, Article] | None:
        """The reference and the article with an id."""
        for number, index in enumerate(self.indexes):
            with skipping_unusable(self._on_corrupt):
                if (found := index.article(article_id)) is not None:
                    key, article = found
                    return ref_of(number, key), article
        return None

    def articles(self, refs: Refs) -> list[Article]:
        """The articles of references, in their order."""
        found = self._fetched(refs)
        return [found[ref] for ref in refs if ref in found]

    def located(self, known: Mapping[int, str]) -> dict[int, tuple[int, str]]:
        """The current references and ids of articles, by their earlier references.

        `known` maps earlier references to ids, empty if unknown. Indexing changes references, so an article is looked
        up by its id. If its file was moved, its id has changed, and it is looked up by its reference. Articles that no
        longer exist are missing from the result; articles of an index that cannot be used now are returned unchanged.
        """
        found: dict[int, tuple[int, str]] = {}
        for number, index in enumerate(self.indexes):
            own = {ref: known[ref] for ref in known if archive_of(ref) == number}
            there = {ref: (ref, article_id) for ref, article_id in own.items()}
            with skipping_unusable(self._on_corrupt):
                rows = index.rows(
                    "SELECT key, id FROM article WHERE key IN (SELECT value FROM json_each(?))"
                    " OR id IN (SELECT value FROM json_each(?))",
                    (dumps([key_of(ref) for ref in own]), dumps([one for one in own.values() if one])),
                )
                by_key = {ref_of(number, key): article_id for key, article_id in rows}
                by_id = {article_id: ref for ref, article_id in by_key.items()}
                there = {}
                for ref, article_id in own.items():
                    if article_id in by_id:
                        there[ref] = by_id[article_id], article_id
                    elif ref in by_key:
                        there[ref] = ref, by_key[ref]
            found |= there
        return found

    def _fetched(self, refs: Refs) -> dict[int, Article]:
        found: dict[int, Article] = {}
        for number, index in enumerate(self.indexes):
            with skipping_unusable(self._on_corrupt):
                keys = [key_of(ref) for ref in refs if archive_of(ref) == number]
                found.update({ref_of(number, key): article for key, article in index.articles(keys).items()})
        return found

    @property
    def archives(self) -> tuple[str, ...]:
        """The names of the archives."""
        return tuple(index.archive.name for index in self.indexes)

    def places(self, article: Article) -> list[Path]:
        """The other paths of an article."""
        found: list[Path] = []
        for index in self.indexes:
            with skipping_unusable(self._on_corrupt):
                found += index.places(article.id)
        return found

    def fingerprint(self, article_id: str) -> int | None:
        """The fingerprint of an article's file, if known."""
        for index in self.indexes:
            with skipping_unusable(self._on_corrupt):
                if (found := index.fingerprint(article_id)) is not None:
                    return found
        return None

    def newest(self) -> Article | None:
        """The newest article that is not hidden."""
        found: list[int] = []
        for number, index in enumerate(self.indexes):
            with skipping_unusable(self._on_corrupt):
                found += [ref_of(number, key) for key in index.newest()]
        return self.article(max(found)) if found else None

    def refused(self) -> int:
        """The number of files and folders that are not readable articles."""
        found = 0
        for index in self.indexes:
            with skipping_unusable(self._on_corrupt):
                found += len(index.refused())
        return found

    # References

    def refs(
        self,
        sort: SortBy,
        last_read: Sequence[str] = (),
        group: GroupBy | None = None,
        names: Sequence[str] = (),
        archive: int = -1,
    ) -> "array[int]":
        """The sorted references of all articles, or of those in some groups or one archive.

        `last_read` are the ids of the articles that were read last, most recent first.
        """
        numbers = range(len(self.indexes)) if archive < 0 else (archive,)
        if len(numbers) == 1 or sort in (SortBy.DATE, SortBy.LAST_READ):
            found = self._by_date(numbers, Order.DATE if sort is SortBy.LAST_READ else Order(sort), group, names)
        else:
            found = self._merged(numbers, Order(sort), group, names)
        return self._last_read_first(found, last_read) if sort is SortBy.LAST_READ else found

    def _by_date(
        self, numbers: Sequence[int], order: Order, group: GroupBy | None, names: Sequence[str]
    ) -> "array[int]":
        """References of one index in `order`, or of several indexes by date: the numeric order of references.

        Undated articles have references in the order of their titles only within one index, so those of several indexes
        are merged by title.
        """
        found = array("q")
        for number in numbers:
            with skipping_unusable(self._on_corrupt):
                found += refs_of(number, self.indexes[number].shown_keys(order, group, names))
        if len(numbers) == 1:
            return found
        dated = array("q", sorted((ref for ref in found if is_dated(key_of(ref))), reverse=True))
        if len(dated) < len(found):
            dated += self._merged(numbers, Order.TITLE, group, names, undated=True)
        return dated

    def _merged(
        self,
        numbers: Sequence[int],
        order: Order,
        group: GroupBy | None,
        names: Sequence[str],
        *,
        undated: bool = False,
    ) -> "array[int]":
        pairs: list[tuple[Any, int]] = []
        for number in numbers:
            with skipping_unusable(self._on_corrupt):
                ordered = self.indexes[number].ordered(order, group, names, undated=undated)
                pairs += [(value, ref_of(number, key)) for value, key in ordered]
        # Sort by date first: the second sort is stable and keeps that order among equal values.
        pairs.sort(key=lambda pair: -pair[1])
        pairs.sort(key=lambda pair: pair[0], reverse=order is Order.LENGTH)
        return array("q", [ref for _value, ref in pairs])

    def _last_read_first(self, refs: "array[int]", last_read: Sequence[str]) -> "array[int]":
        known: dict[str, int] = {}
        for number, index in enumerate(self.indexes):
            with skipping_unusable(self._on_corrupt):
                known |= {one: ref_of(number, key) for one, key in index.keys_of(last_read).items()}
        there = set(refs)
        first = [known[one] for one in last_read if known.get(one) in there]
        chosen = set(first)
        return array("q", [*first, *(ref for ref in refs if ref not in chosen)])

    def skipped_files(self) -> dict[str, int]:
        """The number of skipped files by kind, in all archives."""
        kinds = Counter[str]()
        for index in self.indexes:
            with skipping_unusable(self._on_corrupt):
                kinds.update(index.skipped_files())
        return dict(kinds)

    # Shelves

    def count(self, view: View, sort: SortBy, read_ids: Collection[str], last_read: Sequence[str] = ()) -> ShelfCounts:
        """Compute the counts for the shelves; slow, so use a separate catalogue in a thread."""
        group = GROUPS.get(view)
        read = set[int]()
        counts: list[Counts] = []
        read_counts: list[Counts] = []
        for number, index in enumerate(self.indexes):
            counts.append({})
            read_counts.append({})
            with skipping_unusable(self._on_corrupt):
                read.update(refs_of(number, index.keys_of(read_ids).values()))
                if group is not None:
                    counts[-1] = dict(index.counts(group))
                    read_counts[-1] = summed(index.counts_among(group, read_ids))
        if group is None:
            refs = self.refs(sort if view is View.ALL else SortBy.DATE, last_read)
            return ShelfCounts(view, total=len(refs), refs=refs, read=read)
        return ShelfCounts(view, tuple(counts), sum(sum(one.values()) for one in counts), (), tuple(read_counts), read)


def summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sum up the counts of each name."""
    found: dict[str, int] = {}
    for name, count in pairs:
        found[name] = found.get(name, 0) + count
    return found
