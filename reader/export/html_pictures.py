"""The pictures of an HTML page: web addresses, and files of the archive as data."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.document.addresses import uri_of
from reader.document.document import Document
from reader.export.embedded_pictures import EmbeddedPictures, PictureData, embeddable, picture_sources

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile

_TRANSPARENT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""A picture of one transparent pixel, because HTML demands a `src`."""


class HtmlPictures:
    """The pictures of one page, each of which is embedded once.

    A picture that occurs several times is in the style sheet, as the `content` of a class of elements (CSS Generated
    Content Module Level 3).
    """

    def __init__(self, article: Article | None, document: Document, embedded: EmbeddedPictures) -> None:
        """Find the pictures; none is read yet."""
        self._embedded = embedded
        self._files = {source: embeddable(article, source) for source in {*picture_sources(document)}}
        self._counts = Counter(self._files[source] for source in picture_sources(document))
        self._attributes: dict[PictureFile, str] = {}

    def style(self) -> Iterator[str]:
        """The lines of the style sheet, which must be written before the text."""
        for path, count in self._counts.items():
            if path is None or count == 1:
                continue
            picture = self._embedded.read(path)
            self._attributes[path] = ""
            if picture is not None:
                name = f"picture{len(self._attributes)}"
                self._attributes[path] = f'class="{name}" src="{_TRANSPARENT}"'
                yield f'.{name} {{ content: url("{_data_address(picture)}"); }}'

    def attributes(self, source: str) -> str:
        """The attributes of an `img` element that shows a picture; empty if it cannot be shown."""
        if source.lower().startswith(("https://", "http://")):
            return f'src="{escape(uri_of(source) or source)}"'
        path = self._files.get(source)
        if path is None:
            return ""
        known = self._attributes.get(path)
        if known is not None:
            return known
        picture = self._embedded.read(path)
        return f'src="{_data_address(picture)}"' if picture is not None else ""


def _data_address(picture: PictureData) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"
