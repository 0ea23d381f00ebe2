"""The links that an index stores, article by article."""

from collections.abc import Iterator
from itertools import groupby

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


def stored_links(index: Index) -> Iterator[tuple[Article, list[StoredLink]]]:
    """The articles of an index that have links, ordered by path, and their links in order.

    Pictures, mail addresses and links within saved pages are not stored.

    Raises:
        CorruptIndexError: The index is corrupt.
    """
    keys = [key for (key,) in index.rows("SELECT key FROM article WHERE hidden = 0 ORDER BY path")]
    for some in chunks(keys, VALUES_AT_ONCE):
        articles = index.articles(some)
        rows = index.rows(
            f"SELECT key, leaf, start, end, target FROM link WHERE key IN ({','.join('?' * len(some))})"
            " ORDER BY key, number",
            some,
        )
        found = {key: list(places) for key, places in groupby(rows, key=lambda row: row[0])}
        for key in some:
            if key in found and key in articles:
                leaves = index.text(key).split(LEAF_SEPARATOR)
                yield articles[key], [_stored(leaves, *place) for _key, *place in found[key]]


def _stored(leaves: list[str], leaf: int, start: int, end: int, target: str) -> StoredLink:
    return StoredLink(" ".join((leaves[leaf] if leaf < len(leaves) else "")[start:end].split()), target)
