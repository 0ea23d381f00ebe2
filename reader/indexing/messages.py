"""What the client and the indexer process tell each other: plain data, one line of JSON each."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from reader.archive.archive import Archive
from reader.index.progress import SyncProgress, SyncSummary

_Message = TypeVar("_Message")


@dataclass(frozen=True, slots=True)
class IndexEvent:
    """Something that happened to the index of an archive.

    Attributes:
        archive: The number of the archive.
        progress: How far an update has come, or None.
        summary: What an update found and did, at its end, or None.
        rebuilt: Why the index was rebuilt, or empty.
        error: Why it could not be updated, and what to do about it, or two empty strings.
    """

    archive: int
    progress: SyncProgress | None = None
    summary: SyncSummary | None = None
    rebuilt: str = ""
    error: tuple[str, str] = ("", "")

    def written(self) -> str:
        """The event on one line."""
        return _written(self)


@dataclass(frozen=True, slots=True)
class IndexedArchive:
    """An archive and the place of its index.

    Attributes:
        number: The number of the archive.
        archive: The archive.
        index: The path of its index, or the name of an index in memory.
    """

    number: int
    archive: Archive
    index: str


@dataclass(frozen=True, slots=True)
class IndexerSetup:
    """What an indexer has to know when it starts.

    Attributes:
        archives: The archives whose indexes it keeps current.
        store: The file of the marks, or None.
        show_copies: Whether duplicates are shown.
        language: The language of messages.
    """

    archives: tuple[IndexedArchive, ...]
    store: Path | None
    show_copies: bool
    language: str

    def written(self) -> str:
        """The setup on one line."""
        return _written(self)


def read_event(line: str) -> IndexEvent:
    """The event that `IndexEvent.written` wrote.

    Raises:
        ValueError: The line is no event.
    """
    return _read(line, IndexEvent)


def read_setup(line: str) -> IndexerSetup:
    """The setup that `IndexerSetup.written` wrote.

    Raises:
        ValueError: The line is no setup.
    """
    return _read(line, IndexerSetup)


def _written(message: IndexEvent | IndexerSetup) -> str:
    # JSON by the standard library: msgspec's cannot hold file names that are not UTF-8.
    return json.dumps(asdict(message), default=str)


def _read(line: str, kind: type[_Message]) -> _Message:
    import msgspec  # noqa: PLC0415 - the first paint needs no message

    try:
        return msgspec.convert(json.loads(line), kind, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ValueError(error) from error


def _path(kind: type, value: Any) -> Any:
    return kind(value)
