"""The facade of the library: articles, shelves, search and marks for the screen."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.document.document import Document, Position, Range
from reader.errors import BusyStoreError, StoreError
from reader.finding.marked import MarksCache
from reader.indexing.indexes import ArchiveIndexes
from reader.marks.bookmarks import Bookmark
from reader.marks.highlights import Highlight
from reader.marks.merging import import_marks
from reader.marks.quotation import find_quotation, name_of, quotation_at, section_title, start_of_word
from reader.marks.recovery import readable
from reader.marks.restoring import RestoreResult, finish_interrupted, open_marks, restore
from reader.reading.opened_article import Reading
from reader.search.query_tree import State
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, SortBy, View
from reader.shelves.shelf import Shelf
from reader.shelves.shelving import Shelving

if TYPE_CHECKING:
    from reader.document.anchor import AnchorMatch
    from reader.finding.finder import Finder
    from reader.indexing.protocol import IndexEvent
    from reader.linking.archive_links import ArchiveLinks
    from reader.marks.facade import Marks
    from reader.marks.marks_in_memory import Reopening
    from reader.search.query_compiler import MarkQuery
    from reader.shelves.counter import CountRequest, ShelfCounter


_NO_PATIENCE, _PATIENCE = 20, 10_000
"""Milliseconds to wait for a locked index: in the screen's thread, and in others. A refresh shows what was missed."""

_LONGEST = 1_500
"""Milliseconds that a change waits for another process and blocks the screen, before marks are kept in memory."""


