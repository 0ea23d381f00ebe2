"""Marks of whole articles: read, starred, to read later, tags."""

from collections.abc import Callable, Sequence
from functools import partial

from reader.archive.article import Article
from reader.keymap.actions import SIDEBAR
from reader.language import _, ngettext
from reader.marks.change_kinds import ChangeKind
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
        """The actions of this command, by id."""
        view = self._view
        return {
            "toggle_read": lambda: self.toggle_read(view.chosen_articles),
            "star": lambda: self.star(view.chosen_articles),
            "later": lambda: self.later(view.chosen_articles),
            "tags": lambda: self.tag(view.chosen_articles),
        }

    def reached_end(self, article: Article) -> None:
        """Mark an article as read after its end was visible, at most once while the program runs."""
        if article.id in self._reached:
            return
        self._reached.add(article.id)
        if not self._session.library.is_marked(article, State.READ):
            marks = self._session.library.marks.articles
            self._session.attempt(lambda: marks.mark_read(article, read=True, by_hand=False))

    def toggle_read(self, articles: Sequence[Article]) -> None:
        """Mark articles as read; as unread if all of them are read."""
        said = _("Marked as read: {title}"), _("Marked as unread: {title}")
        self._toggle(articles, State.READ, (ChangeKind.READ, ChangeKind.UNREAD), said)

    def star(self, articles: Sequence[Article]) -> None:
        """Star articles; remove the stars if all of them are starred."""
        said = _("Starred: {title}"), _("Removed the star: {title}")
        self._toggle(articles, State.STARRED, (ChangeKind.STAR, ChangeKind.UNSTAR), said)

    def later(self, articles: Sequence[Article]) -> None:
        """Add articles to “read later”; remove them if all of them are there."""
        said = _("Added to read later: {title}"), _("Removed from read later: {title}")
        self._toggle(articles, State.LATER, (ChangeKind.LATER, ChangeKind.NOT_LATER), said)

    def mark_read(self, articles: Sequence[Article]) -> None:
        """Mark the unread ones of some articles as read."""
        unread = [one for one in articles if not self._session.library.is_marked(one, State.READ)]
        if not unread:
            self._host.say(_("All of them are read") if articles else _("There is nothing to mark in that direction"))
        elif self._session.attempt(lambda: self._session.library.marks.many.mark(unread, ChangeKind.READ)):
            # This is an action of the sidebar, some of whose keys have another meaning on the page.
            undo = self._session.keymap.label_within("undo", *SIDEBAR)
            said = _("Marked as read: {title}").format(title=named(unread))
            self._host.say(_("{done} · {undo} undoes").format(done=said, undo=undo))

    def _toggle(
        self, articles: Sequence[Article], state: State, kinds: tuple[ChangeKind, ChangeKind], said: tuple[str, str]
    ) -> None:
        """Toggle a mark of articles, and show the result."""
        if articles:
            library = self._session.library
            clears = all(library.is_marked(article, state) for article in articles)
            if self._session.attempt(lambda: library.marks.many.mark(articles, kinds[clears])):
                self._host.say(said[clears].format(title=named(articles)))

    def tag(self, articles: Sequence[Article]) -> None:
        """Edit the tags of an article, or the tags that several articles have in common."""
        if not articles:
            return
        marks = self._session.library.marks
        tags = [marks.articles.tags(article.id) for article in articles]
        common = tuple(name for name in tags[0] if all(name in others for others in tags))
        own = tuple(dict.fromkeys(tag for article in articles for tag in article.tags))

        def keep(names: tuple[str, ...] | None) -> None:
            if names is None:
                return
            removed = set(common) - set(names)
            if len(articles) == 1:
                change: Callable[[], object] = partial(marks.articles.tag, articles[0], names)
            else:
                change = partial(marks.many.tag, articles, [one for one in names if one not in common], removed)
            if self._session.attempt(change):
                kept = self._session.asked(lambda: marks.articles.tags(articles[0].id), ())
                said = " ".join(f"#{name}" for name in (kept if len(articles) == 1 else names))
                self._host.say(_("Tags: {names}").format(names=said) if said else _("No tags"))

        session = self._session
        title = named(articles)
        screen = modals.TagsScreen(session.colours, session.keymap, title, common, own, known=marks.articles.all_tags())
        self._host.push(screen, keep)


def named(articles: Sequence[Article]) -> str:
    """The title of an article, or the number of several."""
    if len(articles) == 1:
        return articles[0].title
    return ngettext("{count:,} article", "{count:,} articles", len(articles)).format(count=len(articles))
