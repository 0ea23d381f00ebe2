"""The shelves of a library: articles grouped by category and by date, each shelf filled only when it is opened."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cached_property

from reader.archive.article import Article
from reader.language import _, current

_MONTHS_AS_ONE_LIST = 12
"""A category whose articles fall in more months than this gets a shelf a year above its months."""

_NO_NAME = "\0"
"""Begins the key of a shelf that is no category; a category's name is clean and cannot hold it."""


class DateUnit(IntEnum):
    """How much of a date a shelf's own title tells already, so that a row need not repeat it."""

    NOTHING = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


Grouping = Callable[["Shelf"], tuple["Shelf", ...]]


@dataclass(frozen=True)
class Shelf:
    """A group of articles.

    Attributes:
        key: What it is, from the outermost shelf inwards; the same at every grouping of the same articles.
        title: What it is called.
        articles: All articles on it and on the shelves within, newest first.
        date_unit: How much of its articles' dates its title tells.
    """

    key: tuple[str, ...]
    title: str
    articles: tuple[Article, ...]
    date_unit: DateUnit = DateUnit.NOTHING
    group: Grouping | None = None

    @property
    def count(self) -> int:
        """How many articles are on it and within."""
        return len(self.articles)

    @cached_property
    def shelves(self) -> tuple["Shelf", ...]:
        """The shelves within; made when first asked for."""
        return self.group(self) if self.group else ()

    @cached_property
    def own(self) -> tuple[Article, ...]:
        """The articles that stand on it directly, newest first: all of them, or none where there are shelves within."""
        return () if self.shelves else self.articles

    def unread(self, read_ids: Collection[str]) -> int:
        """How many of its articles are not among `read_ids`."""
        return sum(article.id not in read_ids for article in self.articles)


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Articles by date, the newest first, those without a date last, by title and path among equals."""
    by_name = sorted(articles, key=lambda article: (article.title, str(article.path)))
    return sorted(by_name, key=lambda article: -article.date.timestamp() if article.date else float("inf"))


def by_category(articles: Sequence[Article]) -> Shelf:
    """Category › … › (year ›) month; articles without a category stand on a shelf of their own, last."""
    return Shelf((), "", tuple(newest_first(articles)), group=_within_category)


def by_date(articles: Sequence[Article]) -> Shelf:
    """Year › month › day; articles without a date stand on a shelf of their own, last."""
    return Shelf((), "", tuple(newest_first(articles)), group=_years)


def _within_category(shelf: Shelf) -> tuple[Shelf, ...]:
    depth = len(shelf.key)
    groups: dict[str, list[Article]] = {}
    here: list[Article] = []
    for article in shelf.articles:
        if len(article.categories) > depth:
            groups.setdefault(article.categories[depth], []).append(article)
        else:
            here.append(article)
    shelves = [
        Shelf((*shelf.key, name), name, tuple(groups[name]), group=_within_category)
        for name in sorted(groups, key=_reading_order)
    ]
    if not here:
        return tuple(shelves)
    if not depth:
        loose = Shelf((*shelf.key, _NO_NAME), _("No category"), tuple(here), group=_months)
        return (*shelves, loose)
    return (*shelves, *_months(Shelf(shelf.key, shelf.title, tuple(here))))


def _reading_order(name: str) -> tuple[bytes, str]:
    # GB 2312 put its first 3,755 Han characters in the order of pinyin, and GB 18030 keeps their places: sorting by its
    # bytes gives Latin first, then the order a Chinese reader looks a word up in, without a table.
    return name.casefold().encode("gb18030", "replace"), name


def _months(shelf: Shelf) -> tuple[Shelf, ...]:
    months = _dated(shelf, "%Y-%m", _month_title, DateUnit.MONTH, None)
    if len(months) <= _MONTHS_AS_ONE_LIST:
        return months
    return _dated(shelf, "%Y", _year_title, DateUnit.YEAR, _months_of_a_year)


def _years(shelf: Shelf) -> tuple[Shelf, ...]:
    return _dated(shelf, "%Y", _year_title, DateUnit.YEAR, _months_then_days)


def _months_of_a_year(shelf: Shelf) -> tuple[Shelf, ...]:
    return _dated(shelf, "%m", _short_month_title, DateUnit.MONTH, None)


def _months_then_days(shelf: Shelf) -> tuple[Shelf, ...]:
    return _dated(shelf, "%m", _short_month_title, DateUnit.MONTH, _days)


def _days(shelf: Shelf) -> tuple[Shelf, ...]:
    return _dated(shelf, "%d", _day_title, DateUnit.DAY, None)


def _dated(
    shelf: Shelf, pattern: str, title: Callable[[datetime], str], unit: DateUnit, group: Grouping | None
) -> tuple[Shelf, ...]:
    """The articles of a shelf by a part of their local date; the order is kept: the newest group is first."""
    groups: dict[str, list[Article]] = {}
    titles: dict[str, str] = {}
    undated: list[Article] = []
    for article in shelf.articles:
        if article.date is None:
            undated.append(article)
            continue
        local = article.date.astimezone()
        name = local.strftime(pattern)
        if name not in titles:
            titles[name] = title(local)
        groups.setdefault(name, []).append(article)
    shelves = [
        Shelf((*shelf.key, _NO_NAME + name), titles[name], tuple(found), unit, group) for name, found in groups.items()
    ]
    if undated:
        shelves.append(Shelf((*shelf.key, _NO_NAME + "-"), _("No date"), tuple(undated)))
    return tuple(shelves)


_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_NAMES = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def day_name(date: datetime) -> str:
    """The short name of a date's day of the week."""
    return _DAY_NAMES[current()][date.weekday()]


def _year_title(date: datetime) -> str:
    return f"{date.year}年" if current() == "zh" else f"{date.year}"


def _month_title(date: datetime) -> str:
    return f"{date.year}年{date.month}月" if current() == "zh" else f"{_MONTH_NAMES[date.month - 1]} {date.year}"


def _short_month_title(date: datetime) -> str:
    return f"{date.month}月" if current() == "zh" else _MONTH_NAMES[date.month - 1]


def _day_title(date: datetime) -> str:
    return f"{date.day}日 {day_name(date)}" if current() == "zh" else f"{day_name(date)} {date.day}"
