"""The search modal: articles of the whole library, found while the user types."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from reader.archive.article import Article
from reader.errors import StoreError
from reader.finding.finder import SearchRequest, SearchResult
from reader.index.corruption import CorruptIndexError
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.lean_dataclasses import dataclass, replace
from reader.library.library import Library
from reader.marks.saved_searches import SavedSearch
from reader.search.federated import Sort
from reader.search.query_parser import QueryError
from reader.ui.article_keys import ArticleActions
from reader.ui.colours import Colours
from reader.ui.index_status import IndexStatus
from reader.ui.key_bindings import STEPS, Hint, bindings
from reader.ui.screens.background_search import BackgroundSearch, SearchFailed, SearchReceived
from reader.ui.screens.dialog import Dialog
from reader.ui.screens.prompt import PromptScreen
from reader.ui.screens.search_counts import SearchCounts
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.mistake_highlighter import MistakeHighlighter
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.query_suggester import QuerySuggester
from reader.ui.widgets.results import Results
from reader.ui.widgets.rows import RowList

if TYPE_CHECKING:
    import re

_NEAR_THE_END = 10
"""The number of articles left below the cursor at which more are loaded."""

_MARKING = {"mark": "mark('one')", "mark_range": "mark('range')", "mark_all": "mark('all')"}
"""Textual's calls of the actions that mark results."""

_RECOUNT = 1.0
"""Seconds between two counts while indexing goes on."""


@dataclass(frozen=True, slots=True)
class SearchChoice:
    """A chosen article, with the pattern that finds the matches in it, and the query."""

    article: Article
    pattern: "re.Pattern[str] | None"
    query: str


def _hints() -> tuple[Hint, ...]:
    return (
        Hint(_("open"), fixed=("enter",)),
        Hint(_("sort"), ("search.sort",)),
        Hint(_("save search"), ("search.save",)),
        Hint(_("complete"), fixed=("right",)),
        Hint(_("mark"), ("search.mark",)),
        Hint(_("actions"), ("search.act",)),
        Hint(_("close"), ("search.close",)),
    )


