"""Pictures of an article as data, for exports that are one file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from reader.archive.article import Article
from reader.archive.bundles.bundle import open_bundle
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.bundles.zip_bundle import ZipBundle
from reader.archive.files import read_start
from reader.document.blocks import Image, SpanKind
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.language import ngettext
from reader.lean_dataclasses import dataclass

LARGEST = 8 * 2**20
"""The maximum size of a picture in bytes."""

LARGEST_TOTAL = 64 * 2**20
"""The maximum size of all pictures of one file in bytes."""

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""The media types of the pictures that are embedded, by suffix. SVG may contain scripts, so it is not."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """The content of a picture and its media type."""

    data: bytes
    media_type: str


def picture_file(article: Article | None, source: str) -> Path | None:
    """The path of a picture in the archive, also of one in a ZIP file; None for any other source.

    The path exists only if the picture does.
    """
    if article is None or "://" in source or source.startswith(("data:", "//", "#")):
        return None
    place = unquote(source.partition("#")[0].partition("?")[0])
    if Path(place).suffix.lower() not in TYPES:
        return None
    base = article.path.parent
    if place.startswith("/"):
        entry = split_entry(article.path)
        base = Path(entry[0]) if entry is not None else article.root
    try:
        path = (base / place.lstrip("/")).resolve()
        return path if path.is_relative_to(article.root.resolve()) else None
    except (OSError, ValueError, RuntimeError):
        return None


def picture_sources(document: Document) -> Iterator[str]:
    """The sources of all pictures, as written."""
    for leaf in document.leaves:
        if isinstance(leaf, Image):
            yield leaf.source
        for span in leaf.text.spans:
            if span.kind is SpanKind.IMAGE:
                yield span.value


class PictureReader:
    """Reads the pictures of one exported file until their total size reaches `LARGEST_TOTAL`."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Call `warn` with the message of a warning, if pictures are left out."""
        self._warn = warn
        self._left = LARGEST_TOTAL
        self._too_large = 0

    def read(self, path: Path) -> PictureData | None:
        """The picture at a path of `picture_file`; None if it cannot be read or is too large."""
        most = min(LARGEST, self._left)
        try:
            data, size = _content(path, most)
        except (ArchiveError, OSError, ValueError):
            return None
        if size > most:
            self._too_large += 1
            return None
        self._left -= size
        return PictureData(data, TYPES[path.suffix.lower()]) if data else None

    def finish(self) -> None:
        """Warn if pictures were left out because of their size."""
        if self._too_large:
            message = ngettext(
                "{count:,} picture left out: the limit is {each} MiB for each and {total} MiB for all",
                "{count:,} pictures left out: the limit is {each} MiB for each and {total} MiB for all",
                self._too_large,
            )
            self._warn(message.format(count=self._too_large, each=LARGEST >> 20, total=LARGEST_TOTAL >> 20))


def _content(path: Path, most: int) -> tuple[bytes, int]:
    """Up to `most` bytes of a file or of a file in a ZIP file, and its size in bytes.

    Raises:
        ArchiveError: It cannot be read.
    """
    entry = split_entry(path)
    if entry is None:
        return read_start(path, most)
    bundle = open_bundle(entry[0])
    return bundle.part(entry[1], most) if isinstance(bundle, ZipBundle) else (b"", 0)
