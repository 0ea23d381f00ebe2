"""The sizes of the pictures of an article, so that their room is known before they are decoded."""

from reader.archive.article import Article
from reader.archive.walk import WEB_ARCHIVES
from reader.document.blocks import Image
from reader.document.document import Document
from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.lean_dataclasses import dataclass

_MOST = 2_000
"""The maximum number of pictures whose sizes are read; any others have no room."""


@dataclass(frozen=True, slots=True)
class ArticlePictures:
    """The pictures of an article.

    Attributes:
        article: The article.
        document: Its document.
        found: The size of each picture, or why it is not shown, by the numbers of their leaves.
    """

    article: Article
    document: Document
    found: dict[int, PictureSize | PictureProblem]


def pictures_of(article: Article, document: Document) -> ArticlePictures | None:
    """Look for the pictures of an article; return None if it has none."""
    found = picture_sizes(article, document)
    return ArticlePictures(article, document, found) if found else None


def picture_sizes(article: Article, document: Document) -> dict[int, PictureSize | PictureProblem]:
    """Return the size of each picture, or why it is not shown, by the numbers of their leaves."""
    found: dict[int, PictureSize | PictureProblem] = {}
    known: dict[str, PictureSize | PictureProblem] = {}
    for number, leaf in enumerate(document.leaves):
        if isinstance(leaf, Image) and leaf.source:
            if leaf.source not in known and len(known) < _MOST:
                known[leaf.source] = _size(article, leaf.source)
            if leaf.source in known:
                found[number] = known[leaf.source]
    if article.path.name.lower().endswith(WEB_ARCHIVES) and known:
        from reader.linking.picture_files import forget_saved_pages  # noqa: PLC0415 - most articles are no saved pages

        forget_saved_pages()
    return found


def _size(article: Article, source: str) -> PictureSize | PictureProblem:
    is_web = source.lower().startswith(("http://", "https://", "//"))
    if is_web and not article.path.name.lower().endswith(WEB_ARCHIVES):
        return PictureProblem.WEB
    from reader.linking.picture_files import PICTURE_SUFFIXES, picture_file  # noqa: PLC0415 - most pictures are on the web

    picture = picture_file(article, source)
    if picture is None:
        return PictureProblem.WEB if is_web else PictureProblem.MISSING
    if picture.suffix not in PICTURE_SUFFIXES and not (picture.part and picture.suffix not in (".svg", ".svgz")):
        return PictureProblem.UNSUPPORTED
    from reader.reading.picture_decoding import picture_size  # noqa: PLC0415 - imports Pillow

    return picture_size(picture)
