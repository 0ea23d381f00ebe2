"""The JSON format for export and import of marks, documented in docs/marks.md.

It contains everything except the undo log, so that export and import are lossless. Times are ISO 8601 in UTC;
positions are [leaf, character].
"""

import os
from datetime import UTC, date, datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from reader.document.sanitizing import clean_line
from reader.errors import ExchangeError
from reader.language import _

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


class ReviewRecord(_Record):
    """The last review of a highlight, by the uid of the highlight."""

    uid: _Key
    due: _Moment
    stability: Annotated[float, Meta(gt=0, le=1e6)]
    difficulty: Annotated[float, Meta(ge=1, le=10)]
    reviewed: _Moment


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
    reviews: list[ReviewRecord] = field(default_factory=list)

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


class WordRecord(_Record):
    """A word that was looked up."""

    uid: _Key
    text: str
    created: _Moment
    reading: str = ""
    meaning: str = ""
    sentence: str = ""
    title: str = ""


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
    words: list[WordRecord] = field(default_factory=list)


def encoded(marks: MarksFile) -> bytes:
    """Encode marks as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(marks), indent=2) + b"\n"


def decoded(content: bytes) -> MarksFile:
    """Decode the marks in a file.

    Raises:
        ExchangeError: The content is not such a file, or the file is of a newer version.
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
