"""Functions for workers in tests that hang or crash on certain files."""

import os

from reader.archive.walk import FoundFile
from reader.index.entries import ArticleHead, IndexedText, PendingArticle, RejectedFile
from reader.index.heads import read_heads
from reader.index.texts import read_texts


def endless_texts(wanted: list[PendingArticle]) -> list[IndexedText]:
    """Read texts, but hang on a file called `endless`, and exit on one called `deadly`."""
    _meet([one.path for one in wanted])
    return read_texts(wanted)


def endless_heads(root: str, files: list[FoundFile]) -> list[ArticleHead | RejectedFile]:
    """The same for metadata."""
    _meet([one.path for one in files])
    return read_heads(root, files)


def _meet(paths: list[str]) -> None:
    if any("deadly" in path for path in paths):
        os._exit(3)
    while any("endless" in path for path in paths):
        pass
