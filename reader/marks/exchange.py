"""The one format in which marks leave a store and come back: JSON, told in docs/marks.md.

Whatever a store holds but the log of changes is in it, so that what is exported and imported again is the same store.
Moments are ISO 8601 in UTC; places are [leaf, character].
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from reader.errors import ExchangeError
from reader.language import _
from reader.marks.store import Rows, moment

FORMAT = "archive-reader marks"
VERSION = 1

_Count = Annotated[int, Meta(ge=0, le=2**53)]
_Share = Annotated[float, Meta(ge=0, le=1)]
_Place = tuple[_Count, _Count]
_Moment = Annotated[datetime, Meta(tz=True)]


class TagRecord(Struct, forbid_unknown_fields=True):
    """A tag of an article."""

    name: str
    added: _Moment


class SectionRecord(Struct, forbid_unknown_fields=True):
    """How far a section was read; `number` counts the sections of one title in an article."""

    title: str
    number: _Count
    progress: _Share


class BookmarkRecord(Struct, forbid_unknown_fields=True):
    """A bookmark."""

    uid: str
    place: _Place
    name: str
    created: _Moment
    changed: _Moment
    letter: Annotated[str, Meta(pattern="^[A-Za-z]?$")] = ""
    section: str = ""
    quotation: str = ""


class HighlightRecord(Struct, forbid_unknown_fields=True):
    """A highlight and its note."""

    uid: str
    start: _Place
    end: _Place
    quotation: str
    created: _Moment
    changed: _Moment
    colour: Annotated[int, Meta(ge=1, le=4)] = 1
    note: str = ""
    before: str = ""
    after: str = ""
    section: str = ""


class ArticleRecord(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An article and its marks; `path_bytes`, in base64, where its path is no UTF-8."""

    id: str
    path: str
    title: str
    path_bytes: bytes | None = None
    fingerprint: int | None = None
    read: _Moment | None = None
    starred: _Moment | None = None
    later: _Moment | None = None
    opened: _Moment | None = None
    place: _Place | None = None
    progress: _Share = 0.0
    tags: list[TagRecord] = field(default_factory=list)
    sections: list[SectionRecord] = field(default_factory=list)
    bookmarks: list[BookmarkRecord] = field(default_factory=list)
    highlights: list[HighlightRecord] = field(default_factory=list)


class SearchRecord(Struct, forbid_unknown_fields=True):
    """A saved search."""

    name: str
    query: str
    created: _Moment


class DayRecord(Struct, forbid_unknown_fields=True):
    """What was read on a day."""

    day: date
    seconds: Annotated[float, Meta(ge=0)]
    characters: _Count


class MarksFile(Struct, forbid_unknown_fields=True):
    """A file of marks."""

    format: str
    version: int
    articles: list[ArticleRecord] = field(default_factory=list)
    searches: list[SearchRecord] = field(default_factory=list)
    days: list[DayRecord] = field(default_factory=list)
    state: dict[str, str] = field(default_factory=dict)


def dump(rows: Rows) -> MarksFile:
    """All that a store holds, in an order of its own, so that equal stores give equal files.

    `rows` gives what a question to the store finds; what it raises is raised.
    """
    parts: dict[str, dict[str, list[Any]]] = {}
    for name, (make, columns, order) in _PARTS.items():
        parts[name] = found = defaultdict(list)
        for article, *values in rows(
            f"SELECT article, {columns} FROM {name.removesuffix('s')} ORDER BY article, {order}"
        ):
            found[article].append(make(*values))
    articles = rows(
        "SELECT id, path, title, fingerprint, read_at, starred_at, later_at, opened_at, place_block, place_offset,"
        " progress FROM article ORDER BY id"
    )
    return MarksFile(
        FORMAT,
        VERSION,
        [_article(row, {name: found.get(row[0], []) for name, found in parts.items()}) for row in articles],
        [
            SearchRecord(name, query, moment(created))
            for name, query, created in rows("SELECT name, query, created_at FROM saved_search ORDER BY id")
        ],
        [DayRecord(date.fromisoformat(day), *rest) for day, *rest in rows("SELECT * FROM day ORDER BY day")],
        dict(rows("SELECT key, value FROM state ORDER BY key")),
    )


def encoded(marks: MarksFile) -> bytes:
    """A file's bytes: JSON in UTF-8, indented."""
    return msgspec.json.format(msgspec.json.encode(marks), indent=2) + b"\n"


def decoded(content: bytes) -> MarksFile:
    """The marks in a file's bytes.

    Raises:
        ExchangeError: It is no such file, or of a newer version.
    """
    try:
        marks = msgspec.json.decode(content, type=MarksFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(
            _("This is no file of marks: {reason}").format(reason=str(error)),
            _("docs/marks.md tells what it may hold; nothing was imported"),
        ) from error
    if marks.format != FORMAT or marks.version > VERSION:
        raise ExchangeError(
            _("This is “{format}”, version {version}; this reader knows “{known}”, version {newest}").format(
                format=marks.format[:60], version=marks.version, known=FORMAT, newest=VERSION
            ),
            _("update reader"),
        )
    return marks


def path_bytes(record: ArticleRecord) -> bytes:
    """An article's path as the store writes it."""
    return record.path_bytes if record.path_bytes is not None else os.fsencode(record.path)


def _article(row: Iterable[Any], parts: dict[str, list[Any]]) -> ArticleRecord:
    article_id, path, title, fingerprint, read, starred, later, opened, block, offset, progress = row
    text = os.fsdecode(path)
    try:
        text.encode()
        odd = None
    except UnicodeEncodeError:
        odd, text = path, path.decode("utf-8", "replace")
    return ArticleRecord(
        article_id,
        text,
        title,
        odd,
        fingerprint,
        _moment(read),
        _moment(starred),
        _moment(later),
        _moment(opened),
        None if block is None else (block, offset),
        min(max(progress, 0.0), 1.0),
        **parts,
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _tag(name: str, added: float) -> TagRecord:
    return TagRecord(name, moment(added))


def _bookmark(  # noqa: PLR0913, PLR0917 - one argument a column
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


def _highlight(  # noqa: PLR0913, PLR0917 - one argument a column
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
}
"""What makes the records of a part of an article, of which columns, and their order; its table is called the same."""
