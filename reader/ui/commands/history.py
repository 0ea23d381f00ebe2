"""The history of positions, and the list of articles read recently."""

from reader.archive.article import Article
from reader.document.document import Position
from reader.language import _
from reader.marks.article_marks import Visit
from reader.ui.article_keys import ArticleActions
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.place_keeping import PlaceKeeping
from reader.ui.commands.trail import HistoryEntry
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.shown_paths import not_in_archives

_MOST = 200
"""Maximum number of articles in the history that were read before the program was started."""


class History:
    """Going back and forward, and the list of articles read recently."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts it connects
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        places: PlaceKeeping,
        actions: ArticleActions,
    ) -> None:
        self._session = session
        self._actions = actions
        self._view = view
        self._host = host
        self._opening = opening
        self._places = places
        self._trail = opening.trail
        self._reaches_back = False

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"history_back": self._back, "history_forward": self._forward, "recent": self._recent}

    def _back(self) -> None:
        here = self._opening.here
        if not self._reaches_back and here is not None:
            # Articles read before the program was started are older than all other entries.
            self._reaches_back = True
            visits = self._session.library.marks.articles.visited(_MOST)
            self._trail.extend((visit.id for visit in visits), here)
        found = self._trail.back(here, self._find)
        if found is None:
            self._host.say(_("Already at the oldest position"))
        else:
            self._go(*found)

    def _forward(self) -> None:
        found = self._trail.forward(self._opening.here, self._find)
        if found is None:
            self._host.say(_("Already at the newest position"))
        else:
            self._go(*found)

    def _find(self, article_id: str) -> Article | None:
        """The article with this id, in the archives or opened by a link that led out of them."""
        return self._session.library.article(article_id) or self._trail.opened.get(article_id)

    def _go(self, article: Article, entry: HistoryEntry) -> None:
        here, place = self._opening.here, entry.place
        if here is not None and here.article_id == article.id:
            self._show(entry, place or Position(0))
        elif place is None:
            self._opening.open(article, going_back=True)
        else:
            # Go there before the first paint, so that the saved position is never laid out and painted.
            self._opening.open(
                article,
                at=lambda reading: reading.document.clamp(place),
                before_paint=lambda: self._show(entry, place),
                going_back=True,
            )

    def _show(self, entry: HistoryEntry, place: Position) -> None:
        """Scroll to a position, and focus the link that was focused there."""
        if entry.below:
            # Related articles are looked up only after the paint, but the position to scroll to may be among them.
            self._view.relations.show_below(entry.below)
        self._view.go_to(place)
        if entry.row:
            self._view.page.return_to_row(entry.row)
        if entry.link_below:
            self._view.links.focus_below(entry.link_below)
        else:
            self._view.links.focus(entry.link)

    def _recent(self) -> None:
        def chosen(visit: Visit | None) -> None:
            if visit is None:
                return
            article = self._session.library.article(visit.id)
            if article is not None:
                self._view.slide_panes_away()
                self._opening.open(article)
            else:
                self._host.say(*not_in_archives(visit.path))

        self._places.keep()
        visits = self._session.library.marks.articles.visited()
        self._host.push(modals.RecentScreen(self._session, visits, self._actions), chosen)
