"""Warnings about symbolic links that lead out of an archive, since an archive may come from an untrusted source."""

import os
from functools import lru_cache
from pathlib import Path

from reader.archive.article import FileWarning
from reader.document.sanitizing import clean_line
from reader.language import lazy


def external_symlink_warnings(path: Path, root: Path) -> tuple[FileWarning, ...]:
    """Return a warning if symbolic links lead from `path` to a file outside `root`."""
    # Strings, since `Path` takes several times as long for each file. They are made absolute before they are cached,
    # because a relative path depends on the working directory.
    written = os.fspath(path)
    folder, name = os.path.split(os.path.abspath(written))  # noqa: PTH100
    target = _real_file(path) if os.path.islink(written) else os.path.join(_real(folder), name)  # noqa: PTH114, PTH118
    inside = _real(os.path.abspath(root))  # noqa: PTH100
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
