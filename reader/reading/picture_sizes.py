"""The sizes of the pictures of an article, so that the page can leave room for them before they are decoded."""

from collections.abc import Callable
from threading import Event
from time import monotonic, thread_time
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.archive.suffixes import WEB_ARCHIVES
from reader.document.blocks import Image
from reader.document.document import Document
from reader.layout.picture_rooms import COVER, PictureProblem, PictureSize
from reader.lean_dataclasses import dataclass
from reader.workers.stopped import Stopped

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile, PictureReader

_MOST = 2_000
"""The maximum number of pictures whose sizes are read; further ones get no room."""

_CPU_LIMIT = 0.3
"""Seconds of CPU time for all pictures of an article, which waits for them; a thousand files take a third of that."""

_WAIT_LIMIT = 2.0
"""Seconds of elapsed time for all pictures of an article, in case the disk is slow."""


@dataclass(frozen=True, slots=True)
class ArticlePictures:
    """The pictures of an article.

    Attributes:
        article: The article.
        document: Its document.
        found: The size of each picture, or why it is not shown, by the number of its leaf; `COVER` is the key of the
            cover.
        cover: The picture under the title, if there is one.
    """

    article: Article
    document: Document
    found: dict[int, PictureSize | PictureProblem]
    cover: "PictureFile | None" = None


def pictures_of(article: Article, document: Document, stop: Event | None = None) -> ArticlePictures | None:
    """Look for the pictures of an article; return None if it has none.

    Raises:
        Stopped: `stop` was set.
    """
    from reader.reading.covers import cover_of  # noqa: PLC0415 - after the first paint of the text
    from reader.reading.picture_headers import picture_size  # noqa: PLC0415 - as above

    found = picture_sizes(article, document, stop)
    cover = cover_of(article, document)
    if cover is not None and isinstance(size := picture_size(cover), PictureSize):
        found = {**found, COVER: size}
    return ArticlePictures(article, document, found, cover) if found else None


def picture_sizes(
    article: Article, document: Document, stop: Event | None = None, is_late: Callable[[], bool] | None = None
) -> dict[int, PictureSize | PictureProblem]:
    """Return the size of each picture, or why it is not shown, by the number of its leaf.

    Args:
        article: The article.
        document: Its document.
        stop: Set if the sizes are no longer needed.
        is_late: Returns whether the time for all pictures is used up; None for the usual time.

    Raises:
        Stopped: `stop` was set.
    """
    images = {number: leaf.source for number, leaf in enumerate(document.leaves) if isinstance(leaf, Image)}
    sources = [*dict.fromkeys(filter(None, images.values()))][:_MOST]
    if not sources:
        return {}
    from reader.linking.picture_files import PictureReader, forget_saved_pages  # noqa: PLC0415 - many have no pictures

    is_late = is_late or _usual_limit()
    known: dict[str, PictureSize | PictureProblem] = {}
    try:
        with PictureReader() as pictures:
            sizes = _Sizes(article, pictures)
            for source in sources:
                if stop is not None and stop.is_set():
                    raise Stopped
                known[source] = sizes.size(source, is_late)
    finally:
        if _is_saved_page(article):
            forget_saved_pages()
    return {number: known[source] for number, source in images.items() if source in known}


def _usual_limit() -> Callable[[], bool]:
    cpu, start = thread_time(), monotonic()
    return lambda: thread_time() - cpu > _CPU_LIMIT or monotonic() - start > _WAIT_LIMIT


def _is_saved_page(article: Article) -> bool:
    return article.path.name.lower().endswith(WEB_ARCHIVES)


class _Sizes:
    """The sizes of pictures by file, because many sources may lead to the same file."""

    def __init__(self, article: Article, pictures: "PictureReader") -> None:
        self._article = article
        self._pictures = pictures
        self._by_file: dict[PictureFile, PictureSize | PictureProblem] = {}

    def size(self, source: str, is_late: Callable[[], bool]) -> PictureSize | PictureProblem:
        """Return the size of a picture by its source as written, or why it is not shown."""
        from reader.linking.picture_files import is_outside, picture_file  # noqa: PLC0415 - as above

        is_web = source.lower().startswith(("http://", "https://", "//"))
        if is_web and not _is_saved_page(self._article):
            return PictureProblem.WEB
        if is_late():
            return PictureProblem.LATE
        picture = picture_file(self._article, source)
        if picture is None:
            if is_web:
                return PictureProblem.WEB
            return PictureProblem.OUTSIDE if is_outside(self._article, source) else PictureProblem.MISSING
        if picture not in self._by_file:
            self._by_file[picture] = self._read(picture)
        return self._by_file[picture]

    def _read(self, picture: "PictureFile") -> PictureSize | PictureProblem:
        from reader.linking.picture_files import PICTURE_SUFFIXES  # noqa: PLC0415 - as above
        from reader.reading.picture_headers import picture_size  # noqa: PLC0415 - as above

        if picture.suffix not in PICTURE_SUFFIXES and not (picture.part and picture.suffix not in (".svg", ".svgz")):
            return PictureProblem.UNSUPPORTED
        return picture_size(picture, self._pictures)
