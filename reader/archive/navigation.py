"""Titles that only the navigation of a site states: in `SUMMARY.md`, `_sidebar.md`, `mkdocs.yml` or a program.

mdBook, GitBook and HonKit list their pages in `SUMMARY.md`, docsify in `_sidebar.md`, MkDocs under the key `nav`;
VitePress, VuePress and Docusaurus in JavaScript or TypeScript (`script_navigation.py`).
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from stat import S_ISREG
from typing import Any
from urllib.parse import unquote

from reader.archive.decoding import decode
from reader.archive.files import read_start
from reader.archive.script_navigation import SCRIPT_NAVIGATION, script_state, script_titles
from reader.archive.titles import plain
from reader.errors import ArchiveError
from reader.regex import regex

_LONGEST = 2**18
"""The maximum number of bytes read from a navigation file."""
_HIGHEST = 12
"""The maximum number of folders, from the article's upwards, in which navigation files are searched."""

_ENTRY = regex(
    r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\[((?:[^\[\]\n]|\\[\[\]]){1,300})\]\(<?([^()<>\s]{1,500})>?[^()\n]*\)"
)
_NAV = regex(r"^nav:[ \t]*(?:#.*)?\n((?:[ \t-].*\n|[ \t]*(?:#.*)?\n)*+)", re.MULTILINE)
_DOCS = regex(r"^docs_dir:[ \t]*[\"']?([\w./-]{1,200})", re.MULTILINE)


def navigation_title(path: Path, root: Path) -> str:
    """Return the title that the navigation of a site gives to an article, or empty.

    Args:
        path: The article, in the folder `root`.
        root: The folder of the archive, above which nothing is read.
    """
    inner = path.relative_to(root).parts[:-1]
    for depth in range(len(inner), max(-1, len(inner) - _HIGHEST), -1):
        folder = root.joinpath(*inner[:depth])
        name = path.relative_to(folder).as_posix()
        for file in NAVIGATION_FILES:
            if title := _titles(folder, file).get(name):
                return title
    return ""


def navigation_state(folder: str, file: str) -> list[int]:
    """Return the size in bytes and modification time in nanoseconds of a navigation file, to detect changes.

    Raises:
        OSError: There is no such file.
        ValueError: The path is invalid.
    """
    address = os.path.join(folder, file)  # noqa: PTH118 - called for each folder
    if file in SCRIPT_NAVIGATION:
        return script_state(address)
    status = os.stat(address)  # noqa: PTH116
    return [status.st_size, status.st_mtime_ns]


def _titles(folder: Path, file: str) -> dict[str, str]:
    """Return the titles of a navigation file by the paths of the articles, relative to its folder."""
    if file in SCRIPT_NAVIGATION:
        return script_titles(folder, file)
    address = os.path.join(folder, file)  # noqa: PTH118 - called for each folder of each article
    try:
        # Not through a link, which may lead out of the archive.
        status = os.lstat(address)
    except (OSError, ValueError):
        return {}
    if not S_ISREG(status.st_mode):
        return {}
    return _read(address, file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read(address: str, file: str, _changed: int, _size: int) -> dict[str, str]:
    """Read a navigation file once until it changes."""
    try:
        text = decode(read_start(Path(address), _LONGEST)[0]).text
    except ArchiveError:
        return {}
    titles: dict[str, str] = {}
    for title, target in _READERS[file](text):
        for place in _places(target):
            titles.setdefault(place, title)
    return titles


def _places(target: str) -> tuple[str, ...]:
    """Return the paths, relative to the folder of the navigation file, that a target may mean."""
    address = unquote(target.partition("#")[0].partition("?")[0])
    if not address or ":" in address:
        return ()
    place = normpath(address.lstrip("/") or ".")
    if "." in place.rpartition("/")[2][1:]:
        return (place,)
    # In targets of docsify, the suffix and the name of an index are omitted.
    folder = "" if place == "." else f"{place}/"
    return (f"{folder}README.md",) if address.endswith("/") else (f"{place}.md", f"{folder}README.md")


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield the titles and targets of a list of links."""
    for line in text.split("\n"):
        found = _ENTRY.match(line)
        if found is not None and (title := plain(found[1])):
            yield title, found[2]


def _configured(text: str) -> Iterator[tuple[str, str]]:
    """Yield the titles and targets under `nav`. Other keys are not parsed: they may have tags of MkDocs."""
    found = _NAV.search(f"{text}\n")
    if found is None:
        return
    docs = _DOCS.search(text)
    # Imported late: every sync imports this module, but few sites have `mkdocs.yml`.
    from reader.yaml_files import InvalidYamlError, parse_yaml  # noqa: PLC0415

    try:
        nav = parse_yaml(found[1])
    except InvalidYamlError:
        return
    for title, target in _pages(nav):
        if title := plain(title):
            yield title, f"{docs[1] if docs else 'docs'}/{target}"


def _pages(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the titles and targets of a parsed `nav`, which has at most 8 levels."""
    for entry in nav if isinstance(nav, list) else ():
        for title, inner in entry.items() if isinstance(entry, dict) else ():
            if isinstance(inner, str):
                yield str(title), inner
            else:
                yield from _pages(inner)


_READERS: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "SUMMARY.md": _listed,
    "_sidebar.md": _listed,
    "mkdocs.yml": _configured,
}
"""The names of navigation files, and their readers."""

NAVIGATION_FILES = (*_READERS, *sorted(SCRIPT_NAVIGATION))
