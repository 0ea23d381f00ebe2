"""From files to what the index knows of them before their text is read. Runs in worker processes."""

import os
from pathlib import Path
from typing import NamedTuple

from reader.archive.article import Article, Fault
from reader.archive.scan import read_head
from reader.archive.walk import FoundFile
from reader.index.date_keys import key_of, reading_order
from reader.index.schema import written_faults

_ORDER_BYTES = 32
"""Bytes of a title by which titles are sorted."""


class ArticleHead(NamedTuple):
    """An article's metadata, as the index keeps them; its place in the order of dates is `wanted_key`."""

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
    faults: str | None


class Refused(NamedTuple):
    """A file, or a folder, that no article could be made of; without a message where none was meant to be."""

    found: FoundFile
    message: str


def read_heads(root: str, files: list[FoundFile]) -> list[ArticleHead | Refused]:
    """What the files below `root` say of themselves, one for one."""
    folder = Path(root)
    return [_head(folder, found) for found in files]


def _head(root: Path, found: FoundFile) -> ArticleHead | Refused:
    read, fingerprint = read_head(Path(found.path), root, "")
    if read is None or isinstance(read, Fault):
        return Refused(found, read.message if read is not None else "")
    return head_of(read, found, fingerprint)


def head_of(article: Article, found: FoundFile, fingerprint: int) -> ArticleHead:
    """An article's metadata as the index keeps them."""
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
        written_faults(article.faults),
    )


def relative(path: str, root: str) -> bytes:
    """A path below `root` as the index keeps it; a path elsewhere as it is."""
    folder = root if root.endswith(os.sep) else root + os.sep
    if path.startswith(folder):
        return os.fsencode(path[len(folder) :])
    return b"" if path == root else os.fsencode(path)
