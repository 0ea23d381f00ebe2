"""Lists of marks: filter, sort order, and lazy loading by pages."""

import json
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from reader.archive.archive import absolute
from reader.document.text_folding import folded
from reader.lean_dataclasses import dataclass
from reader.marks.store import Store

_PAGE_SIZE = 200
_MAX_PAGES = 20
"""The maximum number of pages in memory."""

_Mark = TypeVar("_Mark")


class Scope(StrEnum):
    """The scope of a list of marks."""

    ARTICLE = "article"
    ARCHIVES = "archives"
    EVERYTHING = "everything"


class SortMarks(StrEnum):
    """The sort order of marks."""

    NEWEST = "newest"
    PLACE = "place"  # by article, then by position in the text
    NAME = "name"
    KIND = "kind"  # by letter, or by colour


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """The filter and sort order of a list of marks.

    Attributes:
        scope: The scope.
        article_id: The article, for Scope.ARTICLE.
        roots: The archives' folders and files, for Scope.ARCHIVES.
        words: Words that must all occur in the text of a mark.
        sort: The sort order.
    """

    scope: Scope = Scope.EVERYTHING
    article_id: str = ""
    roots: tuple[Path, ...] = ()
    words: str = ""
    sort: SortMarks = SortMarks.NEWEST

    def where(self, text: str) -> tuple[str, list[Any]]:
        """Return the SQL condition on a mark `m` and its article `a`; `text` is the expression that is searched."""
        conditions: list[str] = []
        values: list[Any] = []
        if self.scope is Scope.ARTICLE:
            conditions.append("m.article = ?")
            values.append(self.article_id)
        elif self.scope is Scope.ARCHIVES:
            paths = [os.fsencode(absolute(root)) for root in self.roots]
            conditions.append("(" + " OR ".join(["a.path = ? OR substr(a.path, 1, ?) = ?"] * len(paths) or ["0"]) + ")")
            for path in paths:
                prefix = path.rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
                values += [path, len(prefix), prefix]
        for word in folded(self.words).split():
            conditions.append(f"instr(folded({text}), ?)")
            values.append(word)
        return ("WHERE " + " AND ".join(conditions)) if conditions else "", values


class Listing(Generic[_Mark]):
    """A sorted list of marks that loads only the accessed pages."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one query
        self,
        store: Store,
        columns: str,
        source: str,
        where: tuple[str, Sequence[Any]],
        order: str,
        make: Callable[..., _Mark],
    ) -> None:
        self._store = store
        self._query = f"SELECT {columns} {source} {where[0]} ORDER BY {order}"
        condition = f"{where[0]} AND" if where[0] else "WHERE"
        self._among = f"{source} {condition} m.uid IN (SELECT value FROM json_each(?))"
        self._columns, self._source = columns, source
        self._values = tuple(where[1])
        self._make = make
        self._pages: OrderedDict[int, list[_Mark]] = OrderedDict()
        count = store.rows(f"SELECT count(*) {source} {where[0]}", self._values)
        self._count = int(count[0][0])

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> _Mark | None:
        """Return the mark at an index; None if another process has deleted marks since they were counted."""
        page, offset = divmod(number, _PAGE_SIZE)
        marks = self._pages.get(page)
        if marks is None:
            marks = [*self.rows(page * _PAGE_SIZE, _PAGE_SIZE)]
            self._pages[page] = marks
            if len(self._pages) > _MAX_PAGES:
                self._pages.popitem(last=False)
        return marks[offset] if offset < len(marks) else None

    def __iter__(self) -> Iterator[_Mark]:
        return self.rows(0)

    def rows(self, start: int, limit: int = -1) -> Iterator[_Mark]:
        """Yield up to `limit` marks (-1: all) from the index `start` on."""
        yield from self._store.records(self._make, f"{self._query} LIMIT ? OFFSET ?", (*self._values, limit, start))

    def among(self, uids: Iterable[str]) -> list[_Mark]:
        """Return, as they are now, the marks of this list that have one of these uids.

        Raises:
            StoreError: The database cannot be read.
        """
        statement = f"SELECT {self._columns} {self._among}"
        return self._store.records(self._make, statement, (*self._values, json.dumps([*uids])))

    def uids_among(self, uids: Iterable[str]) -> set[str]:
        """Return the given uids whose marks are in this list.

        Raises:
            StoreError: The database cannot be read.
        """
        return self._store.ids(f"SELECT m.uid {self._among}", (*self._values, json.dumps([*uids])))

    def existing(self, uids: Iterable[str]) -> set[str]:
        """Return the given uids whose marks exist, whether or not they are in this list.

        Raises:
            StoreError: The database cannot be read.
        """
        statement = f"SELECT m.uid {self._source} WHERE m.uid IN (SELECT value FROM json_each(?))"
        return self._store.ids(statement, (json.dumps([*uids]),))
