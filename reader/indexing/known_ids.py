"""The article ids in the marks database, for the index; read without opening the database for writing."""

from pathlib import Path

from reader.index.identities import Identities
from reader.marks.known_articles import known_articles


def identities(store: Path) -> Identities:
    """Return the article ids in the marks database `store`; none if it does not exist or cannot be read."""
    found = known_articles(store)
    # Sort articles with marks last, so that they win if two articles have the same path.
    known = sorted(found.articles, key=lambda one: one[0] in found.marked)
    return Identities(
        {path: article_id for article_id, path, _fingerprint in known},
        {fingerprint: (article_id, path) for article_id, path, fingerprint in known if fingerprint},
        found.marked,
    )
