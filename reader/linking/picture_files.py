"""The pictures of an article: where they are in its archive, and their content.

They are files beside the article or below the root of its archive, members of its ZIP file, or parts of its book or
saved page. Nothing outside the archive is read, neither by `..` nor by symbolic links.
"""

import os
from base64 import b64decode
from collections.abc import Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from reader.archive.article import Article
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.contents import is_book
from reader.archive.files import read_start
from reader.archive.suffixes import WEB_ARCHIVES
from reader.document.addresses import is_path
from reader.document.embedded_data import base64_of, embedded_places, is_embedded_name
from reader.document.note_addresses import joplin_id
from reader.document.web_addresses import join_address
from reader.errors import ArchiveError
from reader.lean_dataclasses import dataclass, replace
from reader.linking.archive_files import ArchiveFiles

if TYPE_CHECKING:
    from reader.archive.zip_container import ZipContainer

PICTURE_SUFFIXES = frozenset({".png", ".apng", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".bmp", ".avif"})
"""The suffixes of pictures that are looked for. SVG is left out: it may contain scripts, and only browsers draw it."""

_LARGEST_PAGE = 64 * 2**20
"""The size in bytes up to which a saved page is read."""

_MOST_FILES = 30_000
"""The maximum number of files in an archive in which a picture is looked for by its name alone."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Where a picture is; it need not exist.

    Attributes:
        path: The file.
        part: The name of the picture in that file if it is a ZIP file, a book, a saved page or a text in which it is
            embedded; else empty.
    """

    path: Path
    part: str = ""

    @property
    def suffix(self) -> str:
        """The suffix of its name in lower case, as in `.png`."""
        return os.path.splitext(self.part or self.path.name)[1].lower()  # noqa: PTH122 - a part is no path


def picture_file(article: Article | None, source: str) -> PictureFile | None:
    """Where a picture of an article is; None if the source leads to the web or out of the archive."""
    if article is None or not source:
        return None
    is_entry = split_entry(article.path) is not None
    if is_embedded_name(source) and not is_entry:
        return PictureFile(article.path, source)
    if article.path.name.lower().endswith(WEB_ARCHIVES) and not is_entry:
        parts = _saved(article.path)
        # Browsers save the page unchanged and its parts under their addresses, so a source is looked up as an address.
        addresses = (source, join_address(article.url, source) if article.url else None)
        return next((PictureFile(article.path, one) for one in addresses if one and one in parts), None)
    if not is_path(source):
        return None
    place = unquote(source.partition("#")[0].partition("?")[0])
    if is_book(article.path):
        # The chapters of a book name their pictures by their paths in it.
        return None if is_entry else PictureFile(article.path, place.lstrip("/"))
    if article.base is not None:
        article = replace(article, path=article.base.path, root=article.base.root)
    return _in_archive(article, place)


def is_outside(article: Article | None, source: str) -> bool:
    """Whether a source is the path of a file outside the archive, perhaps through a symbolic link. It is never read."""
    if article is None or not source or is_embedded_name(source) or is_book(article.path):
        return False
    if article.path.name.lower().endswith(WEB_ARCHIVES):
        return False
    if source.lower().startswith("file:"):
        return True
    return is_path(source) and picture_file(article, source) is None


class PictureReader:
    """Reads pictures or their beginnings. A book stays open between them, because its directory takes long to read."""

    def __init__(self) -> None:
        """Start with no book open; leaving the context closes it."""
        self._stack = ExitStack()
        self._book: tuple[Path, ZipContainer] | None = None

    def __enter__(self) -> Self:
        """Start reading."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the book."""
        self._stack.close()

    def read(self, picture: PictureFile, most: int) -> tuple[bytes, int]:
        """Return up to `most` bytes from the beginning of a picture, and its size in bytes.

        Raises:
            ArchiveError: The picture does not exist, or cannot be read.
        """
        if not picture.part:
            return read_start(picture.path, most)
        if is_embedded_name(picture.part):
            return _embedded(picture, most)
        if picture.path.name.lower().endswith(WEB_ARCHIVES):
            data = _saved(picture.path).get(picture.part, b"")
            return data[:most], len(data)
        if is_book(picture.path):
            container = self._opened(picture.path)
            name = container.find(picture.part)
            return (container.read_start(name, most), container.size(name)) if name else (b"", 0)
        # Imported late, because most pictures are files of their own.
        from reader.archive.bundles.bundle import open_bundle  # noqa: PLC0415
        from reader.archive.bundles.zip_bundle import ZipBundle  # noqa: PLC0415

        bundle = open_bundle(picture.path)
        return bundle.part(picture.part, most) if isinstance(bundle, ZipBundle) else (b"", 0)

    def _opened(self, path: Path) -> "ZipContainer":
        if self._book is None or self._book[0] != path:
            from reader.archive.zip_container import open_container  # noqa: PLC0415 - as above

            self._stack.close()
            self._book = path, self._stack.enter_context(open_container(path))
        return self._book[1]


