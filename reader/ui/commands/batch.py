"""Actions on several articles at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from reader.archive.article import Article
from reader.ui.commands.exporting import Exporting
from reader.ui.commands.host import Host
from reader.ui.commands.marking import Marking, named
from reader.ui.commands.piping import Piping
from reader.ui.screens import modals
from reader.ui.session import Session


class Batch:
    """The actions on articles of search results, the lists of marks and other lists; see `ArticleActions`."""

    def __init__(self, session: Session, host: Host, marking: Marking, exporting: Exporting, piping: Piping) -> None:
        self._session = session
        self._host = host
        self._does: Mapping[str, Callable[[Sequence[Article]], object]] = {
            "toggle_read": marking.toggle_read,
            "star": marking.star,
            "later": marking.later,
            "tags": marking.tag,
            "export": partial(exporting.export_all, exporting.formats["export"]),
            "export_marked": partial(exporting.export_all, exporting.formats["export_marked"]),
            "export_as": exporting.ask_for,
            "pipe": piping.ask_for,
        }

    def perform(self, name: str, articles: Sequence[Article]) -> None:
        """Perform the action with an id of `ARTICLE_ACTIONS` on articles."""
        if articles:
            self._does[name](articles)

    def choose(self, articles: Sequence[Article]) -> None:
        """Ask what to do with articles, and do it."""

        def chosen(name: str | None) -> None:
            if name:
                self.perform(name, articles)

        session = self._session
        self._host.push(modals.ArticleMenu(session.colours, session.keymap, named(articles)), chosen)
