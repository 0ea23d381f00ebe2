"""What a list of marks shows: which, in what order, and a page at a time, however many there are."""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from reader.archive.archive import absolute
from reader.document.folding import folded
from reader.marks.store import Store

_PAGE = 200
_PAGES = 20

_Mark = TypeVar("_Mark")


class Scope(StrEnum):
    """Whose marks are shown."""

    ARTICLE = "article"
    ARCHIVES = "archives"
    EVERYTHING = "everything"


class SortMarks(StrEnum):
    """What marks are sorted by."""

    NEWEST = "newest"
    PLACE = "place"  # by article, and there in the order of the text
    NAME = "name"
    KIND = "kind"  # by letter, or by colour


@dataclass(frozen=True, slots=True)
class Shown:
    """Which marks are shown.

    Attributes:
        scope: Whose.
        article_id: The article, for Scope.ARTICLE.
        roots: The archives' folders and files, for Scope.ARCHIVES.
        words: All of them must stand in what the mark says.
        sort: What they are sorted by.
    """

    scope: Scope = Scope.EVERYTHING
    article_id: str = ""
    roots: tuple[Path, ...] = ()
    words: str = ""
    sort: SortMarks = SortMarks.NEWEST

    def where(self, text: str) -> tuple[str, list[Any]]:
        """The condition on a mark `m` and its article `a`, whose words stand in the SQL expression `text`."""
        conditions: list[str] = []
        values: list[Any] = []
        if self.scope is Scope.ARTICLE:
            conditions.append("m.article = ?")
            values.append(self.article_id)
        elif self.scope is Scope.ARCHIVES:
            places = [os.fsencode(absolute(root)) for root in self.roots]
            conditions.append(
                "(" + " OR ".join(["a.path = ? OR substr(a.path, 1, ?) = ?"] * len(places) or ["0"]) + ")"
            )
            for place in places:
                inside = place.rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
                values += [place, len(inside), inside]
        for word in folded(self.words).split():
            conditions.append(f"instr(folded({text}), ?)")
            values.append(word)
        return ("WHERE " + " AND ".join(conditions)) if conditions else "", values


class Listing(Generic[_Mark]):
    """Marks in an order, of which only the pages that are looked at are read."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one question
        self,
        store: Store,
        columns: str,
        source: str,
        where: tuple[str, Sequence[Any]],
        order: str,
        make: Callable[..., _Mark],
    ) -> None:
        self._store = store
        self._question = f"SELECT {columns} {source} {where[0]} ORDER BY {order}"
        self._values = tuple(where[1])
        self._make = make
        self._pages: OrderedDict[int, list[_Mark]] = OrderedDict()
        count = store.rows(f"SELECT count(*) {source} {where[0]}", self._values)
        self._count = int(count[0][0])

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> _Mark | None:
        """The mark at a place of the list; None where another reader deleted it since it was counted."""
        page, inside = divmod(number, _PAGE)
        marks = self._pages.get(page)
        if marks is None:
            marks = [*self.rows(page * _PAGE, _PAGE)]
            self._pages[page] = marks
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return marks[inside] if inside < len(marks) else None

    def __iter__(self) -> Iterator[_Mark]:
        return self.rows(0)

    def rows(self, start: int, most: int = -1) -> Iterator[_Mark]:
        """The marks from one place on, at most so many (-1: all)."""
        yield from self._store.made(self._make, f"{self._question} LIMIT ? OFFSET ?", (*self._values, most, start))
