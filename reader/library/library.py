"""The face of the library: what the screen asks for articles, their shelves, and what is marked."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.document.document import Document, Position
from reader.errors import StoreError
from reader.library.catalogue import Catalogue
from reader.library.marks import Bookmark, Marks
from reader.library.quotation import find_quotation, name_of, quotation_at, section_title
from reader.library.reading import Reading
from reader.library.shelves import Shelf
from reader.library.shelving import Shelving
from reader.library.stacks import Stacks
from reader.library.survey import SavedSearch, SortBy, Survey, View
from reader.search.nodes import State

if TYPE_CHECKING:
    from reader.library.events import Event
    from reader.library.finder import Finder
    from reader.library.surveyor import Wish


_NO_PATIENCE = 20
"""Milliseconds that the screen waits for an index: what is not answered is shown with the next look."""


class Library:
    """Archives, their articles and their marks. Use it from one thread, but for what says otherwise.

    Attributes:
        name: The archives' names, for the status line.
        stacks: Where the archives' indexes lie, and who keeps them current.
        catalogue: The articles.
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
        self.stacks = Stacks(archives, cache, store, show_copies=show_copies)
        self.catalogue = Catalogue(self.stacks.indexes(_NO_PATIENCE), self.stacks.rebuild)
        self.store_error: StoreError | None = None
        try:
            self._marks = Marks(store, self.catalogue.fingerprint)
        except StoreError as error:
            self.store_error = error
            self._marks = Marks(None, self.catalogue.fingerprint)
        self._searches = self._marks.searches()
        self._marked: Mapping[State, frozenset[str]] = {}
        self._know_marks()

    def close(self) -> None:
        """Leave the indexes alone, and close the store."""
        self.stacks.close()
        self.catalogue.close()
        if "finder" in self.__dict__:
            self.finder.close()
        self._marks.close()

    # Articles

    def happened(self, event: "Event") -> bool:
        """Take in what the keeper of an index tells; whether articles may have changed."""
        changed = self.stacks.happened(event)
        if changed:
            self.catalogue.forget()
        if event.summary is not None and event.summary.moved:
            try:
                self._marks.moved((article_id, Path(there)) for article_id, _then, there in event.summary.moved)
            except StoreError as error:
                # The marks are known by the article's id all the same; only their path is the old one.
                self.store_error = error
        return changed

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if it is in these archives."""
        found = self.catalogue.by_id(article_id)
        return found[1] if found else None

    def wish(self, view: View, sort: SortBy) -> "Wish":
        """What has to be known for `survey`, which another thread may do."""
        from reader.library.surveyor import Wish  # noqa: PLC0415 - not for the first paint

        last_read = self._marks.opened_ids() if sort is SortBy.LAST_READ else ()
        return Wish(view, sort, self._marked, last_read, self._searches)

    def survey(self, wish: "Wish") -> Survey:
        """Count what is on the shelves; from any thread."""
        return self.stacks.surveyor.survey(wish)

    def shelves(self, survey: Survey, sort: SortBy) -> Shelf:
        """All shelves, in one that holds them, as they were when they were surveyed."""
        return Shelving(self.catalogue, survey, sort, self._marks.opened_ids).root()

    @cached_property
    def finder(self) -> "Finder":
        """What searches; may be asked from any thread."""
        from reader.library.finder import Finder  # noqa: PLC0415 - not for the first paint

        return Finder(self.stacks.indexes(), lambda state: self._marked.get(state, frozenset()))

    # Saved searches

    @property
    def searches(self) -> tuple[SavedSearch, ...]:
        """The saved searches, the first saved first."""
        return self._searches

    def save_search(self, name: str, query: str) -> None:
        """Keep a search under a name, in place of one that has it.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.save_search(name, query)
        self._searches = self._marks.searches()

    def delete_search(self, search: SavedSearch) -> None:
        """Forget a saved search.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.delete_search(search.id)
        self._searches = self._marks.searches()

    # Read and unread, and the place in an article

    def is_marked(self, article: Article, state: State) -> bool:
        """Whether an article is in a state: read, starred, bookmarked."""
        return article.id in self._marked.get(state, ())

    def _know_marks(self) -> None:
        """Keep at hand which articles are in which state: whole new sets, as other threads look at the old."""
        read, starred, marked = self._marks.read_ids(), self._marks.starred_ids(), self._marks.bookmarked_ids()
        self._marked = {
            State.READ: frozenset(read),
            State.STARRED: frozenset(starred),
            State.BOOKMARKED: frozenset(marked),
        }

    def _know(self, state: State, article: Article, *, there: bool) -> None:
        known = self._marked[state]
        self._marked = {**self._marked, state: known | {article.id} if there else known - {article.id}}

    def star(self, article: Article, *, starred: bool = True) -> None:
        """Keep whether an article is starred.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.star(article, starred=starred)
        self._know(State.STARRED, article, there=starred)

    def mark_read(self, article: Article, *, read: bool = True) -> None:
        """Keep that an article was read, or was not.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.mark_read(article, read=read)
        self._know(State.READ, article, there=read)

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
        document, outline = reading.document, reading.outline
        place = document.clamp(position)
        section, quotation = section_title(outline, place), quotation_at(document, place)
        name = name or name_of(document, outline, place) or reading.article.title
        bookmark = self._marks.add_bookmark(reading.article, place, name, section, quotation)
        self._know_marks()
        return bookmark

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
        self._know_marks()

    def restore_bookmark(self, bookmark: Bookmark) -> None:
        """Put a deleted bookmark back as it was.

        Raises:
            StoreError: It could not be written.
        """
        self._marks.restore_bookmark(bookmark)
        self._know_marks()

    @staticmethod
    def find_bookmark(bookmark: Bookmark, document: Document) -> Position:
        """Where a bookmark stands in the document as it is now, by its quotation where the text was edited."""
        return find_quotation(document, bookmark.position, bookmark.quotation)
