"""What a person keeps: bookmarks, stars, what was read, and what leaves the program as text."""

from collections.abc import Callable
from pathlib import Path

from reader.archive.article import Article
from reader.errors import ReaderError
from reader.language import _
from reader.library.marks import Bookmark
from reader.search.nodes import State
from reader.ui.base import BaseApp


class MarkActions(BaseApp):
    """The actions on what is kept."""

    def open_article(self, article: Article, then: Callable[[], None] | None = None) -> None:
        """Open an article; `then` comes when it is on the page."""
        raise NotImplementedError

    def count_shelves(self) -> None:
        """Have the shelves counted again, soon."""
        raise NotImplementedError

    # Read and unread, stars

    def mark_read(self, article: Article, *, read: bool) -> None:
        """Keep that an article was read, or was not, and show it."""
        if self.attempt(lambda: self.library.mark_read(article, read=read)):
            self.reading_screen.sidebar.mark_read(article, read=read)
            self.count_shelves()

    def action_toggle_read(self) -> None:
        """Take the article for read, or for unread."""
        article = self.reading_screen.chosen_article
        if article is not None:
            read = not self.library.is_marked(article, State.READ)
            self.mark_read(article, read=read)
            self.say((_("Read: {title}") if read else _("Unread: {title}")).format(title=article.title))

    def action_star(self) -> None:
        """Star the article, or take its star away."""
        article = self.reading_screen.chosen_article
        if article is not None:
            starred = not self.library.is_marked(article, State.STARRED)
            if self.attempt(lambda: self.library.star(article, starred=starred)):
                self.reading_screen.sidebar.refresh()
                self.say((_("Starred: {title}") if starred else _("No star: {title}")).format(title=article.title))

    # Bookmarks

    def go_to_bookmark(self, bookmark: Bookmark | None) -> None:
        """Open a bookmark's article at its place."""
        if bookmark is None:
            return
        screen = self.reading_screen

        def go() -> None:
            if screen.reading is not None:
                screen.go_to(self.library.find_bookmark(bookmark, screen.reading.document))

        if screen.reading is not None and screen.reading.article.id == bookmark.article_id:
            go()
            return
        article = self.library.article(bookmark.article_id)
        if article is None:
            self.say(_("Its article is not in these archives: {path}").format(path=bookmark.path))
        else:
            self.open_article(article, go)

    def action_bookmark(self) -> None:
        """Bookmark the place at the top of the page."""
        screen = self.reading_screen
        reading = screen.reading
        if reading is None:
            return
        place = screen.page.place
        there = next(
            (one for one in self.library.bookmarks() if one.article_id == reading.article.id and one.position == place),
            None,
        )
        if there is not None:
            self.say(_("There is a bookmark already: {name}").format(name=there.name))
            return
        made: list[Bookmark] = []
        if self.attempt(lambda: made.append(self.library.add_bookmark(reading, place))):
            screen.show_marks()
            self.say(_("Bookmarked: {name}").format(name=made[0].name))

    def action_bookmarks(self) -> None:
        """Show all bookmarks."""
        from reader.ui.screens.bookmarks import BookmarksScreen  # noqa: PLC0415 - not for the first paint

        def chosen(bookmark: Bookmark | None) -> None:
            self.reading_screen.show_marks()
            if bookmark is not None:
                self.reading_screen.panes.slide_away()
            self.go_to_bookmark(bookmark)

        self.push_screen(BookmarksScreen(self.colours, self.library), chosen)

    # Out of the program

    def action_export(self) -> None:
        """Write the article as text into the folder the reader was started in."""
        reading = self.reading_screen.reading
        if reading is None:
            return
        from reader.export.exporter import export  # noqa: PLC0415 - not for the first paint
        from reader.export.names import folded  # noqa: PLC0415
        from reader.export.text import TextExporter  # noqa: PLC0415
        from reader.layout.head import Head  # noqa: PLC0415
        from reader.library.byline import byline  # noqa: PLC0415

        folder = Path.cwd()
        head = Head(reading.article.title, byline(reading.article, reading.statistics))
        exporter = TextExporter(self.reading_screen.page.measure, self.settings.typesetting)
        try:
            taken = {folded(file.name) for file in folder.iterdir()}
            written = export(exporter, head, reading.document, folder, taken=taken)
        except (ReaderError, OSError) as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.say(_("Written: {path}").format(path=written))

    def action_copy(self) -> None:
        """Copy the selection, or the section that is being read."""
        text = self.reading_screen.selected_text()
        if text:
            self.copy_to_clipboard(text)
            self.reading_screen.clear_selection()
            self.say(_("Copied: {count:,} characters").format(count=len(text)))
