"""The rows of the sidebar: shelves and the articles of open shelves, without an object for each row.

Rows are stored as chunks: one for each shelf row, and one for all articles of an open shelf.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator

from reader.index.references import Refs
from reader.lean_dataclasses import dataclass
from reader.shelves.shelf import Shelf

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sidebar.

    Attributes:
        depth: The number of enclosing shelves.
        shelf: The shelf, or the shelf of the article.
        ref: The reference of the article, or None for a shelf row.
        around: The references of all articles on the shelf.
        place: The index of the article in `around`.
    """

    depth: int
    shelf: Shelf
    ref: int | None = None
    around: Refs = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Chunk:
    depth: int
    shelf: Shelf
    refs: Refs | None  # None for the row of the shelf itself


class ShelfRows:
    """The rows below a root shelf, including the content of the shelves in `opened`."""

    def __init__(self, root: Shelf, opened: Collection[RowKey]) -> None:
        self.root = root
        self._chunks = list(_chunks(root, opened, 0))
        self._firsts: list[int] = []
        self.count = 0
        for chunk in self._chunks:
            self._firsts.append(self.count)
            self.count += 1 if chunk.refs is None else len(chunk.refs)

    def at(self, number: int) -> Row | None:
        """Return the row with a 0-based number, or None if it does not exist."""
        if not 0 <= number < self.count:
            return None
        index = bisect_right(self._firsts, number) - 1
        chunk = self._chunks[index]
        if chunk.refs is None:
            return Row(chunk.depth, chunk.shelf)
        place = number - self._firsts[index]
        return Row(chunk.depth, chunk.shelf, chunk.refs[place], chunk.refs, place)

    def shelf_at(self, number: int) -> Shelf:
        """Return the shelf of a row that exists, or the shelf of its article."""
        return self._chunks[bisect_right(self._firsts, number) - 1].shelf

    def find(self, key: RowKey, ref: int | None = None) -> int | None:
        """Return the number of the row of a shelf, or of an article on that shelf."""
        for first, chunk in zip(self._firsts, self._chunks, strict=True):
            if chunk.shelf.key == key and (ref is None) == (chunk.refs is None):
                if ref is None:
                    return first
                if chunk.refs is not None and ref in chunk.refs:
                    return first + chunk.refs.index(ref)
        return None

    def around(self, number: int) -> int | None:
        """Return the number of the row of the enclosing shelf."""
        row = self.at(number)
        depth = row.depth if row else 0
        index = bisect_right(self._firsts, number) - 1
        for before in range(index, -1, -1):
            chunk = self._chunks[before]
            if chunk.refs is None and chunk.depth < depth:
                return self._firsts[before]
        return None

    def next(self, number: int, step: int, title_fits: Callable[[str], bool], refs: set[int]) -> int | None:
        """Return the nearest matching row from `number` on in direction `step` (1 or -1), wrapping around, or None.

        A shelf matches by its title, an article if it is in `refs`.
        """

        def fits(row: Row) -> bool:
            return row.ref in refs if row.ref is not None else title_fits(row.shelf.title)

        # Checking the chunks first is faster than checking every row.
        if not any(
            title_fits(one.shelf.title) if one.refs is None else not refs.isdisjoint(one.refs) for one in self._chunks
        ):
            return None
        for distance in range(self.count):
            there = (number + distance * step) % self.count
            row = self.at(there)
            if row is not None and fits(row):
                return there
        return None


def _chunks(shelf: Shelf, opened: Collection[RowKey], depth: int) -> Iterator[_Chunk]:
    for inner in shelf.shelves:
        yield _Chunk(depth, inner, None)
        if inner.key in opened:
            yield from _chunks(inner, opened, depth + 1)
    if shelf.own:
        yield _Chunk(depth, shelf, shelf.own)
