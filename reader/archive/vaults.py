"""The folder around a file that its links refer to: a repository, a vault, or the source of a site."""

import os
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import LinkBase
from reader.document.resolved_links import local_folder

_ROOT_MARKERS = (
    *(".git", ".obsidian", "logseq/config.edn"),
    *("_config.yml", "hugo.toml", "config.toml", "mkdocs.yml", "book.toml", "package.json"),
)
"""Files and folders at the root of a repository, a vault, or the source of a site."""


def vault_of(file: Path) -> Path | None:
    """Return the nearest folder above a file that looks like the root of an archive, else the folder of the file.

    None for a file directly in the user's home or in a folder above the home, which would be searched as a whole.
    """
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - Path.expanduser raises without a home
    folders = [folder for folder in absolute(file).parents if not home.is_relative_to(folder.resolve())]
    marked = (folder for folder in folders if any(os.path.lexists(folder / marker) for marker in _ROOT_MARKERS))
    return next(marked, file.parent if folders else None)


def link_base(base: str, name: str) -> LinkBase | None:
    """Return the path against which relative links are resolved, and its root; `base` is the path of a file or folder.

    If `base` is a folder, the path is that of a file called `name` in it. None if `base` is a URL.
    """
    folder = local_folder(base)
    if folder is None:
        return None
    path = absolute(folder / name if Path(base) == folder else Path(base))
    root = vault_of(path) if folder.is_dir() else None
    return LinkBase(path, root or path.parent)
