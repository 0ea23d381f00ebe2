"""Ids of articles."""

import os
from pathlib import Path

from reader.hashing import blake2b


def id_of(path: Path | str) -> str:
    """Return the id of a new article: 16 hexadecimal digits that depend only on its path."""
    place = os.path.abspath(path)  # noqa: PTH100 - as `archive.absolute`, which takes longer than all the rest
    return blake2b(os.fsencode(place), digest_size=8).hexdigest()
