"""The base classes of the lists of bookmarks and of highlights: scope, order, filter, undo."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input

from reader.archive.article import Article
from reader.document.sanitizing import clean_line
from reader.keymap.actions import Context
from reader.language import _
from reader.lean_dataclasses import replace
from reader.marks.mark_list import Listing, MarkFilter, Scope, SortMarks
from reader.ui.article_keys import ArticleActions, ArticleKeys
from reader.ui.key_bindings import Hint, bindings
from reader.ui.orphans import OrphanCheck
from reader.ui.screens.dialog import Dialog
from reader.ui.screens.mark_rows import Mark, MarkRows
from reader.ui.screens.marks_heading import deleted, heading
from reader.ui.session import Session
from reader.ui.shown_paths import not_in_archives
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.reading.opened_article import Reading

_SCOPES = tuple(Scope)
_TYPED = 0.15
"""Seconds of pause in typing before the list is filtered: among very many marks that takes a while."""


class UndoRedo(Protocol):
    """Undoes changes of marks."""

    def undo(self) -> str:
        """Undo the last change; return the message to show."""

    def redo(self) -> str:
        """Redo the last undone change; return the message to show."""


class MarksScreen(Dialog[Mark]):
    """A list of marks; returns the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.MARKS, priority=True)
    _WHILE_TYPING = frozenset({"back", "scope", "close", "undo", "redo"})

    def __init__(  # noqa: PLR0913, PLR0917 - what a list of marks is joined to
        self,
        session: Session,
        undoing: UndoRedo,
        actions: ArticleActions,
        reading: "Reading | None",
        title: str,
        hints: Sequence[Hint],
    ) -> None:
        """List marks of the session; `reading` is the open article, to which the list can be limited.

        The rows have the `actions` on their articles.
        """
        super().__init__(session.colours, session.keymap, title, hints)
        self.session = session
        self.library = session.library
        self._undoing = undoing
        self._actions = actions
        self._article_keys = ArticleKeys(session.keymap, Context.LIST, Context.BOX, Context.MARKS, self.OWN)
        roots = session.library.roots
        article = reading.article.id if reading is not None else ""
        sort = SortMarks(kept) if (kept := session.kept(self.KEPT)) in set(SortMarks) else SortMarks.NEWEST
        self.shown = MarkFilter(self.FIRST_SCOPE, article, roots, "", sort)
        if not article and self.shown.scope is Scope.ARTICLE:
            self.shown = replace(self.shown, scope=Scope.ARCHIVES)
        self._rows = self.rows()
        self._searches: Timer | None = None
        self._orphans = OrphanCheck(self, self.library, session.settings.line_breaks)

    KEPT: ClassVar[str] = ""
    FIRST_SCOPE: ClassVar[Scope] = Scope.EVERYTHING
    OWN: ClassVar[Context]
    """The context of the keys that only this list has."""

    # For subclasses

    def rows(self) -> MarkRows[Mark]:
        """The list."""
        raise NotImplementedError

    def listing(self) -> Listing[Mark]:
        """The marks to show."""
        raise NotImplementedError

    def delete(self, marks: Sequence[Mark]) -> None:
        """Delete marks, as one change."""
        raise NotImplementedError

    def about(self, mark: Mark) -> str:
        """Describe the mark under the cursor, below the list."""
        raise NotImplementedError

    @property
    def chosen(self) -> Mark | None:
        """The mark under the cursor."""
        return self._rows.chosen

    @property
    def targets(self) -> list[Mark]:
        """The marked rows in the list, or else the one under the cursor."""
        return self.session.asked(self._rows.targets, [])

    @property
    def listed(self) -> list[Mark]:
        """The marked rows in the list, or else the whole list."""
        return self.session.asked(lambda: self._rows.marked_marks() or [*self.listing()], [])

    # Showing

    def body(self) -> ComposeResult:
        """Compose the heading, the filter input (hidden at first), the list, and the description."""
        yield Passage(id="marks-shown", parts=True)
        yield CleanInput(placeholder=_("type to filter"), compact=True, id="marks-input")
        yield self._rows
        yield Passage(id="marks-about")

    def on_mount(self) -> None:
        """Focus the list."""
        self.query_one(CleanInput).display = False
        self.watch(self._rows, "cursor", self._tell)
        self._rows.focus()
        self.reload()

    def reload(self) -> None:
        """Reload the marks and keep the cursor."""
        self._rows.narrowed = bool(self.shown.words.strip())
        self._rows.renew(self.session.asked(self.listing, self._rows.listing))
        self._tell()

    def _tell(self) -> None:
        rows, kind = self._rows, self.kind_name()
        text = heading(self.shown, len(rows.listing), by_kind=kind, marked=len(rows.marked), hidden=rows.hidden)
        self.query_one("#marks-shown", Passage).show(text)
        mark = self._rows.chosen
        said = () if mark is None else (self._orphans.of(mark), self.about(mark))
        self.query_one("#marks-about", Passage).show("\n".join(filter(None, said)))

    def on_orphan_check_checked(self, message: OrphanCheck.Checked) -> None:
        """Show that the text of a mark is gone."""
        message.stop()
        self._tell()

    def kind_name(self) -> str:
        """The name of sorting by kind."""
        raise NotImplementedError

    # Articles

    def on_key(self, event: Key) -> None:
        """Act on the articles of the marked rows by the keys that do so in the sidebar."""
        if not self._is_typing:
            self._article_keys.take(event, self._actions, self._articles)

    def action_act(self) -> None:
        """Offer the actions on the articles of the marked rows, or of the one under the cursor."""
        if articles := self._articles():
            self._actions.choose(articles)

    def _articles(self) -> list[Article]:
        """The articles of the marked rows in the list, or of the one under the cursor; say if one cannot be found."""
        articles, missing = _articles_of(self.targets, self.library.article)
        if missing:
            self.tell(not_in_archives(missing)[0])
        return articles

    # Keys

    def typing_hints(self) -> tuple[Hint, ...]:
        """The keys that work while the filter is typed."""
        show, scope = Hint(_("show the list"), fixed=("enter",)), Hint(_("scope"), ("marks.scope",))
        return show, scope, Hint(_("close"), ("marks.back",))

    @property
    def _is_typing(self) -> bool:
        # A key of the page that is typed fast arrives before the input exists.
        return any(line.has_focus for line in self.query(CleanInput))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable single-letter keys while the user types."""
        del parameters
        return action in self._WHILE_TYPING or not self._is_typing

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to the chosen mark."""
        event.stop()
        if self._rows.chosen is not None:
            self.dismiss(self._rows.chosen)

    def action_scope(self) -> None:
        """Switch between the marks of the article, of these archives, and all."""
        scope = _SCOPES[(_SCOPES.index(self.shown.scope) + 1) % len(_SCOPES)]
        if scope is Scope.ARTICLE and not self.shown.article_id:
            scope = Scope.ARCHIVES
        self.shown = replace(self.shown, scope=scope)
        self._rows.cursor = 0
        self.reload()

    def action_sort(self) -> None:
        """Switch to the next order."""
        sorts = list(SortMarks)
        self.shown = replace(self.shown, sort=sorts[(sorts.index(self.shown.sort) + 1) % len(sorts)])
        self.session.keep(self.KEPT, self.shown.sort)
        self._rows.cursor = 0
        self.reload()

    def action_find(self) -> None:
        """Open the filter input."""
        line = self.query_one(CleanInput)
        line.display = True
        self.set_focus(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by the typed text."""
        event.stop()
        if self._searches is not None:
            self._searches.stop()
        self._searches = self.set_timer(_TYPED, self._search)

    def _search(self) -> None:
        words = self.query_one(CleanInput).value
        if words != self.shown.words:
            self.shown = replace(self.shown, words=words)
            self._rows.cursor = 0
            self.reload()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return to the filtered list."""
        event.stop()
        self._search()
        self._rows.focus()

    def action_back(self) -> None:
        """Unmark the marked rows, or close the filter, or the list."""
        line = self.query_one(CleanInput)
        if self._rows.marked and not line.has_focus:
            self._rows.unmark()
            self._tell()
        elif line.display:
            line.display = False
            line.value = ""
            self._search()
            self._rows.focus()
        else:
            self.dismiss(None)

    def action_delete(self) -> None:
        """Delete the marked rows in the list, or the one under the cursor; `u` undoes it."""
        marks = self.targets
        if marks and self.session.attempt(lambda: self.delete(marks)):
            self.reload()
            self.tell(deleted([mark.name for mark in marks], self.keymap.label("marks.undo")))

    def action_mark(self) -> None:
        """Mark the row, or unmark it."""
        self._rows.toggle()
        self._tell()

    def action_mark_range(self) -> None:
        """Mark up to the cursor."""
        self._rows.mark_to_cursor()
        self._tell()

    def action_mark_all(self) -> None:
        """Mark the whole list."""
        self._rows.mark(range(len(self._rows.listing)))
        self._tell()

    def action_undo(self) -> None:
        """Undo the last change of any mark."""
        self._say(self._undoing.undo())

    def action_redo(self) -> None:
        """Redo the last undone change."""
        self._say(self._undoing.redo())

    def _say(self, message: str) -> None:
        self.reload()
        self.tell(message)

    def tell(self, message: str) -> None:
        """Show a short message above the list."""
        self.query_one("#marks-shown", Passage).show(clean_line(message))


def _articles_of(marks: Sequence[Mark], find: Callable[[str], Article | None]) -> tuple[list[Article], str]:
    """The articles of marks, each once, and the path of one that cannot be found, or empty."""
    paths = {one.article_id: one.path for one in marks}
    found = {key: find(key) for key in paths}
    missing = next((str(paths[key]) for key, article in found.items() if article is None), "")
    return [article for article in found.values() if article is not None], missing
