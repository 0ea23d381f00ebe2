"""What the configuration of a site of VitePress, VuePress or Docusaurus states: a program in one or several files."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from reader.archive.decoding import decode
from reader.archive.files import read_start
from reader.archive.site_rewrites import Rewrites, rewrites_of
from reader.archive.site_scripts import Stated, stated_values
from reader.errors import ArchiveError
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_SUFFIXES = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json")
_PROGRAMS = frozenset({"theme", "cache", "dist", "public", "components", "plugins", "node_modules", "styles"})
"""Folders of a configuration that contain nothing about pages."""
_LONGEST, _MOST, _DEEPEST = 2**18, 40, 3
"""The maximum bytes read of a file, number of files of a configuration, and depth of its folders."""
_MOST_ENTRIES = 2_000
"""The maximum number of entries that are listed in all folders of a configuration."""
_MAIN = regex(r"[/\\](?:\.(?:vite|vue)press[/\\]config(?:[/\\]index)?|docusaurus\.config)\.[cm]?[jt]s$")
"""The path of the file that the site generator reads; it may import the others."""
_DOCUSAURUS = regex(r"[/\\]docusaurus\.config\.[cm]?[jt]s$")

ScriptFile = tuple[str, int, int]
"""The path of a file, the time of its change in nanoseconds, and its size in bytes."""


@dataclass(frozen=True, slots=True)
class ScriptedSite:
    """What the configuration of a site states, in any of its files.

    Attributes:
        has_main_file: Whether the file that the site generator reads exists.
        base: The path of the site on its host, as it is written; empty if unknown.
        url: The URL of its host; empty if unknown.
        source: The folder of its texts, relative to that of the configuration; URLs do not contain it.
        title: Its title, or empty.
        rewrites: The texts whose URLs do not correspond to their paths.
        values: The values that each file states.
    """

    has_main_file: bool
    base: str
    url: str
    source: str
    title: str
    rewrites: Rewrites
    values: tuple[tuple[Stated, ...], ...]


_LISTED: ContextVar[dict[str, tuple[ScriptFile, ...]] | None] = ContextVar("_LISTED", default=None)
"""The files of configurations by the paths of the configurations, inside `listed_once`."""


@contextmanager
def listed_once() -> Iterator[None]:
    """List the files of each configuration only once until the end of the block, for all the articles read in it."""
    token = _LISTED.set({})
    try:
        yield
    finally:
        _LISTED.reset(token)


def script_files(address: str) -> tuple[ScriptFile, ...]:
    """Return the files of the configuration at `address`, the path of a file or folder; none if it is missing."""
    listed = _LISTED.get()
    if listed is None:
        return tuple(islice(_files(address), _MOST))
    if address not in listed:
        listed[address] = tuple(islice(_files(address), _MOST))
    return listed[address]


def _files(address: str) -> Iterator[ScriptFile]:
    """Yield the files at or below the path `address`, breadth first.

    Symbolic links are not followed, since they may lead out of the archive.
    """
    waiting, left = deque([(address, 0)]), _MOST_ENTRIES
    while waiting:
        place, depth = waiting.popleft()
        try:
            # `os` for speed: this is called for each folder of each article.
            status = os.lstat(place)
            names = _names(place, left) if depth < _DEEPEST and S_ISDIR(status.st_mode) else []
        except (OSError, ValueError):
            continue
        if S_ISREG(status.st_mode) and place.endswith(_SUFFIXES):
            yield place, status.st_mtime_ns, status.st_size
        left -= len(names)
        waiting.extend((f"{place}/{name}", depth + 1) for name in _ordered(names))


def _names(folder: str, most: int) -> list[str]:
    """Return the names of the first `most` entries of a folder; an empty name for one neither a script nor a folder."""
    with os.scandir(folder) as entries:
        return [
            one.name if one.name.endswith(_SUFFIXES) or one.is_dir(follow_symlinks=False) else ""
            for one in islice(entries, most)
        ]


def _ordered(names: Sequence[str]) -> list[str]:
    """Sort the names that may belong to a configuration; the main file comes first, as the number of files is limited.

    Names that begin with a dot are left out: VuePress generates `.temp` and `.cache`.
    """
    kept = (name for name in names if name and not name.startswith(".") and name not in _PROGRAMS)
    return sorted(kept, key=lambda name: (name.partition(".")[0] != "config", name))


@lru_cache(maxsize=64)
def scripted_site(files: tuple[ScriptFile, ...]) -> ScriptedSite:
    """Return what a configuration states, cached until one of its files changes."""
    values = tuple(tuple(stated_values(_read(address))) for address, *_ in files)
    main = [one for one, (address, *_) in zip(values, files, strict=True) if _MAIN.search(address)]
    is_docusaurus = any(_DOCUSAURUS.search(address) for address, *_ in files)
    # Values of the main file override those of the files that it imports.
    ordered = [*main, *(one for one in values if one not in main)]
    every = [one for script in ordered for one in script if not one.is_name]
    sitemap = next((one.text for one in every if one.names[-2:] == ("sitemap", "hostname")), "")
    return ScriptedSite(
        has_main_file=bool(main),
        # In other files, `base` may belong to a sidebar.
        base=_own(main, "baseUrl" if is_docusaurus else "base"),
        url=_own(main, "url") if is_docusaurus else sitemap,
        source=_own(ordered, "srcDir"),
        title=_own(ordered, "title"),
        rewrites=rewrites_of(every),
        values=values,
    )


def _read(address: str) -> str:
    try:
        return decode(read_start(Path(address), _LONGEST)[0]).text
    except ArchiveError:
        return ""


def _own(scripts: Sequence[Sequence[Stated]], key: str) -> str:
    """Return a value of the site itself: of a property of an outermost object, or of a variable.

    An exported object takes precedence over one with a name, which may describe something else.
    """
    for script in scripts:
        own = [one for one in script if one.names[-1] == key and len(one.groups) <= 1 and not one.is_name]
        own.sort(key=lambda one: len(one.names))
        if own:
            return own[0].text
    return ""
