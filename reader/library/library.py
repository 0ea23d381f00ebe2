"""The face of the library: what the screen and the commands ask for articles, their documents and what is marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.archive.article import Article, Fault
from reader.document.document import Document, Position
from reader.document.outline import Outline
from reader.document.statistics import Statistics
from reader.library.marks import Bookmark


@dataclass(frozen=True, slots=True)
class Reading:
    """An article opened: its document, outline and length, and what was not read as it was meant."""

    article: Article
    document: Document
    outline: Outline
    statistics: Statistics
    faults: tuple[Fault, ...]


class Library:
    """Archives, their articles and their marks.

    `scan` and `read` may be called from any thread, one call at a time; everything else from one thread only.
    """

    def __init__(self, paths: Sequence[Path], store: Path) -> None:
        """Open the archives at `paths` and the store of marks in the file `store`.

        Raises:
            ArchiveError: A path does not exist.
            StoreError: The store cannot be opened.
        """

    name: str  # the archives' names, for the status line
    faults: list[Fault]  # what `scan` met so far, articles' own faults included

    def scan(self) -> Iterator[list[Article]]:
        """The articles in batches as they are read, in no order; `faults` grows along."""

    def read(self, article: Article) -> Reading:
        """Open an article. A body that cannot be read whole gives what there is of it, and a fault.

        Raises:
            ArchiveError: The file is gone or cannot be read.
        """

    def read_ids(self) -> set[str]:
        """The ids of the articles that were read to their end."""

    def mark_read(self, article: Article, *, read: bool = True) -> None:
        """Keep that an article was read, or was not."""

    def place(self, article: Article) -> Position | None:
        """Where an article was left."""

    def keep_place(self, article: Article, position: Position, progress: float) -> None:
        """Keep where an article is left, and how much of it was read (0 to 1)."""

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, newest first."""

    def add_bookmark(self, reading: Reading, position: Position, name: str = "") -> Bookmark:
        """Bookmark a place; without a name it is called by its section and a snippet."""

    def rename_bookmark(self, bookmark: Bookmark, name: str) -> Bookmark:
        """Give a bookmark another name."""

    def delete_bookmark(self, bookmark: Bookmark) -> None:
        """Delete a bookmark."""

    def find_bookmark(self, bookmark: Bookmark, document: Document) -> Position:
        """Where a bookmark stands in the document as it is now, by its quotation where the text was edited."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if `scan` met it."""

    def close(self) -> None:
        """Close the store."""
