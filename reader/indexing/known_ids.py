"""By what ids the store of marks knows articles, for the index: read without opening the store to be written."""

from pathlib import Path

from reader.index.identities import Identities
from reader.marks.overview import known_articles


def identities(store: Path) -> Identities:
    """The ids in the store in the file `store`; none where there is no store, or none that can be read."""
    found = known_articles(store)
    # Where two articles have one path, the marked one is meant: it comes last.
    known = sorted(found.articles, key=lambda one: one[0] in found.marked)
    return Identities(
        {path: article_id for article_id, path, _fingerprint in known},
        {fingerprint: (article_id, path) for article_id, path, fingerprint in known if fingerprint},
        found.marked,
    )
