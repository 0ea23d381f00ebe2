"""Setups of indexers for tests."""

from pathlib import Path

from reader.archive.archive import open_archives
from reader.indexing.protocol import IndexedArchive, IndexerSetup


def setup_for(folder: Path, index: Path | str) -> IndexerSetup:
    (archive,) = open_archives([folder])
    return IndexerSetup((IndexedArchive(0, archive, str(index)),), None, show_copies=False, language="en")
