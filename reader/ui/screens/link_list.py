"""The list of all links of an article, filtered while typing."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.widgets import Label

from reader.document.addresses import written_target
from reader.document.text_folding import folded
from reader.document.web_addresses import shown_address
from reader.language import _, ngettext
from reader.lean_dataclasses import dataclass
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.filtered_list import FilterableRows, FilteredList
from reader.ui.widgets.passage import Passage

_WIDE = 56
"""The minimum width in cells for showing the destination beside the text."""


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link in the list.

    Attributes:
        text: Its text, on one line; for a picture, its description.
        target: Its target, as in `Run.link`.
    """

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """Where a link leads, for a row of the list.

    Attributes:
        kind: One or two words, such as “web” or “missing”, which also filter the list.
        place: The URL or path, the title of an article, the name of a section, or the text of a footnote.
        role: The role of the theme in which the kind is painted.
    """

    kind: str
    place: str
    role: str = "muted"


class _Links(FilterableRows):
    """The rows. The destination of a link is looked up when its row is painted."""

    def __init__(
        self,
        colours: Colours,
        links: Sequence[ListedLink],
        leads: Callable[[str], LeadsTo],
        kinds: Callable[[str], str],
    ) -> None:
        super().__init__(colours, id="links")
        self._all = [(link, folded(f"{link.text}\n{written_target(link.target)}")) for link in links]
        self._leads = leads
        self._kinds = kinds
        self.shown = list(links)

    def filter(self, needle: str) -> None:
        """Show the links for which each word of `needle` is in the text or target, or begins a word for the kind."""
        words = folded(needle).split()
        self.shown = [
            link
            for link, text in self._all
            if all(word in text or f" {word}" in f" {folded(self._kinds(link.target))}" for word in words)
        ]
        self.cursor = 0
        self.rebuild()

    def counted(self) -> str:
        """The number of links, and of those that are shown."""
        count, shown = len(self._all), len(self.shown)
        if shown == count:
            return ngettext("{count:,} link", "{count:,} links", count).format(count=count)
        return ngettext("{shown:,} of {count:,} link", "{shown:,} of {count:,} links", count).format(
            shown=shown, count=count
        )

    @property
    def chosen(self) -> ListedLink | None:
        """The link under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def about(self, link: ListedLink) -> str:
        """The destination of a link in full."""
        place = self._leads(link.target).place
        address = shown_address(written_target(link.target))
        return address if place in {"", address} else f"{place}\n{address}"

    def count(self) -> int:
        """The number of rows; one row says that there is no match."""
        return max(1, len(self.shown))

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render a link: where it leads, its text, and its place."""
        del lit
        muted = self.colours.role("muted")
        if not self.shown:
            return [Segment(" " + fitted(_("No match"), width - 1), muted)]
        link = self.shown[number]
        leads = self._leads(link.target)
        ground = self.colours.role("selection") if number == self.cursor else self.colours.text
        kind = f" {leads.kind} "
        room = max(width - cell_len(kind) - 1, 0)
        text = link.text or leads.place
        if width < _WIDE:
            texts = [Segment(padded(text, room), self.colours.role("ink") + ground)]
        else:
            place = "" if text == leads.place else "  " + leads.place
            first = min(cell_len(text), max(room // 2, room - cell_len(place)))
            texts = [
                Segment(fitted(text, first), self.colours.role("ink") + ground),
                Segment(padded(place, room - cell_len(fitted(text, first))), muted + ground),
            ]
        return [*texts, Segment(kind + " ", self.colours.role(leads.role) + ground)]


class LinksScreen(Dialog[ListedLink]):
    """The links of an article; returns the chosen one."""

    def __init__(
        self,
        session: Session,
        links: Sequence[ListedLink],
        leads: Callable[[str], LeadsTo],
        kinds: Callable[[str], str],
    ) -> None:
        """List `links`; `leads` returns the destination of a target, and `kinds` the words for its kind."""
        hints = (
            Hint(_("type to filter")),
            Hint(_("open"), fixed=("enter",)),
            Hint(_("close"), ("box.close",)),
        )
        self._links = _Links(session.colours, links, leads, kinds)
        super().__init__(session.colours, session.keymap, self._links.counted(), hints)

    def body(self) -> ComposeResult:
        """Compose the input, the list, and the destination in full of the link under the cursor."""
        placeholder = _("text, address or kind: web, archive, missing …")
        yield FilteredList(CleanInput(placeholder=placeholder, compact=True, id="links-input"), self._links)
        yield Passage(id="links-about")

    def on_mount(self) -> None:
        """Show the destination of the first link."""
        self.watch(self._links, "cursor", self._tell)

    def _tell(self) -> None:
        link = self._links.chosen
        self.query_one(Passage).show(self._links.about(link) if link is not None else "")

    def on_input_changed(self) -> None:
        """Show how many links match, and the destination of the first one, after the list has been filtered."""
        self.query_one("#box-title", Label).update(self._links.counted())
        self._tell()

    def on_filtered_list_submitted(self) -> None:
        """Return the link under the cursor, if any matches."""
        link = self._links.chosen
        if link is not None:
            self.dismiss(link)
