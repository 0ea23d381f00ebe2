"""The contents of an article's file, wherever it is: in a folder, or an entry of a bundle."""

from collections.abc import Callable
from pathlib import Path, PurePath

from reader.archive.article import FileWarning
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.file_names import folder_name
from reader.archive.files import read_start
from reader.archive.long_headers import is_head_incomplete, is_of_wechat
from reader.archive.suffixes import BOOKS, MAILS, NOTEBOOK, WEB_ARCHIVES
from reader.lean_dataclasses import dataclass

HEAD = 65_536
"""Bytes of a file that are searched for metadata and covered by its fingerprint."""
_LONG_HEAD = 2**20
"""Bytes searched if a header or HTML head does not end within `HEAD` bytes, because of embedded images or styles."""
_LONGEST_OF_WECHAT = 8 * 2**20
"""Bytes searched in pages of WeChat, whose scripts take up several megabytes."""
LONGEST_MIB = 64
_LONGEST = LONGEST_MIB * 2**20
"""The maximum number of bytes read from a file."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The part of an article's file that was read.

    Attributes:
        data: The article, or its beginning: text in an unknown encoding.
        size: The size of the whole article in bytes.
        identifying: The bytes from which the fingerprint is computed: the first 64 KiB of a file, or a whole entry.
        whole_size: The size of the file in bytes.
        warnings: Warnings about the file.
    """

    data: bytes
    size: int
    identifying: bytes
    whole_size: int
    warnings: tuple[FileWarning, ...] = ()


def is_book(path: Path) -> bool:
    """Whether an article is a book."""
    return path.name.lower().endswith(BOOKS)


def read_contents(path: Path, *, is_head: bool) -> Contents:
    """Return the contents of an article's file or, with `is_head`, only the part that holds its metadata.

    Raises:
        ArchiveError: The file or entry is gone or cannot be read.
    """
    name = path.name.lower()
    entry = split_entry(path)
    problem = ""
    if entry is not None:
        from reader.archive.bundles.bundle import find_entry  # noqa: PLC0415 - most archives have none

        found = find_entry(path)
        start, problem = found[0].read(found[1]) if found is not None else (b"", "")
        size = len(start)
    else:
        start, size = read_start(path, HEAD if is_head or name.endswith(BOOKS) else _LONGEST)

    def whole() -> bytes:
        return start if size == len(start) else read_start(path, _LONGEST)[0]

    if name.endswith(BOOKS):
        return _book(path, start, size, is_entry=entry is not None, is_head=is_head)
    seen, seen_size = start, size
    if name.endswith(WEB_ARCHIVES):
        seen, seen_size = _page(start, size, whole)
    elif name.endswith(MAILS):
        from reader.archive.mail import mail_article  # noqa: PLC0415 - most archives have none

        # Attachments may come before the text, which is therefore not always in the beginning.
        seen = mail_article(whole()).as_file()
        seen_size = len(seen)
    elif name.endswith(NOTEBOOK):
        from reader.archive.notebook import notebook_file  # noqa: PLC0415 - most archives have none

        seen = notebook_file(whole())
        seen_size = len(seen)
    elif size > len(start) and is_head and is_head_incomplete(start):
        seen, seen_size = read_start(path, _LONG_HEAD)
        if seen_size > len(seen) and is_of_wechat(seen):
            seen, seen_size = read_start(path, _LONGEST_OF_WECHAT)
    return Contents(seen, seen_size, start, size, (FileWarning(path, problem),) if problem else ())


def shelf_place(path: Path, root: Path) -> PurePath:
    """Return the path, relative to the root, from which categories are derived; a bundle counts as a folder.

    The folder is named after the feed or, if that has no title, after the file.
    """
    place = PurePath(path.relative_to(root))
    entry = split_entry(path)
    if entry is None:
        return place
    from reader.archive.bundles.bundle import open_bundle  # noqa: PLC0415 - most archives have none

    file = Path(entry[0])
    bundle = open_bundle(file)
    inner = PurePath(entry[1])
    title = (bundle.title if bundle is not None else "").replace("/", "／") or file.stem
    if inner.parts[0] == file.stem and len(inner.parts) > 1:
        # Many containers have one top folder of their own name.
        inner = PurePath(*inner.parts[1:])
    return PurePath(file.relative_to(root).parent, folder_name(title) or file.stem, inner)


def _book(path: Path, start: bytes, size: int, *, is_entry: bool, is_head: bool) -> Contents:
    """Return a book, or only its metadata, as an article in HTML."""
    from reader.archive.epub import read_book, read_book_head  # noqa: PLC0415 - most archives have none

    data, warnings = (read_book_head if is_head else read_book)(path, start if is_entry else None)
    return Contents(data, len(data), start, size, tuple(warnings))


def _page(start: bytes, size: int, whole: Callable[[], bytes]) -> tuple[bytes, int]:
    """Return the page in a web archive, and its size; `start` is the beginning of the file."""
    from reader.archive.web_archives import is_property_list, unpack  # noqa: PLC0415 - most archives have none

    if is_property_list(start) and size > len(start):
        # The table of offsets is at the end of the file.
        start = whole()
    page = unpack(start)
    return page, (len(page) if size == len(start) else max(size, len(page) + 1))
