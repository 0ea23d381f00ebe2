"""By what ids a person's marks know articles, so that the index gives them the same: marks outlive any index."""

import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Identities:
    """By what ids the reader's marks know articles, so that these survive an index that is lost.

    Attributes:
        by_path: The id of the article in each file that has marks.
        by_fingerprint: The id and the path, by the fingerprint that the file had.
        marked: The ids of the articles of which a person marked something, besides having read in them.
    """

    by_path: Mapping[str, str] = field(default_factory=dict)
    by_fingerprint: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    marked: AbstractSet[str] = frozenset()

    def of(self, path: str, fingerprint: int) -> str | None:
        """The id by which marks know the article in a file, if they do; the same content elsewhere is another's."""
        known = self.by_path.get(os.path.abspath(path))  # noqa: PTH100 - as `archive.absolute`
        if known is None and (there := self.by_fingerprint.get(fingerprint)) is not None:
            known = None if Path(there[1]).exists() else there[0]
        return known

    def lost(self, ids: AbstractSet[str]) -> Iterator[tuple[str, int | None]]:
        """The path and the fingerprint of each marked article that is none of `ids`."""
        fingerprints = {one: fingerprint for fingerprint, (one, _path) in self.by_fingerprint.items()}
        for path, one in self.by_path.items():
            if one in self.marked and one not in ids:
                yield path, fingerprints.get(one)
