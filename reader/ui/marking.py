"""What a person keeps: read, starred, to be read later, tagged; bookmarks; and undoing all of it."""

from collections.abc import Callable, Collection

from reader.archive.article import Article
from reader.document.document import Position
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.kinds import Change, Kind
from reader.marks.searches import SavedSearch
from reader.search.nodes import State
from reader.ui.mending import MendingActions

_POLL = 0.4
"""Seconds between two looks at what another reader did."""


class MarkActions(MendingActions):
    """The actions on what is kept."""

    def open_article(self, article: Article, then: Callable[[], None] | None = None) -> None:
        """Open an article; `then` comes when it is on the page."""
        raise NotImplementedError

    def count_shelves(self) -> None:
        """Have the shelves counted again, soon."""
        raise NotImplementedError

    def leave_place(self) -> None:
        """Note the place that is left for another."""
        raise NotImplementedError

    # What other readers do

    _searches: tuple[SavedSearch, ...] = ()

    def watch_marks(self) -> None:
        """Look from now on at what other readers do to the store."""
        self._searches = self.asked(self.library.marks.searches.all, ())
        self.set_interval(_POLL, self._look_at_store)

    def _look_at_store(self) -> None:
        if self.asked(self.library.marks.store.changed_elsewhere, otherwise=False):
            self.catch_up()
            searches = self.asked(self.library.marks.searches.all, ())
            if searches != self._searches:
                self._searches = searches
                self.count_shelves()

    def show_changes(self, articles: Collection[str]) -> None:
        """Show that the marks of articles were changed."""
        screen = self.reading_screen
        for article_id in articles if len(articles) < 100 else ():
            article = self.library.article(article_id)
            if article is not None:
                screen.sidebar.mark_read(article, read=self.library.is_marked(article, State.READ))
        screen.sidebar.refresh()
        if screen.reading is not None and screen.reading.article.id in articles:
            screen.show_marks()
        self.count_shelves()

    def marks_replaced(self) -> None:
        """Show the marks of another store."""
        self.reading_screen.sidebar.refresh()
        self.reading_screen.marks.forget()
        self.reading_screen.show_marks()
        self.count_shelves()

    # Read and unread, stars, what is to be read later

    def action_toggle_read(self) -> None:
        """Take the article for read, or for unread."""
        article = self.reading_screen.chosen_article
        if article is not None:
            read = not self.library.is_marked(article, State.READ)
            if self.attempt(lambda: self.library.marks.articles.mark_read(article, read=read)):
                self.say((_("Read: {title}") if read else _("Unread: {title}")).format(title=article.title))

    def action_star(self) -> None:
        """Star the article, or take its star away."""
        article = self.reading_screen.chosen_article
        if article is not None:
            starred = not self.library.is_marked(article, State.STARRED)
            if self.attempt(lambda: self.library.marks.articles.star(article, starred=starred)):
                self.say((_("Starred: {title}") if starred else _("No star: {title}")).format(title=article.title))

    def action_later(self) -> None:
        """Keep the article to be read later, or no more."""
        article = self.reading_screen.chosen_article
        if article is not None:
            later = not self.library.is_marked(article, State.LATER)
            if self.attempt(lambda: self.library.marks.articles.keep_for_later(article, later=later)):
                said = _("To be read later: {title}") if later else _("No more to be read later: {title}")
                self.say(said.format(title=article.title))

    def action_tags(self) -> None:
        """Ask for the article's tags."""
        from reader.ui.screens.tags import TagsScreen  # noqa: PLC0415 - not for the first paint

        article = self.reading_screen.chosen_article
        if article is None:
            return
        marks = self.library.marks.articles

        def keep(names: tuple[str, ...] | None) -> None:
            if names is not None and self.attempt(lambda: marks.tag(article, names)):
                kept = self.asked(lambda: marks.tags(article.id), ())
                self.say(
                    _("Tags: {names}").format(names=" ".join(f"#{name}" for name in kept)) if kept else _("No tags")
                )

        screen = TagsScreen(self.colours, article, marks.tags(article.id), marks.all_tags())
        self.push_screen(screen, keep)

    # Bookmarks

    def go_to_place(self, article_id: str, path: object, go: Callable[[], None]) -> None:
        """Open an article, if it is not, and `go` to a place in it."""
        screen = self.reading_screen
        if screen.reading is not None and screen.reading.article.id == article_id:
            self.leave_place()
            go()
            return
        article = self.library.article(article_id)
        if article is None:
            self.say(_("Its article is not in these archives: {path}").format(path=path))
        else:
            self.open_article(article, go)

    def go_to_bookmark(self, bookmark: Bookmark | None) -> None:
        """Open a bookmark's article at its place."""
        if bookmark is None:
            return
        screen = self.reading_screen

        def go() -> None:
            if screen.reading is None:
                return
            document = screen.reading.document
            place = self.library.find_bookmark(bookmark, document)
            screen.go_to(place or document.clamp(bookmark.position))
            if place is None:
                self.say(_("Its text is no longer in the article: this is where it stood"))

        self.go_to_place(bookmark.article_id, bookmark.path, go)

    def action_bookmark(self) -> None:
        """Bookmark the place at the top of the page, once it is known by what letter."""
        screen = self.reading_screen
        if screen.reading is None:
            return
        place = screen.page.place
        notes = (
            _("Bookmark: a letter (A–Z from everywhere) · Enter: none · Esc: no bookmark"),
            _("Bookmark: a letter · Enter: none · Esc"),
        )
        screen.ask_letter(notes, "bookmark", lambda letter: self._bookmark(place, letter))

    def _bookmark(self, place: Position, letter: str) -> None:
        reading = self.reading_screen.reading
        if reading is None:
            return
        bookmarks = self.library.marks.bookmarks
        there = next((one for one in bookmarks.of(reading.article.id) if one.position == place), None)
        if there is not None and letter in {"", there.letter}:
            self.say(_("There is a bookmark already: {name}").format(name=there.name))
            return
        made: list[Bookmark] = []

        def make() -> None:
            if there is None or (there.letter and letter):
                made.append(self.library.add_bookmark(reading, place, letter=letter))
            else:
                made.append(bookmarks.letter(there, letter))

        if self.attempt(make):
            name = f"{letter} · {made[0].name}" if letter else made[0].name
            self.say(_("Bookmarked: {name}").format(name=name))

    def action_bookmarks(self) -> None:
        """Go to the bookmark of a letter, or show all."""
        notes = (
            _("To the bookmark of a letter · Enter: all bookmarks · Esc: back"),
            _("Go to: its letter · Enter: all · Esc"),
        )
        self.reading_screen.ask_letter(notes, "bookmarks", self._to_letter)

    def _to_letter(self, letter: str) -> None:
        if not letter:
            self.show_bookmarks()
            return
        reading = self.reading_screen.reading
        found = self.library.marks.bookmarks.lettered(letter, reading.article.id if reading else None)
        if found is None:
            self.say(_("No bookmark has the letter {letter}").format(letter=letter))
        self.go_to_bookmark(found)

    def show_bookmarks(self) -> None:
        """Show all bookmarks."""
        from reader.ui.screens.bookmarks import BookmarksScreen  # noqa: PLC0415 - not for the first paint

        def chosen(bookmark: Bookmark | None) -> None:
            if bookmark is not None:
                self.reading_screen.panes.slide_away()
            self.go_to_bookmark(bookmark)

        self.push_screen(BookmarksScreen(self, self.reading_screen.reading), chosen)

    # Undoing

    def action_undo(self) -> None:
        """Undo the last change of a mark."""
        self.undo()

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.redo()

    def undo(self) -> str:
        """Undo the last change of a mark; what is said of it."""
        left = _("Not undone, as it was changed since: {what}")
        return self._turn(self.library.marks.undo, _("Undone: {what}"), left, _("There is nothing to undo"))

    def redo(self) -> str:
        """Do again what was undone last; what is said of it."""
        left = _("Not done again, as it was changed since: {what}")
        return self._turn(self.library.marks.redo, _("Done again: {what}"), left, _("There is nothing to do again"))

    def _turn(self, turn: Callable[[], Change | None], said: str, left: str, nothing: str) -> str:
        changes: list[Change | None] = []
        if not self.attempt(lambda: changes.append(turn())):
            return ""
        change = changes[0]
        message = nothing
        if change is not None:
            message = (left if change.overtaken else said).format(what=told(change))
            if not change.whole and not change.overtaken:
                message += " · " + _("but for what was changed since")
            if change.kind in {Kind.SEARCH, Kind.SEARCH_DELETED, Kind.IMPORT}:
                self.count_shelves()
        self.say(message)
        return message


def told(change: Change) -> str:
    """What a change did, in words."""
    words = {
        Kind.READ: _("read"),
        Kind.UNREAD: _("unread"),
        Kind.STAR: _("star"),
        Kind.UNSTAR: _("star taken away"),
        Kind.LATER: _("read later"),
        Kind.NOT_LATER: _("read later no more"),
        Kind.TAGS: _("tags"),
        Kind.BOOKMARK: _("bookmark"),
        Kind.BOOKMARK_CHANGED: _("bookmark changed"),
        Kind.BOOKMARK_DELETED: _("bookmark deleted"),
        Kind.HIGHLIGHT: _("highlight"),
        Kind.HIGHLIGHT_CHANGED: _("highlight changed"),
        Kind.HIGHLIGHT_DELETED: _("highlight deleted"),
        Kind.SEARCH: _("saved search"),
        Kind.SEARCH_DELETED: _("saved search forgotten"),
        Kind.IMPORT: _("import of marks"),
    }[change.kind]
    return f"{words} · {change.detail}" if change.detail else words
