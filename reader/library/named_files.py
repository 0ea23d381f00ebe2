"""Articles in files that were named one by one, and an index of them for the links from one to another."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import apsw

from reader.archive.archive import Archive, absolute, open_archives
from reader.archive.article import Article
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.scan import scan
from reader.archive.vaults import vault_of
from reader.errors import ReaderError
from reader.index.index import Index
from reader.index.index_file import in_memory
from reader.index.link_names import article_keys
from reader.index.writer import Writer, put_names
from reader.indexing.update import UpdateOptions, update

_MOST = 2**62
"""A limit that no archive reaches."""


def articles_in(targets: Sequence[str]) -> list[Article]:
    """The articles in the files among `targets`, with metadata only; article ids and unreadable files are skipped."""
    found: list[Article] = []
    for target in targets:
        if not os.path.lexists(target) and split_entry(Path(target)) is None:
            continue
        try:
            found += [one for one in scan(open_archives([Path(target)])) if isinstance(one, Article)]
        except ReaderError:
            continue
    return found


@contextmanager
def indexed_files(files: Sequence[Path]) -> Iterator[tuple[Index, ...]]:
    """Index files in memory, so that links between them are resolved as in an archive.

    Their texts are not indexed, which would take longer than exporting them. Links to ids of blocks are therefore not
    resolved.

    Raises:
        IndexingError: There is no memory.
    """
    with ExitStack() as stack:
        indexes: list[Index] = []
        for number, (root, inside) in enumerate(_by_root([absolute(file) for file in files]).items()):
            place, connection = in_memory()
            stack.enter_context(closing(connection))
            update(number, Archive(root, root.name, tuple(inside)), place, UpdateOptions(texts=False))
            _put_names(connection, root)
            # Other files of the folder are not indexed, but paths are relative to it as in its archive.
            indexes.append(stack.enter_context(closing(Index(Archive(root, root.name), place))))
        yield tuple(indexes)


def _by_root(files: Sequence[Path]) -> dict[Path, list[Path]]:
    """Files by the roots of their archives: a common one, unless that would be the home folder or one around it."""
    unique = [*dict.fromkeys(files)]
    try:
        common = vault_of(Path(os.path.commonpath([_folder(one) for one in unique])) / "file") if unique else None
    except ValueError:
        # On Windows, they may be on several disks.
        common = None
    if common is not None:
        return {common: unique}
    found: dict[Path, list[Path]] = {}
    for one in unique:
        folder = _folder(one)
        found.setdefault(vault_of(folder / "file") or folder, []).append(one)
    return found


def _put_names(connection: apsw.Connection, root: Path) -> None:
    writer = Writer(connection, os.fspath(root))
    with writer.transaction():
        for one in writer.wanted(_MOST, _MOST):
            put_names(connection, one.key, article_keys(one.inner_path, one.title, one.addresses, one.names))


def _folder(file: Path) -> Path:
    """The folder of a file, or of the bundle that an article is in."""
    entry = split_entry(file)
    return file.parent if entry is None else Path(entry[0]).parent
