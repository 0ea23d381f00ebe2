"""The article ids used by the user's marks, which a rebuilt index must assign again."""

import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from reader.archive.bundles.entry_paths import file_of
from reader.lean_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Identities:
    """The article ids in the user's marks, which outlive the index.

    Attributes:
        by_path: The id of each article with marks, by path.
        by_fingerprint: The id and path, by the fingerprint of the file.
        marked: The ids of articles with marks other than reading history.
    """

    by_path: Mapping[str, str] = field(default_factory=dict)
    by_fingerprint: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    marked: AbstractSet[str] = frozenset()

    def of(self, path: str, fingerprint: int) -> str | None:
        """The id that marks use for an article, if any; a copy gets the original's id only if the original is gone."""
        known = self.by_path.get(os.path.abspath(path))  # noqa: PTH100 - as `archive.absolute`
        if known is None and (there := self.by_fingerprint.get(fingerprint)) is not None:
            known = None if file_of(Path(there[1])).exists() else there[0]
        return known

    def lost(self, ids: AbstractSet[str]) -> Iterator[tuple[str, int | None]]:
        """The path and fingerprint of each marked article that is not among `ids`."""
        fingerprints = {one: fingerprint for fingerprint, (one, _path) in self.by_fingerprint.items()}
        for path, one in self.by_path.items():
            if one in self.marked and one not in ids:
                yield path, fingerprints.get(one)
