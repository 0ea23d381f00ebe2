"""Indexes of files that were opened without their archive, which are removed when the program ends."""

import os
import shutil
import tempfile
from pathlib import Path

from reader.private_files import is_running, make_private_folder

_PREFIX = "temporary-"


class TemporaryIndexes:
    """Index files in a folder of their own, which is created for the first one."""

    def __init__(self, cache: Path) -> None:
        """Use a folder below `cache`, which is created when the first index is needed."""
        self._cache = cache
        self._folder: Path | None = None
        self._count = 0

    def new(self) -> Path:
        """Return the path for a new index.

        It is below `cache` even if `cache` is not writable.
        """
        if self._folder is None:
            self._folder = self._make_folder()
        self._count += 1
        return self._folder / f"{self._count}.db"

    def remove(self) -> None:
        """Remove all indexes."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make_folder(self) -> Path:
        prefix = f"{_PREFIX}{os.getpid()}-"
        try:
            make_private_folder(self._cache)
            self._remove_abandoned()
            return Path(tempfile.mkdtemp(prefix=prefix, dir=self._cache))
        except OSError:
            # The indexer reports the reason and builds the index in memory.
            return self._cache / prefix

    def _remove_abandoned(self) -> None:
        """Remove the indexes of sessions that were killed."""
        for folder in self._cache.glob(f"{_PREFIX}*-*"):
            process = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if process.isdecimal() and is_running(int(process)) is False:
                shutil.rmtree(folder, ignore_errors=True)
