"""Walking archives: which files may be articles, and what the system says of them; none of them is opened."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reader.archive.archive import Archive
from reader.archive.article import Fault
from reader.archive.files import reason
from reader.language import lazy

_SUFFIXES = (
    *(".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd", ".rmd", ".html", ".htm", ".xhtml", ".xht"),
    *(".txt", ".text", ".org", ".rst", ".adoc", ".gmi"),
)
_PICTURES = {
    "png",
    "jpg",
    "jpeg",
    "jpe",
    "gif",
    "webp",
    "svg",
    "bmp",
    "ico",
    "avif",
    "heic",
    "tif",
    "tiff",
    "apng",
    "jfif",
}
_SCRIPTS = {"css", "scss", "sass", "less", "styl", "js", "mjs", "map", "ts", "jsx", "tsx", "vue"}
_SOUNDS = {"mp3", "m4a", "ogg", "wav", "flac", "mp4", "m4v", "webm", "mov", "avi", "swf"}
_BELONGING = frozenset({"woff", "woff2", "ttf", "otf", "eot", *_PICTURES, *_SCRIPTS, *_SOUNDS})
"""What pages are made of: files of these kinds are parts of articles, and nobody looks for them as articles."""
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
NO_SUFFIX = "-"
"""The kind of a file whose name has no suffix."""
_LONGEST_SUFFIX = 12


class FoundFile(NamedTuple):
    """A file that may be an article, as it was when it was walked by.

    Attributes:
        path: Where it lies, as the system spells it.
        size: In bytes, -1 where it cannot be told.
        mtime: When it was changed last, in nanoseconds since 1970.
        inode: Its number on its disk.
    """

    path: str
    size: int
    mtime: int
    inode: int


class PassedOver(NamedTuple):
    """How many files of which kinds (suffixes with their dot, or `NO_SUFFIX`) were not looked into."""

    kinds: dict[str, int]


def walk(archive: Archive) -> Iterator[FoundFile | Fault | PassedOver]:
    """The files of an archive, each once, in the same order every time; a fault for a folder that cannot be read.

    Of a folder, what was passed over comes last. Raises nothing.
    """
    if archive.files is None:
        walking = _Walk()
        yield from walking.folder(os.fspath(archive.root))
        if walking.passed_over:
            yield PassedOver(dict(walking.passed_over))
    else:
        yield from (look_at(os.fspath(file)) for file in archive.files)


def may_be_article(name: str) -> bool:
    """Whether a file of this name is looked into."""
    # macOS leaves a `._` twin beside every file that it copies to a foreign disk.
    return name.lower().endswith(_SUFFIXES) and not name.startswith("._")


def _kind_passed_over(name: str) -> str:
    """The kind of a file that is not looked into, or empty where nobody need be told of it."""
    name = name.lower()
    if name.startswith(".") or name.endswith("~") or name in _LEFT_BY_SYSTEMS:
        return ""
    stem, dot, suffix = name.rpartition(".")
    if not stem or not dot or len(suffix) > _LONGEST_SUFFIX or not suffix.isalnum():
        return NO_SUFFIX
    return "" if suffix in _BELONGING else dot + suffix


def look_at(path: str) -> FoundFile:
    """A file as it is now; one that cannot be looked at has the size -1."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return FoundFile(path, -1, 0, 0)
    return FoundFile(path, status.st_size, status.st_mtime_ns, status.st_ino)


@dataclass(slots=True)
class _Walk:
    """One walk, which remembers the folders it was in and counts what it passed over."""

    folders: set[tuple[int, int]] = field(default_factory=set)
    passed_over: Counter[str] = field(default_factory=Counter)

    def folder(self, root: str) -> Iterator[FoundFile | Fault]:
        """The files below a folder. Links are followed after all real folders, so that these keep their places."""
        waiting = [root]
        links: list[str] = []
        while waiting or links:
            here = waiting.pop() if waiting else links.pop()
            try:
                status = Path(here).stat()
                if (status.st_dev, status.st_ino) in self.folders:
                    continue
                self.folders.add((status.st_dev, status.st_ino))
                with os.scandir(here) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield Fault(Path(here), lazy("Cannot read the folder: {reason}", reason=reason(error)))
                continue
            inner: list[str] = []
            inner_links: list[str] = []
            for entry in found:
                if _is_folder(entry):
                    if not entry.name.startswith("."):
                        (inner_links if entry.is_symlink() else inner).append(entry.path)
                elif may_be_article(entry.name):
                    yield _found(entry)
                elif (kind := _kind_passed_over(entry.name)) and entry.is_file():
                    self.passed_over[kind] += 1
            waiting.extend(reversed(inner))
            links[:0] = reversed(inner_links)


def _found(entry: os.DirEntry[str]) -> FoundFile:
    try:
        status = entry.stat()
    except OSError:
        return FoundFile(entry.path, -1, 0, 0)
    return FoundFile(entry.path, status.st_size, status.st_mtime_ns, status.st_ino)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads to itself, or nowhere: if it is called like an article, that is a fault of its own.
        return False
