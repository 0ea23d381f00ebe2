"""Copies of pictures inside other files, because programs for pictures open files."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

from reader.document.embedded_data import is_embedded_name
from reader.errors import ArchiveError
from reader.layout.picture_rooms import PictureSize
from reader.private_files import FILE
from reader.regex import regex
from reader.ui import late

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile

_LARGEST = 64 * 2**20
"""The maximum number of bytes of a copied picture."""

_LONGEST_NAME = 60
_UNUSUAL = regex(r"[^\w]+")


class PictureCopies:
    """Private copies, in a folder that is removed at the end. Use it from any thread."""

    def __init__(self) -> None:
        """Copy nothing yet."""
        self._folder: TemporaryDirectory[str] | None = None
        self._known: dict[PictureFile, Path] = {}
        self._lock = Lock()

    def path(self, picture: "PictureFile") -> Path:
        """The copy of a picture, which is made if there is none.

        Raises:
            ArchiveError: It does not exist, is no picture, or is too large.
            OSError: It cannot be copied.
        """
        with self._lock:
            known = self._known.get(picture)
            if known is not None and known.is_file():
                return known
            self._known[picture] = copied = self._copied(picture)
            return copied

    def remove(self) -> None:
        """Remove all copies. They are also removed if the program ends without it."""
        with self._lock:
            if self._folder is not None:
                self._folder.cleanup()
            self._folder = None
            self._known.clear()

    def _copied(self, picture: "PictureFile") -> Path:
        # The suffix decides which program opens the copy, and the content must agree that it is a picture.
        if picture.suffix not in late.PICTURE_SUFFIXES or not isinstance(late.picture_size(picture), PictureSize):
            raise ArchiveError(picture.part)
        data, size = late.read_picture(picture, _LARGEST)
        if len(data) < size:
            raise ArchiveError(picture.part)
        if self._folder is not None and not Path(self._folder.name).is_dir():
            # Systems remove old temporary files.
            self._folder.cleanup()
            self._folder = None
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="reader-pictures-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        place = next(place for name in _names(picture) if not (place := folder / name).exists())
        # O_EXCL: the file is new, so it has this mode and no link leads elsewhere.
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
            file.write(data)
        return place


def _names(picture: "PictureFile") -> Iterator[str]:
    """Yield candidate names from the picture's own, in letters and digits only; all but the first end in a number."""
    stem = "" if is_embedded_name(picture.part) else picture.part.rpartition("/")[2][: -len(picture.suffix)]
    words = _UNUSUAL.sub("-", stem)[:_LONGEST_NAME].strip("-") or "picture"
    yield f"{words}{picture.suffix}"
    for number in count(2):
        yield f"{words}-{number}{picture.suffix}"
