"""Files that links lead to, never outside the archive: neither by `..` nor by symbolic links."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from reader.index.link_names import without_suffix

_MOST_FILES = 300_000
"""Maximum number of files and folders whose names are collected."""

_STATIC = ("", "static", "source", "public", "assets", "content", "docs")
"""Folders that site generators copy to the root of a site."""

_SUFFIXES = (".md", ".markdown", ".org", ".html", ".txt")
_ENDINGS = (*_SUFFIXES, *(f"/{stem}.md" for stem in ("index", "_index", "README")), "/index.html")
"""Ends of paths of articles that links to them may omit."""


_RESOURCES = ("resources", "_resources")
"""Folders in which exports of Joplin have the files that notes refer to by ids."""


class ArchiveFiles:
    """The files of one archive that are not articles, found on demand in the calling thread."""

    def __init__(self, root: Path, most: int = 0) -> None:
        """Find files below `root`; searches by name alone cover the first `most` files, or `_MOST_FILES` if it is 0."""
        self.root = root
        self._most = most or _MOST_FILES
        self._real = os.path.realpath(root)
        self._by_name: dict[str, list[str]] | None = None
        self._by_id: dict[str, dict[str, str]] = {}

    def at(self, place: str) -> Path | None:
        """The file at a path relative to the root; None if there is none, or if it is outside the archive."""
        try:
            path = self.root / place
            if not path.is_file():
                return None
            real = os.path.realpath(path)
        except (OSError, ValueError):
            return None
        return path if real.startswith(self._real.rstrip(os.sep) + os.sep) else None

    def above(self, place: str, folder: Sequence[str]) -> Path | None:
        """The file at a path relative to `folder` or a folder around it, which may be a vault; the nearest one."""
        bases = ("/".join((*folder[:length], place)) for length in range(len(folder), 0, -1))
        return next((found for base in bases if (found := self.at(base)) is not None), None)

    @cached_property
    def is_wiki(self) -> bool:
        """Whether the archive is a GitHub wiki or another Gollum wiki, in which page names are unique."""
        return any(self.at(name + suffix) is not None for name in ("Home", "home") for suffix in _SUFFIXES)

    def resource(self, resource_id: str, folder: Sequence[str]) -> Path | None:
        """The file with an id in the resources of `folder` or of a folder around it, as Joplin exports them."""
        for length in range(len(folder), -1, -1):
            for name in _RESOURCES:
                base = "/".join((*folder[:length], name))
                if base not in self._by_id:
                    there = _entries(os.path.join(self.root, base))  # noqa: PTH118 - for speed
                    files = (file for file, is_folder in there if not is_folder)
                    self._by_id[base] = {file.partition(".")[0].lower(): file for file in files}
                if (file := self._by_id[base].get(resource_id)) and (found := self.at(f"{base}/{file}")) is not None:
                    return found
        return None

    def on_site(self, place: str) -> Path | None:
        """The file at a path relative to the root of the site."""
        return next((found for folder in _STATIC if (found := self.at(os.path.join(folder, place)))), None)  # noqa: PTH118 - relative

    def page(self, place: str) -> Path | None:
        """The file at a path that may lack the file's suffix, have that of its web page instead, or name a folder.

        Differences in case are ignored if there is no exact match.
        """
        stem = without_suffix(place)
        tried = (place, *(bare + end for bare in dict.fromkeys((place, stem)) for end in _ENDINGS))
        found = next((found for one in tried if (found := self.at(one)) is not None), None)
        return found or next((found for one in tried if (found := self._in_any_case(one)) is not None), None)

    def _in_any_case(self, place: str) -> Path | None:
        folded = place.casefold()
        named = self._names().get(folded.rpartition("/")[2], [])
        return next((self.at(one) for one in named if one.casefold() == folded), None)

    def note(self, name: str, near: str) -> Path | None:
        """The file of a note anywhere in the archive; if there are several, the one nearest to the folder `near`."""
        tried = (name, *(name + suffix for suffix in _SUFFIXES))
        return next((found for one in tried if (found := self.named(one, near)) is not None), None)

    def named(self, name: str, near: str) -> Path | None:
        """The file with this name anywhere in the archive, next to the folder `near` if there are several."""
        if (found := self.at(os.path.join(near, name)) or self.at(name)) is not None:  # noqa: PTH118 - relative
            return found
        places = self._names().get(name.rpartition("/")[2].casefold(), [])
        fitting = [place for place in places if place.casefold().endswith(name.casefold())]
        return self.at(min(fitting, key=lambda place: (place.count("/"), place))) if fitting else None

    def _names(self) -> dict[str, list[str]]:
        """The relative paths of all files by their names, collected once."""
        if self._by_name is None:
            self._by_name = {}
            for place in _files_below(os.fspath(self.root), self._most):
                self._by_name.setdefault(place.rpartition("/")[2].casefold(), []).append(place)
        return self._by_name


def _files_below(root: str, most: int) -> Iterator[str]:
    """The paths of files relative to `root`, with slashes, nearest first, at most `most`.

    Symbolic links to folders are not followed.
    """
    # `os.walk` is recursive before Python 3.12, and folders may be nested deeper than the interpreter's stack.
    waiting = deque([""])
    count = 0
    while waiting and count <= most:
        inner = waiting.popleft()
        folders: list[str] = []
        for name, is_folder in _entries(os.path.join(root, inner)):  # noqa: PTH118 - for speed
            count += 1
            if not is_folder:
                yield inner + name
            elif not name.startswith(".") and name != "node_modules":
                folders.append(f"{inner}{name}/")
        waiting.extend(sorted(folders))


def _entries(folder: str) -> list[tuple[str, bool]]:
    """The names in a folder, and which of them are folders; none if it cannot be read or its path is too long."""
    try:
        with os.scandir(folder) as entries:
            return [(one.name, one.is_dir(follow_symlinks=False)) for one in entries if not _is_linked_folder(one)]
    except OSError:
        return []


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False