class Library:
    """Archives, their articles and their marks. Use it from one thread, except for methods that say otherwise.

    Attributes:
        archives: The archives; `name` has their names, as in the status line.
        roots: The folders and files of the archives.
        indexes: The archives' indexes, and the clients that keep them current.
        catalogue: The articles.
        store: The path of the marks database, or None if the marks are in memory.
        marks: Bookmarks, highlights, notes and reading positions.
        unsaved: The marks in memory that replace a database that cannot be used, or None.
        memory: A cache of which articles have which marks.
    """

    def __init__(
        self, paths: Sequence[Path], store: Path | None = None, cache: Path | None = None, *, show_copies: bool = False
    ) -> None:
        """Open the archives at `paths`, with indexes in the folder `cache` and marks in the database `store`.

        Without a cache or a store they are in memory. If the store cannot be used, reading still works, and new marks
        last until the program exits.

        Raises:
            ArchiveError: A path does not exist.
        """
        self.archives = archives = open_archives(paths)
        self.name = " + ".join(archive.name for archive in archives)
        self.roots = tuple(path for archive in archives for path in (archive.files or (archive.root,)))
        self.indexes = ArchiveIndexes(archives, cache, store, show_copies=show_copies)
        self.catalogue = ArticleCatalogue(self.indexes.connect(_NO_PATIENCE), self.indexes.rebuild)
        self.store = store
        self._open_marks()
        self._moves: list[tuple[str, Path]] = []

    def close(self) -> None:
        """Stop indexing, and close all connections; closing again does nothing."""
        self.indexes.close()
        self.catalogue.close()
        for part in ("finder", "_counter", "links"):
            if part in self.__dict__:
                self.__dict__[part].close()
        self.marks.close()

    def handle(self, event: "IndexEvent") -> bool:
        """Handle an event of an index client; return whether articles may have changed.

        Raises:
            StoreError: Moved articles could not be recorded; everything else was handled.
        """
        changed = self.indexes.handle(event)
        if changed:
            self.catalogue.forget()
        if event.summary is not None:
            self._moves += [(article_id, Path(there)) for article_id, _then, there in event.summary.moved]
        if self._moves:
            # Marks are found by article id even if this fails; the next event retries it.
            self.marks.articles.moved(self._moves)
            self._moves = []
        return changed

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id if it is in these archives."""
        found = self.catalogue.by_id(article_id)
        return found[1] if found else None

    def count_request(self, view: View, sort: SortBy) -> "CountRequest":
        """Collect what `count` needs, so that another thread can run it."""
        from reader.library.shelf_request import shelf_request  # noqa: PLC0415 - not for the first paint

        return shelf_request(self.marks, self.memory, view, sort)

    @cached_property
    def _counter(self) -> "ShelfCounter":
        from reader.shelves.counter import ShelfCounter  # noqa: PLC0415 - not for the first paint

        return ShelfCounter(self.indexes.connect(), self.indexes.rebuild)

    def count(self, request: "CountRequest") -> ShelfCounts:
        """Count the articles on the shelves. May be called from any thread."""
        return self._counter.count(request)

    def shelves(self, counts: ShelfCounts, sort: SortBy) -> Shelf:
        """Return the root shelf for `counts`."""
        return Shelving(self.catalogue, counts, sort, self.marks.articles.opened_ids).root()

    @cached_property
    def finder(self) -> "Finder":
        """The search of the screen. May be used from any thread."""
        from reader.finding.finder import Finder  # noqa: PLC0415 - not for the first paint

        # Read here, because searches run in another thread and the database connection belongs to this one.
        self.memory.read_texts()
        return Finder(self.indexes.connect(), self._asked)

    @cached_property
    def links(self) -> "ArchiveLinks":
        """Where links lead, and what links to an article. For the thread of this object; see `new_links`."""
        return self.new_links(_NO_PATIENCE)

    def new_links(self, patience: int = _PATIENCE) -> "ArchiveLinks":
        """`links` with its own connections, for another thread; it waits `patience` milliseconds for a locked index."""
        from reader.linking.archive_links import ArchiveLinks  # noqa: PLC0415 - not for the first paint

        return ArchiveLinks(self.indexes.connect_for_links(patience), self.indexes.rebuild)

    # Marks

    def _asked(self, asked: "MarkQuery") -> Collection[str]:
        return self.memory.marked.ids(asked)

    def is_marked(self, article: Article, state: State) -> bool:
        """Whether an article has a state: read, starred, bookmarked."""
        return article.id in self.memory.marked.states[state]

    def catch_up(self) -> set[str]:
        """Reload changes of the marks made here or by another process; return the ids of the changed articles.

        Raises:
            StoreError: The marks cannot be read.
        """
        return self.memory.catch_up()

    def restore(self) -> RestoreResult:
        """Finish an interrupted restore, else restore the latest intact backup, keeping the marks of this session.

        Raises:
            StoreError: Restoring failed; the marks of this session last until the program exits.
        """
        from reader.marks.dump import dump  # noqa: PLC0415 - rarely needed

        assert self.store is not None  # noqa: S101 - a database in memory cannot be corrupt
        store = self.marks.store
        # Read before the file is moved: the open connection still sees rows that reopening a torn file would lose.
        held = dump(readable(store.connection) if self.store_error is None else store.rows)
        self.marks.close()
        try:
            restored = finish_interrupted(self.store, held) or restore(self.store, also=held)
        except StoreError:
            self._open_marks()
            with suppress(StoreError):
                import_marks(self.marks.store, held)
            raise
        self._open_marks()
        return restored

    def _open_marks(self) -> None:
        marks, error = open_marks(self.store, self.catalogue.fingerprint)
        self.unsaved: Reopening | None = None
        if self.store is not None and error is not None:
            from reader.marks import marks_in_memory  # noqa: PLC0415 - rarely needed

            self.unsaved = marks_in_memory.Reopening(self.store, marks, error, self.catalogue.fingerprint)
        self._use(marks)

    def _use(self, marks: "Marks") -> None:
        self.marks = marks
        marks.store.lock_wait.limit(_LONGEST)
        self.memory = MarksCache(marks)

    @property
    def store_error(self) -> StoreError | None:
        """Why marks are kept in memory only, or None."""
        return self.unsaved.error if self.unsaved is not None else None

    def detach(self, error: BusyStoreError) -> bool:
        """Continue with marks in memory while another process locks the database; return whether that is possible.

        `reopen` repeats in the database what was done in memory.
        """
        if self.store is None or self.unsaved is not None:
            return False
        from reader.marks import marks_in_memory  # noqa: PLC0415 - rarely needed

        self.unsaved = marks_in_memory.detach(self.store, self.marks, error, self.catalogue.fingerprint)
        return self.unsaved is not None

    def reopen(self) -> bool:
        """Try again to use the database; return whether it now contains the marks in memory."""
        marks = self.unsaved.attempt() if self.unsaved is not None else None
        if marks is None:
            return False
        self.marks.close()
        self.unsaved = None
        self._use(marks)
        return True

    def saved_position(self, reading: Reading) -> Position | None:
        """Return the saved position of an article, relocated if the text was edited; None if it was never opened.

        Raises:
            StoreError: The position cannot be read.
        """
        place = self.marks.articles.place(reading.article.id)
        if place is None:
            return None
        quotation = self.marks.articles.place_quotation(reading.article.id)
        return find_quotation(reading.document, place, quotation) or reading.document.clamp(place)

    def save_position(
        self, reading: Reading, position: Position, progress: float, sections: Mapping[tuple[str, int], float]
    ) -> None:
        """Save the position in an article, its progress (0 to 1), and the progress of its sections.

        Raises:
            StoreError: The position could not be written.
        """
        # The beginning of an article needs no quotation to be found again.
        quotation = quotation_at(reading.document, position) if position != Position(0) else ""
        self.marks.articles.save_position(reading.article, position, progress, sections, quotation)

    def add_bookmark(self, reading: Reading, position: Position, name: str = "", letter: str = "") -> Bookmark:
        """Add a bookmark; without a name it is named after its section and a snippet.

        Raises:
            StoreError: The bookmark could not be written.
        """
        document, outline = reading.document, reading.outline
        place = document.clamp(position)
        section, quotation = section_title(outline, place), quotation_at(document, start_of_word(document, place))
        name = name or name_of(document, outline, place) or reading.article.title
        return self.marks.bookmarks.add(reading.article, place, name, section, quotation, letter)

    @staticmethod
    def find_bookmark(bookmark: Bookmark, document: Document) -> Position | None:
        """Return the position of a bookmark in the current document, found by its quotation; None if that is gone."""
        return find_quotation(document, bookmark.position, bookmark.quotation)

    def add_highlight(self, reading: Reading, span: Range, colour: int, note: str = "") -> Highlight:
        """Add a highlight, with an optional note.

        Raises:
            StoreError: The highlight could not be written.
        """
        from reader.document.anchor import anchor  # noqa: PLC0415 - not for the first paint

        section = section_title(reading.outline, span.start)
        return self.marks.highlights.add(reading.article, anchor(reading.document, span), section, colour, note)

    def mark_exists(self, mark: Bookmark | Highlight, document: Document) -> bool:
        """Whether the text of a mark still exists in the document. May be called from any thread."""
        if isinstance(mark, Bookmark):
            return self.find_bookmark(mark, document) is not None
        return self.find_highlights([mark], document)[0] is not None

    @staticmethod
    def find_highlights(highlights: Sequence[Highlight], document: Document) -> "list[AnchorMatch | None]":
        """Return the ranges of highlights in the current document; None for each whose text is gone."""
        from reader.document.anchor import find_anchors  # noqa: PLC0415 - not for the first paint

        return find_anchors(document, [one.anchor for one in highlights])
