"""Differences between two states of the marks: new and changed records, and the number of differing marks."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from reader.marks.exchange import ArticleRecord, MarksFile


def added(before: MarksFile, now: MarksFile) -> MarksFile:
    """The records of `now` that are new or changed since `before`; for days, the difference."""
    known = {record.id: record for record in before.articles}
    articles = [
        _added(known.get(record.id) or ArticleRecord(record.id, "", ""), record)
        for record in now.articles
        if known.get(record.id) != record
    ]
    searches = {(one.name, one.query) for one in before.searches}
    days = {one.day: one for one in before.days}
    since = []
    for day in now.days:
        then = days.get(day.day)
        if then is None:
            since.append(day)
        elif then != day:
            seconds, characters = max(day.seconds - then.seconds, 0), max(day.characters - then.characters, 0)
            since.append(msgspec.structs.replace(day, seconds=seconds, characters=characters))
    return MarksFile(
        now.format,
        now.version,
        articles,
        [one for one in now.searches if (one.name, one.query) not in searches],
        since,
        {key: value for key, value in now.state.items() if before.state.get(key) != value},
        _unlike(before.words, now.words, "uid"),
    )


def _added(before: ArticleRecord, now: ArticleRecord) -> ArticleRecord:
    new = ArticleRecord(now.id, now.path, now.title, now.path_bytes, now.fingerprint)
    if now.read_at != before.read_at:
        new.read = now.read
    if now.starred != before.starred:
        new.starred = now.starred
    if now.later != before.later:
        new.later = now.later
    if (now.opened, now.place, now.progress) != (before.opened, before.place, before.progress):
        new.opened, new.place, new.progress = now.opened, now.place, now.progress
        new.place_quotation = now.place_quotation
    new.tags = _unlike(before.tags, now.tags, "name")
    new.sections = _unlike(before.sections, now.sections, "title", "number")
    new.bookmarks = _unlike(before.bookmarks, now.bookmarks, "uid")
    new.highlights = _unlike(before.highlights, now.highlights, "uid")
    new.reviews = _unlike(before.reviews, now.reviews, "uid")
    return new


def _unlike(before: list[Any], now: list[Any], *key: str) -> list[Any]:
    """The records of `now` that are missing or different in `before`; `key` names the fields that identify a record."""
    then = {tuple(getattr(one, name) for name in key): one for one in before}
    return [one for one in now if then.get(tuple(getattr(one, name) for name in key)) != one]


def count_changes(before: MarksFile, now: MarksFile) -> int:
    """The number of marks added, changed or deleted; positions and reading times do not count."""
    then, since = dict(_marks(before)), dict(_marks(now))
    return sum(1 for key in then.keys() | since.keys() if then.get(key) != since.get(key))


def _marks(file: MarksFile) -> Iterator[tuple[tuple[str, ...], object]]:
    for record in file.articles:
        yield from _of_article(record)
    for search in file.searches:
        yield ("search", search.name, search.query), True
    for word in file.words:
        yield ("word", word.uid), True


def _of_article(record: ArticleRecord) -> Iterable[tuple[tuple[str, ...], object]]:
    states = (("read", record.read_at), ("starred", record.starred), ("later", record.later))
    yield from (((name, record.id), since) for name, since in states)
    yield from ((("tag", record.id, tag.name), True) for tag in record.tags)
    yield from ((("bookmark", one.uid), one) for one in record.bookmarks)
    yield from ((("highlight", one.uid), one) for one in record.highlights)
    yield from ((("review", one.uid), one) for one in record.reviews)
