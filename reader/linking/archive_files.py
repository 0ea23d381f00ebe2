"""Files that links lead to, never outside the archive: neither by `..` nor by symbolic links."""

import os
from pathlib import Path

_MOST_FILES = 300_000
"""Maximum number of files whose names are collected."""

_STATIC = ("", "static", "source", "public", "assets", "content", "docs")
"""Folders that site generators copy to the root of a site."""


class ArchiveFiles:
    """The files of one archive that are not articles, found on demand in the calling thread."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._by_name: dict[str, list[str]] | None = None

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

    def on_site(self, place: str) -> Path | None:
        """The file at a path relative to the root of the site."""
        return next((found for folder in _STATIC if (found := self.at(os.path.join(folder, place)))), None)  # noqa: PTH118 - relative

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
            found: dict[str, list[str]] = {}
            self._by_name = found
            count = 0
            for folder, folders, files in os.walk(self.root):
                folders[:] = sorted(one for one in folders if not one.startswith(".") and one != "node_modules")
                inner = os.path.relpath(folder, self.root)
                for name in files:
                    place = name if inner == "." else f"{inner}/{name}"
                    found.setdefault(name.casefold(), []).append(place.replace(os.sep, "/"))
                count += len(files)
                if count > _MOST_FILES:
                    break
        return self._by_name
