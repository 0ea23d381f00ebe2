"""The links of open archives: where they lead, and what leads to an article."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.archive.ids import id_of
from reader.archive.scan import read_head
from reader.document.document import Document
from reader.index.corruption import skipping_unusable
from reader.index.index import Index
from reader.index.texts import plain_text
from reader.linking.backlinks import MOST, Backlink, linked_from, links_to, mentions
from reader.linking.contained_pictures import with_contained_pictures
from reader.linking.destination import Destination, DestinationKind
from reader.linking.link_candidates import candidate_at
from reader.linking.resolver import Resolver
from reader.linking.series import neighbours
from reader.linking.similar import SimilarArticle, similar, similar_to_text
from reader.parse.document_links import DocumentLink, document_links


class ArchiveLinks:
    """The links of the articles of some archives. Use it from the thread that its indexes belong to.

    An index that is corrupt or locked counts as empty; `on_corrupt` is called with the path of a corrupt one.
    """

    def __init__(self, indexes: Sequence[Index], on_corrupt: Callable[[str], None] = lambda _path: None) -> None:
        self._indexes = indexes
        self._on_corrupt = on_corrupt
        self._resolver = Resolver(indexes)

    def close(self) -> None:
        """Close the indexes; the next use opens them again."""
        for index in self._indexes:
            index.close()

    def destination(self, article: Article, target: str) -> Destination:
        """Where a link of an article leads; `target` is that of its span (`DocumentLink.target`)."""
        return self.destinations(article, [target])[0]

    def destinations(self, article: Article, targets: Sequence[str]) -> list[Destination]:
        """Where links of an article lead, in their order; thousands are resolved at once."""
        with skipping_unusable(self._on_corrupt):
            return with_contained_pictures(article, targets, self._resolver.destinations(article, targets))
        return with_contained_pictures(article, targets, Resolver(()).destinations(article, targets))

    def links_of(self, article: Article, document: Document) -> list[tuple[DocumentLink, Destination]]:
        """The links and pictures of an article in reading order, with where they lead."""
        links = document_links(document)
        return list(zip(links, self.destinations(article, [link.target for link in links]), strict=True))

    def linked_from(self, article: Article, most: int = MOST) -> list[Backlink]:
        """The places that link to an article, with their sentences: one for each of up to `most` articles."""
        with skipping_unusable(self._on_corrupt):
            return linked_from(self._indexes, self._resolver, article, most)
        return []

    def links_to(self, article: Article) -> list[Article]:
        """The articles that an article links to, in the order of its links."""
        with skipping_unusable(self._on_corrupt):
            return links_to(self._indexes, self._resolver, article, self.article)
        return []

    def mentions(self, article: Article, most: int = MOST) -> list[Backlink]:
        """The first mention of the title in each other article that does not link to it."""
        with skipping_unusable(self._on_corrupt):
            return mentions(self._indexes, self._resolver, article, most)
        return []

    def similar(self, article: Article, limit: int = 10) -> list[SimilarArticle]:
        """The articles most like an article, best first, without itself and its copies."""
        with skipping_unusable(self._on_corrupt):
            return similar(self._indexes, article, limit)
        return []

    def similar_to_document(self, document: Document, title: str, limit: int = 10) -> list[SimilarArticle]:
        """The articles most like a document that is not in the archives."""
        with skipping_unusable(self._on_corrupt):
            return similar_to_text(self._indexes, plain_text(document), title, limit)
        return []

    def series(self, article: Article) -> tuple[Article | None, Article | None]:
        """The previous and the next article of a series, by the numbers in their titles."""
        with skipping_unusable(self._on_corrupt):
            return neighbours(self._indexes, article)
        return None, None

    def waiting(self) -> int:
        """The number of articles that are not indexed yet, and so are missing from every other answer."""
        with skipping_unusable(self._on_corrupt):
            return sum(index.waiting() for index in self._indexes)
        return 0

    def article_at(self, path: Path) -> Article | None:
        """The indexed article in a file."""
        there = absolute(path)
        for index in self._indexes:
            root = absolute(index.archive.root)
            if there.is_relative_to(root):
                with skipping_unusable(self._on_corrupt):
                    for found in candidate_at(index, [there.relative_to(root).as_posix()]).values():
                        article = index.article(found.article_id)
                        return article[1] if article is not None else None
        return None

    def article(self, destination: Destination) -> Article | None:
        """The article that a link leads to; read from its file if it is not indexed. None if it is not an article."""
        if destination.kind not in (DestinationKind.ARTICLE, DestinationKind.HERE) or destination.path is None:
            return None
        found = self.with_id(destination.article_id) if destination.article_id else None
        return found or self._unindexed(destination)

    def with_id(self, article_id: str) -> Article | None:
        """The indexed article with an id."""
        for index in self._indexes:
            with skipping_unusable(self._on_corrupt):
                if (found := index.article(article_id)) is not None:
                    return found[1]
        return None

    def _unindexed(self, destination: Destination) -> Article | None:
        path = destination.path
        for root in (destination.root, *self._resolver.vaults, *(index.archive.root for index in self._indexes)):
            if path is not None and root is not None and path.is_relative_to(root):
                read = read_head(path, root, id_of(path))[0]
                return read if isinstance(read, Article) else None
        return None
