"""ZIP files of articles, read in place: a member keeps its path, as if the file were a folder."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, BinaryIO, cast

from reader.archive.bundles.bundle_formats import Bundle, opener
from reader.archive.bundles.entry_articles import LARGEST, Entry, EntryFile
from reader.archive.bundles.entry_paths import may_be_blog_export, may_be_bundle
from reader.archive.bundles.exported_items import item_article, lowered
from reader.archive.files import open_binary
from reader.archive.walk import PARTS, PROGRAM_FOLDERS, folders_of_parts, is_page_name, may_be_article, skipped_kind
from reader.archive.zip_container import RATIO_AT_MOST, ZipContainer, container_in
from reader.errors import ArchiveError
from reader.language import lazy
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_LONGEST_NAME = 1_000
_LARGEST_METADATA = 32 * 2**20
"""The maximum size in bytes of all metadata files of an export together, far more than people save."""

_OMNIVORE = regex(r"metadata_\d+_to_\d+\.json")
"""The names of the files in an export of Omnivore with the metadata of the articles in `content/`."""
_OMNIVORE_TEXTS = "content"
_DEEPEST = 50
_LARGEST_INNER = 16 * 2**20
"""The maximum size in bytes of a feed, mailbox or export in a ZIP file, which is kept in memory for random access."""
_ALL_INNER = 64 * 2**20
"""The maximum size in bytes of all feeds, mailboxes and exports in a ZIP file together."""
_ALL_EXAMINED = 256 * 2**20
"""The maximum total size in bytes of files in a ZIP file that are decompressed only to see whether they are bundles."""
_DRIVE = regex(r"[A-Za-z]:")


def open_zip(path: Path) -> "ZipBundle":
    """Return the articles in a ZIP file; only its directory is read.

    Raises:
        ArchiveError: The file cannot be read, is corrupt or has too many members.
    """
    file = _ReopenedFile(path)
    with file.opened() as size:
        bundle = ZipBundle(file, container_in(cast("BinaryIO", file), size))
        bundle.find_entries(size)
    return bundle


class _ReopenedFile:
    """A file that is reopened for each read, while the directory of the ZIP file is kept.

    Only one thread can read at a time, because all share the offset in the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._lock = Lock()

    @contextmanager
    def opened(self) -> Iterator[int]:
        """Open the file as soon as no other thread reads it, and yield its size in bytes.

        Raises:
            ArchiveError: It cannot be opened.
        """
        with self._lock, open_binary(self._path) as (file, size):
            self._file = file
            try:
                yield size
            finally:
                self._file = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@dataclass(slots=True)
