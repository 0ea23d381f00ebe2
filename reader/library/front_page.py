"""The front page: what to read next."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.errors import IndexingError
from reader.index.corruption import CorruptIndexError
from reader.index.front_page_queries import key_by_chance, keys_of_day, newest_files
from reader.index.index import Index
from reader.language import N_
from reader.lean_dataclasses import dataclass, field, replace
from reader.library.library import Library
from reader.search.query_tree import State

_MOST = 5
"""The maximum number of articles in each section."""

_YEARS = 60
"""The number of earlier years of which this day is shown."""

_BEGUN = 0.005
"""The minimum progress at which an article counts as begun rather than just opened; it is shown as 1 %."""

_FINISHED = 0.98
"""The minimum progress at which an article counts as finished."""

_VISITS = 100
"""The number of recently read articles that are searched for unfinished ones."""

_TRIES = 8
"""The number of randomly chosen articles, one of which is shown."""

_OLD = timedelta(days=365)


class FrontSection(StrEnum):
    """The sections of the front page, in order."""

    CONTINUE = N_("Continue reading")
    LATER = N_("Read later")
    THIS_DAY = N_("This day in earlier years")
    NEW = N_("New since last time")
    CHANCE = N_("A random article")
    ADDED = N_("Recently added")


_TIMELY = frozenset({FrontSection.THIS_DAY, FrontSection.NEW})
"""The sections that say what is new or due; without them, the newest files are shown."""


@dataclass(frozen=True, slots=True)
class FrontRow:
    """An article on the front page.

    Attributes:
        section: Its section.
        article: The article.
        progress: How much of it was read, 0 to 1.
    """

    section: FrontSection
    article: Article
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class FrontRequest:
    """The data from the marks database; immutable, so that another thread may use it.

    Attributes:
        unfinished: The ids of articles that were begun but not finished, each with its progress, the latest first.
        later: The ids of articles to read later.
        opened: The ids of all articles that were ever opened.
        today: The day.
        since: When the program was last used, in seconds since 1970; None for never.
        open_id: The id of the open article, which is not shown; or empty.
        open_path: Its path, because the index may have another id for an article that it only knows by its content.
        chance: A number from 0 to 1 that chooses an article.
    """

    unfinished: Sequence[tuple[str, float]] = ()
    later: Sequence[str] = ()
    opened: frozenset[str] = frozenset()
    today: date = field(default_factory=date.today)
    since: float | None = None
    open_id: str = ""
    open_path: Path | None = None
    chance: float = field(default_factory=random.random)


def front_request(library: Library, since: float | None, article: Article | None = None) -> FrontRequest:
    """Collect the data from the marks database, for a page without the open `article`.

    Call it from the thread of the library.

    Raises:
        StoreError: The marks cannot be read.
    """
    visits = library.marks.articles.visited(_VISITS)
    unfinished = [(visit.id, visit.progress) for visit in visits if _BEGUN <= visit.progress < _FINISHED]
    later = sorted(library.memory.marked.states.get(State.LATER, ()))
    request = FrontRequest(unfinished, later, frozenset(library.marks.articles.opened_ids()), since=since)
    return without(request, article)


def without(request: FrontRequest, article: Article | None) -> FrontRequest:
    """The request for a page that omits `article`; unchanged if that is None."""
    return request if article is None else replace(request, open_id=article.id, open_path=absolute(article.path))


class FrontPages:
    """Front pages of some archives. Thread-safe; calls are serialized."""

    def __init__(self, indexes: Sequence[Index], on_corrupt: Callable[[str], None]) -> None:
        """Choose from `indexes`, which must not be shared; `on_corrupt` is called with the path of a corrupt one."""
        self._indexes = indexes
        self._on_corrupt = on_corrupt
        self._lock = Lock()

    def close(self) -> None:
        """Close the indexes."""
        with self._lock:
            for index in self._indexes:
                index.close()

    def rows(self, request: FrontRequest) -> list[FrontRow]:
        """The rows of a front page; each article appears once. A corrupt index is treated as empty."""
        with self._lock:
            shown = {request.open_id}
            found: list[FrontRow] = []
            for section, choose in (
                (FrontSection.CONTINUE, self._unfinished),
                (FrontSection.LATER, self._later),
                (FrontSection.THIS_DAY, self._this_day),
                (FrontSection.NEW, self._new),
                (FrontSection.CHANCE, self._by_chance),
                (FrontSection.ADDED, self._added),
            ):
                if section is FrontSection.ADDED and any(row.section in _TIMELY for row in found):
                    continue
                fresh = [
                    row
                    for row in choose(section, request)
                    if row.article.id not in shown and absolute(row.article.path) != request.open_path
                ]
                taken = fresh[: 1 if section is FrontSection.CHANCE else _MOST]
                found += taken
                shown |= {row.article.id for row in taken}
            return found

    def _ask(self, ask: Callable[[Index], list[Article]]) -> list[Article]:
        found: list[Article] = []
        for index in self._indexes:
            try:
                found += ask(index)
            except CorruptIndexError as error:
                self._on_corrupt(error.path)
            except IndexingError:
                # Another process holds the lock; the page is shown without this archive.
                continue
        return found

    def _by_ids(self, ids: Sequence[str]) -> dict[str, Article]:
        return {
            article.id: article
            for article in self._ask(lambda index: list(index.articles(index.keys_of(ids).values()).values()))
        }

    def _unfinished(self, section: FrontSection, request: FrontRequest) -> list[FrontRow]:
        articles = self._by_ids([article_id for article_id, _progress in request.unfinished])
        return [
            FrontRow(section, articles[article_id], progress)
            for article_id, progress in request.unfinished
            if article_id in articles
        ]

    def _later(self, section: FrontSection, request: FrontRequest) -> list[FrontRow]:
        articles = self._by_ids(request.later)
        newest = sorted(articles.values(), key=_dated, reverse=True)
        return [FrontRow(section, article) for article in newest]

    def _this_day(self, section: FrontSection, request: FrontRequest) -> list[FrontRow]:
        days: list[date] = []
        for years in range(1, min(_YEARS, request.today.year - 1) + 1):
            with suppress(ValueError):
                # The 29th of February is missing in most years.
                days.append(request.today.replace(year=request.today.year - years))
        found = self._ask(
            lambda index: [
                article for day in days for article in index.articles(keys_of_day(index, day, _MOST)).values()
            ]
        )
        return [FrontRow(section, article) for article in sorted(found, key=_dated, reverse=True)]

    def _new(self, section: FrontSection, request: FrontRequest) -> list[FrontRow]:
        since = request.since
        if since is None:
            return []
        most = _MOST + len(request.unfinished)
        found = self._newest_files(since, most)
        return [FrontRow(section, article) for article in found if article.id not in request.opened]

    def _added(self, section: FrontSection, _request: FrontRequest) -> list[FrontRow]:
        """The newest files: an archive without dates has no other order."""
        return [FrontRow(section, article) for article in self._newest_files(0, 2 * _MOST)]

    def _newest_files(self, since: float, most: int) -> list[Article]:
        """Up to `most` articles of each archive whose files were written after a time, the newest first."""
        hours: dict[str, int] = {}

        def newest(index: Index) -> list[Article]:
            files = newest_files(index, since, most)
            found = index.articles([key for _hour, key in files])
            hours.update({found[key].id: hour for hour, key in files if key in found})
            return list(found.values())

        return sorted(self._ask(newest), key=lambda one: (hours[one.id], _dated(one)), reverse=True)

    def _by_chance(self, section: FrontSection, request: FrontRequest) -> list[FrontRow]:
        before = request.today - _OLD if request.today > date.min + _OLD else date.min
        # Try several, because the first ones may be on the page already.
        chances = [(request.chance + number / _TRIES) % 1 for number in range(_TRIES)]

        def some(index: Index) -> list[Article]:
            keys = [key for chance in chances if (key := key_by_chance(index, before, chance)) is not None]
            found = index.articles(keys)
            return [found[key] for key in dict.fromkeys(keys) if key in found]

        found = self._ask(some)
        first = int(request.chance * len(found)) if len(self._indexes) > 1 else 0
        return [FrontRow(section, article) for article in [*found[first:], *found[:first]]]


def _dated(article: Article) -> str:
    """A sort key by date; articles without a date come last."""
    return article.date.isoformat() if article.date else ""
