"""The shelves of a library: articles by category, by name and by date, each shelf filled only when it is opened."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.date_names import day_name, month_name, month_title
from reader.index.date_keys import day_of, first_key_of, is_dated, reading_order
from reader.index.references import Refs, key_of, ref_of
from reader.language import _

if TYPE_CHECKING:
    from array import array

_MONTHS_AS_ONE_LIST = 12
"""A category whose articles fall in more months than this gets a shelf a year above its months."""

NO_NAME = "\0"
"""Begins the key of a shelf that is no category; a category's name is clean and cannot hold it."""


class DateUnit(IntEnum):
    """How much of a date a shelf's own title tells already, so that a row need not repeat it."""

    NOTHING = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


Grouping = Callable[["Shelf"], tuple[tuple["Shelf", ...], Refs]]
"""Gives the shelves within a shelf, and the articles that stand on it directly, behind them."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """A group of articles.

    Attributes:
        key: What it is, from the outermost shelf inwards; the same at every grouping of the same articles.
        title: What it is called.
        count: How many articles are on it and on the shelves within.
        load: Gives the references of its articles in the order they are to stand in, without those of shelves within
            that load their own.
        group: Parts it into shelves within and the rest, or None where there are none.
        date_unit: How much of its articles' dates its title tells.
        holds: Tells whether an article stands on it or within, by its metadata or its reference.
        aside: Whether its articles stand elsewhere too, so that whoever goes on from article to article passes it by.
        read: How many of its articles were read, where that is known without looking at each.
    """

    key: tuple[str, ...]
    title: str
    count: int
    load: Callable[[], Refs]
    group: Grouping | None = None
    date_unit: DateUnit = DateUnit.NOTHING
    holds: Callable[[Article, int], bool] = field(default=lambda _article, _ref: True)
    read: Callable[[], int] | None = None
    aside: bool = False

    @cached_property
    def refs(self) -> Refs:
        """The references of its articles, loaded when first asked for."""
        return self.load()

    @cached_property
    def _parted(self) -> tuple[tuple["Shelf", ...], Refs]:
        return self.group(self) if self.group else ((), self.refs)

    @property
    def shelves(self) -> tuple["Shelf", ...]:
        """The shelves within; made when first asked for."""
        return self._parted[0]

    @property
    def own(self) -> Refs:
        """The articles that stand on it directly, behind the shelves."""
        return self._parted[1]

    def has_unread(self, read: Collection[int]) -> bool:
        """Whether any of its articles is not among those read."""
        if self.read is not None:
            return self.read() < self.count
        return len(read) < self.count or any(ref not in read for ref in self.refs)


def by_date(refs: "array[int]", key: tuple[str, ...] = ()) -> tuple[Shelf, ...]:
    """Year › month › day; articles without a date stand on a shelf of their own, last."""
    return _dated(key, refs, DateUnit.YEAR, _months_then_days)


def by_month(refs: "array[int]", key: tuple[str, ...]) -> tuple[Shelf, ...]:
    """The months of a category, below their years if they are many; without a date last."""
    months = _dated(key, refs, DateUnit.MONTH, None, long=True)
    if len(months) <= _MONTHS_AS_ONE_LIST:
        return months
    return _dated(key, refs, DateUnit.YEAR, _months_of_a_year)


def _months_of_a_year(shelf: Shelf) -> tuple[tuple[Shelf, ...], Refs]:
    return _dated(shelf.key, shelf.refs, DateUnit.MONTH, None), ()


def _months_then_days(shelf: Shelf) -> tuple[tuple[Shelf, ...], Refs]:
    return _dated(shelf.key, shelf.refs, DateUnit.MONTH, _days), ()


def _days(shelf: Shelf) -> tuple[tuple[Shelf, ...], Refs]:
    return _dated(shelf.key, shelf.refs, DateUnit.DAY, None), ()


def _dated(
    key: tuple[str, ...], refs: Refs, unit: DateUnit, group: Grouping | None, *, long: bool = False
) -> tuple[Shelf, ...]:
    """The articles of a shelf by a part of their local date, the newest group first.

    No article is looked at: the references stand in the order of dates, and each group's end is found in them.
    """
    shelves: list[Shelf] = []
    start = 0
    while start < len(refs) and is_dated(key_of(refs[start])):
        day = day_of(key_of(refs[start]))
        first = _first_day(day, unit)
        lowest = ref_of(0, first_key_of(first))
        end = max(start + 1, bisect_left(refs, -lowest + 1, start, key=lambda ref: -ref))
        name = NO_NAME + {DateUnit.YEAR: f"{day:%Y}", DateUnit.MONTH: f"{day:%Y-%m}"}.get(unit, f"{day:%Y-%m-%d}")
        shelves.append(_span((*key, name), _title(day, unit, long=long), refs[start:end], unit, group))
        start = end
    if start < len(refs):
        shelves.append(_span((*key, NO_NAME + "-"), _("No date"), refs[start:], DateUnit.NOTHING, None))
    return tuple(shelves)


def _span(key: tuple[str, ...], title: str, refs: Refs, unit: DateUnit, group: Grouping | None) -> Shelf:
    high, low = refs[0], refs[-1]
    return Shelf(key, title, len(refs), lambda: refs, group, unit, holds=lambda _article, ref: low <= ref <= high)


def _first_day(day: date, unit: DateUnit) -> date:
    if unit is DateUnit.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if unit is DateUnit.MONTH else day


def _title(day: date, unit: DateUnit, *, long: bool) -> str:
    if unit is DateUnit.YEAR:
        return _("{year}").format(year=day.year)
    if unit is DateUnit.MONTH:
        if long:
            return month_title(day)
        return month_name(day)
    return _("{weekday} {day}").format(weekday=day_name(day), day=day.day)


def path_to(root: Shelf, article: Article, ref: int) -> list[Shelf]:
    """The shelves on which an article stands, from the outermost inwards; empty if it stands on the root itself."""
    path: list[Shelf] = []
    shelf = root
    while inner := next((one for one in shelf.shelves if one.holds(article, ref)), None):
        path.append(inner)
        shelf = inner
    return path


def following(root: Shelf, article: Article, ref: int, step: int) -> int | None:
    """The reference of the article that stands `step` (1 or -1) below another, in the order of the shelves."""
    path = [root, *path_to(root, article, ref)]
    last = path[-1]
    if ref not in last.own:
        return None
    place = last.own.index(ref) + step
    if 0 <= place < len(last.own):
        return last.own[place]
    if step < 0 and (found := _first_edge(last.shelves[::-1], step)) is not None:
        return found
    # To the shelf beside, and into it as far as it goes; where there is none, to what stands behind all of them.
    for outer, inner in zip(reversed(path[:-1]), reversed(path[1:]), strict=True):
        beside = outer.shelves[::step]
        if (found := _first_edge(beside[beside.index(inner) + 1 :], step)) is not None:
            return found
        if step > 0 and outer.own:
            return outer.own[0]
    return None


def _first_edge(shelves: Sequence[Shelf], step: int) -> int | None:
    return next((found for shelf in shelves if not shelf.aside and (found := _edge(shelf, step)) is not None), None)


def _edge(shelf: Shelf, step: int) -> int | None:
    """The first article of a shelf and those within, or the last."""
    if step < 0 and shelf.own:
        return shelf.own[-1]
    if (found := _first_edge(shelf.shelves[::step], step)) is not None:
        return found
    return shelf.own[0] if shelf.own else None


def in_reading_order(names: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Names and counts in the order in which people look names up, the empty one last."""
    return sorted(names, key=lambda one: (not one[0], reading_order(one[0]), one[0]))
