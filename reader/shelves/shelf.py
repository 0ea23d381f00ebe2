"""Shelves: nested groups of articles by category, name and date, loaded on demand."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.date_names import day_name, month_name, month_title
from reader.index.date_keys import day_of, first_key_of, is_dated, reading_order
from reader.index.references import Refs, key_of, ref_of
from reader.language import _
from reader.lean_dataclasses import dataclass, field

if TYPE_CHECKING:
    from array import array

_MONTHS_AS_ONE_LIST = 12
"""A category with articles in more months than this is divided into years first."""

NO_NAME = "\0"
"""Prefix of the key of a shelf that is not a category; names of categories cannot contain it."""


class DateUnit(IntEnum):
    """The part of a date that a shelf's title already shows, so that rows can omit it."""

    NOTHING = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


Grouping = Callable[["Shelf"], tuple[tuple["Shelf", ...], Refs]]
"""Divides a shelf into its nested shelves, and the articles directly on it, which come after the nested shelves."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """A group of articles.

    Attributes:
        key: Its path from the outermost shelf; stable across refreshes.
        title: The title shown.
        count: The number of articles on it and on nested shelves.
        load: Returns the sorted references of its articles, except those on nested shelves that load their own.
        group: Divides it into nested shelves and the rest; None if it has no nested shelves.
        date_unit: The part of its articles' dates that its title shows.
        holds: Whether an article, given with its reference, is on it or on a nested shelf.
        aside: Whether its articles are also on other shelves, so that going to the next article skips this shelf.
        read: Returns the number of its articles that were read; None if each has to be checked.
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
        """The references of its articles, loaded on first access."""
        return self.load()

    @cached_property
    def _divided(self) -> tuple[tuple["Shelf", ...], Refs]:
        return self.group(self) if self.group else ((), self.refs)

    @property
    def shelves(self) -> tuple["Shelf", ...]:
        """The nested shelves, created on first access."""
        return self._divided[0]

    @property
    def own(self) -> Refs:
        """The articles directly on it, which follow the nested shelves."""
        return self._divided[1]

    def has_unread(self, read: Collection[int]) -> bool:
        """Whether any of its articles is not in `read`."""
        if self.read is not None:
            return self.read() < self.count
        return len(read) < self.count or any(ref not in read for ref in self.refs)


def by_date(refs: "array[int]", key: tuple[str, ...] = ()) -> tuple[Shelf, ...]:
    """Group by year › month › day; undated articles are on a separate last shelf."""
    return _dated(key, refs, DateUnit.YEAR, _months_then_days)


def by_month(refs: "array[int]", key: tuple[str, ...]) -> tuple[Shelf, ...]:
    """Group a category by months, and by years first if there are many; undated articles last."""
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
    """Group the articles of a shelf by a part of their local date, newest first.

    Since references are ordered by date, the end of each group is found by bisection, without loading articles.
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
        rest = refs[start:]
        shelves.append(Shelf((*key, NO_NAME + "-"), _("No date"), len(rest), lambda: rest, holds=_is_undated))
    return tuple(shelves)


def _is_undated(_article: Article, ref: int) -> bool:
    # Undated articles of several archives are ordered by title, so that their references have no limits.
    return not is_dated(key_of(ref))


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
    """The shelves that contain an article, outermost first; empty if it is directly on the root."""
    path: list[Shelf] = []
    shelf = root
    while inner := next((one for one in shelf.shelves if one.holds(article, ref)), None):
        path.append(inner)
        shelf = inner
    return path


def following(root: Shelf, article: Article, ref: int, step: int) -> int | None:
    """The reference of the article after (`step` 1) or before (-1) another in the order of the shelves."""
    path = [root, *path_to(root, article, ref)]
    last = path[-1]
    if ref not in last.own:
        return None
    place = last.own.index(ref) + step
    if 0 <= place < len(last.own):
        return last.own[place]
    if step < 0 and (found := _first_edge(last.shelves[::-1], step)) is not None:
        return found
    # Continue on the nearest sibling shelf, or else with the articles after the nested shelves.
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
    """The first or last article of a shelf, including nested shelves."""
    if step < 0 and shelf.own:
        return shelf.own[-1]
    if (found := _first_edge(shelf.shelves[::step], step)) is not None:
        return found
    return shelf.own[0] if shelf.own else None


def in_reading_order(names: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sort names and counts by name (`reading_order`), the empty name last."""
    return sorted(names, key=lambda one: (not one[0], reading_order(one[0]), one[0]))


def shelf_refs(shelf: Shelf) -> list[int]:
    """Return the references of all articles on a shelf and its nested shelves, in order."""
    inner = (ref for one in shelf.shelves for ref in shelf_refs(one))
    return list(dict.fromkeys((*inner, *shelf.own)))
