"""Reading of all marks from a database into the records of an export."""

import os
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from reader.marks.exchange import (
    FORMAT,
    VERSION,
    ArticleRecord,
    BookmarkRecord,
    DayRecord,
    HighlightRecord,
    MarksFile,
    ReviewRecord,
    SearchRecord,
    SectionRecord,
    TagRecord,
    WordRecord,
)
from reader.marks.recovery import Fetch
from reader.marks.stored_values import moment

_Record = TypeVar("_Record", bound=Struct)


def dump(rows: Fetch) -> MarksFile:
    """Read all marks in a deterministic order, so that equal databases yield equal files.

    `rows` executes a query; its exceptions propagate. Invalid values of a corrupt database are skipped; marks
    whose article cannot be read keep the id of the article.
    """
    parts: dict[str, dict[str, list[Any]]] = {}
    for name, (make, columns, order) in _PARTS.items():
        parts[name] = found = defaultdict(list)
        for article, *values in rows(
            f"SELECT article, {columns} FROM {name.removesuffix('s')} ORDER BY article, {order}"
        ):
            record = _valid(make, *values)
            if record is not None:
                found[article].append(record)
    articles: dict[str, ArticleRecord] = {}
    for row in rows(
        "SELECT id, path, title, fingerprint, read_at, starred_at, later_at, opened_at, place_block, place_offset,"
        " place_quotation, progress FROM article ORDER BY id"
    ):
        articles[row[0]] = _valid(_article, *row) or ArticleRecord(row[0], "", "")
    for name, records_of in parts.items():
        for article, records in records_of.items():
            setattr(articles.setdefault(article, ArticleRecord(article, "", "")), name, records)
    searches = [_valid(_search, *row) for row in rows("SELECT name, query, created_at FROM saved_search ORDER BY id")]
    days = [_valid(_day, *row) for row in rows("SELECT day, seconds, characters FROM day ORDER BY day")]
    state = rows("SELECT key, value FROM state ORDER BY key")
    words = [
        _valid(_word, *row)
        for row in rows("SELECT uid, text, reading, meaning, sentence, title, created_at FROM word ORDER BY id")
    ]
    return MarksFile(
        FORMAT,
        VERSION,
        [record for record in articles.values() if _valid(lambda: record)],  # noqa: B023 - called at once
        [one for one in searches if one is not None],
        [one for one in days if one is not None],
        {key: value for key, value in state if isinstance(key, str) and isinstance(value, str)},
        [one for one in words if one is not None],
    )


def _valid(make: Callable[..., _Record], *values: Any) -> _Record | None:
    """Build and validate a record; return None if it is invalid because the database is corrupt."""
    try:
        record = make(*values)
        plain = msgspec.to_builtins(record, builtin_types=(bytes, date, datetime))
        return msgspec.convert(plain, type(record))
    except (msgspec.MsgspecError, TypeError, ValueError, AttributeError):
        return None


def _article(  # noqa: PLR0913, PLR0917 - one argument per column
    article_id: str,
    path: bytes,
    title: str,
    fingerprint: int | None,
    read: float | None,
    starred: float | None,
    later: float | None,
    opened: float | None,
    block: int | None,
    offset: int | None,
    quotation: str,
    progress: float,
) -> ArticleRecord:
    text = os.fsdecode(path)
    odd = None
    try:
        text.encode()
    except UnicodeEncodeError:
        odd, text = path, path.decode("utf-8", "replace")
    return ArticleRecord(
        article_id,
        text,
        title,
        odd,
        fingerprint,
        _since(read),
        _moment(starred),
        _moment(later),
        _moment(opened),
        None if block is None or offset is None else (block, offset),
        quotation,
        min(max(progress, 0.0), 1.0),
    )


def _search(name: str, query: str, created: float) -> SearchRecord:
    return SearchRecord(name, query, moment(created))


def _word(  # noqa: PLR0913, PLR0917 - one argument per column
    uid: str, text: str, reading: str, meaning: str, sentence: str, title: str, created: float
) -> WordRecord:
    return WordRecord(uid, text, moment(created), reading, meaning, sentence, title)


def _day(day: str, seconds: float, characters: int) -> DayRecord:
    return DayRecord(date.fromisoformat(day), seconds, characters)


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _since(read: float | None) -> datetime | UnsetType | None:
    """Convert a time of reading to the value of `read`; 0 stands for an unknown time."""
    if read is None:
        return UNSET
    when = moment(read)
    return when if when.timestamp() else None


def _tag(name: str, added: float) -> TagRecord:
    return TagRecord(name, moment(added))


def _bookmark(  # noqa: PLR0913, PLR0917 - one argument per column
    uid: str,
    block: int,
    offset: int,
    name: str,
    letter: str,
    section: str,
    quotation: str,
    created: float,
    changed: float,
) -> BookmarkRecord:
    return BookmarkRecord(uid, (block, offset), name, moment(created), moment(changed), letter, section, quotation)


def _highlight(  # noqa: PLR0913, PLR0917 - one argument per column
    uid: str,
    block: int,
    offset: int,
    end_block: int,
    end_offset: int,
    quotation: str,
    before: str,
    after: str,
    section: str,
    colour: int,
    note: str,
    created: float,
    changed: float,
) -> HighlightRecord:
    return HighlightRecord(
        uid,
        (block, offset),
        (end_block, end_offset),
        quotation,
        moment(created),
        moment(changed),
        colour,
        note,
        before,
        after,
        section,
    )


def _review(uid: str, due: float, stability: float, difficulty: float, reviewed: float) -> ReviewRecord:
    return ReviewRecord(uid, moment(due), stability, difficulty, moment(reviewed))


_PARTS: dict[str, tuple[Callable[..., Struct], str, str]] = {
    "tags": (_tag, "name, added_at", "added_at, name"),
    "sections": (SectionRecord, "title, number, progress", "title, number"),
    "bookmarks": (
        _bookmark,
        "uid, block, offset, name, letter, section, quotation, created_at, changed_at",
        "created_at, uid",
    ),
    "highlights": (
        _highlight,
        (
            "uid, block, offset, end_block, end_offset, quotation, before, after, section, colour, note, created_at,"
            " changed_at"
        ),
        "created_at, uid",
    ),
    "reviews": (_review, "id, due_at, stability, difficulty, changed_at", "id"),
}
"""The record type, columns and order of each part of an article; the key is the plural of the table's name."""
