"""Bookmarks: added at the top of the page, found by letter or in their list."""

from reader.document.document import Position
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.ui.article_keys import ArticleActions
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.undoing import Undoing
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session


class Bookmarking:
    """Adding bookmarks and going to them."""

    def __init__(  # noqa: PLR0913, PLR0917 - what bookmarks are joined to
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        undoing: Undoing,
        actions: ArticleActions,
    ) -> None:
        """Bookmark articles of the session; their list has the `actions` on articles."""
        self._actions = actions
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._undoing = undoing

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"bookmark": self._ask_and_make, "bookmarks": self._ask_and_go}

    def _ask_and_make(self) -> None:
        """Bookmark the position at the top of the page, after asking for its letter."""
        if self._view.reading is None:
            return
        place = self._view.place
        notes = (
            _("New bookmark: a letter (A–Z from every article) · Enter none · Esc cancel"),
            _("Bookmark: letter · Enter none · Esc"),
        )
        self._view.ask_letter(notes, "bookmark", lambda letter: self._make(place, letter))

    def _make(self, place: Position, letter: str) -> None:
        reading, library = self._view.reading, self._session.library
        if reading is None:
            return
        bookmarks = library.marks.bookmarks
        there = next((one for one in bookmarks.of(reading.article.id) if one.position == place), None)
        if there is not None and letter in {"", there.letter}:
            self._host.say(_("There is already a bookmark here: {name}").format(name=there.name))
            return
        made: list[Bookmark] = []

        def make() -> None:
            if there is None or (there.letter and letter):
                made.append(library.add_bookmark(reading, place, letter=letter))
            else:
                made.append(bookmarks.letter(there, letter))

        if self._session.attempt(make):
            name = f"{letter} · {made[0].name}" if letter else made[0].name
            self._host.say(_("Added a bookmark: {name}").format(name=name))

    def _ask_and_go(self) -> None:
        """Go to the bookmark with a letter, or show the list."""
        notes = (
            _("Go to a bookmark: press its letter · Enter all bookmarks · Esc cancel"),
            _("Go to: letter · Enter all · Esc"),
        )
        self._view.ask_letter(notes, "bookmarks", self._go_to_letter)

    def _go_to_letter(self, letter: str) -> None:
        if not letter:
            self._session.before_marks(self._show_list)
            return
        reading = self._view.reading
        found = self._session.library.marks.bookmarks.lettered(letter, reading.article.id if reading else None)
        if found is None:
            self._host.say(_("No bookmark has the letter {letter}").format(letter=letter))
        else:
            self._go_to(found)

    def _show_list(self) -> None:
        def chosen(bookmark: Bookmark | None) -> None:
            if bookmark is not None:
                self._view.slide_panes_away()
                self._go_to(bookmark)

        self._host.push(modals.BookmarksScreen(self._session, self._undoing, self._actions, self._view.reading), chosen)

    def _go_to(self, bookmark: Bookmark) -> None:
        """Open the article of a bookmark at its position."""

        def go() -> None:
            reading = self._view.reading
            if reading is None:
                return
            place = self._session.library.find_bookmark(bookmark, reading.document)
            self._view.go_to(place or reading.document.clamp(bookmark.position))
            if place is None:
                self._host.say(_("The text is no longer in the article; this is where it was"))

        self._opening.go_to_place(bookmark.article_id, bookmark.path, go)
