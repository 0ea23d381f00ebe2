"""Folder traversal: the files that may be articles, with their size and modification time; no file is opened."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reader.archive.archive import Archive
from reader.archive.article import FileWarning
from reader.archive.bundles.entry_paths import ENTRY, may_be_bundle, split_entry
from reader.archive.files import reason
from reader.archive.suffixes import ARTICLE_SUFFIXES, PAGES, SCRIPTS
from reader.language import lazy
from reader.lean_dataclasses import dataclass, field

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
_CODE = {"css", "scss", "sass", "less", "styl", "js", "mjs", "map", "ts", "jsx", "tsx", "vue"}
_SOUNDS = {"mp3", "m4a", "ogg", "wav", "flac", "mp4", "m4v", "webm", "mov", "avi", "swf"}
_ASSETS = frozenset({"woff", "woff2", "ttf", "otf", "eot", *_PICTURES, *_CODE, *_SOUNDS})
"""Suffixes of assets, which belong to pages and are not reported as skipped."""
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
NO_SUFFIX = "-"
"""The kind of a file without a suffix."""
TEMPLATES = "template"
"""The kind of files in `PROGRAM_FOLDERS` that would be articles elsewhere."""
PROGRAM_FOLDERS = frozenset({"_includes", "_layouts", "_sass", "node_modules", "bower_components", "__macosx"})
"""Folders with the templates of a site, and with the libraries that build it."""
_GRAPH, _BACKUPS = f"{os.sep}logseq", frozenset({"bak", "version-files"})
"""The folder of Logseq's configuration, and the folders in it with older versions of pages."""
_LONGEST_SUFFIX = 12
_PAGES = (*PAGES, *SCRIPTS)
PARTS = (
    "_files",
    ".files",
    "-files",
    "_file",
    "-dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_filer",
    "_pliki",
)
"""Suffixes that browsers, in several languages, append to the name of a saved page for the folder of its parts."""


class FoundFile(NamedTuple):
    """A file, or entry of a bundle, that may be or hold articles, with its status at the time of the traversal.

    Attributes:
        path: The path as the system returned it; for an entry, below that of its bundle.
        size: The size in bytes, or -1 if it is unknown.
        mtime: The modification time in nanoseconds since 1970; for an entry, that of its bundle.
        inode: The inode number, or `ENTRY`.
    """

    path: str
    size: int
    mtime: int
    inode: int


class SkippedFiles(NamedTuple):
    """The number of skipped files by kind (a suffix with its dot, `NO_SUFFIX` or `TEMPLATES`)."""

    kinds: dict[str, int]


def walk(archive: Archive) -> Iterator[FoundFile | FileWarning | SkippedFiles]:
    """Yield the files of an archive without duplicates, in a stable order, and a warning for each unreadable folder.

    For a folder, the last value is the count of skipped files, if there are any. Raises nothing.
    """
    if archive.files is None:
        walking = _Walk()
        yield from walking.folder(os.fspath(archive.root))
        if walking.skipped_files:
            yield SkippedFiles(dict(walking.skipped_files))
    else:
        yield from (stat_file(os.fspath(file)) for file in archive.files)


def may_be_article(name: str) -> bool:
    """Whether a file of this name may be an article."""
    # macOS creates a `._` companion for every file that it copies to a foreign file system; the settings and programs
    # of TiddlyWiki are files whose names begin with `$__`.
    return name.lower().endswith(ARTICLE_SUFFIXES) and not name.startswith(("._", "$__"))


def is_page_name(name: str) -> bool:
    """Whether a file of this name is a web page."""
    return name.lower().endswith(_PAGES)


def folders_of_parts(names: Iterable[str]) -> set[str]:
    """Return the folders, among the names in a folder, that hold the parts of a saved page.

    Browsers save `X.html` with `X_files/`, whose suffix depends on their language.
    """
    names = list(names)
    folders = [name for name in names if name.lower().endswith(PARTS)]
    if not folders:
        return set()
    pages = {os.path.splitext(name)[0] for name in names if is_page_name(name)}  # noqa: PTH122 - for speed
    return {name for name in folders for part in PARTS if name.lower().endswith(part) and name[: -len(part)] in pages}


