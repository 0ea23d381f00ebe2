"""Values that complete a query: titles of articles, and hosts of their URLs."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from threading import Lock

from reader.document.web_addresses import split_address
from reader.index.corruption import skipping_unusable
from reader.index.index import Index

_TITLES = (
    "SELECT title FROM article WHERE hidden = 0 AND title LIKE ? ESCAPE '\\' ORDER BY length(title), key DESC LIMIT ?"
)
_MOST = 20
"""Maximum number of values that are returned for what was typed."""


class Completions:
    """Finds values in some indexes. Thread-safe: calls are serialized, so nothing else may use the same indexes."""

    def __init__(self, indexes: Sequence[Index], on_corrupt: Callable[[str], None]) -> None:
        """Find values in `indexes`; `on_corrupt` is called with the path of an index that is corrupt."""
        self._indexes = indexes
        self._on_corrupt = on_corrupt
        self._lock = Lock()
        self._hosts: dict[int, tuple[object, list[str]]] = {}

    def close(self) -> None:
        """Close the indexes."""
        with self._lock:
            for index in self._indexes:
                index.close()

    def values(self, key: str, typed: str) -> list[str]:
        """Hosts for `url:`, the most frequent first; titles for `link:` and `linkedby:`, the shortest first."""
        with self._lock, skipping_unusable(self._on_corrupt):
            if key == "url":
                hosts = (host for index in self._indexes for host in self._hosts_of(index))
                return [*islice((host for host in hosts if host.startswith(typed.casefold())), _MOST)]
            pattern = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            titles = [title for index in self._indexes for (title,) in index.rows(_TITLES, (pattern, _MOST))]
            return sorted(titles, key=len)[:_MOST]
        return []

    def _hosts_of(self, index: Index) -> list[str]:
        stamp = id(index.connection), index.rows("PRAGMA data_version")
        known = self._hosts.get(id(index))
        if known is None or known[0] != stamp:
            counts = Counter[str]()
            for (url,) in index.rows("SELECT url FROM article WHERE url <> ''"):
                parts = split_address(url)
                host = (parts.hostname or "").removeprefix("www.") if parts is not None else ""
                counts.update([host] if host else [])
            known = self._hosts[id(index)] = stamp, [host for host, _count in counts.most_common()]
        return known[1]
