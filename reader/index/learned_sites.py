"""The boilerplate of sites that an index has learned from their pages, for the articles that it returns."""

import os

import apsw

from reader.archive.page_sites import site_of
from reader.document.body import BodyFormat

_NONE = frozenset[int]()


class LearnedSites:
    """The boilerplate of sites, read when an article of a site is first needed, and again after the index changed."""

    def __init__(self) -> None:
        self._version = -1
        self._connection: apsw.Connection | None = None
        self._blocks: dict[str, frozenset[int]] = {}

    def blocks_of(self, connection: apsw.Connection | None, path: bytes, url: str, written_in: str) -> frozenset[int]:
        """Return the blocks that are on most pages of the site of an article.

        Raises:
            apsw.Error: The index is corrupt.
        """
        if connection is None or written_in != BodyFormat.HTML or not (site := site_of(os.fsdecode(path), url)):
            return _NONE
        version = connection.data_version()
        if connection is not self._connection or version != self._version:
            self._connection, self._version = connection, version
            self._blocks = {}
        if site not in self._blocks:
            row = connection.execute("SELECT blocks FROM site WHERE name = ?", (site,)).fetchone()
            self._blocks[site] = frozenset(map(int, row[0].split())) if row else _NONE
        return self._blocks[site]
