"""The links between articles that are exported together: which file each of them becomes, and where links lead then."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.addresses import written_target
from reader.document.document import Document
from reader.errors import ReaderError
from reader.export.link_places import ExportedFile, LinkedSections, LinkForm, link_address
from reader.linking.archive_links import ArchiveLinks
from reader.linking.destination import DestinationKind
from reader.linking.link_targets import TargetKind, parse_target
from reader.parse.document_links import document_links

_LOCAL = (TargetKind.PATH, TargetKind.NAME)

_MOST_DOCUMENTS = 32
"""The number of articles whose sections are kept for the links to them."""

Destinations = Callable[[Article, Sequence[str]], Sequence[tuple[Path | None, str]]]
"""Where links of an article lead: the path of another article, or None, and the fragment."""


class ExportLinks:
    """The links of exported articles to each other.

    Attributes:
        linked: The paths of the articles to which links have led so far.
    """

    def __init__(
        self,
        files: Mapping[Path, ExportedFile],
        form: LinkForm,
        destinations: Destinations,
        open_document: Callable[[Path], Document],
    ) -> None:
        """Link to the exported `files` by the absolute paths of their articles, which `open_document` opens."""
        self.linked: set[Path] = set()
        self._files = files
        self._form = form
        self._destinations = destinations
        self._open_document = open_document
        self._sections = lru_cache(maxsize=_MOST_DOCUMENTS)(self._sections_of)

    def targets(self, article: Article, document: Document) -> dict[str, str]:
        """The targets of the links of an article that lead to exported files, by the targets as written."""
        written = list(dict.fromkeys(link.target for link in document_links(document) if not link.is_picture))
        if not written:
            return {}
        there = absolute(article.path)
        own = self._files.get(there)
        found: dict[str, str] = {}
        for target, (path, fragment) in zip(written, self._destinations(article, written), strict=True):
            led = absolute(path) if path is not None else there
            file = self._files.get(led)
            if file is not None and led != there and (own is None or own.folder == file.folder):
                self.linked.add(led)
                found[target] = link_address(self._form, file, self._sections(led) if fragment else None, fragment)
        return found

    def _sections_of(self, path: Path) -> LinkedSections | None:
        try:
            return LinkedSections(self._open_document(path), self._files[path].title)
        except ReaderError:
            # The error is reported when the article itself is exported.
            return None


def unexported_links(document: Document, targets: Mapping[str, str]) -> list[str]:
    """The links to files and notes, as written, except for those among `targets`, which lead to exported files.

    A relative path, or the name of a note, leads nowhere from the folder of exports.
    """
    written = dict.fromkeys(link.target for link in document_links(document) if not link.is_picture)
    parsed = ((target, parse_target(target)) for target in written if target not in targets)
    return [written_target(target) for target, one in parsed if one.kind in _LOCAL and one.place]


def destinations_in(links: ArchiveLinks, articles: Sequence[Article]) -> Destinations:
    """The destinations of links of indexed articles."""
    indexed = {absolute(one.path): one for one in articles}

    def destinations(article: Article, targets: Sequence[str]) -> list[tuple[Path | None, str]]:
        led = links.destinations(indexed.get(absolute(article.path), article), targets)
        return [(one.path if one.kind is DestinationKind.ARTICLE else None, one.fragment) for one in led]

    return destinations
