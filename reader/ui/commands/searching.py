"""Full-text search, and saved searches."""

from typing import TYPE_CHECKING

from reader.keymap.actions import SIDEBAR
from reader.language import _
from reader.lean_dataclasses import replace
from reader.ui import late
from reader.ui.article_keys import ArticleActions
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.shelves import Shelves
from reader.ui.commands.view import ReadingView
from reader.ui.index_status import IndexStatus
from reader.ui.screens import modals
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.ui.screens.search import SearchChoice


class Searching:
    """The search of the library."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a search is joined to
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        shelves: Shelves,
        status: IndexStatus,
        *,
        actions: ArticleActions,
    ) -> None:
        """Search the library of the session; the results have `actions`."""
        self._actions = actions
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._shelves = shelves
        self._status = status
        self._question: late.SearchRequest | None = None

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"search": self._search}

    def search_for(self, query: str) -> None:
        """Show the search modal with a query."""
        self._question = late.SearchRequest(query)
        self._search()

    def _search(self) -> None:
        """Show the search modal with the last query; open the chosen article at its first match."""
        question = self._question or late.SearchRequest("")
        session = self._session
        screen = modals.SearchScreen(
            session.colours, session.keymap, session.library, question, self._status, actions=self._actions
        )

        def chosen(found: "SearchChoice | None") -> None:
            self._question = replace(screen.question, after=())
            self._shelves.refresh()
            if found is not None:
                self._view.slide_panes_away()
                self._opening.open(found.article, lambda: self._view.show_found(found.pattern, found.query))

        self._host.push(screen, chosen)

    def forget(self, number: int) -> None:
        """Delete a saved search by its number."""
        searches = self._session.library.marks.searches
        search = next((one for one in self._session.asked(searches.all, ()) if one.id == number), None)
        if search is not None and self._session.attempt(lambda: searches.delete(search)):
            self._shelves.refresh()
            undo = self._session.keymap.label_within("undo", *SIDEBAR)
            self._host.say(_("Deleted: {name} · {undo} undoes").format(name=search.name, undo=undo))