class SearchScreen(Dialog[SearchChoice]):
    """Searches; returns the chosen article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Context.TYPING, STEPS, priority=True),
        *bindings(Context.SEARCH, _MARKING, priority=True),
    ]

    def __init__(  # noqa: PLR0913 - what the search needs
        self,
        colours: Colours,
        keymap: Keymap,
        library: Library,
        begun: SearchRequest,
        status: IndexStatus,
        *,
        actions: ArticleActions,
    ) -> None:
        """Search `library` from the state `begun`, while `status` changes; offer `actions` on results."""
        self._actions = actions
        super().__init__(colours, keymap, _("Search"), _hints())
        self._library = library
        self.question = begun
        self._results = Results(colours, [*library.marks.searches.all(), *_examples()])
        self._mistake = MistakeHighlighter(colours)
        self._suggester = QuerySuggester(library)
        self._search = BackgroundSearch(library, self._start, self._report)
        self._shown_number = self._awaited = 0
        """The number of the search that is listed, and of the search whose first result is opened on arrival."""
        self._counts = SearchCounts(keymap, status)
        self._more, self._got = False, 0
        self._pattern: re.Pattern[str] | None = None

    def body(self) -> ComposeResult:
        """Compose the input, the message line, and the results."""
        yield CleanInput(
            self.question.text,
            placeholder=_("words, “phrases”, -exclude, OR, cat: author: after: is:unread …"),
            compact=True,
            id="search-input",
            highlighter=self._mistake,
            suggester=self._suggester,
        )
        yield Passage(id="search-note")
        yield self._results

    def on_mount(self) -> None:
        """Continue the earlier search."""
        self.query_one(Input).select_all()
        self._ask()
        self.set_interval(_RECOUNT, self._recount)

    def on_unmount(self) -> None:
        """Cancel a running search."""
        self._library.finder.interrupt()
        self._suggester.close()

    # Searching

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        if event.value != self.question.text:
            self.question = SearchRequest(event.value, self.question.sort)
            self._ask()

    def action_sort(self) -> None:
        """Toggle between the newest and the best results first."""
        sort = Sort.BEST if self.question.sort is Sort.NEWEST else Sort.NEWEST
        self.question = replace(self.question, sort=sort, after=())
        self._ask()

    def _ask(self) -> None:
        self._more, self._got = False, 0
        if self.question.text.strip():
            self._search.ask(self.question, is_counted=self._counts.known is not None and bool(self.question.after))
            return
        self._search.cancel()
        self._shown_number = self._search.number
        self._err(None)
        self._results.offer()
        self._say("")

    def _ask_for_others(self) -> None:
        """Search for articles that are not listed yet; they are added below, so that nothing moves."""
        self.question = replace(self.question, after=tuple(one.hit for one in self._results.found))
        self._ask()

    def _recount(self) -> None:
        """Count again if indexing has gone on, unless the first results of the latest search are still to come."""
        if self._shown_number == self._search.number and self._counts.may_differ():
            self._search.recount(self.question.text)

    def _start(self, call: Callable[[], None]) -> None:
        self.run_worker(call, thread=True, group="search")

    def _report(self, message: Message) -> None:
        """Post the results; runs in another thread."""
        if self.is_running:
            self.post_message(message)

    # Results

    def on_search_received(self, event: SearchReceived) -> None:
        """Show results; the previous ones stay until they arrive."""
        event.stop()
        if event.number != self._search.number:
            return
        self._err(None)
        page = event.page
        if page is not None:
            self._pattern = page.pattern
            if self._shown_number != event.number and not self.question.after:
                self._results.fill(page.found)
                self._counts.known = None
            else:
                self._results.add(page.found)
            self._shown_number = event.number
            self._got += len(page.found)
        elif event.counts is not None:
            if self._counts.have_grown(event.counts, len(self._results.found)) and not self._more:
                self._ask_for_others()
            self._results.tell_nothing(self._counts.nothing(self.question.text))
        elif self._shown_number != event.number:
            self._more = False
            self._shown_number = event.number
            if not self.question.after:
                self._results.fill((), self._counts.nothing(self.question.text))
                self._counts.known = None
        else:
            self._more = self._got >= self.question.most
        self._say(self._count_text())
        if page is not None and self._awaited == event.number:
            self._choose()

    def _count_text(self) -> str:
        return self._counts.text(self.question.sort, len(self._results.marked))

    def on_search_failed(self, event: SearchFailed) -> None:
        """Show the error and its position."""
        event.stop()
        if event.number != self._search.number:
            return
        if isinstance(event.error, QueryError):
            self._err(event.error)
            self._say(f"{event.error.message} · {event.error.hint}" if event.error.hint else event.error.message)
        else:
            self._say(event.error.message)
            if isinstance(event.error, CorruptIndexError):
                self._library.indexes.rebuild(event.error.path)

    def _err(self, error: QueryError | None) -> None:
        span = (error.start, error.end) if error is not None else None
        self.set_class(error is not None, "-mistaken")
        if span != self._mistake.span:
            self._mistake.span = span
            self.query_one(Input).refresh()

    def _say(self, note: str) -> None:
        self.query_one("#search-note", Passage).show(note)

    # Marking

    def action_mark(self, how: str) -> None:
        """Mark the article under the cursor, those up to it, or all that are listed."""
        results = self._results
        {"one": results.toggle_mark, "range": results.mark_range, "all": results.toggle_all}[how]()
        self._say(self._count_text())

    def action_act(self) -> None:
        """Offer the actions on the marked articles, or else on the one under the cursor."""
        if articles := self._results.chosen_articles:
            self._actions.choose(articles)

    # Choosing

    def action_step(self, step: int) -> None:
        """Move the cursor, and load more results before the end is reached."""
        results = self._results
        results.action_cursor(step)
        if self._more and not results.offering and results.chosen >= len(results.found) - _NEAR_THE_END:
            self._ask_for_others()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the article under the cursor, or the first result of what has just been typed when it arrives."""
        event.stop()
        if self._shown_number == self._search.number or self.question.after:
            self._choose()
        else:
            self._awaited = self._search.number

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the clicked article."""
        event.stop()
        self._choose()

    def _choose(self) -> None:
        results = self._results
        if results.offering and results.offers:
            line = self.query_one(Input)
            line.value = results.offers[results.chosen].query
            line.action_end()
        elif results.found:
            found: SearchResult = results.found[results.chosen]
            self.dismiss(SearchChoice(found.article, self._pattern, self.question.text))

    def action_save(self) -> None:
        """Save the search under a name, as a shelf of the sidebar."""
        if query := self.question.text.strip():
            naming = PromptScreen(self.colours, self.keymap, _("Search name"), query)
            self.app.push_screen(naming, lambda name: self._save(name, query) if name else None)

    def _save(self, name: str, query: str) -> None:
        try:
            self._library.marks.searches.save(name, query)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self._say(_("Saved to the sidebar: {name}").format(name=name))


def _examples() -> tuple[SavedSearch, ...]:
    """Example queries."""
    return (
        SavedSearch(0, _("unread articles"), "is:unread"),
        SavedSearch(0, _("starred articles"), "is:starred"),
        SavedSearch(0, _("articles of the last seven days"), "date:7d"),
        SavedSearch(0, _("long articles"), "len:>5000"),
        SavedSearch(0, _("articles with code"), "has:code"),
    )
