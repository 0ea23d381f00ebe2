"""Related articles: by links to the open article and from it, by similarity, and by their numbers in a series."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.document.document import Position
from reader.language import _
from reader.lean_dataclasses import dataclass, replace
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.link_lookup import looked_up
from reader.ui.commands.opening import Opening
from reader.ui.commands.view import ReadingView
from reader.ui.index_status import IndexStatus, waiting_note
from reader.ui.related_sections import RelatedEntry, RelatedSection
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.linking.archive_links import ArchiveLinks
    from reader.linking.backlinks import Backlink

_SETTLED = 0.3
"""Seconds from showing an article to the search for related ones, so that going past articles starts none."""

_MOST = 200
"""The maximum number of entries of a section."""

_LIKE_THIS = 2
"""The number of the section with similar articles."""


@dataclass(frozen=True, slots=True)
class _Related:
    """The results for an article (None before the search), and the number of articles not indexed at that time."""

    linked_from: Sequence["Backlink"]
    links_to: Sequence[Article]
    waiting: int = 0
    similar: Sequence[Article] | None = None
    mentions: Sequence["Backlink"] | None = None


class Relating:
    """Finds related articles in a thread, and opens them."""

    def __init__(self, session: Session, view: ReadingView, host: Host, opening: Opening, status: IndexStatus) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._status = status
        self._lock = Lock()
        self._links: ArchiveLinks | None = None
        self._found: _Related | None = None
        self._wants_similar = False

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"similar": self._show_similar}

    def begin(self, reading: Reading) -> None:
        """Look for what is related to an article, soon after it is shown."""
        self._found, self._wants_similar = None, False
        self._host.after(_SETTLED, lambda: self._look(reading))

    def refresh(self) -> None:
        """Look again, because the archive has changed."""
        if self._view.reading is not None:
            self._look(self._view.reading)

    def shown(self) -> None:
        """Complete the pane, which was just shown."""
        reading = self._view.reading
        if reading is not None and self._found is not None:
            self._fill(start=_LIKE_THIS if self._wants_similar else 0)
            if self._found.similar is not None:
                self._wants_similar = False
            self._complete(reading)

    def find_mentions(self) -> None:
        """Look for articles that mention the title of the open one without a link."""
        reading = self._view.reading
        if reading is not None:
            self._host.say(_("Looking for mentions of {title} …").format(title=reading.article.title))
            self._run(reading, lambda links, found: replace(found, mentions=links.mentions(reading.article, _MOST)))

    def open(self, entry: RelatedEntry) -> None:
        """Open an article at the link or the mention that an entry shows."""

        def place_in(reading: Reading) -> Position | None:
            document = reading.document
            if entry.target:
                links = (link for at in range(len(document.leaves)) for link in late.leaf_links(document, at))
                return next((link.span.start for link in links if link.target == entry.target), None)
            hits = late.find(document, entry.text)
            return hits[0].start if hits else None

        self._opening.open(entry.article, at=place_in if entry.target or entry.text else None)

    def end(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._links is not None:
                self._links.close()

    # In a thread

    def _look(self, reading: Reading) -> None:
        if self._view.reading is not reading:
            return

        def look() -> tuple[_Related, tuple[Article | None, Article | None]]:
            with self._lock:
                links = self._all_links
                article = reading.article
                # Count before the search: otherwise a result that lacks articles could seem complete.
                waiting = links.waiting()
                found = _Related(links.linked_from(article, _MOST), links.links_to(article), waiting)
                return found, links.series(article)

        def run() -> None:
            """Runs in a thread."""
            if (looked := looked_up(self._host, look)) is not None:
                self._host.call_from_thread(self._show_first, reading, *looked)

        self._host.run_in_thread(run, "related", exclusive=True)

    @property
    def _all_links(self) -> "ArchiveLinks":
        if self._links is None:
            self._links = self._session.library.new_links()
        return self._links

    def _run(self, reading: Reading, work: "Callable[[ArchiveLinks, _Related], _Related]") -> None:
        before = self._found

        def look(before: _Related) -> _Related:
            with self._lock:
                return work(self._all_links, before)

        def run() -> None:
            """Runs in a thread."""
            if before is not None and (found := looked_up(self._host, lambda: look(before))) is not None:
                self._host.call_from_thread(self._show_more, reading, found)

        self._host.run_in_thread(run, "related")

    def _complete(self, reading: Reading) -> None:
        if self._found is not None and self._found.similar is None:
            self._run(
                reading,
                lambda links, found: replace(found, similar=[one.article for one in links.similar(reading.article)]),
            )

    # Showing

    def _show_first(self, reading: Reading, found: _Related, series: tuple[Article | None, Article | None]) -> None:
        if self._view.reading is not reading:
            return
        relations = self._view.relations
        # Keep the cursor only if it was visible.
        start = None if self._found is not None and relations.visible else 0
        self._found = found
        relations.show_counts(len(found.linked_from), len(found.links_to))
        words = (_("← Previous in the series: {title}"), _("→ Next in the series: {title}"))
        below = [
            (word.format(title=article.title), late.article_link(article.id))
            for word, article in zip(words, series, strict=True)
            if article is not None
        ]
        relations.show_below(below)
        self._fill(start=start)
        if relations.visible:
            self._complete(reading)

    def _show_more(self, reading: Reading, found: _Related) -> None:
        if self._view.reading is not reading or self._found is None:
            return
        if found.mentions is not None and self._found.mentions is None:
            # The pane now shows the mentions, so remove the message that they are being looked for.
            self._host.say("")
        # Two searches may have run at once, so keep the result of the other one.
        self._found = replace(
            self._found,
            similar=found.similar if found.similar is not None else self._found.similar,
            mentions=found.mentions if found.mentions is not None else self._found.mentions,
        )
        start = _LIKE_THIS if self._wants_similar else None
        self._wants_similar = False
        self._fill(start=start)

    def _show_similar(self) -> None:
        reading = self._view.reading
        if reading is None:
            return
        self._wants_similar = True
        relations = self._view.relations
        # If the pane is only opened now, `shown` fills it.
        is_filled = relations.visible
        relations.open()
        if is_filled and self._found is not None and self._found.similar is not None:
            self._wants_similar = False
            self._fill(start=_LIKE_THIS)

    def _fill(self, start: int | None = None) -> None:
        found = self._found
        if found is None:
            return
        missing = self._missing(found)
        nothing = missing or _("No article mentions it without a link")
        mentions = _section(_("Mentions without a link"), found.mentions, nothing)
        if found.mentions is None:
            mentions = RelatedSection(_("Mentions without a link"), note=_("Look for mentions of the title"), asks=True)
        like = [RelatedEntry(article) for article in found.similar or ()]
        sections = (
            _section(_("Linked from"), found.linked_from, missing or _("No article links to this one")),
            RelatedSection(
                _titled(_("Links to"), len(found.links_to)),
                [RelatedEntry(article) for article in found.links_to[:_MOST]],
                "" if found.links_to else missing or _("This article links to no other"),
            ),
            RelatedSection(
                _("Like this"),
                like,
                "" if like else "…" if found.similar is None else missing or _("No article is like this one"),
            ),
            mentions,
        )
        self._view.relations.show(sections, start=start)

    def _missing(self, found: _Related) -> str:
        """The message that more may be found after indexing, or empty."""
        if found.waiting:
            return waiting_note(found.waiting)
        # Until the folders of a new archive are scanned, the number of its articles is unknown.
        is_indexing = not self._status.finished and not self._session.library.indexes.are_complete()
        return _("Articles are still being indexed") if is_indexing else ""


def _section(title: str, links: "Sequence[Backlink] | None", nothing: str) -> RelatedSection:
    entries = [RelatedEntry(one.article, one.sentence, one.target, one.text) for one in links or ()]
    return RelatedSection(_titled(title, len(entries)), entries, "" if entries else nothing)


def _titled(title: str, count: int) -> str:
    return f"{title} {count:,}" if count else title
