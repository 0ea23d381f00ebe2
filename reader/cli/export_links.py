"""The links between articles that are exported together: which file each of them becomes, and where links lead then."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from reader.archive.archive import absolute, open_archives
from reader.archive.article import Article
from reader.archive.scan import scan
from reader.cli.articles import ArticleSource
from reader.document.document import Document
from reader.errors import ReaderError
from reader.export.link_places import ExportedFile, LinkForm, link_address
from reader.index.link_names import fold, without_suffix
from reader.linking.archive_links import ArchiveLinks
from reader.linking.destination import DestinationKind
from reader.linking.link_targets import TargetKind, parse_target
from reader.parse.document_links import document_links

Destinations = Callable[[Article, Sequence[str]], Sequence[tuple[Path | None, str]]]
"""Where links of an article lead: the path of another article, or None, and the fragment."""


LINK_FORMS = {"markdown": LinkForm.PATH, "org": LinkForm.ORG, "html": LinkForm.PAGE}
"""How the files of a format link to each other."""


class ExportLinks:
    """The links of exported articles to each other."""

    def __init__(
        self, files: Mapping[Path, ExportedFile], form: LinkForm, destinations: Destinations, source: ArticleSource
    ) -> None:
        """Link to the exported `files` by the absolute paths of their articles; `source` opens these."""
        self._files = files
        self._form = form
        self._destinations = destinations
        self._document = lru_cache(maxsize=32)(lambda path: _document(source, path))

    def targets(self, article: Article, document: Document) -> dict[str, str]:
        """The targets of the links of an article that lead to exported files, by the targets as written."""
        written = list(dict.fromkeys(link.target for link in document_links(document) if not link.is_picture))
        found: dict[str, str] = {}
        for target, (path, fragment) in zip(written, self._destinations(article, written), strict=True):
            file = self._files.get(absolute(path)) if path is not None else None
            if path is not None and file is not None and absolute(path) != absolute(article.path):
                found[target] = link_address(self._form, file, self._document(path) if fragment else None, fragment)
        return found


def _document(source: ArticleSource, path: Path) -> Document | None:
    try:
        return source.open(str(path)).document
    except ReaderError:
        return None


def destinations_in(links: ArchiveLinks, articles: Sequence[Article]) -> Destinations:
    """The destinations of links of indexed articles."""
    indexed = {absolute(one.path): one for one in articles}

    def destinations(article: Article, targets: Sequence[str]) -> list[tuple[Path | None, str]]:
        led = links.destinations(indexed.get(absolute(article.path), article), targets)
        return [(one.path if one.kind is DestinationKind.ARTICLE else None, one.fragment) for one in led]

    return destinations


def destinations_among(articles: Sequence[Article]) -> Destinations:
    """The destinations of links among articles whose files were named: by path, or by the name of a note."""
    paths = {absolute(one.path): one.path for one in articles}
    names: dict[str, Path] = {}
    for one in articles:
        names.setdefault(fold(without_suffix(one.path.name)), one.path)
    for one in articles:
        names.setdefault(fold(one.title), one.path)

    def destination(article: Article, target: str) -> tuple[Path | None, str]:
        parsed = parse_target(target)
        if parsed.kind is TargetKind.NAME:
            return names.get(fold(without_suffix(parsed.place.rpartition("/")[2]))), parsed.fragment
        if parsed.kind is not TargetKind.PATH or not parsed.place:
            return None, ""
        folder = absolute(article.path).parent
        places = (absolute(folder / place) for place in (parsed.place, parsed.raw_place, f"{parsed.place}.md"))
        return next((paths[place] for place in places if place in paths), None), parsed.fragment

    return lambda article, targets: [destination(article, target) for target in targets]


def heads_of(targets: Sequence[str]) -> list[Article]:
    """The articles in files, with their metadata alone; without those that cannot be read, and ids."""
    found: list[Article] = []
    for target in targets:
        if not os.path.lexists(target):
            continue
        try:
            found += [one for one in scan(open_archives([Path(target)])) if isinstance(one, Article)]
        except ReaderError:
            continue
    return found
