"""Small archives for the tests of links."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.index.index import Index
from reader.index.index_file import in_memory
from reader.indexing.update import UpdateOptions, update
from reader.linking.archive_links import ArchiveLinks


@dataclass(frozen=True, slots=True)
class Linked:
    """An indexed archive and its links."""

    root: Path
    index: Index
    links: ArchiveLinks

    def article(self, path: str) -> Article:
        for key in self.index.shown_keys():
            article = self.index.articles([key])[key]
            if article.path == self.root / path:
                return article
        raise AssertionError(path)

    def follow(self, path: str, target: str) -> str:
        """Where a link leads, as `kind path#fragment` with the path relative to the root."""
        found = self.links.destination(self.article(path), target)
        place = found.path.relative_to(self.root).as_posix() if found.path is not None else found.url
        return f"{found.kind} {place}" + (f"#{found.fragment}" if found.fragment else "")


@contextmanager
def linked(root: Path, files: Mapping[str, str]) -> Iterator[Linked]:
    """Write files and index them in memory; an empty text is replaced by a line of text."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or f"{name} 的正文。\n", encoding="utf-8")
    (archive,) = open_archives([root])
    place, connection = in_memory()
    update(0, archive, place, UpdateOptions())
    index = Index(archive, place)
    try:
        yield Linked(root, index, ArchiveLinks([index]))
    finally:
        index.close()
        connection.close()
