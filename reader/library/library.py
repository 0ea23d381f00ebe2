"""The face of the library: what the screen and the commands ask for articles, their documents and what is marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from reader.archive.archive import open_archives
from reader.archive.article import Article, Fault
from reader.document.document import Document, Position
from reader.errors import StoreError
from reader.library.marks import Bookmark, Marks

if TYPE_CHECKING:
    from reader.document.outline import Outline
    from reader.document.statistics import Statistics

_BATCH_SECONDS = 0.1
"""How long articles are gathered before they are handed on: short enough to look alive, long enough to be few."""

_QUOTATION = 40
_SNIPPET = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """An article opened: its document, outline and length, and what was not read as it was meant."""

    article: Article
    document: Document
    outline: "Outline"
    statistics: "Statistics"
    faults: tuple[Fault, ...]


class Library:
    """Archives, their articles and their marks.

    `scan` and `read` may be called from any thread, one call at a time; everything else from one thread only.

    Attributes:
        name: The archives' names, for the status line.
        faults: What `scan` met so far, the articles' own faults included.
        store_error: Why marks are kept in memory only, or None.
    """

    def __init__(self, paths: Sequence[Path], store: Path | None = None) -> None:
        """Open the archives at `paths`, and the store of marks in the file `store` (None: in memory).

        A store that cannot be used never keeps anyone from reading: marks then last until the program ends.

        Raises:
            ArchiveError: A path does not exist.
        """
        self._archives = open_archives(paths)
        self._articles: dict[str, Article] = {}
        self.name = " + ".join(archive.name for archive in self._archives)
        self.faults: list[Fault] = []
        self.store_error: StoreError | None = None
        try:
            self._marks = Marks(store)
        except StoreError as error:
            self.store_error = error
            self._marks = Marks(None)

    def close(self) -> None:
        """Close the store."""
        self._marks.close()

    # Articles

    def scan(self) -> Iterator[list[Article]]:
        """The articles in batches as they are read, in no order; `faults` grows along. The last batch may be empty."""
        # Late, because the first paint needs no article.
        from reader.archive.scan import scan  # noqa: PLC0415

        batch: list[Article] = []
        handed_on = monotonic()
        for found in scan(self._archives):
            if isinstance(found, Fault):
                self.faults.append(found)
                continue
            self.faults.extend(found.faults)
            self._articles[found.id] = found
            batch.append(found)
            if monotonic() - handed_on > _BATCH_SECONDS:
                yield batch
                batch = []
                handed_on = monotonic()
        yield batch

    def articles(self) -> list[Article]:
        """All articles that `scan` has met so far."""
        return list(self._articles.values())

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if `scan` met it."""
        return self._articles.get(article_id)

    def read(self, article: Article) -> Reading:
        """Open an article. A body that cannot be read whole gives what there is of it, and a fault.

        Raises:
            ArchiveError: The file is gone or cannot be read.
        """
        # Late, because the first paint needs no parser.
        from reader.archive.scan import read_body  # noqa: PLC0415
        from reader.document.outline import outline  # noqa: PLC0415
        from reader.document.statistics import measure  # noqa: PLC0415
        from reader.index.documents import document_of  # noqa: PLC0415

        document, faults = document_of(article.path, *read_body(article))
        return Reading(article, document, outline(document), measure(document), (*article.faults, *faults))

    # Read and unread, and the place in an article

    def read_ids(self) -> set[str]:
        """The ids of the articles that were read to their end."""
        return self._marks.read_ids()

    def mark_read(self, article: Article, *, read: bool = True) -> None:
        """Keep that an article was read, or was not.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.mark_read(article, read=read)

    def place(self, article: Article) -> Position | None:
        """Where an article was left."""
        return self._marks.place(article.id)

    def keep_place(self, article: Article, position: Position, progress: float) -> None:
        """Keep where an article is left, and how much of it was read (0 to 1).

        Raises:
            StoreError: It could not be written.
        """
        self._marks.keep_place(article, position, progress)

    def last_opened(self) -> str | None:
        """The id of the article that was open last, whether or not it lies in these archives."""
        return self._marks.last_opened()

    # How the program was left

    def state(self, key: str) -> str | None:
        """What was kept under `key`: the theme, the measure, the panes."""
        return self._marks.state(key)

    def keep_state(self, key: str, value: str) -> None:
        """Keep how something was left, for the next start.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.keep_state(key, value)

    # Bookmarks

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, newest first."""
        return self._marks.bookmarks()

    def add_bookmark(self, reading: Reading, position: Position, name: str = "") -> Bookmark:
        """Bookmark a place; without a name it is called by its section and a snippet.

        Raises:
            StoreError: It could not be written.
        """
        place = reading.document.clamp(position)
        section = _section_title(reading.outline, place)
        quotation = _quotation(reading.document, place)
        if not name:
            sentence = _quotation(reading.document, _sentence(reading.document, place))
            snippet = sentence[:_SNIPPET] + ("…" if len(sentence) > _SNIPPET else "")
            parts = [section] if section.startswith(quotation) else [section, snippet]
            name = " · ".join(part for part in parts if part) or reading.article.title
        return self._marks.add_bookmark(reading.article, place, name, section, quotation)

    def rename_bookmark(self, bookmark: Bookmark, name: str) -> Bookmark:
        """Give a bookmark another name.

        Raises:
            StoreError: It could not be written.
        """
        return self._marks.rename_bookmark(bookmark, name)

    def delete_bookmark(self, bookmark: Bookmark) -> None:
        """Delete a bookmark.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.delete_bookmark(bookmark)

    def restore_bookmark(self, bookmark: Bookmark) -> None:
        """Put a deleted bookmark back as it was.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.restore_bookmark(bookmark)

    def find_bookmark(self, bookmark: Bookmark, document: Document) -> Position:
        """Where a bookmark stands in the document as it is now, by its quotation where the text was edited."""
        return _find_quotation(document, bookmark.position, bookmark.quotation)


def _section_title(found: "Outline", position: Position) -> str:
    index = found.index_at(position)
    return "" if index is None else found.sections[index].title


def _sentence(document: Document, position: Position) -> Position:
    """Where the sentence that holds a position begins."""
    if position.block >= len(document.leaves):
        return position
    before = document.text(position.block)[: position.offset].rstrip("”’」』）)")
    return Position(position.block, 0 if not before else max(_after_stop(before, position.offset), 0))


def _after_stop(before: str, offset: int) -> int:
    """The offset behind the last full stop in the text before `offset`, closing marks included."""
    stop = max(before.rfind(mark) for mark in "。！？!?\n")
    if stop == len(before) - 1:
        return offset
    following = before[stop + 1 :]
    return stop + 1 + len(following) - len(following.lstrip("”’」』）) \u3000"))


def _quotation(document: Document, position: Position) -> str:
    """The text from `position` on, on one line; from the next leaf that has any, where this one ends here."""
    for number in range(position.block, min(position.block + 8, len(document.leaves))):
        start = position.offset if number == position.block else 0
        quoted = " ".join(document.text(number)[start : start + _QUOTATION].split())
        if quoted:
            return quoted
    return ""


def _find_quotation(document: Document, position: Position, quotation: str) -> Position:
    """`position` if the quotation still follows it, else the nearest place where it does, else the nearest that is."""
    here = document.clamp(position)
    if not quotation or not document.leaves or _quotation(document, here) == quotation:
        return here
    last = len(document.leaves) - 1
    # Outwards from the old leaf: an edit rarely moves a paragraph far, and the same words may stand elsewhere too.
    for distance in count():
        numbers = {here.block - distance, here.block + distance}
        if all(not 0 <= number <= last for number in numbers):
            return here
        for number in sorted(numbers):
            if 0 <= number <= last and (offset := _folded_find(document.text(number), quotation)) >= 0:
                return Position(number, offset)
    return here


def _folded_find(text: str, quotation: str) -> int:
    """Where `quotation` stands in `text`, whose white space may differ; -1 if nowhere."""
    offset = text.find(quotation)
    if offset >= 0 or " " not in quotation:
        return offset
    import re  # noqa: PLC0415 - rarely needed

    match = re.search(r"\s+".join(map(re.escape, quotation.split())), text)
    return match.start() if match else -1
