"""Warnings about symbolic links that lead out of an archive, since an archive may come from an untrusted source."""

import os
from functools import lru_cache
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import FileWarning
from reader.document.cleaning import clean_line
from reader.language import lazy


def outside_link_warnings(path: Path, root: Path) -> tuple[FileWarning, ...]:
    """Return a warning if symbolic links lead from `path` to a file outside `root`."""
    # Made absolute before it is cached, because a relative path depends on the working directory.
    folder = _real(os.fspath(absolute(path.parent)))
    target = _real_file(path) if path.is_symlink() else os.path.join(folder, path.name)  # noqa: PTH118 - each file's
    inside = _real(os.fspath(absolute(root)))
    if target.startswith(inside.rstrip(os.sep) + os.sep):
        return ()
    shown = {"target": clean_line(target), "root": clean_line(os.fspath(root))}
    return (FileWarning(path, lazy("Skipped: a link to {target}, which is outside {root}", **shown)),)


@lru_cache(maxsize=1_024)
def _real(folder: str) -> str:
    """Return the real path of a folder; cached, because a folder holds many articles."""
    return os.path.realpath(folder)


def _real_file(path: Path) -> str:
    return os.path.realpath(path)
