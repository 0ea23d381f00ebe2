"""EPUB books: one article, whose chapters are sections. The book becomes HTML below a header with its metadata."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from html import escape
from io import BytesIO
from pathlib import Path

from reader.archive.article import FileWarning
from reader.archive.decoding import decode
from reader.archive.epub_chapters import Chapter, ChapterWriter, chapter_body, linked_names
from reader.archive.epub_headings import heading_changes
from reader.archive.epub_navigation import NavigationEntry, read_navigation
from reader.archive.epub_notes import find_notes
from reader.archive.epub_package import ManifestItem, Package, is_text, read_package
from reader.archive.zip_container import ZipContainer, container_in, open_container
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError
from reader.language import lazy, lazy_list, nlazy

_LARGEST_CHAPTER = 32 * 2**20
"""The maximum size of a chapter in bytes."""
_LONGEST_MIB = 64
"""The maximum size of all chapters together in MiB."""
_NAMED = 3
"""The maximum number of files that a warning names."""


def read_book_head(path: Path, data: bytes | None = None) -> tuple[bytes, list[FileWarning]]:
    """Return the metadata of a book as an article without text, and warnings. No chapter is decompressed.

    Args:
        path: The book.
        data: Its bytes if it is not a file of its own.

    Raises:
        ArchiveError: The file is not a book, or cannot be read.
    """
    with _opened(path, data) as container:
        package = read_package(container)
        return _header(package).encode(), list(_package_warnings(path, container, package))


def read_book(path: Path, data: bytes | None = None) -> tuple[bytes, list[FileWarning]]:
    """Return a book as one article in HTML with a header, and warnings. Pictures are not read.

    Args:
        path: The book.
        data: Its bytes if it is not a file of its own.

    Raises:
        ArchiveError: The file is not a book, cannot be read, or none of its chapters can.
    """
    with _opened(path, data) as container:
        package = read_package(container)
        warnings = list(_package_warnings(path, container, package))
        chapters = _Chapters(container, package)
        found = chapters.read()
        warnings += chapters.warnings(path)
        if not found:
            raise ArchiveError(warnings[0].message if warnings else lazy("The book lists no chapters"))
        entries = read_navigation(container, package)
        return "".join((_header(package), *_text(found, entries, container, path.name))).encode(
            "utf-8", "replace"
        ), warnings


def _opened(path: Path, data: bytes | None) -> AbstractContextManager[ZipContainer]:
    return open_container(path) if data is None else nullcontext(container_in(BytesIO(data), len(data)))


def _header(package: Package) -> str:
    """Return the metadata as a header in JSON, with the publisher and the description below it."""
    values = {
        "title": package.title,
        "author": list(package.authors),
        "date": package.date.isoformat() if package.date else "",
        "lang": package.language,
        "tags": list(package.subjects),
        "publisher": package.publisher,
        "url": next(iter(package.addresses), ""),
    }
    stated = {key: value for key, value in values.items() if value}
    header = json.dumps(stated, ensure_ascii=False) + "\n" if stated else ""
    description = "".join(f"<p>{escape(line)}</p>" for line in package.description)
    publisher = f"<p>{escape(package.publisher)}</p>" if package.publisher else ""
    quoted = f"<blockquote>{description}</blockquote>" if description else ""
    return f"{header}<section>{quoted}{publisher}</section>\n"


def _package_warnings(path: Path, container: ZipContainer, package: Package) -> Iterator[FileWarning]:
    protected = sum(item.name in package.protected for item in package.spine)
    if protected and package.system:
        yield FileWarning(
            path,
            nlazy(
                "{count:,} chapter is protected by DRM ({system}) and cannot be shown",
                "{count:,} chapters are protected by DRM ({system}) and cannot be shown",
                protected,
                system=package.system,
            ),
        )
    elif protected:
        yield FileWarning(
            path,
            nlazy(
                "{count:,} chapter is encrypted and cannot be shown",
                "{count:,} chapters are encrypted and cannot be shown",
                protected,
            ),
        )
    if duplicates := container.duplicates:
        message = lazy("Several files in the book are called {name}; the last one is read", name=_list(duplicates))
        yield FileWarning(path, message)


class _Chapters:
    """Reads the chapters of a book, and records those that cannot be read."""

    def __init__(self, container: ZipContainer, package: Package) -> None:
        self._container = container
        self._package = package
        self._unread: dict[str, str] = {}
        self._is_cut = False

    def read(self) -> list[Chapter]:
        """Return the chapters in reading order, followed by files outside that order to which links lead."""
        room = _LONGEST_MIB * 2**20
        others = {item.name: item for item in self._package.items if is_text(item)}
        others.pop(self._package.navigation, None)
        waiting = list(reversed(self._package.spine))
        chapters: list[Chapter] = []
        seen = {item.name for item in waiting}
        while waiting:
            item = waiting.pop()
            chapter, size = self._chapter(item, room)
            room -= size
            if chapter is None:
                continue
            chapters.append(chapter)
            linked = (self._container.find(path) for path in linked_names(chapter))
            auxiliary = [name for name in linked if name in others and name not in seen]
            seen.update(auxiliary)
            waiting[:0] = [others[name] for name in reversed(dict.fromkeys(auxiliary))]
        return chapters

    def _chapter(self, item: ManifestItem, room: int) -> tuple[Chapter | None, int]:
        """Return a chapter, None if it cannot be read, and its size in bytes."""
        if item.name in self._package.protected:
            return None, 0
        if not is_text(item):
            is_picture = item.media_type.startswith("image/")
            source = escape(item.name.rpartition("/")[2])
            return (Chapter(item.name, f'<p><img src="{source}" alt=""/></p>'), 0) if is_picture else (None, 0)
        try:
            data = self._container.read(item.name, min(_LARGEST_CHAPTER, room))
        except ArchiveError as error:
            self._is_cut = self._is_cut or room < _LARGEST_CHAPTER
            self._unread[item.name] = error.message
            return None, 0
        return Chapter(item.name, chapter_body(decode(data).text, self._package.language)), len(data)

    def warnings(self, path: Path) -> Iterator[FileWarning]:
        """Yield the warnings about chapters that are missing or could not be read."""
        if self._package.missing:
            names = _list(self._package.missing)
            yield FileWarning(path, lazy("Files of the book are missing: {names}", names=names))
        if damaged := [item.name for item in self._package.spine if item.name in self._container.damaged]:
            yield FileWarning(path, lazy("Damaged files of the book are shown in part: {names}", names=_list(damaged)))
        if self._is_cut:
            yield FileWarning(path, lazy("Only the first {size} MiB were read", size=_LONGEST_MIB))
        for name, message in list(self._unread.items())[:_NAMED]:
            shown = lazy("Cannot read {name} in the book: {reason}", name=clean_line(name), reason=message)
            yield FileWarning(path, shown)
        if (more := len(self._unread) - _NAMED) > 0:
            message = nlazy(
                "Cannot read {count:,} other file in the book", "Cannot read {count:,} other files in the book", more
            )
            yield FileWarning(path, message)


def _list(names: Sequence[str]) -> str:
    shown = lazy_list([clean_line(name) for name in names[:_NAMED]])
    return lazy("{names} and others", names=shown) if len(names) > _NAMED else shown


def _text(chapters: list[Chapter], entries: list[NavigationEntry], container: ZipContainer, book: str) -> Iterator[str]:
    """Yield the chapters as sections of one HTML text; `book` is the name of the book's file."""
    targets: dict[str, set[str]] = {}
    for chapter in chapters:
        for path, fragments in linked_names(chapter).items():
            targets.setdefault(container.find(path), set()).update(fragments)
    numbers = {chapter.name: number for number, chapter in enumerate(chapters, 1)}
    by_chapter: dict[str, list[NavigationEntry]] = {}
    for entry in entries:
        by_chapter.setdefault(entry.name, []).append(entry)
    notes = find_notes([(chapter.name, chapter.html) for chapter in chapters], container.find)
    writer = ChapterWriter(numbers, targets, container.find, notes, book)
    shift = 0
    for chapter in chapters:
        changes = heading_changes(chapter.html, by_chapter.get(chapter.name, []), shift)
        shift = changes.shift
        yield writer.section(chapter, changes)
