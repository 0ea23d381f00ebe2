"""The articles of a list that the user has marked, to change all of them at once."""

from collections.abc import Iterable, Sequence


class MarkedArticles:
    """A set of references of articles, in the order in which they were marked.

    Attributes:
        refs: The references.
        shelves: The keys of the shelves that were marked as a whole.
    """

    def __init__(self) -> None:
        self.refs: dict[int, None] = {}
        self.shelves: set[tuple[str, ...]] = set()
        self._anchor: int | None = None

    def __bool__(self) -> bool:
        return bool(self.refs)

    def __contains__(self, ref: object) -> bool:
        return ref in self.refs

    def toggle(self, refs: Sequence[int], row: int, shelf: tuple[str, ...] = ()) -> None:
        """Mark the articles of a row, or unmark them if all of them are marked; `shelf` is the key of a shelf row."""
        self._anchor = row
        if all(ref in self.refs for ref in refs):
            for ref in refs:
                self.refs.pop(ref, None)
            self.shelves.discard(shelf)
        else:
            self.add(refs)
            self.shelves.add(shelf)

    def add(self, refs: Iterable[int]) -> None:
        """Mark articles."""
        self.refs.update(dict.fromkeys(refs))

    def rows_to(self, row: int) -> range:
        """The rows between the one that was marked last and another one, both included."""
        start = row if self._anchor is None else self._anchor
        self._anchor = row
        return range(min(start, row), max(start, row) + 1)

    def clear(self) -> None:
        """Unmark all."""
        self.refs.clear()
        self.shelves.clear()
        self._anchor = None
