"""What the status line shows of the state of the page."""

from reader.keymap.actions import SIDEBAR
from reader.language import N_, _, ngettext
from reader.lean_dataclasses import replace
from reader.ui.key_bindings import Hint, hint_line
from reader.ui.reading.chords import Chords
from reader.ui.reading.finding import Finding
from reader.ui.reading.key_counts import KeyCounts
from reader.ui.reading.letter_keys import Letters
from reader.ui.reading.page_links import PageLinks
from reader.ui.reading.panes import Panes
from reader.ui.reading.selection import Selection
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants

_EXPORT, _UNMARK = Hint(N_("export"), ("export_marked", "export")), Hint(N_("unmark"), ("back",))
_MANY = (
    Hint(N_("read"), ("toggle_read",)),
    Hint(N_("star"), ("star",)),
    Hint(N_("read later"), ("later",)),
    Hint(N_("tags"), ("tags",)),
    _EXPORT,
    Hint(N_("pipe"), ("pipe",)),
    _UNMARK,
)
_FEWER = (*_MANY[:2], _EXPORT, _UNMARK)
_FEWEST = (_EXPORT, _UNMARK)


class StatusMessages:
    """Status messages on prompts, selection, search and links of a page."""

    def __init__(  # noqa: PLR0913 - all that have something to say
        self,
        page: Page,
        panes: Panes,
        finding: Finding,
        selection: Selection,
        *,
        asking: tuple[Letters, KeyCounts, Chords],
        links: PageLinks,
    ) -> None:
        self._page = page
        self._panes = panes
        self._finding = finding
        self._selection = selection
        self._letters, self._counts, self._chords = asking
        self._links = links

    @property
    def letter_messages(self) -> MessageVariants:
        """The prompt for a letter, the label of a link, the rest of a chord, or the movement after a count."""
        return self._letters.notes or self._links.labels.notes or self._chords.notes or self._counts.notes

    @property
    def selecting_messages(self) -> MessageVariants:
        """The key hints of the keyboard selection."""
        return self._selection.notes

    @property
    def marked_messages(self) -> MessageVariants:
        """How many articles are marked in the sidebar, and what can be done with them while it has the focus."""
        sidebar = self._panes.sidebar
        count = len(sidebar.marked.refs)
        if not count or not sidebar.has_focus:
            return ()
        told = ngettext("{count:,} marked", "{count:,} marked", count).format(count=count)
        hints = ([replace(one, word=_(one.word)) for one in some] for some in (_MANY, _FEWER, _FEWEST))
        return (*(f"{told} · {hint_line(self._panes.keymap, some, SIDEBAR)}" for some in hints), told)

    @property
    def link_messages(self) -> MessageVariants:
        """Where the link under the mouse or the focused one leads."""
        return self._links.notes

    @property
    def found_message(self) -> str:
        """The match count of a search in the article as text, or empty."""
        return self._finding.note

    @property
    def at_top(self) -> bool:
        """Whether the beginning of the article is visible."""
        return self._page.scroll_y == 0

    @property
    def is_alone(self) -> bool:
        """Whether everything but the page is hidden."""
        return self._panes.zen
