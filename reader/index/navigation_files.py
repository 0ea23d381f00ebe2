"""Changes of the navigation files of sites, which may change the titles of articles whose own files are unchanged."""

import json
import os
from collections.abc import Collection, Iterable, Mapping

from reader.archive.bundles.entry_paths import ENTRY
from reader.archive.navigation import NAVIGATION_FILES, navigation_state
from reader.archive.walk import FoundFile
from reader.index.entries import ArticleHead, relative
from reader.index.writer import StoredFile, Writer

_META = "navigation"
"""The name in `meta` of the navigation files: a JSON object with the size and modification time of each, by path."""


class NavigationFiles:
    """The navigation files in and above the folders of articles, compared with those of the last sync."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._folders: set[bytes] = set()
        self._states: dict[str, list[int]] = {}
        self._again: set[bytes] = set()

    def look(self, paths: Iterable[bytes]) -> None:
        """Record the state of the navigation files that may give titles to these articles."""
        for path in paths:
            folder = path.rpartition(b"/")[0]
            while folder not in self._folders:
                self._folders.add(folder)
                self._look_in(os.fsdecode(folder))
                folder = folder.rpartition(b"/")[0]

    def _look_in(self, folder: str) -> None:
        for name in NAVIGATION_FILES:
            place = f"{folder}/{name}" if folder else name
            try:
                self._states[place] = navigation_state(os.path.join(self._root, folder), name)  # noqa: PTH118
            except (OSError, ValueError):
                continue

    def add_affected(
        self, fresh: list[FoundFile], writer: Writer, known: Mapping[bytes, StoredFile], missing: Collection[bytes]
    ) -> None:
        """Add to `fresh` the unchanged files whose titles may have changed, so that they are read again."""
        self.look(known)
        if not (stored := writer.get_meta(_META)):
            return
        before: dict[str, list[int]] = json.loads(stored)
        changed = {place for place in {*before, *self._states} if before.get(place) != self._states.get(place)}
        if not changed:
            return
        folders = tuple(os.fsencode(place[: place.rfind("/") + 1]) for place in changed)
        already = {relative(found.path, self._root) for found in fresh}
        for path, one in known.items():
            if path.startswith(folders) and path not in missing and path not in already and one.inode != ENTRY:
                self._again.add(path)
                where = os.path.join(self._root, os.fsdecode(path))  # noqa: PTH118 - as the walk writes paths
                fresh.append(FoundFile(where, one.size, one.mtime, one.inode))

    def retitles(self, head: ArticleHead, stored_title: str) -> bool:
        """Whether navigation has given another title to an article whose file has not changed."""
        return head.title != stored_title and relative(head.found.path, self._root) in self._again

    def store(self, writer: Writer) -> None:
        """Store the states for the next sync; requires a transaction."""
        writer.set_meta(_META, json.dumps(self._states))
