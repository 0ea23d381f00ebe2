"""The record of exports: the owner of each exported file, and a hash of the content that was written."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.archive.files import read_start
from reader.errors import ArchiveError, ExportError
from reader.export.atomic_writing import write_atomically
from reader.private_files import make_private_folder

_MOST = 20_000
"""The maximum number of files that are remembered; the oldest ones are forgotten."""

_LARGEST = 2**25
"""The size in bytes above which the record is not read; `_MOST` files take less, unless their paths are very long."""


class ExportRecord:
    """The owner and the content hash of each exported file, in a JSON file that other processes write, too."""

    def __init__(self, path: Path, *, together: bool = False) -> None:
        """Read and write the record at `path`; it need not exist.

        It is saved whenever a file is written. If many files are written `together`, it is saved by `save`, and before
        that only when a sixteenth of its entries are unsaved.
        """
        self._path = path
        self._together = together
        self._unsaved: dict[str, list[str]] = {}
        self._state: tuple[int, int, int] | None = None
        self._entries: dict[str, Any] = {}
        self._by_owner: dict[str, dict[str, None]] = {}

    def has(self, file: Path) -> bool:
        """Whether a file is known."""
        return str(file) in self._current()

    def is_known(self, file: Path, owner: str, digest: str) -> bool:
        """Whether a file is an export of an owner, and unchanged since."""
        return self._current().get(str(file)) == [owner, digest]

    def files_of(self, owner: str) -> list[Path]:
        """The exports of an owner in all folders, the earliest first."""
        self._current()
        return [Path(file) for file in self._by_owner.get(owner, ())]

    def remember(self, file: Path, owner: str, digest: str) -> None:
        """Record that a file was written."""
        entries, entry, place = self._current(), [owner, digest], str(file)
        known = self._forget(place)
        entries[place] = entry
        self._by_owner.setdefault(owner, {})[place] = None
        if known == entry:
            return
        self._unsaved[place] = entry
        if not self._together or len(self._unsaved) * 16 >= len(entries):
            self.save()

    def save(self) -> None:
        """Save what is not saved yet, and keep what other processes have saved since."""
        if not self._unsaved:
            return
        entries = self._current()
        while len(entries) > _MOST:
            self._forget(next(iter(entries)))
        # Without the record, the next export only gets another name.
        with suppress(OSError, ExportError):
            make_private_folder(self._path.parent)
            text = json.dumps(entries, ensure_ascii=False, indent=0)
            write_atomically(self._path.parent, self._path.name, (text.encode(),), force=True, private=True)
            self._state = self._state_of_file()
            self._unsaved.clear()

    def _forget(self, place: str) -> Any:
        entry = self._entries.pop(place, None)
        owner = _owner(entry)
        if owner is not None:
            self._by_owner.get(owner, {}).pop(place, None)
        return entry

    def _current(self) -> dict[str, Any]:
        """The entries, read again only if the file has changed."""
        state = self._state_of_file()
        if state != self._state or (state is None and not self._unsaved):
            self._state, self._entries = state, self._read() | self._unsaved
            self._by_owner = {}
            for place, entry in self._entries.items():
                if (owner := _owner(entry)) is not None:
                    self._by_owner.setdefault(owner, {})[place] = None
        return self._entries

    def _read(self) -> dict[str, Any]:
        try:
            content, size = read_start(self._path, _LARGEST)
            found = json.loads(content) if size <= _LARGEST else {}
        except (ArchiveError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _state_of_file(self) -> tuple[int, int, int] | None:
        try:
            status = os.stat(self._path)  # noqa: PTH116 - once for each file that is looked up
        except (OSError, ValueError):
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


def _owner(entry: object) -> str | None:
    """The owner in an entry; None if another program has written it."""
    return entry[0] if isinstance(entry, list) and entry and isinstance(entry[0], str) else None
