"""Files that were opened one by one: the folders that their links refer to."""

from collections.abc import Sequence
from pathlib import Path

from reader.archive.archive import Archive, absolute
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.vaults import vault_of


def roots_of_lone_files(archives: Sequence[Archive]) -> dict[Path, Path]:
    """For each file that was opened without its folder, the folder that its links refer to.

    That is the root of the innermost of `archives` that contains it, else the folder that looks like a vault.
    """
    folders = [archive.root for archive in archives if archive.files is None]
    innermost_first = sorted(folders, key=lambda folder: -len(absolute(folder).parts))
    files = (absolute(file) for archive in archives for file in archive.files or () if split_entry(file) is None)
    roots: dict[Path, Path] = {}
    for file in files:
        around = (folder for folder in innermost_first if file.is_relative_to(absolute(folder)))
        if (root := next(around, None) or vault_of(file)) is not None:
            roots[file] = root
    return roots
