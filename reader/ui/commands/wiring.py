"""All commands of one session, connected to each other and to the screen they act on."""

from collections.abc import Callable
from typing import Protocol

from reader.memory import collect_seldom, exempt_from_collection
from reader.ui.commands.appearance import Appearance
from reader.ui.commands.applying_rules import Ruling
from reader.ui.commands.batch import Batch
from reader.ui.commands.bookmarking import Bookmarking
from reader.ui.commands.chinese_scripts import ChineseScripts
from reader.ui.commands.code_copying import CodeCopying
from reader.ui.commands.dispatcher import Dispatcher, Handlers
from reader.ui.commands.drafting import Drafting
from reader.ui.commands.exporting import Exporting
from reader.ui.commands.following import Following
from reader.ui.commands.front_pages import FrontPaging
from reader.ui.commands.garbage_collection import IdleCollection
from reader.ui.commands.guide import Guide
from reader.ui.commands.highlighting import Highlighting
from reader.ui.commands.history import History
from reader.ui.commands.hooks import Hooks
from reader.ui.commands.host import Host
from reader.ui.commands.indexing import Indexing
from reader.ui.commands.looking_up import LookingUp
from reader.ui.commands.mark_sync import MarkSync
from reader.ui.commands.marking import Marking
from reader.ui.commands.opening import Opening
from reader.ui.commands.opening_places import OpeningPlaces
from reader.ui.commands.originals import Originals
from reader.ui.commands.page_columns import PageColumns
from reader.ui.commands.piping import Piping
from reader.ui.commands.place_keeping import PlaceKeeping
from reader.ui.commands.reading_aids import ReadingAids
from reader.ui.commands.reading_time import ReadingTime
from reader.ui.commands.relating import Relating
from reader.ui.commands.reviewing import Reviewing
from reader.ui.commands.searching import Searching
from reader.ui.commands.sharing import Sharing
from reader.ui.commands.shelves import Shelves
from reader.ui.commands.source_editing import SourceEditing
from reader.ui.commands.store_care import StoreCare
from reader.ui.commands.typed_commands import TypedActions
from reader.ui.commands.undoing import Undoing
from reader.ui.commands.view import ReadingView, ShelfView
from reader.ui.index_status import IndexStatus
from reader.ui.session import Session

_SETTLED = 3.0
"""Seconds after the first paint: the article and the shelves are shown by then."""