class ZipBundle:
    """The articles in a ZIP file. An entry's start and end are both its index in `_members`.

    Attributes:
        title: Empty, so that the name of the file is used.
        entries: As in `Bundle`; the names are paths with slashes.
        problems: As in `Bundle`.
        skipped: As in `Bundle`.
    """

    file: _ReopenedFile
    container: ZipContainer
    title: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    _members: list[str] = field(default_factory=list)
    _metadata_files: list[str] = field(default_factory=list)
    _metadata: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _renamed: dict[str, str] = field(default_factory=dict)
    _inner: dict[str, tuple[Bundle, Entry]] = field(default_factory=dict)
    _inner_bytes: int = 0
    _examined_bytes: int = 0

    def find_entries(self, size: int) -> None:
        """Find the members that are articles. The file, of `size` bytes, must be open."""
        total = 0
        frames = self._frame_folders()
        for member in self.container.names:
            name = _clean_name(member)
            parts = PurePosixPath(name).parts
            if not parts or any(
                (part.startswith(".") and part != "..") or part.lower() in PROGRAM_FOLDERS for part in parts
            ):
                continue
            depths = range(1, min(len(parts), _DEEPEST))
            if is_page_name(parts[-1]) and any("/".join(parts[:depth]) in frames for depth in depths):
                continue
            if may_be_blog_export(name) and self._add_inner(member, name):
                continue
            if not may_be_article(parts[-1]):
                self._skip(member, name, parts)
            elif ".." in parts or _DRIVE.match(name) or len(name) > _LONGEST_NAME:
                shown = name.replace("..", "__")[:_LONGEST_NAME]
                self.problems[shown] = lazy("Skipped: its path leads out of the ZIP file, or is too long")
            elif message := self.container.refusal(member, LARGEST):
                self.problems[name] = lazy("Skipped: {reason}", reason=message)
            else:
                self.entries[name] = Entry(name, len(self._members), len(self._members))
                self._members.append(member)
                total += self.container.size(member)
        if total > LARGEST + RATIO_AT_MOST * size:
            # Members may overlap, so that each one alone seems harmless.
            message = lazy("it would expand to more than {count} times its size, as in an attack", count=RATIO_AT_MOST)
            raise ArchiveError(message)
        self._read_metadata()

    def _frame_folders(self) -> set[str]:
        """Return the folders that hold the parts of saved pages."""
        if not any(part in member.lower() for member in self.container.names for part in PARTS):
            return set()
        below: dict[str, set[str]] = {}
        for member in self.container.names:
            parts = _clean_name(member).split("/")
            for depth, part in enumerate(parts[:_DEEPEST]):
                below.setdefault("/".join(parts[:depth]), set()).add(part)
        return {f"{folder}/{name}".lstrip("/") for folder, names in below.items() for name in folders_of_parts(names)}

    def _skip(self, member: str, name: str, parts: tuple[str, ...]) -> None:
        """Record a member that is not an article."""
        if name != member:
            self._renamed[name] = member
        if name.lower().endswith(".zip"):
            self.problems[name] = lazy("Skipped: a ZIP file in a ZIP file is not read")
        elif _OMNIVORE.fullmatch(name):
            self._metadata_files.append(member)
        elif (may_be_bundle(name) and self._add_inner(member, name)) or not (kind := skipped_kind(parts[-1])):
            return
        else:
            self.skipped[kind] += 1

    def _add_inner(self, member: str, name: str) -> bool:
        """Add the articles of a feed, mailbox or export in the ZIP file; return False if it is none of these."""
        size = self.container.size(member)
        message = ""
        if size > _LARGEST_INNER:
            message = lazy("it is larger than {size} MiB", size=_LARGEST_INNER >> 20)
        elif size > _ALL_INNER - self._inner_bytes:
            message = lazy("feeds, mailboxes and exports are larger than {size} MiB together", size=_ALL_INNER >> 20)
        if message:
            self.problems[name] = lazy("Skipped: {reason}", reason=message)
            return True
        if size > _ALL_EXAMINED - self._examined_bytes:
            self.problems[""] = lazy(
                "Some files were not examined for articles: they are larger than {size} MiB together",
                size=_ALL_EXAMINED >> 20,
            )
            return True
        self._examined_bytes += size
        try:
            bundle = opener(name)(self.container.read(member, _LARGEST_INNER))
        except ArchiveError as error:
            self.problems[name] = lazy("Skipped: {reason}", reason=error.message)
            return True
        if bundle is None:
            return False
        self._inner_bytes += size
        self.problems.update({f"{name}/{one}".rstrip("/"): message for one, message in bundle.problems.items()})
        for one, entry in bundle.entries.items():
            self.entries[f"{name}/{one}"] = Entry(f"{name}/{one}", entry.start, entry.end)
            self._inner[f"{name}/{one}"] = (bundle, entry)
        return True

    def _read_metadata(self) -> None:
        """Read the metadata that Omnivore exports next to the texts; metadata beyond the size limit is left out."""
        rest = _LARGEST_METADATA
        for member in self._metadata_files:
            rest -= self.container.size(member)
            if rest < 0:
                message = lazy("it is larger than {size} MiB", size=_LARGEST_METADATA >> 20)
                self.problems[member] = lazy("Skipped: {reason}", reason=message)
                return
            try:
                items = json.loads(self.container.read(member, _LARGEST_METADATA))
            except (ArchiveError, ValueError, RecursionError):
                continue
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict) and isinstance(item.get("slug"), str):
                    self._metadata[item["slug"]] = lowered(item)

    def read(self, entry: Entry) -> EntryFile:
        """Return a member.

        Raises:
            ArchiveError: It cannot be read.
        """
        if (found := self._inner.get(entry.name)) is not None:
            return found[0].read(found[1])
        with self.file.opened():
            data = self.container.read(self._members[entry.start], LARGEST)
        place = PurePosixPath(entry.name)
        metadata = self._metadata.get(place.stem) if place.parent.name == _OMNIVORE_TEXTS else None
        if metadata is None:
            return EntryFile(data)
        return EntryFile(item_article({**metadata, "content": data.decode("utf-8", "replace")}).as_file())

    def part(self, name: str, most: int) -> tuple[bytes, int]:
        """Return up to `most` bytes from the beginning of a file that is not an article, and its size in bytes.

        Raises:
            ArchiveError: There is no such file, or it cannot be read.
        """
        member = self._member(name)
        with self.file.opened():
            return self.container.read_start(member, most), self.container.size(member)

    def _member(self, name: str) -> str:
        member = self._renamed.get(name) or self.container.find(name)
        if not member:
            raise ArchiveError(lazy("The file has no such article (any more)"))
        return member


def _clean_name(member: str) -> str:
    parts = member.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", "."}).encode("utf-8", "replace").decode()
