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
        _error(*values["error"]),
    )


def _error(message: str, hint: str) -> tuple[str, str]:
    return message, hint


@dataclass(frozen=True, slots=True)
class Kept:
    """An archive whose index is to be kept current.

    Attributes:
        number: The archive's number.
        archive: The archive.
        index: Where its index lies: a file, or the name of a memdb.
    """

    number: int
    archive: Archive
    index: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be kept current.

    Attributes:
        kept: The archives.
        store: The file of the marks, or None.
        show_copies: Whether duplicates are shown.
        language: What messages are written in.
    """

    kept: tuple[Kept, ...]
    store: Path | None
    show_copies: bool
    language: str

    def written(self) -> str:
        """The order on one line; its archives are folders, as single files have their index in memory."""
        kept = [(one.number, str(one.archive.root), one.archive.name, one.index) for one in self.kept]
        store = str(self.store) if self.store else ""
        return json.dumps([kept, store, self.show_copies, self.language])


def read_order(line: str) -> Order:
    """The order that `Order.written` wrote."""
    kept, store, show_copies, language = json.loads(line)
    return Order(tuple(_kept(kept)), Path(store) if store else None, show_copies, language)


def _kept(values: list[tuple[int, str, str, str]]) -> Iterator[Kept]:
    for number, root, name, index in values:
        yield Kept(number, Archive(Path(root), name), index)
