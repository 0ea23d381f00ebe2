"""The links and pictures that an index stores, article by article."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.schema import VALUES_AT_ONCE, chunks
from reader.index.tokens import LEAF_SEPARATOR
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as the index stores it: its text on one line, and its target as written."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture, or another embedded file, as the index stores it.

    Attributes:
        kind: "picture", or the kind of an `Embed`.
        source: Its source as written, which is a path.
        text: The text that stands for it, on one line.
    """

    kind: str
    source: str
    text: str


def stored_links(index: Index) -> Iterator[tuple[Article, list[StoredLink], list[StoredPicture]]]:
    """The articles of an index that have links or pictures, ordered by path, with these in reading order.

    Mail addresses, links within saved pages, and pictures on the web or of saved pages are not stored.

    Raises:
        CorruptIndexError: The index is corrupt.
    """
    keys = [key for (key,) in index.rows("SELECT key FROM article WHERE hidden = 0 ORDER BY path")]
    for some in chunks(keys, VALUES_AT_ONCE):
        articles = index.articles(some)
        links = _rows(index, "leaf, start, end, target FROM link", some)
        pictures = _rows(index, "kind, source, text FROM picture", some)
        for key in some:
            if key in articles and (key in links or key in pictures):
                leaves = index.text(key).split(LEAF_SEPARATOR) if key in links else []
                yield (
                    articles[key],
                    [_stored(leaves, *place) for place in links.get(key, ())],
                    [StoredPicture(*picture) for picture in pictures.get(key, ())],
                )


def _rows(index: Index, columns: str, keys: Sequence[int]) -> dict[int, list[list[Any]]]:
    """The rows of a table by the keys of their articles; `columns` names the table, too."""
    marks = ",".join("?" * len(keys))
    rows = index.rows(f"SELECT key, {columns} WHERE key IN ({marks}) ORDER BY key, number", keys)
    return {key: [row for _key, *row in group] for key, group in groupby(rows, key=lambda row: row[0])}


def _stored(leaves: list[str], leaf: int, start: int, end: int, target: str) -> StoredLink:
    return StoredLink(" ".join((leaves[leaf] if leaf < len(leaves) else "")[start:end].split()), target)