def skipped_kind(name: str) -> str:
    """Return the kind of a skipped file, or empty if it need not be reported."""
    name = name.lower()
    if name.startswith(".") or name.endswith("~") or name in _SYSTEM_FILES:
        return ""
    stem, dot, suffix = name.rpartition(".")
    if not stem or not dot or len(suffix) > _LONGEST_SUFFIX or not suffix.isalnum():
        return NO_SUFFIX
    return "" if suffix in _ASSETS else dot + suffix


def stat_file(path: str) -> FoundFile:
    """Return the current status of a file, with size -1 if it cannot be accessed."""
    try:
        entry = split_entry(path)
        status = Path(path if entry is None else entry[0]).stat()
    except (OSError, ValueError):
        return FoundFile(path, -1, 0, 0)
    return FoundFile(path, status.st_size, status.st_mtime_ns, status.st_ino if entry is None else ENTRY)


@dataclass(slots=True)
class _Walk:
    """A traversal.

    Attributes:
        folders: The device and inode of the folders that it has visited.
        skipped_files: The counts of skipped files.
        waiting: The folders to visit, the next one last.
        links: The links to folders, which are visited after all folders.
        program_folders: The folders of programs.
        frame_folders: The folders with the parts of saved pages.
    """

    folders: set[tuple[int, int]] = field(default_factory=set)
    skipped_files: Counter[str] = field(default_factory=Counter)
    waiting: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    program_folders: set[str] = field(default_factory=set)
    frame_folders: set[str] = field(default_factory=set)

    def folder(self, root: str) -> Iterator[FoundFile | FileWarning]:
        """Yield the files below a folder. Symbolic links are followed last, so that files keep their real paths."""
        self.waiting.append(root)
        while self.waiting or self.links:
            here = self.waiting.pop() if self.waiting else self.links.pop()
            try:
                status = Path(here).stat()
                if (status.st_dev, status.st_ino) in self.folders:
                    continue
                self.folders.add((status.st_dev, status.st_ino))
                with os.scandir(here) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield FileWarning(Path(here), lazy("Cannot read the folder: {reason}", reason=reason(error)))
                continue
            for name in folders_of_parts(entry.name for entry in found):
                self.frame_folders.add(os.path.join(here, name))  # noqa: PTH118 - as `scandir` writes paths
            yield from self._entries(here, found)

    def _entries(self, here: str, found: list[os.DirEntry[str]]) -> Iterator[FoundFile]:
        """Yield the files in a folder, and add its folders to those to visit."""
        inner: list[str] = []
        inner_links: list[str] = []
        is_program = here in self.program_folders
        has_frames = here in self.frame_folders
        hidden = _BACKUPS if here.endswith(_GRAPH) and any(entry.name == "config.edn" for entry in found) else ()
        for entry in found:
            if _is_folder(entry):
                if not entry.name.startswith(".") and entry.name not in hidden:
                    (inner_links if entry.is_symlink() else inner).append(entry.path)
                    if is_program or entry.name.lower() in PROGRAM_FOLDERS:
                        self.program_folders.add(entry.path)
                    if has_frames:
                        self.frame_folders.add(entry.path)
            elif has_frames and is_page_name(entry.name):
                # A frame of the page that is next to the folder of parts.
                continue
            elif not is_program and (may_be_article(entry.name) or may_be_bundle(entry.name)):
                yield _found(entry)
            elif kind := _kind(entry, in_program=is_program):
                self.skipped_files[kind] += 1
        self.waiting.extend(reversed(inner))
        self.links[:0] = reversed(inner_links)


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
        # The link is broken or circular. If its name is that of an article, reading it yields a warning.
        return False


def _kind(entry: os.DirEntry[str], *, in_program: bool) -> str:
    """Return the kind of a skipped file, or empty if it need not be reported."""
    if in_program:
        return TEMPLATES if may_be_article(entry.name) else ""
    kind = skipped_kind(entry.name)
    return kind if kind and _is_file(entry) else ""


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        # A circular link.
        return False
