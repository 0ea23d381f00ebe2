"""The links of open archives: where they lead, and what leads to an article."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from reader.archive.article import Article
from reader.archive.ids import id_of
from reader.archive.scan import read_head
from reader.document.document import Document
from reader.errors import IndexingError
from reader.index.index import CorruptIndexError, Index
from reader.linking.destination import Destination, DestinationKind
from reader.linking.resolver import Resolver
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
        try:
            return self._resolver.destinations(article, targets)
        except CorruptIndexError as error:
            self._on_corrupt(error.path)
        except IndexingError:
            # Another process holds the lock.
            pass
        return Resolver(()).destinations(article, targets)

    def links_of(self, article: Article, document: Document) -> list[tuple[DocumentLink, Destination]]:
        """The links and pictures of an article in reading order, with where they lead."""
        links = document_links(document)
        return list(zip(links, self.destinations(article, [link.target for link in links]), strict=True))

    def article(self, destination: Destination) -> Article | None:
        """The article that a link leads to; read from its file if it is not indexed. None if it is none."""
        if destination.kind not in (DestinationKind.ARTICLE, DestinationKind.HERE) or destination.path is None:
            return None
        for index in self._indexes:
            with self._skipping_unusable():
                if destination.article_id and (found := index.article(destination.article_id)) is not None:
                    return found[1]
        return self._unindexed(destination)

    def _unindexed(self, destination: Destination) -> Article | None:
        path = destination.path
        for index in self._indexes:
            root = index.archive.root
            if path is not None and path.is_relative_to(root):
                read = read_head(path, root, id_of(path))[0]
                return read if isinstance(read, Article) else None
        return None

    @contextmanager
    def _skipping_unusable(self) -> Iterator[None]:
        """Skip the body of the context if an index is corrupt or locked."""
        try:
            yield
        except CorruptIndexError as error:
            self._on_corrupt(error.path)
        except IndexingError:
            return
