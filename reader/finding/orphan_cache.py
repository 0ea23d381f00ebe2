"""The ids of orphans, cached in a file next to the index, since finding them in a large archive takes seconds.

The first line is a digest of what the orphans depend on: the contents of the indexes, the configurations of sites, and
the rules by which links are resolved. A file with another digest is ignored and replaced.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reader.hashing import blake2b
from reader.index.index import Index
from reader.index.schema import VERSION
from reader.linking.site_config import config_state
from reader.private_files import FILE

_SUFFIX = ".orphans"
_RULES = 1
"""The version of the rules, to be incremented when links are resolved differently."""


def read(indexes: Sequence[Index]) -> frozenset[str] | None:
    """Return the cached ids for the present contents of indexes, or None."""
    file, state = _file(indexes), _state(indexes)
    if file is None or not state:
        return None
    with suppress(OSError, ValueError):
        first, *ids = file.read_text(encoding="ascii").split("\n")
        if first == state:
            return frozenset(ids)
    return None


def write(indexes: Sequence[Index], orphans: frozenset[str]) -> None:
    """Cache the ids for the present contents of indexes; a failure to write the file is ignored."""
    file, state = _file(indexes), _state(indexes)
    if file is None or not state:
        return
    made = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with suppress(OSError, ValueError):
        try:
            with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "w", encoding="ascii") as output:  # noqa: PTH123 - a descriptor
                output.write("\n".join((state, *sorted(orphans))))
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)


def _file(indexes: Sequence[Index]) -> Path | None:
    """The file for these indexes; None if one of them is in memory."""
    paths = [index.path for index in indexes]
    if not paths or any(path.startswith("file:") for path in paths):
        return None
    if len(paths) == 1:
        return Path(paths[0]).with_suffix(_SUFFIX)
    return Path(paths[0]).with_name(f"{_digest(paths)}{_SUFFIX}")


def _state(indexes: Sequence[Index]) -> str:
    """A digest of what the ids depend on; empty if an index has no generation yet."""
    generations = [index.generation() for index in indexes]
    if not all(generations):
        return ""
    return _digest([_RULES, VERSION, generations, [config_state(index.archive.root) for index in indexes]])


def _digest(value: object) -> str:
    return blake2b(json.dumps(value).encode(), digest_size=16).hexdigest()
