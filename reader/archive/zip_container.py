"""Safe reading of the files in a ZIP container: bounded in number, size and compression ratio.

Names in a container are only keys. No file is ever extracted, so that a name such as `../x` cannot lead anywhere.
"""

import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from reader.archive.files import open_binary
from reader.archive.zip_names import member_names
from reader.errors import ArchiveError
from reader.language import lazy

FILES_AT_MOST = 20_000
"""The maximum number of files; the largest known books have some thousands."""
_DIRECTORY_AT_MOST = 8 * 2**20
"""The maximum size of the central directory in bytes."""
RATIO_AT_MOST = 200
"""The maximum compression ratio of a file larger than `_SMALL`; that of text is usually 3, and rarely 30."""
_SMALL = 2**20
_CHUNK = 2**15

_END = b"PK\x05\x06"
_END_SIZE = 22
_END_SEARCHED = _END_SIZE + 2**16
"""Bytes at the end that are searched for the end record, after which a comment may follow (APPNOTE 4.3.16)."""
_END_64 = b"PK\x06\x06"
_END_64_SIZE = 56
_LOCATOR_64_SIZE = 20
_ENCRYPTED = 0x1
"""The flag of an encrypted file (APPNOTE 4.4.4)."""


class ZipContainer:
    """The files in an open ZIP container.

    Attributes:
        damaged: The names of files of which only the beginning could be read.
    """

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self.damaged: set[str] = set()
        members = [info for info in file.infolist() if not info.is_dir()]
        names = member_names(members)
        self._by_name = dict(zip(names, members, strict=True))
        self._counts = Counter(names)
        # Some programs write backslashes, or names whose case differs from that of references to them.
        self._by_key: dict[str, str] = {}
        for name in self._by_name:
            self._by_key.setdefault(_key(name), name)

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of the directory."""
        return list(self._by_name)

    @property
    def duplicates(self) -> list[str]:
        """The names that several files have; the last of them is read."""
        return [name for name, count in self._counts.items() if count > 1]

    def find(self, name: str) -> str:
        """Return the exact name of a file, which may differ in case and slashes; empty if there is none."""
        return name if name in self._by_name else self._by_key.get(_key(name), "")

    def size(self, name: str) -> int:
        """Return the size in bytes that the directory declares for a file."""
        return self._by_name[name].file_size

    def refusal(self, name: str, most: int) -> str:
        """Return why a file of at most `most` bytes cannot be read, or an empty text."""
        info = self._by_name[name]
        if info.flag_bits & _ENCRYPTED:
            return lazy("it is encrypted with a password")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            # The other methods cannot be decompressed in chunks of limited size.
            return lazy("its compression method is not supported")
        if info.file_size > most:
            return lazy("it is larger than {size} MiB", size=max(1, most >> 20))
        if info.file_size > _SMALL and info.file_size > RATIO_AT_MOST * info.compress_size:
            return lazy("it would expand to more than {count} times its size, as in an attack", count=RATIO_AT_MOST)
        return ""

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a file.

        Args:
            name: The name as returned by `find`.
            most: The maximum size in bytes.

        Raises:
            ArchiveError: The file is encrypted, corrupt or too large, its compression method is unknown, or its
                compression ratio is too high.
        """
        if message := self.refusal(name, most):
            raise ArchiveError(message)
        return self._content(name, most)

    def read_start(self, name: str, most: int) -> bytes:
        """Return up to `most` bytes from the beginning of a file, however large it is.

        Raises:
            ArchiveError: As for `read`.
        """
        if message := self.refusal(name, self.size(name)):
            raise ArchiveError(message)
        return self._content(name, most)

    def _content(self, name: str, most: int) -> bytes:
        # The library yields at most as many bytes as the directory declares.
        chunks: list[bytes] = []
        try:
            with self._file.open(self._by_name[name]) as stream:
                while chunk := stream.read(min(_CHUNK, most)):
                    chunks.append(chunk)
                    most -= len(chunk)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            if not chunks:
                raise ArchiveError(lazy("it is damaged")) from error
            self.damaged.add(name)
        return b"".join(chunks)


@contextmanager
def open_container(path: Path) -> Iterator[ZipContainer]:
    """Open a ZIP container. Only its directory is read.

    Raises:
        ArchiveError: The file cannot be read, is not a ZIP container, is corrupt, or has too many files.
    """
    with open_binary(path) as (file, size):
        yield container_in(file, size)


def container_in(file: BinaryIO, size: int) -> ZipContainer:
    """Return the ZIP container in an open file of `size` bytes, which must stay open.

    Raises:
        ArchiveError: As for `open_container`.
    """
    _check_directory(file, size)
    try:
        return ZipContainer(ZipFile(file))
    except (BadZipFile, OSError, NotImplementedError, ValueError, OverflowError) as error:
        raise ArchiveError(_not_a_container()) from error


def _check_directory(file: BinaryIO, size: int) -> None:
    """Refuse a directory whose declared or real size is too large; the library would read all of it."""
    file.seek(max(0, size - _END_SEARCHED))
    tail = file.read(_END_SEARCHED)
    place = tail.rfind(_END)
    if place < 0 or place + _END_SIZE > len(tail):
        raise ArchiveError(_not_a_container())
    end = tail[place : place + _END_SIZE]
    count, length = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    start = max(0, size - len(tail) + place - _LOCATOR_64_SIZE - _END_64_SIZE)
    file.seek(start)
    wide = file.read(_END_64_SIZE)
    if wide.startswith(_END_64):
        # The library prefers the values of a ZIP64 record to those of the end record.
        count, length = int.from_bytes(wide[32:40], "little"), int.from_bytes(wide[40:48], "little")
    if count > FILES_AT_MOST or length > _DIRECTORY_AT_MOST:
        raise ArchiveError(lazy("The container has too many files (more than {count:,})", count=FILES_AT_MOST))
    file.seek(0)


def _not_a_container() -> str:
    return lazy("Not a ZIP container, or damaged: its directory cannot be read")


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().lstrip("/")
