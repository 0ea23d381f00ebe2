"""What the configuration of a site of VitePress, VuePress or Docusaurus states: a program in one or several files."""

import os
from collections.abc import Iterator, Sequence
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
_MAIN = regex(r"[/\\](?:\.(?:vite|vue)press[/\\]config(?:[/\\]index)?|docusaurus\.config)\.[cm]?[jt]s$")
"""The file that the program of a site reads, which may import the others."""
_DOCUSAURUS = regex(r"[/\\]docusaurus\.config\.[cm]?[jt]s$")

ScriptFile = tuple[str, int, int]
"""The path of a file, the time of its change in nanoseconds, and its size in bytes."""


@dataclass(frozen=True, slots=True)
class ScriptedSite:
    """What the configuration of a site states, in any of its files.

    Attributes:
        has_main_file: Whether the file exists that the program of the site reads.
        base: The folder of its host that the site lies in, as it is written; empty if unknown.
        url: The web address of its host; empty if unknown.
        source: The folder of its texts, relative to that of the configuration; addresses do not contain it.
        title: Its title, or empty.
        rewrites: The texts whose addresses are not their paths.
        values: The values that each file states.
    """

    has_main_file: bool
    base: str
    url: str
    source: str
    title: str
    rewrites: Rewrites
    values: tuple[tuple[Stated, ...], ...]


def script_files(address: str) -> tuple[ScriptFile, ...]:
    """Return the files of the configuration at an address, which is that of a file or folder; none if it is missing."""
    return tuple(islice(_files(address, 0), _MOST))


def _files(address: str, depth: int) -> Iterator[ScriptFile]:
    """Yield the files at or below an address. Links are not followed, since they may lead out of the archive."""
    try:
        status = os.lstat(address)
        if S_ISREG(status.st_mode) and address.endswith(_SUFFIXES):
            yield address, status.st_mtime_ns, status.st_size
        # `os`, since this is called for each folder of each article.
        names = os.listdir(address) if depth < _DEEPEST and S_ISDIR(status.st_mode) else ()  # noqa: PTH208
    except (OSError, ValueError):
        return
    for name in sorted(names):
        if name not in _PROGRAMS:
            yield from _files(f"{address}/{name}", depth + 1)


@lru_cache(maxsize=64)
def scripted_site(files: tuple[ScriptFile, ...]) -> ScriptedSite:
    """Return what a configuration states; its files are read once until one of them changes."""
    values = tuple(tuple(stated_values(_read(address))) for address, *_ in files)
    main = [one for one, (address, *_) in zip(values, files, strict=True) if _MAIN.search(address)]
    is_docusaurus = any(_DOCUSAURUS.search(address) for address, *_ in files)
    # What the main file states overrides what it imports.
    ordered = [*main, *(one for one in values if one not in main)]
    every = [one for script in ordered for one in script if not one.is_name]
    sitemap = next((one.text for one in every if one.names[-2:] == ("sitemap", "hostname")), "")
    return ScriptedSite(
        has_main_file=bool(main),
        # In other files, a base may be that of a sidebar.
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
    """Return a value of the site itself: one of an outermost object, or a variable.

    An object that is exported comes before one that has a name, which may be that of something else.
    """
    for script in scripts:
        own = [one for one in script if one.names[-1] == key and len(one.groups) <= 1 and not one.is_name]
        own.sort(key=lambda one: len(one.names))
        if own:
            return own[0].text
    return ""
