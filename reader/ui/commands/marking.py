"""Marks of whole articles: read, starred, to read later, tags."""

from collections.abc import Callable

from reader.archive.article import Article
from reader.language import _
from reader.search.query_tree import State
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session


class Marking:
    """Changing the marks of whole articles."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._reached: set[str] = set()

    def handlers(self) -> Handlers:
        """Its actions."""
        return {"toggle_read": self._toggle_read, "star": self._star, "later": self._later, "tags": self._tags}

    def reached_end(self, article: Article) -> None:
        """Mark an article as read after its end was visible, once per start."""
        if article.id in self._reached:
            return
        self._reached.add(article.id)
        if not self._session.library.is_marked(article, State.READ):
            marks = self._session.library.marks.articles
            self._session.attempt(lambda: marks.mark_read(article, read=True, by_hand=False))

    def _toggle_read(self) -> None:
        marks = self._session.library.marks.articles

        def change(article: Article, read: bool) -> None:  # noqa: FBT001 - the new state
            marks.mark_read(article, read=read)

        self._toggle(State.READ, change, _("Marked as read: {title}"), _("Marked as unread: {title}"))

    def _star(self) -> None:
        marks = self._session.library.marks.articles

        def change(article: Article, starred: bool) -> None:  # noqa: FBT001 - as above
            marks.star(article, starred=starred)

        self._toggle(State.STARRED, change, _("Starred: {title}"), _("Removed the star: {title}"))

    def _later(self) -> None:
        marks = self._session.library.marks.articles

        def change(article: Article, later: bool) -> None:  # noqa: FBT001 - as above
            marks.keep_for_later(article, later=later)

        said = _("Added to read later: {title}"), _("Removed from read later: {title}")
        self._toggle(State.LATER, change, *said)

    def _toggle(self, state: State, change: Callable[[Article, bool], None], on: str, off: str) -> None:
        """Toggle a mark of the chosen article, and show the result."""
        article = self._view.chosen_article
        if article is not None:
            becomes = not self._session.library.is_marked(article, state)
            if self._session.attempt(lambda: change(article, becomes)):
                self._host.say((on if becomes else off).format(title=article.title))

    def _tags(self) -> None:
        article = self._view.chosen_article
        if article is None:
            return
        marks = self._session.library.marks.articles

        def keep(names: tuple[str, ...] | None) -> None:
            if names is not None and self._session.attempt(lambda: marks.tag(article, names)):
                kept = self._session.asked(lambda: marks.tags(article.id), ())
                said = " ".join(f"#{name}" for name in kept)
                self._host.say(_("Tags: {names}").format(names=said) if kept else _("No tags"))

        session, tags = self._session, marks.tags(article.id)
        screen = modals.TagsScreen(session.colours, session.keymap, article, tags, marks.all_tags())
        self._host.push(screen, keep)
