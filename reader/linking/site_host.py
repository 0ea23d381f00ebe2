"""Links of a site to its own articles that are written as complete URLs.

The index stores these links by the number of the URL. Its articles do not have that number if only the configuration of
the site says where they are published. So the links are collected here, anew whenever the index changes.
"""

from collections.abc import Callable, Iterable

from reader.index.index import Index
from reader.linking.site_config import SiteConfig

StoredPlace = tuple[int, int, int, int, str]
"""The key of an article, the leaf, start and end of a link in it, and its target."""


class OwnHostLinks:
    """The links of an archive to addresses on the host of its site, by the numbers of the names that they may mean."""

    def __init__(self, index: Index, site: SiteConfig, names: Callable[[str], Iterable[int]]) -> None:
        """Collect links of `index`; `names` returns the numbers of names for a path on the site."""
        self._index = index
        self._site = site
        self._names = names
        self._stamp: object = None
        self._found: dict[int, list[StoredPlace]] = {}

    def naming(self, names: Iterable[int]) -> list[StoredPlace]:
        """The links that may mean an article with any of these names, in the order of the index."""
        if not self._site.host:
            return []
        stamp = (id(self._index.connection), self._index.rows("PRAGMA data_version"))
        if stamp != self._stamp:
            self._found = self._collected()
            self._stamp = stamp
        return sorted({place for name in names for place in self._found.get(name, ())})

    def _collected(self) -> dict[int, list[StoredPlace]]:
        found: dict[int, list[StoredPlace]] = {}
        rows = self._index.rows(
            "SELECT key, leaf, start, end, target FROM link WHERE instr(target, ?)", (self._site.host,)
        )
        for key, leaf, start, end, target in rows:
            if path := self._site.path_of(target):
                for name in set(self._names(path)):
                    found.setdefault(name, []).append((key, leaf, start, end, target))
        return found
