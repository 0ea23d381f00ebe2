"""What whoever keeps the indexes current is ordered to do, and what it tells: plain data, a line of JSON each."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reader.archive.archive import Archive
from reader.index.progress import Progress, Stage, Summary


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the index of an archive.

    Attributes:
        archive: The archive's number.
        progress: How far an update has come, or None.
        summary: What an update found and did, at its end, or None.
        rebuilt: Why the index was made anew, or empty.
        error: Why it could not be brought up to date, and what to do, or empty.
    """

    archive: int
    progress: Progress | None = None
    summary: Summary | None = None
    rebuilt: str = ""
    error: tuple[str, str] = ("", "")

    def written(self) -> str:
        """The event on one line."""
        return json.dumps(asdict(self))


def read_event(line: str) -> Event:
    """The event that `Event.written` wrote.

    Raises:
        ValueError: It wrote no such thing.
        TypeError: As above.
        KeyError: As above.
    """
    values: dict[str, Any] = json.loads(line)
    progress, summary = values["progress"], values["summary"]
    return Event(
        values["archive"],
        Progress(**{**progress, "stage": Stage(progress["stage"])}) if progress else None,
        Summary(**{**summary, "moved": tuple(tuple(move) for move in summary["moved"])}) if summary else None,
        values["rebuilt"],
        (values["error"][0], values["error"][1]),
    )


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be kept current.

    Attributes:
        archives: The root, the name and the files, or None, of each archive.
        indexes: Where the index of each lies.
        store: Where the marks lie, or empty.
        show_copies: Whether duplicates are shown.
        language: What messages are written in.
    """

    archives: tuple[tuple[str, str, tuple[str, ...] | None], ...]
    indexes: tuple[str, ...]
    store: str
    show_copies: bool
    language: str

    def opened(self) -> Iterator[tuple[Archive, str]]:
        """The archives, each with the place of its index."""
        for (root, name, files), index in zip(self.archives, self.indexes, strict=True):
            yield Archive(Path(root), name, tuple(map(Path, files)) if files is not None else None), index
