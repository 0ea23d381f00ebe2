"""Drafts of notes: text being written survives the end of the program, in one private file per note.

The files are beside the marks database rather than in it, so that they can be written while it is locked.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.document.sanitizing import clean
from reader.hashing import blake2b
from reader.lean_dataclasses import dataclass, replace
from reader.marks.undo_log import runs
from reader.private_files import FILE, make_private_folder

_FOLDER = "drafts"

_LARGEST = 2**24
"""The maximum size in bytes of a draft that is read."""

_MOST = 100
"""The number of drafts that are read, newest first."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """The place of a note: a highlight, or a selection that is to be highlighted.

    Attributes:
        article_id: The id of the article.
        quotation: The text of the highlight or selection.
        uid: The uid of the highlight, or empty for a selection.
    """

    article_id: str
    quotation: str
    uid: str = ""

    def holds(self, other: "NotePlace") -> bool:
        """Whether another place is the same.

        Two selections are also the same if one is a part of the other and at least half of it.
        """
        if self.uid or other.uid:
            return self.uid == other.uid
        return self.article_id == other.article_id and _is_most(self.quotation, other.quotation)


def _is_most(one: str, other: str) -> bool:
    """Whether one text is part of the other and at least half of it: a single word occurs in too many sentences."""
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (2 * len(shorter) >= len(longer) and shorter in longer)


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note that was not saved.

    Attributes:
        place: Its place.
        note: Its text.
        colour: The colour of the highlight.
        is_told: Whether the user has been told about it.
    """

    place: NotePlace
    note: str
    colour: int
    is_told: bool = False


class Drafts:
    """The drafts beside a marks database."""

    def __init__(self, store: Path | None) -> None:
        """Use the folder `drafts` beside the database at `store`; None keeps no drafts."""
        self._folder = store.parent / _FOLDER if store is not None else None

    def keep(self, draft: NoteDraft) -> None:
        """Write a draft to disk; if that fails, the draft is only on the screen."""
        if self._folder is None:
            return
        path = self._path(self._folder, draft.place)
        unfinished = path.with_suffix(f".{os.getpid()}.tmp")
        content = json.dumps(asdict(draft) | {"process": os.getpid()}, ensure_ascii=False)
        with suppress(OSError):
            make_private_folder(self._folder)
            try:
                descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE)
                with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)

    def remove(self, place: NotePlace) -> None:
        """Remove the drafts of a place."""
        for path, draft in self._all():
            if draft.place.holds(place):
                with suppress(OSError):
                    path.unlink()

    def at(self, place: NotePlace) -> NoteDraft | None:
        """Return the latest draft of a place that no other running process is writing, or None."""
        return next((draft for _path, draft in self._all() if draft.place.holds(place)), None)

    def take_unannounced(self) -> NoteDraft | None:
        """Return the latest draft that the user has not been told about, and record that; None if there is none.

        Also removes unfinished files of processes that were killed while writing.
        """
        self._remove_abandoned()
        unannounced = next((draft for _path, draft in self._all() if not draft.is_told), None)
        if unannounced is not None:
            self.keep(replace(unannounced, is_told=True))
        return unannounced

    def _remove_abandoned(self) -> None:
        """Remove unfinished files whose process has ended; their names contain its PID."""
        if self._folder is None:
            return
        with suppress(OSError):
            for left in self._folder.glob("*.tmp"):
                process = left.stem.rpartition(".")[2]
                if process.isdecimal() and not runs(int(process)):
                    left.unlink(missing_ok=True)

    def _all(self) -> Iterator[tuple[Path, NoteDraft]]:
        if self._folder is None:
            return
        found: list[tuple[float, Path]] = []
        with suppress(OSError):
            for path in self._folder.glob("*.json"):
                # Another process may have removed it meanwhile.
                with suppress(OSError):
                    found.append((path.stat().st_mtime, path))
        for _time, path in sorted(found, reverse=True)[:_MOST]:
            # Leave a file that is not a draft unchanged.
            with suppress(OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
                draft = _read(path)
                if draft is not None:
                    yield path, draft

    @staticmethod
    def _path(folder: Path, place: NotePlace) -> Path:
        key = f"{place.uid}\0" if place.uid else f"{place.article_id}\0{place.quotation}"
        return folder / f"{blake2b(key.encode(errors='replace'), digest_size=16).hexdigest()}.json"


def _read(path: Path) -> NoteDraft | None:
    """Read a draft; None if another running process is writing it.

    Raises:
        OSError: The file cannot be read.
        ValueError, TypeError, KeyError, OverflowError, RecursionError: It is not a draft.
    """
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError(path)
    content: Any = json.loads(path.read_text(encoding="utf-8"))
    if runs(int(content["process"])):
        return None
    given = content["place"]
    place = NotePlace(*(str(given[name]) for name in ("article_id", "quotation", "uid")))
    return NoteDraft(place, clean(str(content["note"])), int(content["colour"]), bool(content["is_told"]))
