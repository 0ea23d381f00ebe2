"""Links that lead out of an archive: they are followed, and told of, because an archive may come from anybody."""

import os
from functools import lru_cache
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import Fault
from reader.document.cleaning import clean_line
from reader.language import lazy


def link_faults(path: Path, root: Path) -> tuple[Fault, ...]:
    """That the file at `path` lies outside of `root`, if a link on the way to it, or it itself, leads there."""
    # Absolute before it is remembered: a relative path leads elsewhere once the process stands elsewhere.
    folder = _real(os.fspath(absolute(path.parent)))
    target = _real_file(path) if path.is_symlink() else os.path.join(folder, path.name)  # noqa: PTH118 - each file's
    inside = _real(os.fspath(absolute(root)))
    if target.startswith(inside.rstrip(os.sep) + os.sep):
        return ()
    shown = {"target": clean_line(target), "root": clean_line(os.fspath(root))}
    return (Fault(path, lazy("Skipped: a link to {target}, which is outside {root}", **shown)),)


@lru_cache(maxsize=1_024)
def _real(folder: str) -> str:
    """Where a folder really lies; remembered, because a folder holds many articles."""
    return os.path.realpath(folder)


def _real_file(path: Path) -> str:
    return os.path.realpath(path)
