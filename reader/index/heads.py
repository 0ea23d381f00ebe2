"""Reading of article metadata for the index. Runs in worker processes."""

import os
from pathlib import Path
from typing import NamedTuple

from reader.archive.article import Article, FileWarning
from reader.archive.scan import read_head
from reader.archive.walk import FoundFile
from reader.index.date_keys import key_of, reading_order
from reader.index.schema import written_warnings

_ORDER_BYTES = 32
"""Bytes of a title's sort key."""


class ArticleHead(NamedTuple):
    """The metadata of an article as stored in the index; `wanted_key` is its preferred key."""

    found: FoundFile
    fingerprint: int
    wanted_key: int
    title: str
    title_order: bytes
    date: str | None
    author: str
    source: str
    category: str
    tags: str
    url: str
    addresses: str
    format: str
    warnings: str | None


class Refused(NamedTuple):
    """A file or folder that is not a readable article; `message` is empty if it declares that it is not an article."""

    found: FoundFile
    message: str


def read_heads(root: str, files: list[FoundFile]) -> list[ArticleHead | Refused]:
    """The metadata of the files below `root`, one result per file."""
    folder = Path(root)
    return [_head(folder, found) for found in files]


def _head(root: Path, found: FoundFile) -> ArticleHead | Refused:
    read, fingerprint = read_head(Path(found.path), root, "")
    if read is None or isinstance(read, FileWarning):
        return Refused(found, read.message if read is not None else "")
    return head_of(read, found, fingerprint)


def head_of(article: Article, found: FoundFile, fingerprint: int) -> ArticleHead:
    """Convert the metadata of an article to its form in the index."""
    return ArticleHead(
        found,
        fingerprint,
        key_of(article.date),
        article.title,
        reading_order(article.title)[:_ORDER_BYTES],
        article.date.isoformat() if article.date else None,
        article.author,
        article.source,
        "\n".join(article.categories),
        "\n".join(article.tags),
        article.url,
        "\n".join(article.addresses),
        article.format.value,
        written_warnings(article.warnings),
    )


def relative(path: str, root: str) -> bytes:
    """A path relative to `root` as stored in the index; unchanged if it is outside."""
    folder = root if root.endswith(os.sep) else root + os.sep
    if path.startswith(folder):
        return os.fsencode(path[len(folder) :])
    return b"" if path == root else os.fsencode(path)
