"""The content of the status line: the location, or a message that takes precedence."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import absolute
from reader.document.sanitizing import clean_line
from reader.language import _, translated
from reader.reading.opened_article import Reading
from reader.ui.index_status import IndexStatus
from reader.ui.reading.status_messages import StatusMessages
from reader.ui.session import Session
from reader.ui.widgets.status import MessageVariants, StatusLine

if TYPE_CHECKING:
    from textual.timer import Timer

_MESSAGE_SECONDS = 3.5
"""Seconds for which a short message is shown."""


class Footer:
    """The controller of the status line: it chooses its content, and how long messages are shown."""

    def __init__(
        self,
        status: StatusLine,
        page: StatusMessages,
        session: Session,
        indexing: IndexStatus,
        follow: Callable[[], None],
    ) -> None:
        """Update `status` from the state of `page`; `follow` repaints what has changed."""
        self._status = status
        self._page = page
        self._library = session.library
        self._keymap = session.keymap
        self._place = session.library.name
        self._indexing = indexing
        self._follow = follow
        self._message: MessageVariants = ()
        self._article = ""
        self._file_note: MessageVariants = ()
        self._message_timer: Timer | None = None

    def begin(self, reading: Reading) -> None:
        """Show a note about a newly opened article: a warning, omitted parts of its page, or its duplicates."""
        if reading.article.id != self._article:
            # A message about the previous article would be false now.
            self._message, self._article = (), reading.article.id
        self._place = self._place_of(reading)
        if reading.warnings:
            self._file_note = (f"⚠ {translated(reading.warnings[0].message)}",)
            return
        page = reading.document.page
        if page is not None and page.omitted:
            note = _("Only the article is shown; {key} shows the whole page")
            self._file_note = (note.format(key=self._keymap.label("whole_page")),)
            return
        root = reading.article.root
        found = self._library.catalogue.places(reading.article)
        places = [str(one.relative_to(root) if one.is_relative_to(root) else one) for one in found]
        written = "  ".join(places), "  ".join(Path(one).name for one in places)
        self._file_note = tuple(_("Also in {places}").format(places=one) for one in written if one)

    def _place_of(self, reading: Reading) -> str:
        """The name of the library; for an article outside it, which a link has opened, the name of its folder."""
        root, path = reading.article.root, absolute(reading.article.path)
        is_own = any(path.is_relative_to(absolute(one)) for one in self._library.roots)
        return self._library.name if is_own else clean_line(absolute(root).name) or self._library.name

    def say(self, *message: str) -> None:
        """Show a short message, from its longest to its shortest variant, for a few seconds; an empty one ends it."""
        # A message may contain a path, and nothing else removes the control characters of a path.
        self._message = tuple(variant for one in message if (variant := clean_line(one)))
        self._follow()
        if self._message_timer is not None:
            self._message_timer.stop()
        self._message_timer = self._status.set_timer(_MESSAGE_SECONDS, self._clear_message)

    def hush(self) -> None:
        """Drop the message in favour of more important ones."""
        self._message = ()

    def _clear_message(self) -> None:
        self._message = ()
        self._follow()

    def show(self, reading: Reading | None, section: str | None, progress: float) -> None:
        """Show the location and the progress (0 to 1) in an article; without an article, the progress of indexing.

        The `section` is a title as the page shows it, empty before the first section, None without sections.
        """
        work = self._indexing.note
        warning = self._warning
        if reading is None:
            notes = self._message or (() if self._indexing.finished else (_("Looking for articles …"),))
            self._status.show(
                path=(self._library.name,), section=None, progress=None, notes=notes, work=work, warning=warning
            )
            return
        if self._page.is_alone:
            # A search shows its count even if everything else is hidden.
            page = self._page
            hint = page.found_message or page.selecting_messages or page.letter_messages or page.link_messages
            unsaved = self._library.unsaved
            self._status.display = bool(hint or self._message or (unsaved and unsaved.is_unsaved))
        path = (self._place, *reading.article.categories)
        self._status.show(path=path, section=section, progress=progress, notes=self._notes, work=work, warning=warning)

    @property
    def _warning(self) -> MessageVariants:
        """The warning that marks are only kept in memory, or empty."""
        return (_("⚠ Marks not saved"), "⚠") if self._library.store_error is not None else ()

    @property
    def _notes(self) -> MessageVariants:
        """The message in place of the location: the prompt for a letter comes first, the note about the file last."""
        page = self._page
        others = page.selecting_messages or page.link_messages or page.marked_messages
        found = (page.found_message,) if page.found_message else ()
        return page.letter_messages or self._message or others or found or (self._file_note if page.at_top else ())