def read_picture(picture: PictureFile, most: int) -> tuple[bytes, int]:
    """Return up to `most` bytes from the beginning of a picture, and its size in bytes.

    Raises:
        ArchiveError: The picture does not exist, or cannot be read.
    """
    with PictureReader() as pictures:
        return pictures.read(picture, most)


def forget_saved_pages() -> None:
    """Release the saved page and the text of the book that were read last."""
    _saved_parts.cache_clear()
    _book_text.cache_clear()


def _in_archive(article: Article, place: str) -> PictureFile | None:
    """A picture in a folder or ZIP file; None if the path is not valid."""
    try:
        resource = joplin_id(place)
        return _resource(article, resource) if resource else _at_place(article, place)
    except (OSError, ValueError, RuntimeError):
        return None


def _resource(article: Article, resource_id: str) -> PictureFile:
    """A picture in a note of Joplin, by its id; if there is no such file, the id alone is its name."""
    base = article.path.parent
    found = _files(article.root).resource(resource_id, base.relative_to(article.root).parts)
    return PictureFile(found.resolve() if found is not None else base / resource_id)


def _at_place(article: Article, place: str) -> PictureFile | None:
    """A picture at its path, or where site generators and note-taking programs put it."""
    base, root = article.path.parent, article.root.resolve()
    entry = split_entry(article.path)
    if entry is not None:
        path = ((Path(entry[0]) if place.startswith("/") else base) / place.lstrip("/")).resolve()
        inner = split_entry(path) if path.is_relative_to(root) else None
        return PictureFile(Path(inner[0]), inner[1]) if inner is not None else None
    path = ((article.root if place.startswith("/") else base) / place.lstrip("/")).resolve()
    if path.is_relative_to(root):
        # `Path.is_file` raises an error if the name is too long.
        if os.path.isfile(path):  # noqa: PTH113
            return PictureFile(path)
        if (inner := split_entry(path)) is not None:
            return PictureFile(Path(inner[0]), inner[1])
    elif not place.startswith("/"):
        return None
    found = _elsewhere(article, place)
    if found is not None:
        return PictureFile(found.resolve())
    return PictureFile(path) if path.is_relative_to(root) else None


def _elsewhere(article: Article, place: str) -> Path | None:
    files = _files(article.root)
    if place.startswith("/"):
        return files.on_site(place.lstrip("/"))
    near = os.path.relpath(article.path.parent, article.root)
    # Hexo: the folder of a post is named like its file.
    asset = files.at(os.path.join(near, article.path.stem, place))  # noqa: PTH118 - relative
    if asset is not None or place.startswith("."):
        return asset
    return files.above(place, Path(near).parts) if "/" in place else files.named(place, near)


@lru_cache(maxsize=4)
def _files(root: Path) -> ArchiveFiles:
    return ArchiveFiles(root, most=_MOST_FILES)


def _embedded(picture: PictureFile, most: int) -> tuple[bytes, int]:
    """The beginning of a picture that is embedded in the text of an article, and its size in bytes.

    Raises:
        ArchiveError: The file cannot be read, or no longer contains the picture.
    """
    try:
        status = picture.path.stat()
        version = picture.path, status.st_mtime_ns, status.st_size
        start, end = _embedded_places(*version)[picture.part]
        if is_book(picture.path):
            data = _book_text(*version)[start:end]
        else:
            with picture.path.open("rb") as file:
                file.seek(start)
                data = file.read(end - start)
        written = base64_of(data).rstrip(b"=")
        size = len(written) * 3 // 4
        needed = written[: -(-most // 3) * 4]
        return b64decode(needed + b"=" * (-len(needed) % 4))[:most], size
    except (OSError, KeyError, ValueError) as error:
        raise ArchiveError(str(picture.path)) from error


@lru_cache(maxsize=4)
def _embedded_places(path: Path, mtime: int, size: int) -> Mapping[str, tuple[int, int]]:
    return embedded_places(_book_text(path, mtime, size) if is_book(path) else read_start(path, _LARGEST_PAGE)[0])


@lru_cache(maxsize=1)
def _book_text(path: Path, _mtime: int, _size: int) -> bytes:
    """The text of a book, whose chapters are compressed in its file."""
    from reader.archive.epub import read_book  # noqa: PLC0415 - most pictures are in no book

    return read_book(path)[0]


def _saved(path: Path) -> Mapping[str, bytes]:
    """The parts of a saved page by their addresses; none if it cannot be read."""
    try:
        status = path.stat()
        return _saved_parts(path, status.st_mtime_ns, status.st_size)
    except (OSError, ArchiveError):
        return {}


@lru_cache(maxsize=1)
def _saved_parts(path: Path, _mtime: int, _size: int) -> Mapping[str, bytes]:
    from reader.archive.web_archives import saved_parts  # noqa: PLC0415 - most archives have no saved pages

    return saved_parts(read_start(path, _LARGEST_PAGE)[0])
