"""The catalogue: the articles of all archives as they stand in the indexes, and what is counted for the shelves."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.archive.article import Article
from reader.index.index import DamagedIndexError, Group, Index, Order
from reader.library.refs import Refs, archive_of, key_of, ref_of, refs_of
from reader.library.survey import GROUPS, SortBy, Survey, View

_KEPT = 2_000
"""Articles whose metadata stay in memory: some screens of a list, and what one has read."""

_AROUND = 60
"""Articles that are fetched together: about a screen."""


class Catalogue:
    """Articles of several archives. Use it from one thread.

    An index that turns out to be damaged has nothing to show: that is told once, so that it is made anew.
    """

    def __init__(self, indexes: Sequence[Index], damaged: Callable[[], None] = lambda: None) -> None:
        """Show what stands in `indexes`; `damaged` is told that one of them is."""
        self.indexes = indexes
        self._damaged = damaged
        self._told = False
        self._articles: dict[int, Article] = {}

    # Articles

    def close(self) -> None:
        """Close the indexes."""
        for index in self.indexes:
            index.close()

    def forget(self) -> None:
        """Forget the metadata in memory, because the indexes changed."""
        self._articles.clear()
        self._told = False

    def article(self, ref: int, around: Refs = (), place: int = 0) -> Article | None:
        """The article of a reference; those that stand `around` its place in a list are fetched along."""
        article = self._articles.get(ref)
        if article is None:
            near = around[max(0, place - _AROUND) : place + _AROUND]
            if len(self._articles) > _KEPT:
                self._articles.clear()
            self._articles.update(self._fetched([ref, *near]))
            article = self._articles.get(ref)
        return article

    def by_id(self, article_id: str) -> tuple[int, Article] | None:
        """The reference and the article with an id."""
        with self._sound():
            for number, index in enumerate(self.indexes):
                if (found := index.article(article_id)) is not None:
                    key, article = found
                    return ref_of(number, key), article
        return None

    def articles(self, refs: Refs) -> list[Article]:
        """The articles of references, in their order."""
        found = self._fetched(refs)
        return [found[ref] for ref in refs if ref in found]

    def _fetched(self, refs: Refs) -> dict[int, Article]:
        found: dict[int, Article] = {}
        with self._sound():
            for number, index in enumerate(self.indexes):
                keys = [key_of(ref) for ref in refs if archive_of(ref) == number]
                found.update({ref_of(number, key): article for key, article in index.articles(keys).items()})
        return found

    @property
    def archives(self) -> tuple[str, ...]:
        """The archives' names."""
        return tuple(index.archive.name for index in self.indexes)

    def places(self, article: Article) -> list[Path]:
        """Where else an article lies."""
        with self._sound():
            return [place for index in self.indexes for place in index.places(article.id)]
        return []

    def fingerprint(self, article_id: str) -> int | None:
        """The fingerprint of an article's file, where it is known."""
        with self._sound():
            return next((found for index in self.indexes if (found := index.fingerprint(article_id))), None)
        return None

    def newest(self) -> Article | None:
        """The newest article that is shown."""
        with self._sound():
            newest = max(
                (ref_of(number, key) for number, index in enumerate(self.indexes) for key in index.newest()),
                default=None,
            )
            return None if newest is None else self.article(newest)
        return None

    def refused(self) -> int:
        """How many files and folders no article could be made of."""
        with self._sound():
            return sum(len(index.refused()) for index in self.indexes)
        return 0

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What is asked within is left unanswered by an index that is damaged."""
        try:
            yield
        except DamagedIndexError:
            if not self._told:
                self._told = True
                self._damaged()

    # References

    def refs(
        self, sort: SortBy, last_read: Sequence[str] = (), group: Group | None = None, name: str = "", archive: int = -1
    ) -> "array[int]":
        """The references of all shown articles, or of those of one group or archive, in an order.

        `last_read` are the ids of the articles that were read last, the last first.
        """
        found = array("q")
        with self._sound():
            found = self._sorted(sort, range(len(self.indexes)) if archive < 0 else (archive,), group, name)
            if sort is SortBy.LAST_READ:
                found = self._last_read_first(found, last_read)
        return found

    def _sorted(self, sort: SortBy, numbers: Sequence[int], group: Group | None, name: str) -> "array[int]":
        order = Order.DATE if sort is SortBy.LAST_READ else Order(sort)
        if len(numbers) == 1 or order is Order.DATE:
            found = array("q")
            for number in numbers:
                found += refs_of(number, self.indexes[number].shown_keys(order, group, name))
            if len(numbers) > 1:
                found = array("q", sorted(found, reverse=True))
        else:
            pairs = [
                (value, ref_of(number, key))
                for number in numbers
                for value, key in self.indexes[number].ordered(order, group, name)
            ]
            # The longest first, the newest first among equals.
            pairs.sort(key=lambda pair: -pair[1])
            pairs.sort(key=lambda pair: pair[0], reverse=order is Order.LENGTH)
            found = array("q", [ref for _value, ref in pairs])
        return found

    def _last_read_first(self, refs: "array[int]", last_read: Sequence[str]) -> "array[int]":
        known: dict[str, int] = {}
        for number, index in enumerate(self.indexes):
            known |= {one: ref_of(number, key) for one, key in index.keys_of(last_read).items()}
        there = set(refs)
        first = [known[one] for one in last_read if known.get(one) in there]
        chosen = set(first)
        return array("q", [*first, *(ref for ref in refs if ref not in chosen)])

    # Shelves

    def survey(self, view: View, sort: SortBy, read_ids: Collection[str], last_read: Sequence[str] = ()) -> Survey:
        """Count what is on the shelves; slow enough to be done in a thread, by a catalogue of its own."""
        with self._sound():
            group = GROUPS.get(view)
            read = set[int]()
            for number, index in enumerate(self.indexes):
                read.update(refs_of(number, index.keys_of(read_ids).values()))
            if group is None:
                refs = self.refs(sort if view is View.ALL else SortBy.DATE, last_read)
                return Survey(view, total=len(refs), refs=refs, read=read)
            counts = tuple(dict(index.counts(group)) for index in self.indexes)
            read_counts = tuple(added(index.counts_among(group, read_ids)) for index in self.indexes)
            return Survey(view, counts, sum(sum(one.values()) for one in counts), (), read_counts, read)
        return Survey(view)


def added(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The counts of each name together."""
    found: dict[str, int] = {}
    for name, count in pairs:
        found[name] = found.get(name, 0) + count
    return found
