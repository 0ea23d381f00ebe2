"""Orphans: marks whose text is no longer in their article. Each mark is checked in a thread when it is chosen."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

from reader.errors import ReaderError
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.highlights import Highlight
from reader.reading.opened_article import open_article
from reader.settings.options import SourceBreaks
from reader.ui.shown_paths import not_in_archives

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.archive.article import Article
    from reader.library.library import Library

_RESTS = 0.2
"""Seconds that the cursor must rest on a mark before its article is read."""


class OrphanCheck:
    """Finds marks that have lost their text or their article."""

    class Checked(Message):
        """The result of a check is available."""

    def __init__(self, screen: Screen[Any], library: "Library", breaks: SourceBreaks) -> None:
        """Check marks in the articles of `library`, and post `Checked` to `screen` when a result is available."""
        self._breaks = breaks
        self._screen = screen
        self._library = library
        self._said: dict[str, str] = {}
        self._rests: Timer | None = None

    def of(self, mark: Bookmark | Highlight) -> str:
        """Describe the loss of a mark's text; empty if the text is present, or not checked yet."""
        if self._rests is not None:
            self._rests.stop()
        if mark.uid not in self._said:
            article = self._library.article(mark.article_id)
            if article is None:
                self._said[mark.uid] = not_in_archives(mark.path)[0]
            else:
                self._rests = self._screen.set_timer(_RESTS, lambda: self._begin(mark, article))
        return self._said.get(mark.uid, "")

    def _begin(self, mark: Bookmark | Highlight, article: "Article") -> None:
        self._screen.run_worker(lambda: self._look(mark, article), thread=True, group="missing")

    def _look(self, mark: Bookmark | Highlight, article: "Article") -> None:
        """Run in a thread."""
        # An unreadable article proves nothing.
        with suppress(ReaderError):
            there = self._library.mark_exists(mark, open_article(article, breaks=self._breaks).document)
            self._said[mark.uid] = "" if there else _("The text is no longer in the article; the quotation is kept")
            if not there and self._screen.is_running:
                self._screen.post_message(self.Checked())
