"""The face of the library: what the screen asks for articles, their shelves, and what is marked."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.document.document import Document, Position, Range
from reader.errors import StoreError
from reader.finding.marked import Memory, may_ask_texts
from reader.indexing.indexes import ArchiveIndexes
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.highlights import Highlight
from reader.marks.merging import take_in
from reader.marks.quotation import find_quotation, name_of, quotation_at, section_title
from reader.marks.recovery import readable
from reader.marks.restoring import Restored, open_marks, restore
from reader.marks.searches import SavedSearch
from reader.reading.opened import Reading
from reader.search.nodes import State
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, SortBy, View
from reader.shelves.shelf import Shelf
from reader.shelves.shelving import Shelving

if TYPE_CHECKING:
    from reader.document.anchor import AnchorMatch
    from reader.finding.finder import Finder
    from reader.indexing.messages import IndexEvent
    from reader.marks.facade import Marks
    from reader.search.compile import MarkQuery
    from reader.shelves.counter import CountRequest, ShelfCounter


_NO_PATIENCE = 20
"""Milliseconds that the screen waits for an index: what is not answered is shown with the next look."""


class Library:
    """Archives, their articles and their marks. Use it from one thread, but for what says otherwise.

    Attributes:
        name: The archives' names, for the status line.
        roots: The folders and files that they are made of.
        indexes: Where the archives' indexes lie, and who keeps them current.
        catalogue: The articles.
        store: The file of the marks, or None where they are in memory.
        marks: What a person left in the articles.
        memory: Which articles have which marks, at hand.
        store_error: Why marks are kept in memory only, or None.
    """

    def __init__(
        self, paths: Sequence[Path], store: Path | None = None, cache: Path | None = None, *, show_copies: bool = False
    ) -> None:
        """Open the archives at `paths`, with their indexes in the folder `cache` and the marks in the file `store`.

        Without a cache or a store they are in memory. A store that cannot be used never keeps anyone from reading:
        marks then last until the program ends.

        Raises:
            ArchiveError: A path does not exist.
        """
        archives = open_archives(paths)
        self.name = " + ".join(archive.name for archive in archives)
        # An archive of single files is these files.
        self.roots = tuple(path for archive in archives for path in (archive.files or (archive.root,)))
        self.indexes = ArchiveIndexes(archives, cache, store, show_copies=show_copies)
        self.catalogue = ArticleCatalogue(self.indexes.connect(_NO_PATIENCE), self.indexes.rebuild)
        self.store = store
        self.store_error: StoreError | None
        self.marks: Marks
        self._open_marks()
        self._moves: list[tuple[str, Path]] = []

    def close(self) -> None:
        """Leave the indexes alone, and close the store."""
        self.indexes.close()
        self.catalogue.close()
        if "finder" in self.__dict__:
            self.finder.close()
        if "_counter" in self.__dict__:
            self._counter.close()
        self.marks.close()

    # Articles

    def handle(self, event: "IndexEvent") -> bool:
        """Take in what the client of an index tells; whether articles may have changed.

        Raises:
            StoreError: That articles were moved could not be written; everything else was taken in.
        """
        changed = self.indexes.handle(event)
        if changed:
            self.catalogue.forget()
        if event.summary is not None:
            self._moves += [(article_id, Path(there)) for article_id, _then, there in event.summary.moved]
        if self._moves:
            # The marks are known by the article's id all the same; where this fails, it is tried again.
            self.marks.articles.moved(self._moves)
            self._moves = []
        return changed

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if it is in these archives."""
        found = self.catalogue.by_id(article_id)
        return found[1] if found else None

    def count_request(self, view: View, sort: SortBy) -> "CountRequest":
        """What has to be known for `counts`, which another thread may do."""
        from reader.shelves.counter import CountRequest  # noqa: PLC0415 - not for the first paint

        last_read = self.marks.articles.opened_ids() if sort is SortBy.LAST_READ else ()
        searches = self.marks.searches.all()
        if any(may_ask_texts(search.query) for search in searches):
            self.memory.read_texts()
        marked = self.memory.marked
        # What is to be read later is a folder of its own, as soon as there is any.
        later = (SavedSearch(0, _("Read later"), "is:later"),) if marked.states[State.LATER] else ()
        return CountRequest(view, sort, marked, last_read, (*later, *searches))

    @cached_property
    def _counter(self) -> "ShelfCounter":
        from reader.shelves.counter import ShelfCounter  # noqa: PLC0415 - not for the first paint

        return ShelfCounter(self.indexes.connect(), self.indexes.rebuild)

    def count(self, request: "CountRequest") -> ShelfCounts:
        """Count what is on the shelves; from any thread."""
        return self._counter.count(request)

    def shelves(self, counts: ShelfCounts, sort: SortBy) -> Shelf:
        """All shelves, in one that holds them, as they were when they were surveyed."""
        return Shelving(self.catalogue, counts, sort, self.marks.articles.opened_ids).root()

    @cached_property
    def finder(self) -> "Finder":
        """What searches; may be asked from any thread."""
        from reader.finding.finder import Finder  # noqa: PLC0415 - not for the first paint

        # Read here and now: whoever searches does so in a thread, and the store belongs to this one.
        self.memory.read_texts()
        return Finder(self.indexes.connect(), self._asked)

    # Marks

    def _asked(self, asked: "MarkQuery") -> Collection[str]:
        return self.memory.marked.ids(asked)

    def is_marked(self, article: Article, state: State) -> bool:
        """Whether an article is in a state: read, starred, bookmarked."""
        return article.id in self.memory.marked.states[state]

    def catch_up(self) -> set[str]:
        """Take in what was changed in the store, here or by another reader; the ids of the articles that were.

        Raises:
            StoreError: It cannot be read.
        """
        return self.memory.catch_up()

    def restore(self) -> Restored:
        """Go back to the newest good copy of a damaged store; what was marked since the start is kept.

        Raises:
            StoreError: It cannot be done; what was marked lasts until the program ends.
        """
        from reader.marks.exchange import dump  # noqa: PLC0415 - seldom

        assert self.store is not None  # noqa: S101 - what is in memory cannot be damaged
        store = self.marks.store
        # Before the file is put aside: whoever opens a torn one finds less in it than who has had it open since before.
        held = dump(readable(store.connection) if self.store_error is None else store.rows)
        self.marks.close()
        try:
            restored = restore(self.store, also=held)
        except StoreError:
            self._open_marks()
            with suppress(StoreError):
                take_in(self.marks.store, held)
            raise
        self._open_marks()
        return restored

    def _open_marks(self) -> None:
        self.marks, self.store_error = open_marks(self.store, self.catalogue.fingerprint)
        self.memory = Memory(self.marks)

    def left_at(self, reading: Reading) -> Position | None:
        """Where an article was left, found again by what follows there if it was edited; None if it was never open.

        Raises:
            StoreError: It cannot be read.
        """
        place = self.marks.articles.place(reading.article.id)
        if place is None:
            return None
        quotation = self.marks.articles.place_quotation(reading.article.id)
        return find_quotation(reading.document, place, quotation) or reading.document.clamp(place)

    def keep_place(
        self, reading: Reading, position: Position, progress: float, sections: Mapping[tuple[str, int], float]
    ) -> None:
        """Keep where an article is left, how much of it lies above (0 to 1), and how far its sections were read.

        Raises:
            StoreError: It could not be written.
        """
        # At its very beginning it is left, whatever will stand there.
        quotation = quotation_at(reading.document, position) if position != Position(0) else ""
        self.marks.articles.keep_place(reading.article, position, progress, sections, quotation)

    def add_bookmark(self, reading: Reading, position: Position, name: str = "", letter: str = "") -> Bookmark:
        """Bookmark a place; without a name it is called by its section and a snippet.

        Raises:
            StoreError: It could not be written.
        """
        document, outline = reading.document, reading.outline
        place = document.clamp(position)
        section, quotation = section_title(outline, place), quotation_at(document, place)
        name = name or name_of(document, outline, place) or reading.article.title
        return self.marks.bookmarks.add(reading.article, place, name, section, quotation, letter)

    @staticmethod
    def find_bookmark(bookmark: Bookmark, document: Document) -> Position | None:
        """Where a bookmark stands in the document as it is now, by what follows it; None if that is gone."""
        return find_quotation(document, bookmark.position, bookmark.quotation)

    def add_highlight(self, reading: Reading, span: Range, colour: int, note: str = "") -> Highlight:
        """Highlight a range, with a note if there is one.

        Raises:
            StoreError: It could not be written.
        """
        from reader.document.anchor import anchor  # noqa: PLC0415 - not for the first paint

        section = section_title(reading.outline, span.start)
        return self.marks.highlights.add(reading.article, anchor(reading.document, span), section, colour, note)

    def stands(self, mark: Bookmark | Highlight, document: Document) -> bool:
        """Whether the text of a mark is in the document as it is now; from any thread."""
        if isinstance(mark, Bookmark):
            return self.find_bookmark(mark, document) is not None
        return self.find_highlights([mark], document)[0] is not None

    @staticmethod
    def find_highlights(highlights: Sequence[Highlight], document: Document) -> "list[AnchorMatch | None]":
        """Where highlights stand in the document as it is now; None for one whose text is gone."""
        from reader.document.anchor import find_anchors  # noqa: PLC0415 - not for the first paint

        return find_anchors(document, [one.anchor for one in highlights])
