"""Pictures of an article as data, for exports that are one file."""

from collections.abc import Callable, Iterator

from reader.archive.article import Article
from reader.document.blocks import Image, SpanKind
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.language import ngettext
from reader.lean_dataclasses import dataclass
from reader.linking.picture_files import PictureFile, picture_file, read_picture

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
"""The media types of the pictures that are embedded, by suffix. SVG is left out, because it may contain scripts."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """The content of a picture and its media type."""

    data: bytes
    media_type: str


def embeddable(article: Article | None, source: str) -> PictureFile | None:
    """The file of a picture, if its type can be embedded, whether or not it exists; None for any other source."""
    found = picture_file(article, source)
    return found if found is not None and found.suffix in TYPES else None


def picture_sources(document: Document) -> Iterator[str]:
    """The sources of all pictures, as written."""
    for leaf in document.leaves:
        if isinstance(leaf, Image):
            yield leaf.source
        for span in leaf.text.spans:
            if span.kind is SpanKind.IMAGE:
                yield span.value


class EmbeddedPictures:
    """Reads the pictures of one exported file until their total size reaches `LARGEST_TOTAL`."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Call `warn` with the message of a warning, if pictures are left out."""
        self._warn = warn
        self._left = LARGEST_TOTAL
        self._too_large = 0

    def read(self, picture: PictureFile) -> PictureData | None:
        """Read a picture that `embeddable` has returned; None if it cannot be read or is too large."""
        most = min(LARGEST, self._left)
        try:
            data, size = read_picture(picture, most)
        except (ArchiveError, OSError, ValueError):
            return None
        if size > most:
            self._too_large += 1
            return None
        self._left -= size
        return PictureData(data, TYPES[picture.suffix]) if data else None

    def finish(self) -> None:
        """Warn if pictures were left out because of their size."""
        if self._too_large:
            message = ngettext(
                "{count:,} picture left out: the limit is {each} MiB for each and {total} MiB for all",
                "{count:,} pictures left out: the limit is {each} MiB for each and {total} MiB for all",
                self._too_large,
            )
            self._warn(message.format(count=self._too_large, each=LARGEST >> 20, total=LARGEST_TOTAL >> 20))
