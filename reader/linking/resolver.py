"""Resolution of links: where they lead in their archive, in the others that are open, and outside."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.archive.walk import may_be_article
from reader.document.addresses import written_target
from reader.document.note_addresses import joplin_id, notion_page
from reader.document.web_addresses import folded_address, join_address, shown_address
from reader.index.index import Index
from reader.index.link_names import address_key, fold
from reader.lean_dataclasses import dataclass
from reader.linking.archive_files import ArchiveFiles
from reader.linking.destination import Destination, DestinationKind
from reader.linking.link_candidates import Candidate, LeadsOut, Parts, candidate_at, candidates_by_name, site_parts
from reader.linking.link_matching import SURE, index_order, is_in_language, name_rank, path_rank, site_rank, title_rank
from reader.linking.link_source import Source, addresses_of, is_of_site, names_index, normal, wiki_page
from reader.linking.link_targets import Target, TargetKind, as_path, block_reference, parse_target
from reader.linking.lone_files import roots_of_lone_files
from reader.linking.named_articles import NamedArticles, names_of
from reader.linking.site_config import SiteConfig, site_config
from reader.linking.site_host import OwnHostLinks
from reader.linking.site_paths import path_on_site, permalink_places

_NAMING = frozenset({TargetKind.PATH, TargetKind.NAME, TargetKind.TITLE})
_Found = Candidate | Path | LeadsOut | None


class Resolver:
    """Resolves links. Use it from the thread that its indexes belong to."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._indexes = indexes
        self._sites: dict[Path, SiteConfig] = {}
        self._files = {index.archive.root: ArchiveFiles(index.archive.root) for index in indexes}
        self._own_host: dict[Path, OwnHostLinks] = {}
        self._vaults = roots_of_lone_files([index.archive for index in indexes])

    def destinations(self, article: Article, targets: Sequence[str]) -> list[Destination]:
        """Where the links of an article lead, in their order; thousands are resolved at once.

        Raises:
            CorruptIndexError: An index is corrupt.
        """
        return self.for_articles([(article, targets)])[0]

    def for_articles(self, asked: Sequence[tuple[Article, Sequence[str]]]) -> list[list[Destination]]:
        """The destinations of the links of several articles of one archive, which are looked up together.

        Raises:
            CorruptIndexError: An index is corrupt.
        """
        sources = [Source.of(article, self._root_of(article)) for article, _targets in asked]
        pairs = list(zip(sources, asked, strict=True))
        known = self._known([(source, target) for source, (_article, targets) in pairs for target in targets])
        found: list[list[Destination]] = []
        for source, (article, targets) in pairs:
            files = self._files.setdefault(source.root, ArchiveFiles(source.root))
            is_current = article.base is None and source.root not in self.vaults
            is_indexed = is_current and self._is_complete(source.root)
            resolution = _Resolution(source, known, files, self._files.values(), self._site(source.root), is_indexed)
            led = {target: resolution.resolved(target) for target in dict.fromkeys(targets)}
            found.append([led[target] for target in targets])
        return found

    @property
    def vaults(self) -> frozenset[Path]:
        """The folders to which the links in singly opened files refer; indexes of these folders may be outdated."""
        return frozenset(self._vaults.values())

    def _root_of(self, article: Article) -> Path:
        return article.base.root if article.base else self._vaults.get(absolute(article.path), article.root)

    def own_host_links(self, index: Index) -> OwnHostLinks:
        """The links in an archive that are complete URLs on the host of its site."""
        root = index.archive.root
        if root not in self._own_host:
            site = self._site(root)

            def names(path: str) -> list[int]:
                return [name for place in permalink_places(site, path) for name in names_of(place)]

            self._own_host[root] = OwnHostLinks(index, site, names)
        return self._own_host[root]

    def is_on_own_host(self, index: Index, target: str) -> bool:
        """Whether a target is an address on the host of the archive's site."""
        return bool(self._site(index.archive.root).path_of(target))

    def _site(self, root: Path) -> SiteConfig:
        if root not in self._sites:
            self._sites[root] = site_config(root)
        return self._sites[root]

    def _index_of(self, root: Path | None) -> Index | None:
        """The index of the whole folder, if there is one, rather than that of a single file in it."""
        with_root = (one for one in self._indexes if one.archive.root == root)
        return min(with_root, key=lambda one: one.archive.files is not None, default=None)

    def _is_complete(self, root: Path) -> bool:
        """Whether an index has the names of all articles; if not, links are also resolved by the names of files."""
        index = self._index_of(root)
        return index is None or index.is_complete

    def _known(self, asked: Sequence[tuple[Source, str]]) -> NamedArticles:
        """The articles that any of the targets may mean."""
        names: set[int] = set()
        paths: set[str] = set()
        addresses: set[int] = set()
        for source, written in asked:
            with suppress(Exception):  # `_Resolution.resolved` handles links that cannot be parsed.
                target = parse_target(written)
                addresses.update(map(address_key, addresses_of(source, target)))
                site = self._site(source.root)
                if path := path_on_site(site, target):
                    names.update(name for place in permalink_places(site, path) for name in names_of(place))
                if target.kind is TargetKind.WEB:
                    names.update(names_of((page,) if (page := notion_page(target.place)) else None))
                elif target.kind in _NAMING and target.place:
                    places = source.places(target)
                    if target.kind is TargetKind.NAME and target.place.startswith(("./", "../", "/")):
                        places += source.places(as_path(target))
                    for place in places:
                        names.update(names_of(place))
                        paths.add("/".join(place or ()))
        root = asked[0][0].root if asked else None
        index = self._index_of(root)
        return NamedArticles(
            candidates_by_name(index, names) if index is not None else {},
            candidate_at(index, paths) if index is not None else {},
            [candidates_by_name(one, addresses) for one in self._indexes] if addresses else [],
        )


