"""Links to pictures inside other files: in a book, a saved page, a ZIP file, or the text of the article itself."""

from collections.abc import Iterator, Sequence

from reader.archive.article import Article
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.contents import is_book
from reader.archive.suffixes import WEB_ARCHIVES
from reader.document.embedded_data import is_embedded_name
from reader.document.web_addresses import shown_address
from reader.errors import ArchiveError
from reader.lean_dataclasses import replace
from reader.linking.destination import Destination, DestinationKind
from reader.linking.picture_files import PICTURE_SUFFIXES, PictureFile, PictureReader, picture_file

_ELSEWHERE = frozenset({DestinationKind.MISSING, DestinationKind.WEB})
"""Kinds that such links resolve to at first: the path exists only inside the file, or the page kept its web address."""


def with_contained_pictures(
    article: Article, targets: Sequence[str], destinations: Sequence[Destination]
) -> list[Destination]:
    """The destinations of an article's links, replaced where a link leads to a picture inside a file."""
    with PictureReader() as pictures:
        return list(_each(article, targets, destinations, pictures))


def _each(
    article: Article, targets: Sequence[str], destinations: Sequence[Destination], pictures: PictureReader
) -> Iterator[Destination]:
    is_container = _is_container(article)
    for target, led in zip(targets, destinations, strict=True):
        may_be = is_embedded_name(target) or (is_container and led.kind in _ELSEWHERE)
        picture = picture_file(article, target) if may_be else None
        if picture is None or not picture.part or not _exists(picture, pictures):
            yield led
            continue
        name = "" if is_embedded_name(picture.part) else shown_address(picture.part)
        yield replace(led, kind=DestinationKind.FILE, address=name, path=picture.path, part=picture.part, looked_for="")


def _is_container(article: Article) -> bool:
    name = article.path.name.lower()
    return is_book(article.path) or name.endswith(WEB_ARCHIVES) or split_entry(article.path) is not None


def _exists(picture: PictureFile, pictures: PictureReader) -> bool:
    try:
        return picture.suffix in PICTURE_SUFFIXES and pictures.read(picture, 1)[1] > 0
    except (ArchiveError, OSError):
        return False
