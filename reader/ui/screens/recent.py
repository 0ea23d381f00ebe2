"""The articles read recently, with their progress."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from reader.archive.article import Article
from reader.keymap.actions import Context
from reader.language import _
from reader.marks.article_marks import Visit
from reader.marks.stored_values import local, moment
from reader.ui.article_keys import ArticleActions, ArticleKeys
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.shown_paths import not_in_archives
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.marked_rows import MarkedRows
from reader.ui.widgets.rows import RowList


class _Visits(MarkedRows):
    def __init__(self, colours: Colours, visits: Sequence[Visit]) -> None:
        super().__init__(colours, id="recent")
        self.visits = visits

    def count(self) -> int:
        """The number of rows; one row says that there are none."""
        return max(1, len(self.visits))

    def id_at(self, number: int) -> str:
        """The id of the article of a row; empty for any other row."""
        return self.visits[number].id if 0 <= number < len(self.visits) else ""

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render an article: the time, the progress, the title."""
        del lit
        muted = self.colours.role("muted")
        if not self.visits:
            return [Segment(" " + fitted(_("Nothing read yet"), width - 1), muted)]
        visit = self.visits[number]
        left_at = local(moment(visit.at))
        today = datetime.now().date()  # noqa: DTZ005 - local time is meant
        when = f"{left_at:%H:%M}" if left_at.date() == today else f"{left_at:%m-%d}"
        if left_at.year != today.year:
            when = f"{left_at:%Y-%m}"
        progress = f"{round(visit.progress * 100):3d}%"
        return [
            self.sign(number),
            Segment(f"{when:>7}  {progress}  ", muted),
            Segment(padded(visit.title, max(0, width - 16)), self.colours.role("ink")),
        ]


class RecentScreen(Dialog[Visit]):
    """The articles read recently; returns the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.RECENT)

    def __init__(self, session: Session, visits: Sequence[Visit], actions: ArticleActions) -> None:
        """List `visits`; the rows have the `actions` on their articles."""
        hints = Hint(_("open"), ("list.choose",)), Hint(_("close"), ("box.close",))
        super().__init__(session.colours, session.keymap, _("Recently read"), hints)
        self._list = _Visits(session.colours, visits)
        self._library = session.library
        self._actions = actions
        self._article_keys = ArticleKeys(session.keymap, Context.LIST, Context.ROWS, Context.BOX, Context.RECENT)

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self._list

    def on_key(self, event: Key) -> None:
        """Act on the marked articles, or the one under the cursor, by the keys that do so in the sidebar."""
        self._article_keys.take(event, self._actions, self._articles)

    def _articles(self) -> list[Article]:
        """The marked articles, or the one under the cursor; say if one cannot be found."""
        paths = {visit.id: visit.path for visit in self._list.visits}
        found = {one: self._library.article(one) for one in self._list.targets()}
        if missing := [one for one, article in found.items() if article is None]:
            self.notify(not_in_archives(paths[missing[0]])[0], severity="warning", markup=False)
        return [article for article in found.values() if article is not None]

    def action_act(self) -> None:
        """Offer the actions on the marked articles, or the one under the cursor."""
        if articles := self._articles():
            self._actions.choose(articles)

    def action_close(self) -> None:
        """Unmark the marked articles, or close the list."""
        if not self._list.unmark():
            super().action_close()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return the chosen article."""
        event.stop()
        if self._list.visits:
            self.dismiss(self._list.visits[event.number])
