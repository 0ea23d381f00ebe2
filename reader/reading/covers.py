"""The cover that is shown under the title of an article."""

from itertools import islice

from reader.archive.article import Article
from reader.archive.named_covers import cover_source
from reader.document.blocks import Image
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.linking.picture_files import PICTURE_SUFFIXES, PictureFile, picture_file

_FIRST = 2
"""The number of pictures at the beginning of the text that are compared with the cover."""


def cover_of(article: Article, document: Document) -> PictureFile | None:
    """Return the cover of an article; None if the archive has none, or the text begins with it. Raises nothing."""
    try:
        source = cover_source(article.path)
    except (ArchiveError, OSError, ValueError):
        return None
    picture = picture_file(article, source) if source else None
    if picture is None or picture.suffix not in PICTURE_SUFFIXES:
        return None
    pictures = (leaf.source for leaf in document.leaves if isinstance(leaf, Image))
    return None if any(picture_file(article, one) == picture for one in islice(pictures, _FIRST)) else picture