@dataclass(frozen=True, slots=True)
class _Resolution:
    """The resolution of the links of one article, given the articles that they may mean."""

    source: Source
    known: NamedArticles
    files: ArchiveFiles
    all_files: Iterable[ArchiveFiles]
    site: SiteConfig
    is_indexed: bool = True

    def resolved(self, written: str) -> Destination:
        """Where a link leads; MISSING if resolving it raises an error, so that the other links are resolved."""
        try:
            return self._destination(written, parse_target(written))
        except Exception:  # noqa: BLE001 - the text of an article is hostile
            address = shown_address(written_target(written))
            return Destination(DestinationKind.MISSING, address, looked_for=address)

    def _destination(self, written: str, target: Target) -> Destination:  # noqa: PLR0911 - one kind each
        """Where a target leads."""
        address = shown_address(written_target(written))
        match target.kind:
            case TargetKind.UNSAFE:
                is_file = written.lower().startswith("file:")
                return Destination(DestinationKind.UNSAFE, address, looked_for=address, is_outside=is_file)
            case TargetKind.MAIL:
                return Destination(DestinationKind.MAIL, address, url=target.place)
            case TargetKind.WEB:
                return self._web(shown_address(target.place), target.place, target.fragment)
        if not target.place:
            return Destination(DestinationKind.HERE, address, path=self.source.path, fragment=target.fragment)
        match self._named(target):
            case Candidate() as found:
                return self._article(found, address, target.fragment)
            case Path() as found:
                return self._file(found, address, target.fragment)
            case LeadsOut() as found if not self.source.url:
                looked_for = shown_address(found.place)
                return Destination(DestinationKind.UNSAFE, address, looked_for=looked_for, is_outside=True)
        if self.source.url and target.kind is TargetKind.PATH:
            # The page was saved from the web, where its relative links lead.
            url = join_address(self.source.url, target.raw_place)
            if url is not None:
                return self._web(address, url, target.fragment)
        place = next(iter(self.source.places(target)), None)
        looked_for = shown_address("/".join(place or ()) or target.place)
        return Destination(DestinationKind.MISSING, address, looked_for=looked_for)

    def _article(self, found: Candidate, address: str, fragment: str, url: str = "") -> Destination:
        path = Path(found.root, *found.parts)
        kind = DestinationKind.HERE if found.article_id == self.source.article_id else DestinationKind.ARTICLE
        return Destination(kind, address, url, path, found.article_id, fragment, is_archived=bool(url))

    def _file(self, path: Path, address: str, fragment: str) -> Destination:
        """The destination of a file that no index has; an article if it looks like one."""
        kind = DestinationKind.ARTICLE if may_be_article(path.name) else DestinationKind.FILE
        if self.source.is_file and absolute(path) == absolute(self.source.path):
            kind = DestinationKind.HERE
        return Destination(kind, address, path=path, fragment=fragment, root=self.source.root)

    def _web(self, shown: str, url: str, fragment: str) -> Destination:
        """A web address, or the article that has it."""
        found = self.known.at_address(folded_address(url))
        if found is None and (path := self.site.path_of(url)):
            found = self._on_site(path)
        if found is None and (page := notion_page(url)):
            found = self._best([(page,)], lambda one: 0 if page in one.stems else None)
            fragment = ""
        if found is not None:
            return self._article(found, shown, fragment, url)
        return Destination(DestinationKind.WEB, shown, url=url)

    def _named(self, target: Target) -> _Found:
        """What a path, name or title means."""
        if target.kind is TargetKind.TITLE:
            return self._best([(target.place,)], lambda one: title_rank(one, target.place))
        return self._by_name(target) if target.kind is TargetKind.NAME else self._by_path(target)

    def _by_path(self, target: Target) -> _Found:
        """The article or file at a path."""
        # In the sources of a site, links to files contain the suffix, and a path with a final slash is an address.
        places = self.source.places(target, as_page=bool(self.site.host) and target.place.endswith("/"))
        if is_of_site(target):
            if target.place == "/" and target.has_query:
                # Such as `/?p=12`, an address of a content management system without paths.
                return None
            return self._on_site(target.place.lstrip("@")) or self.files.on_site(target.place.lstrip("@").strip("/"))
        if places[0] is None:
            return self._in_wiki(target.place) or self._elsewhere(target)
        for place in places:
            if place is not None and (there := self._at(place)) is not None:
                return there
        stated = self._from_permalinks(target)
        if stated is None and self.site.is_by_path and not target.place.startswith(".") and "/" in target.place[:-1]:
            # If Hugo does not find a page beside the linking page, it looks it up from the root of the source.
            stated = self._on_site(target.place)
        return stated or self._in_wiki(target.place) or self._in_vault(target)

    def _in_wiki(self, place: str) -> Candidate | None:
        """The page of a wiki, whatever its folder."""
        page = wiki_page(place) if self.files.is_wiki else ""
        if not page:
            return None
        folder = tuple(map(fold, self.source.folder))
        return self._best([(page,)], lambda one: name_rank(one, (fold(page),), folder, is_exact=True))

    def _in_vault(self, target: Target) -> _Found:
        """The only article or other file with a name, or the one at a path from a folder that may be a vault."""
        written = normal((), target.place)
        if not written or target.place.startswith(".") or names_index(target.place) or "." not in written[-1]:
            return None
        found = self.known.only(written)
        if found is not None or (len(written) == 1 and may_be_article(written[0])):
            return found
        if len(written) == 1:
            return self.files.named(written[0], "/".join(self.source.folder))
        return self.files.above("/".join(written), self.source.folder) if self.is_indexed else None

    def _from_permalinks(self, target: Target) -> Candidate | None:
        """The article at a path relative to the address that the linking article states."""
        pages = (join_address(permalink, target.raw_place) for permalink in self.source.permalinks)
        return next((found for page in pages if page and (found := self._on_site(page)) is not None), None)

    def _on_site(self, path: str) -> Candidate | None:
        """The article at a path on the site; of several, the one of the kind and language that the path shows."""
        spellings, name = self.site.spellings(site_parts(path)), self.source.root.name
        is_home = () in spellings
        # Below the folder of a collection, nothing is guessed from the slug alone.
        is_claimed = any(form.claims(parts) for form in self.site.permalinks for parts in spellings)

        def rank(one: Candidate) -> int | None:
            if is_home and one.folded[-1] == "readme" and self.site.host:
                # A README describes the source of the site.
                return None
            by_path = self.site.is_at_path(one)
            ranks = [site_rank(one, parts, name, by_path=by_path) for parts in spellings]
            if is_claimed or by_path:
                ranks = [fit for fit in ranks if fit is not None and fit < SURE]
            ranks += [form.rank(one, parts) for form in self.site.permalinks for parts in spellings]
            # Files beside the source of the pages, such as CONTRIBUTING.md, are not pages.
            penalty = SURE // 2 if self.site.source and one.folded[0] != self.site.source else 0
            return min((fit + penalty for fit in ranks if fit is not None), default=None)

        is_index, default = names_index(path), self.site.languages[:1]
        preferred = (lambda one: one.is_index is is_index, lambda one: is_in_language(one, default))
        return self._best(permalink_places(self.site, path), rank, preferred)

    def _at(self, place: Parts) -> _Found:
        """The article or file at a path relative to the root."""
        inner = "/".join(place)
        found = self.known.by_path.get(inner) or self._best([place], lambda one: path_rank(one, place))
        return found or (self.files.at(inner) if self.is_indexed else self.files.page(inner))

    def _by_name(self, target: Target) -> _Found:
        """The article or file with a name."""
        place = target.place
        if block_reference(place):
            # The names of an article contain the ids of its blocks.
            return next(iter(self.known.of(self.source.places(target), self.source.folder)), None)
        if place.startswith(("./", "../", "/")):
            return self._by_path(as_path(target))
        parts = tuple(fold(part) for part in place.strip("/").split("/") if part not in ("", "."))
        folder = tuple(map(fold, self.source.folder))
        named = self._best(self.source.places(target), lambda one: name_rank(one, parts, folder))
        if named is None and (resource := joplin_id(f":/{place}")):
            return self.files.resource(resource, self.source.folder)
        if named is not None or ".." in parts or (self.is_indexed and "." not in place):
            return named
        find = self.files.named if self.is_indexed else self.files.note
        return find(place.strip("/"), "/".join(self.source.folder))

    def _elsewhere(self, target: Target) -> _Found:
        """What a path that leads out of its archive means: a file of another open archive, or nothing."""
        path = os.path.normpath(os.path.join(self.source.path.parent.absolute(), target.place))  # noqa: PTH118 - keeps `..`
        for files in self.all_files:
            root = os.path.abspath(files.root)  # noqa: PTH100 - as `archive.absolute`
            if path.startswith(root.rstrip(os.sep) + os.sep) and (found := files.at(os.path.relpath(path, root))):
                return found
        return LeadsOut(target.place)

    def _best(
        self,
        places: Iterable[Parts | None],
        rank: Callable[[Candidate], int | None],
        preferred: Iterable[Callable[[Candidate], bool]] = (),
    ) -> Candidate | None:
        """The article with the best rank; of equal ones, a preferred one, and of these the nearest to the source.

        If several are still left, the one with the shortest path, or None if their rank is `SURE` or worse.
        """
        ranked = [(fit, one) for one in self.known.of(places, self.source.folder) if (fit := rank(one)) is not None]
        if not ranked:
            return None
        least = min(fit for fit, _one in ranked)
        best = [one for fit, one in ranked if fit == least]
        for is_preferred in (*preferred, lambda one: not one.is_knitted):
            best = list(filter(is_preferred, best)) or best
        orders = [index_order(one, prefers_readme=self.site.prefers_readme) for one in best]
        best = [one for one, order in zip(best, orders, strict=True) if order == min(orders)]
        if len(best) > 1:
            nearest = max(self.source.folders_shared(one.parts) for one in best)
            best = [one for one in best if self.source.folders_shared(one.parts) == nearest]
        if len(best) > 1 and least >= SURE:
            best = [one for one in best if not one.is_hidden]
            return best[0] if len(best) == 1 else None
        return min(best, key=lambda one: (len(one.parts), one.is_hidden, one.path))
