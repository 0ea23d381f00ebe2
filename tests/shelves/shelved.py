"""Generated archives in indexes in memory, and their articles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Self

import apsw
from hypothesis import strategies as st

from reader.archive.archive import Archive
from reader.archive.article import Article
from reader.archive.walk import FoundFile
from reader.document.body import BodyFormat
from reader.index.date_keys import LAST
from reader.index.heads import head_of
from reader.index.index import Index
from reader.index.index_file import in_memory, open_to_write
from reader.index.writer import Writer
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.shelf import Shelf
from tests.index.making import a_text

_ids = count()


def article(
    title: str,
    categories: tuple[str, ...] = (),
    date: datetime | None = None,
    *,
    author: str = "",
    root: Path = Path("/archive"),
) -> Article:
    """An article without a file."""
    number = f"{next(_ids):016x}"
    path = root / f"{number}.md"
    return Article(number, path, root, title or "-", date, author, categories, (), "", BodyFormat.HTML, 1)


def noon(year: int, month: int, day: int) -> datetime:
    """Noon of a day."""
    return datetime(year, month, day, 12, tzinfo=UTC)


categories = st.lists(st.sampled_from(["甲", "乙", "-", "2021", "b"]), max_size=3).map(tuple)
dates = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone follows
some_articles = st.lists(
    st.builds(
        article,
        st.text("甲乙ab-中", min_size=1, max_size=4),
        categories,
        dates,
        author=st.sampled_from(["", "x", "甲", "Ä"]),
    ),
    max_size=25,
)
some_archives = st.lists(some_articles, min_size=1, max_size=3)


@dataclass(frozen=True)
class ShelvedArchives:
    """Archives with their indexes in memory. Use it as a context.

    Attributes:
        archives: Their articles.
        paths: The names of the in-memory indexes.
        connections: The connections for writing.
        catalogue: The catalogue over them.
    """

    archives: tuple[tuple[Article, ...], ...]
    paths: tuple[str, ...]
    connections: tuple[apsw.Connection, ...]
    catalogue: ArticleCatalogue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.catalogue.close()
        for connection in self.connections:
            connection.close()

    def indexes(self) -> list[Index]:
        """Other connections to the same indexes."""
        return [Index(index.archive, index.path) for index in self.catalogue.indexes]

    @property
    def articles(self) -> list[Article]:
        """The articles of all archives."""
        return [one for articles in self.archives for one in articles]

    def hide(self, hidden: Article) -> None:
        """Hide an article as a duplicate of another."""
        for connection in self.connections:
            connection.execute("UPDATE article SET hidden = 1 WHERE id = ?", (hidden.id,))


def shelved(*archives: Sequence[Article], texts: bool = False) -> ShelvedArchives:
    """Write articles to the indexes of archives named a, b, c …, in this order."""
    written: list[tuple[Article, ...]] = []
    paths: list[str] = []
    connections: list[apsw.Connection] = []
    indexes: list[Index] = []
    for number, articles in enumerate(archives):
        root = Path(f"/archive {number}")
        here = tuple(replace(one, root=root, path=root / one.path.name) for one in articles)
        path, held = in_memory()
        connection, _ = open_to_write(path)
        held.close()
        writer = Writer(connection, os.fspath(root))
        with writer.transaction():
            for one in here:
                writer.put(head_of(one, FoundFile(os.fspath(one.path), 1, 1, 1), 1), one.id, None)
            if texts:
                for wanted in writer.wanted(10_000, LAST):
                    writer.put_text(a_text(wanted.key))
        written.append(here)
        paths.append(path)
        connections.append(connection)
        indexes.append(Index(Archive(root, "abcdef"[number]), path))
    return ShelvedArchives(tuple(written), tuple(paths), tuple(connections), ArticleCatalogue(indexes))


def walked(shelf: Shelf) -> Iterator[int]:
    """The references on a shelf and its nested shelves, in display order."""
    for inner in shelf.shelves:
        yield from walked(inner)
    yield from shelf.own


def all_shelves(root: Shelf) -> Iterator[Shelf]:
    """A shelf and all shelves nested in it."""
    yield root
    for inner in root.shelves:
        yield from all_shelves(inner)


def titles(shelf: Shelf) -> list[str]:
    """The titles of the nested shelves."""
    return [inner.title for inner in shelf.shelves]
