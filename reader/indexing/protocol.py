"""The messages between the client and the indexer process: plain data, one line of JSON each."""

import json
from pathlib import Path
from typing import Any, TypeVar

from reader.archive.archive import Archive
from reader.index.progress import SyncProgress, SyncSummary
from reader.lean_dataclasses import dataclass

_Message = TypeVar("_Message")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the archives is watched.

    Attributes:
        watched: Number of watched folders.
        unwatched: Number of folders that have to be scanned periodically instead.
    """

    watched: int
    unwatched: int


@dataclass(frozen=True, slots=True)
class IndexEvent:
    """An event about the index of an archive.

    Attributes:
        archive: The number of the archive.
        progress: The progress of an update, or None.
        summary: The result of a finished update, or None.
        rebuilt: Why the index was rebuilt, or empty.
        error: The error and its hint if the index could not be updated, or two empty strings.
        coverage: How much of all archives is watched for changes, or None.
    """

    archive: int
    progress: SyncProgress | None = None
    summary: SyncSummary | None = None
    rebuilt: str = ""
    error: tuple[str, str] = ("", "")
    coverage: Coverage | None = None

    def written(self) -> str:
        """Serialize the event to one line."""
        return _written(self)


@dataclass(frozen=True, slots=True)
class IndexedArchive:
    """An archive and the location of its index.

    Attributes:
        number: The number of the archive.
        archive: The archive.
        index: The path of its index, or the name of an in-memory index.
    """

    number: int
    archive: Archive
    index: str


@dataclass(frozen=True, slots=True)
class IndexerSetup:
    """The configuration of an indexer.

    Attributes:
        archives: The archives whose indexes it keeps current.
        store: The path of the marks database, or None.
        show_copies: Whether duplicates are shown.
        language: The language of messages.
        texts: Whether texts are indexed too, not only metadata.
    """

    archives: tuple[IndexedArchive, ...]
    store: Path | None
    show_copies: bool
    language: str
    texts: bool = True

    def written(self) -> str:
        """Serialize the setup to one line."""
        return _written(self)


def read_event(line: str) -> IndexEvent:
    """Parse an event serialized by `IndexEvent.written`.

    Raises:
        ValueError: The line is not an event.
    """
    return _read(line, IndexEvent)


def read_setup(line: str) -> IndexerSetup:
    """Parse a setup serialized by `IndexerSetup.written`.

    Raises:
        ValueError: The line is not a setup.
    """
    return _read(line, IndexerSetup)


def _written(message: IndexEvent | IndexerSetup) -> str:
    # The standard library's JSON is used because msgspec cannot encode file names that are not UTF-8.
    from dataclasses import asdict  # noqa: PLC0415 - slow to import, and only processes need it

    return json.dumps(asdict(message), default=str)


def _read(line: str, kind: type[_Message]) -> _Message:
    import msgspec  # noqa: PLC0415 - not for the first paint

    try:
        return msgspec.convert(json.loads(line), kind, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ValueError(error) from error


def _path(kind: type, value: Any) -> Any:
    return kind(value)
