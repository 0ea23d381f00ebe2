"""Indexes from earlier sessions of the folders around files that are opened one by one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.archive.archive import Archive, absolute
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.vaults import vault_of
from reader.index.index_file import index_path, open_to_read


def surrounding_indexes(archives: Sequence[Archive], cache: Path) -> list[tuple[Archive, Path]]:
    """The archives around files that were named one by one, with the paths of their usable indexes in `cache`.

    For each file, this is the innermost folder with an index, from the root of its vault upwards. There is none if one
    of these folders is itself in `archives`.
    """
    found: dict[Path, Path] = {}
    opened = {absolute(archive.root) for archive in archives if archive.files is None}
    for archive in archives:
        for file in archive.files or ():
            folders = [] if split_entry(file) is not None else [*_folders_around(absolute(file))]
            if opened.isdisjoint(folders):
                indexed = ((folder, index_path(cache, folder, None)) for folder in folders)
                found.update(next(([one] for one in indexed if _is_usable(one[1])), []))
    return [(Archive(folder, folder.name), place) for folder, place in found.items()]


def _folders_around(file: Path) -> Iterator[Path]:
    """The root of the vault of a file, and the folders above it."""
    vault = vault_of(file)
    if vault is not None:
        yield from (vault, *vault.parents)


def _is_usable(place: Path) -> bool:
    connection = open_to_read(str(place)) if place.exists() else None
    if connection is not None:
        connection.close()
    return connection is not None
