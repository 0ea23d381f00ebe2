"""The JSON format for export and import of marks, documented in docs/marks.md.

It contains everything except the change log, so that export and import are lossless. Times are ISO 8601 in UTC;
positions are [leaf, character].
"""

import os
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from reader.document.cleaning import clean_line
from reader.errors import ExchangeError
from reader.language import _
from reader.marks.recovery import Rows
from reader.marks.stored_values import moment

FORMAT = "archive-reader marks"
VERSION = 1

_Count = Annotated[int, Meta(ge=0, le=2**53)]
_Share = Annotated[float, Meta(ge=0, le=1)]
_Place = tuple[_Count, _Count]
_Moment = Annotated[datetime, Meta(tz=True)]
_Key = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z][0-9A-Za-z._:-]{0,127}\Z")]
"""An id of an article or mark; this program itself uses hexadecimal digits."""

_LONGEST_REASON = 200
"""The maximum length of an error message in characters."""


class _Record(Struct, forbid_unknown_fields=True):
    """A record of the file. Times outside the range of UTC dates are rejected with their location."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, datetime):
                try:
                    value.astimezone(UTC)
                except OverflowError:
                    raise ValueError(f"`{name}` is out of range") from None


_Made = TypeVar("_Made", bound=_Record)


class TagRecord(_Record):
    """A tag of an article."""

    name: str
    added: _Moment


class SectionRecord(_Record):
    """The progress of a section; `number` is its index among the sections of that title."""

    title: str
    number: _Count
    progress: _Share


class BookmarkRecord(_Record):
    """A bookmark."""

    uid: _Key
    place: _Place
    name: str
    created: _Moment
    changed: _Moment
    letter: Annotated[str, Meta(pattern=r"\A[A-Za-z]?\Z")] = ""
    section: str = ""
    quotation: str = ""


class HighlightRecord(_Record):
    """A highlight and its note."""

    uid: _Key
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


class ArticleRecord(_Record, omit_defaults=True):
    """An article and its marks; `path_bytes`, in base64, if the path is not UTF-8.

    `read` is None for an article that was read at an unknown time, and missing for an unread one.
    """

    id: _Key
    path: Annotated[str, Meta(pattern=r"\A[^\0]*\Z")]
    title: str
    path_bytes: bytes | None = None
    fingerprint: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | None = None
    read: _Moment | UnsetType | None = UNSET
    starred: _Moment | None = None
    later: _Moment | None = None
    opened: _Moment | None = None
    place: _Place | None = None
    place_quotation: str = ""
    progress: _Share = 0.0
    tags: list[TagRecord] = field(default_factory=list)
    sections: list[SectionRecord] = field(default_factory=list)
    bookmarks: list[BookmarkRecord] = field(default_factory=list)
    highlights: list[HighlightRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.path_bytes is not None and b"\0" in self.path_bytes:
            raise ValueError("`path_bytes` is no path")

    @property
    def read_at(self) -> float | None:
        """The time of reading in seconds since 1970: 0 if unknown, None if unread."""
        if isinstance(self.read, UnsetType):
            return None
        return self.read.timestamp() if self.read is not None else 0.0


class SearchRecord(_Record):
    """A saved search."""

    name: str
    query: str
    created: _Moment


class DayRecord(_Record):
    """The reading activity of a day."""

    day: date
    seconds: Annotated[float, Meta(ge=0, le=1e9)]
    characters: _Count


class MarksFile(_Record):
    """A file of marks."""

    format: str
    version: int
    articles: list[ArticleRecord] = field(default_factory=list)
    searches: list[SearchRecord] = field(default_factory=list)
    days: list[DayRecord] = field(default_factory=list)
    state: dict[str, str] = field(default_factory=dict)


def dump(rows: Rows) -> MarksFile:
    """Read all marks in a deterministic order, so that equal databases yield equal files.

    `rows` executes a query, and its exceptions are passed on. Invalid values of a corrupt database are skipped; marks
    whose article cannot be read keep the id of the article.
    """
    parts: dict[str, dict[str, list[Any]]] = {}
    for name, (make, columns, order) in _PARTS.items():
        parts[name] = found = defaultdict(list)
        for article, *values in rows(
            f"SELECT article, {columns} FROM {name.removesuffix('s')} ORDER BY article, {order}"
        ):
            record = _sound(make, *values)
            if record is not None:
                found[article].append(record)
    articles: dict[str, ArticleRecord] = {}
    for row in rows(
        "SELECT id, path, title, fingerprint, read_at, starred_at, later_at, opened_at, place_block, place_offset,"
        " place_quotation, progress FROM article ORDER BY id"
    ):
        articles[row[0]] = _sound(_article, *row) or ArticleRecord(row[0], "", "")
    for name, records_of in parts.items():
        for article, records in records_of.items():
            setattr(articles.setdefault(article, ArticleRecord(article, "", "")), name, records)
    searches = [_sound(_search, *row) for row in rows("SELECT name, query, created_at FROM saved_search ORDER BY id")]
    days = [_sound(_day, *row) for row in rows("SELECT day, seconds, characters FROM day ORDER BY day")]
    state = rows("SELECT key, value FROM state ORDER BY key")
    return MarksFile(
        FORMAT,
        VERSION,
        [record for record in articles.values() if _sound(lambda: record)],  # noqa: B023 - called at once
        [one for one in searches if one is not None],
        [one for one in days if one is not None],
        {key: value for key, value in state if isinstance(key, str) and isinstance(value, str)},
    )


def _sound(make: Callable[..., _Made], *values: Any) -> _Made | None:
    """Build and validate a record; return None if it is invalid because the database is corrupt."""
    try:
        record = make(*values)
        plain = msgspec.to_builtins(record, builtin_types=(bytes, date, datetime))
        return msgspec.convert(plain, type(record))
    except (msgspec.MsgspecError, TypeError, ValueError, AttributeError):
        return None


def encoded(marks: MarksFile) -> bytes:
    """Encode marks as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(marks), indent=2) + b"\n"


def decoded(content: bytes) -> MarksFile:
    """Decode the marks in a file.

    Raises:
        ExchangeError: The content is not such a file, or of a newer version.
    """
    try:
        marks = msgspec.json.decode(content, type=MarksFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(
            _("Not an export of marks: {reason}").format(reason=clean_line(str(error))[:_LONGEST_REASON]),
            _("nothing was imported; docs/marks.md describes the format"),
        ) from error
    if marks.format != FORMAT or not 1 <= marks.version <= VERSION:
        raise ExchangeError(
            _("“{format}” version {version} is not supported, only “{known}” up to version {newest}").format(
                format=clean_line(marks.format)[:60], version=marks.version, known=FORMAT, newest=VERSION
            ),
            _("update reader"),
        )
    return marks


def path_bytes(record: ArticleRecord) -> bytes:
    """Return the path of an article as stored in the database."""
    return record.path_bytes if record.path_bytes is not None else os.fsencode(record.path)


def _article(  # noqa: PLR0913, PLR0917 - one argument a column
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


_PARTS: dict[str, tuple[Callable[..., _Record], str, str]] = {
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
"""The record type, columns and order of each part of an article; the name of its table is the singular."""
