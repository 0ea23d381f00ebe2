"""The articles of a list that the user has marked, to change all of them at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

MOST = 5_000
"""The maximum number of articles that are marked: a key that acts on them must not block the screen."""


class MarkedArticles:
    """A set of references of articles, in the order in which they were marked; at most `MOST`.

    Attributes:
        refs: The ids of the articles by their references; an id is empty until `follow` has found it.
        shelves: The shelves that were marked as a whole, by their keys, with the references on them.
    """

    def __init__(self) -> None:
        self.refs: dict[int, str] = {}
        self.shelves: dict[tuple[str, ...], Sequence[int]] = {}
        self._anchor: int | None = None

    def __bool__(self) -> bool:
        return bool(self.refs)

    def __contains__(self, ref: object) -> bool:
        return ref in self.refs

    def toggle(self, refs: Sequence[int], row: int, shelf: tuple[str, ...] = ()) -> bool:
        """Mark the articles of a row, or unmark them if all of them are marked; `shelf` is the key of a shelf row.

        Return False if some of them could not be marked.
        """
        self._anchor = row
        if all(ref in self.refs for ref in refs):
            for ref in refs:
                self.refs.pop(ref, None)
            self._drop_shelves()
            return True
        return self.add(refs, {shelf: refs} if shelf else {})

    def add(self, refs: Iterable[int], shelves: Mapping[tuple[str, ...], Sequence[int]] = MappingProxyType({})) -> bool:
        """Mark articles, among them those of `shelves`, which are marked as a whole.

        Return False if some of them could not be marked, because there would be too many.
        """
        new = [ref for ref in dict.fromkeys(refs) if ref not in self.refs]
        room = MOST - len(self.refs)
        self.refs.update(dict.fromkeys(new[:room], ""))
        self.shelves.update(shelves)
        self._drop_shelves()
        return len(new) <= room

    def follow(self, located: Callable[[Mapping[int, str]], Mapping[int, tuple[int, str]]], *, forget: bool) -> None:
        """Update the references; `located` returns the current ones, with the ids of the articles.

        With `forget`, articles that are not found are unmarked.
        """
        if not self.refs:
            return
        found = located(self.refs)
        rest = {} if forget else {ref: (ref, known) for ref, known in self.refs.items() if ref not in found}
        self.refs = dict({**found, **rest}[ref] for ref in self.refs if ref in found or ref in rest)
        self.shelves = {key: [found.get(ref, (ref, ""))[0] for ref in refs] for key, refs in self.shelves.items()}
        self._drop_shelves()

    def _drop_shelves(self) -> None:
        """Unmark the shelves that have an unmarked article."""
        self.shelves = {key: refs for key, refs in self.shelves.items() if all(ref in self.refs for ref in refs)}

    def rows_to(self, row: int) -> range:
        """The rows from the one that was marked last to another one, both included."""
        start = row if self._anchor is None else self._anchor
        self._anchor = row
        return range(min(start, row), max(start, row) + 1)

    def clear(self) -> None:
        """Unmark all."""
        self.refs.clear()
        self.shelves.clear()
        self._anchor = None
