"""Embedded notes: opening their transclusions in the page, folding them, and finding sections in them."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event

from reader.archive.article import Article
from reader.document.addresses import EMBED, WIKI
from reader.document.blocks import Block
from reader.document.document import Document, Position
from reader.errors import ReaderError
from reader.language import _
from reader.linking.destination import Destination, DestinationKind
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

_WITHIN = frozenset({DestinationKind.HERE, DestinationKind.ARTICLE})


class Transcluding:
    """The transclusions of the open article. What they show is read in a thread."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._stop = Event()

    def end(self) -> None:
        """Stop reading."""
        self._stop.set()

    def toggle(self, target: str, destination: Destination) -> bool:
        """Open the transclusion of an embedded note, or fold it; return False for any other link."""
        reading, links = self._view.reading, self._view.links
        leaf = links.embedded(target)
        if reading is None or leaf is None or destination.kind not in _WITHIN:
            return False
        if links.is_transcluded(leaf):
            links.transclude(leaf, None)
        elif destination.kind is DestinationKind.HERE:
            self._show(reading, reading.document, leaf, target, destination)
        else:
            self._read(reading, leaf, target, destination)
        return True

    def find_section(
        self, fragment: str, destination: Callable[[str], Destination], found: Callable[[Position | None], None]
    ) -> None:
        """Look for a section in the embedded notes of the open article, and call `found` with the place of the note.

        `found` is called with None if no note has the section, and not at all if another article is opened meanwhile.
        """
        reading, links = self._view.reading, self._session.library.links
        if reading is None:
            return
        embedded = late.embedded_articles(reading.document, lambda targets: [*map(destination, targets)], links)
        if not embedded:
            found(None)
            return
        self._stop.set()
        stop = self._stop = Event()

        def read(article: Article) -> Document | None:
            with suppress(ReaderError):
                return late.open_article(article, stop, breaks=self._session.settings.line_breaks).document
            return None

        def finish(place: Position | None) -> None:
            if self._view.reading is reading:
                found(place)

        def look() -> None:
            """Runs in a thread."""
            self._host.call_from_thread(finish, late.embedded_section(embedded, read, fragment))

        self._host.run_in_thread(look, "transclusion", exclusive=True)

    def _read(self, reading: Reading, leaf: int, target: str, destination: Destination) -> None:
        article = self._session.library.links.article(destination)
        if article is None:
            return
        self._stop.set()
        stop = self._stop = Event()

        def read() -> None:
            """Runs in a thread."""
            try:
                document = late.open_article(article, stop, breaks=self._session.settings.line_breaks).document
            except ReaderError as error:
                self._host.call_from_thread(self._host.say, str(error))
            else:
                self._host.call_from_thread(self._show, reading, document, leaf, target, destination)

        self._host.run_in_thread(read, "transclusion", exclusive=True)

    def _show(self, reading: Reading, document: Document, leaf: int, target: str, destination: Destination) -> None:
        if self._view.reading is not reading:
            return
        blocks = late.transcluded_part(document, destination.fragment)
        if blocks is None:
            self._host.say(_("No such section in this article: {name}").format(name=destination.fragment))
        self._view.links.transclude(leaf, self._transclusion(blocks or (), target, destination))

    def _transclusion(self, blocks: tuple[Block, ...], target: str, destination: Destination) -> "late.Transclusion":
        is_here = destination.kind is DestinationKind.HERE
        source = "" if is_here else destination.article_id
        more = _("→ Go to the section") if is_here else _("→ Open the article")
        return late.Transclusion(blocks, source, more, WIKI + target.removeprefix(EMBED))
