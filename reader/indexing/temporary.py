"""Indexes of files that were opened without their archive: they last as long as the program runs."""

import os
import shutil
import tempfile
from pathlib import Path

from reader.private_files import is_running, make_private_folder

_PREFIX = "temporary-"


class TemporaryIndexes:
    """Index files in a folder of their own, which is made when the first one is wanted."""

    def __init__(self, cache: Path) -> None:
        """Keep them below the folder `cache`."""
        self._cache = cache
        self._folder: Path | None = None
        self._count = 0

    def new(self) -> Path:
        """The path of another index, which does not exist yet; below `cache` even if no folder can be made there."""
        if self._folder is None:
            self._folder = self._make_folder()
        self._count += 1
        return self._folder / f"{self._count}.db"

    def remove(self) -> None:
        """Remove all of them."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make_folder(self) -> Path:
        prefix = f"{_PREFIX}{os.getpid()}-"
        try:
            make_private_folder(self._cache)
            self._remove_abandoned()
            return Path(tempfile.mkdtemp(prefix=prefix, dir=self._cache))
        except OSError:
            # The indexer reports why, and the index is built in memory.
            return self._cache / prefix

    def _remove_abandoned(self) -> None:
        """Remove what a program left that was killed."""
        for folder in self._cache.glob(f"{_PREFIX}*-*"):
            process = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if process.isdecimal() and is_running(int(process)) is False:
                shutil.rmtree(folder, ignore_errors=True)