class Commands:
    """The actions of the user on the reading screen.

    Attributes:
        dispatcher: Performs every action by its id.
    """

    def __init__(  # noqa: PLR0913 - all that commands are joined to
        self,
        session: Session,
        view: ReadingView,
        sidebar: ShelfView,
        host: Host,
        *,
        status: IndexStatus,
        repaint: Callable[[], None],
        sample: bool = False,
        others: Handlers,
    ) -> None:
        """Connect the commands of a session.

        Args:
            session: The library, the settings and the theme.
            view: The reading screen.
            sidebar: Its sidebar.
            host: The app.
            status: Receives the progress of indexing.
            repaint: Repaints everything in the colours of another theme.
            sample: Whether the sample archive is shown.
            others: The actions of the screen and of the app themselves.
        """
        self._host = host
        self._view = view
        self._status = status
        self._add_state(session, sidebar, sample=sample)
        self._add_marks(session)
        self._add_passing_on(session)
        self._add_places(session)
        self._add_navigation(session)
        self._add_appearance(session, repaint)
        self._join()
        self.dispatcher = Dispatcher(session, others, *(part.handlers() for part in self._parts))

    def _add_state(self, session: Session, sidebar: ShelfView, *, sample: bool) -> None:
        """The commands that follow what is open and what is indexed."""
        view, host = self._view, self._host
        self.store_care = StoreCare(session, host)
        self.shelves = Shelves(session, view, sidebar, host, self._status)
        self.opening = Opening(session, view, sidebar, host, sample=sample)
        self.places = PlaceKeeping(session, view, host)
        self.reading_time = ReadingTime(session, view, host)
        self._collection = IdleCollection(host)
        self.indexing = Indexing(session, view, host, self.shelves, self._status)
        self.mark_sync = MarkSync(session, view, sidebar, host, self.shelves)

    def _add_marks(self, session: Session) -> None:
        """The commands that change marks."""
        view, host = self._view, self._host
        self.marking = Marking(session, view, host)
        self.undoing = Undoing(session, host, self.shelves)
        self._drafting = Drafting(session, host)
        self._ruling = Ruling(session, host)

    def _add_passing_on(self, session: Session) -> None:
        """The commands that pass articles on: to files, the clipboard and other programs."""
        view, host = self._view, self._host
        self._exporting, self._code_copying = Exporting(session, view, host), CodeCopying(view, host)
        self._piping, self._hooks = Piping(session, view, host), Hooks(session, host)
        self._originals = Originals(view, host)
        self._sharing = Sharing(session, view, host)
        self._editing = SourceEditing(session, view, host, self.opening)

    def _add_places(self, session: Session) -> None:
        """The bookmarks and highlights, whose lists pass articles on, too."""
        view, host = self._view, self._host
        self.batch = Batch(session, host, self.marking, self._exporting, self._piping)
        self.bookmarking = Bookmarking(session, view, host, self.opening, self.undoing, self.batch)
        self.highlighting = Highlighting(session, view, host, self.opening, self.undoing, self._drafting, self.batch)
        self._reviewing = Reviewing(session, host, self.undoing, self.highlighting.open)

    def _add_navigation(self, session: Session) -> None:
        """The commands that lead to other articles and places."""
        view, host = self._view, self._host
        self.searching = Searching(session, view, host, self.opening, self.shelves, self._status, actions=self.batch)
        self.following = Following(session, view, host, self.opening, search=self.searching.search_for)
        self.relating = Relating(session, view, host, self.opening, self._status)
        self._history = History(session, view, host, self.opening, self.places, self.batch)
        due = self._reviewing.count
        self._front = FrontPaging(session, view, host, self.opening, self.places, self._run, due, self.batch)
        self.opening.shown.append(OpeningPlaces(session, view, host).begin)

    def _add_appearance(self, session: Session, repaint: Callable[[], None]) -> None:
        """The commands that change how articles are shown, and help to read them."""
        view, host = self._view, self._host
        self.appearance = Appearance(session, host, repaint)
        self._chinese = ChineseScripts(session, view, host)
        self._columns = PageColumns(session, view, host)
        self._reading_aids = ReadingAids(session, view, host)
        self._looking_up = LookingUp(session, view, host)
        typed_actions = TypedActions(view.moving.repeat, self.searching.search_for, view.moving.find, host.say)
        self._guide = Guide(session, host, self.appearance, self._run, typed_actions)

    @property
    def _parts(self) -> "tuple[_CommandGroup, ...]":
        return (
            *(self.opening, self.shelves, self.indexing, self.marking, self.undoing, self.bookmarking),
            *(
                self.highlighting,
                self._reviewing,
                self.searching,
                self._originals,
                self.following,
                self.relating,
                self.appearance,
            ),
            *(self.reading_time, self._history, self._front, self._guide, self._exporting, self._code_copying),
            *(
                self._sharing,
                self._editing,
                self._chinese,
                self._columns,
                self._piping,
                self._reading_aids,
                self._looking_up,
            ),
        )

    async def _run(self, action_id: str) -> None:
        await self.dispatcher.run(action_id)

    def _join(self) -> None:
        """Connect the events of one part to the others."""
        self.opening.leaving += [self.places.leave, lambda _following: self.reading_time.leave()]
        self.opening.shown += [self.places.begin, self.reading_time.begin]
        self.opening.shown += [self.following.kinds.begin, self.relating.begin, self._hooks.opened]
        self.opening.are_all_listed = lambda: self.shelves.is_current
        self.indexing.moved += [self.opening.follow_file, lambda _moves: self._archive_changed()]
        self.indexing.finished.append(self._ruling.indexed)
        self.shelves.counted += [self._show_something, self.opening.shelves_counted, self._front.counted]

    def _archive_changed(self) -> None:
        """Resolve the links again, and look for related articles again."""
        self.following.kinds.refresh()
        self.relating.refresh()

    def _show_something(self) -> None:
        """Open an article as soon as there is one."""
        if not self.opening.open_something() and self._status.finished:
            self._view.show_nothing()
        self._view.follow()

    def start(self) -> None:
        """Start after the first paint."""
        self.opening.open_last()
        self._ruling.start()
        self.indexing.start()
        self.store_care.start()
        self._drafting.start()
        self.mark_sync.start()
        self.places.start()
        self.reading_time.start()
        self._front.start()
        self._collection.start()
        # Exclude the objects made so far from garbage collection, which otherwise delays keys by 40 ms now and then.
        self._host.after(_SETTLED, _collect_seldom)

    def touched(self) -> None:
        """Record a key."""
        self.reading_time.touched()
        self._front.touched()
        self._collection.touched()

    def scrolled(self) -> None:
        """Record what is visible."""
        self.places.scrolled()
        self.reading_time.scrolled()
        self._collection.touched()

    @property
    def unsaid(self) -> str:
        """The text to be printed after the screen was closed, or empty."""
        return self._exporting.unsaid

    def end(self) -> None:
        """Save the position and the counts before quitting."""
        self.opening.stop_reading()
        self.places.keep()
        self.reading_time.leave()
        self.reading_time.keep()
        self._front.end()
        self._exporting.end()
        self._piping.end()
        self.following.end()
        self.relating.end()
        self.store_care.end()


class _CommandGroup(Protocol):
    def handlers(self) -> Handlers:
        """The actions of this command, by id."""


def _collect_seldom() -> None:
    exempt_from_collection()
    collect_seldom()
