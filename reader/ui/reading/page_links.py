"""The links of the page: the focused one, the one under the mouse, and the labels of those in sight."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.document.blocks import Image
from reader.document.document import Position, Range
from reader.language import _
from reader.layout.lines import NO_BLOCK
from reader.layout.links import leaf_links
from reader.ui import late
from reader.ui.widgets.link_labels import LinkLabels
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants
from reader.ui.widgets.visible_links import next_link

if TYPE_CHECKING:
    from reader.layout.links import PlacedLink
    from reader.layout.transclusions import Transclusion

Choose = Callable[[str, bool], None]
"""Receives the target of a chosen link, and whether to open it on the web even if it is in the archive."""


class PageLinks:
    """The links of the open article.

    Attributes:
        labels: The labels on the links in sight.
    """

    def __init__(self, page: Page, say: Callable[[str], None], follow: Callable[[], None]) -> None:
        """Show links on `page`; `say` shows a message, `follow` updates the status line."""
        self._page = page
        self._say = say
        self._follow = follow
        self._focused: PlacedLink | None = None
        self._hovered, self._hovered_row = "", 0
        """The target of the link under the mouse, and the top row of the page when the mouse was there."""
        self._explain: Callable[[str], MessageVariants] = lambda target: (target,)
        self._explained: tuple[str, MessageVariants] = ("", ())
        self.labels = LinkLabels(page)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The actions of this command, by id."""
        return {"next_link": lambda: self._step(1), "previous_link": lambda: self._step(-1)}

    def explain(self, explain: Callable[[str], MessageVariants]) -> None:
        """Describe links by `explain`, which returns variants of the status line for a target."""
        self._explain = explain

    def show_kinds(self, inside: Sequence[Range], nowhere: Sequence[Range]) -> None:
        """Paint two kinds of links, given by sorted ranges: those within the archive, and those that lead nowhere."""
        self._explained = ("", ())
        self._page.overlaid.show_link_kinds(inside, nowhere)
        self._page.refresh()

    @property
    def focused(self) -> str:
        """The target of the focused link, or empty."""
        return self._focused.target if self._focused is not None else ""

    @property
    def focused_place(self) -> Position | None:
        """Where the focused link begins in the document, or None."""
        if self._focused is None or _is_below(self._focused):
            return None
        return self._focused.span.start

    def focus(self, place: Position | None) -> None:
        """Focus the link that begins at a position, or no link."""
        document = self._page.document
        links = leaf_links(document, place.block) if place is not None and place.block < len(document.leaves) else []
        self._focused = next((link for link in links if link.span.start == place), None)
        self._page.show_focused_link(self._focused)
        self._follow()

    @property
    def focused_below(self) -> str:
        """The target of the focused link if it is below the article; else empty."""
        return self._focused.target if self._focused is not None and _is_below(self._focused) else ""

    def focus_below(self, target: str) -> None:
        """Focus the link below the article with a target."""
        self._focused = next((link for link in self._page.foot_links if link.target == target), None)
        self._page.show_focused_link(self._focused)
        self._follow()

    @property
    def pointed(self) -> str:
        """The target of the link under the mouse, else of the focused one, or empty."""
        # After scrolling, other text is under the mouse.
        is_there = self._page.top_row == self._hovered_row
        return (self._hovered if is_there else "") or self.focused

    @property
    def notes(self) -> MessageVariants:
        """The text for the status line: where the link under the mouse or the focused one leads."""
        target = self.pointed
        if not target:
            return ()
        if self._explained[0] != target:
            self._explained = target, self._explain(target)
        return self._explained[1]

    def place_of(self, target: str) -> tuple[int, int] | None:
        """The screen column and row of a link with this target, the focused one if possible; None if out of sight."""
        start = self.focused_place
        found = [link for link in self._page.visible_links() if link.target == target]
        found.sort(key=lambda link: link.start != start)
        return self._page.screen_cell(found[0]) if found else None

    def embedded(self, target: str) -> int | None:
        """The leaf of an embedded note with this target, the focused one if possible; None if none is in sight."""
        place = self.focused_place
        places = [place] if place is not None and self.focused == target else []
        places += [link.start for link in self._page.visible_links() if link.target == target and link.start]
        return next((place.block for place in places if self._page.embeds(place.block)), None)

    def is_transcluded(self, leaf: int) -> bool:
        """Whether the transclusion of an embedded note is open."""
        return self._page.is_transcluded(leaf)

    def transclude(self, leaf: int, transclusion: "Transclusion | None") -> None:
        """Open the transclusion of an embedded note, or fold it."""
        self._page.transclude(leaf, transclusion)

    def toggle_fold(self, leaf: int) -> None:
        """Fold or unfold what follows the title at a leaf."""
        self._page.toggle_fold(leaf)

    def fold_in_sight(self) -> str:
        """The target of the link of the first fold in sight, or empty."""
        targets = (link.target for link in self._page.visible_links())
        return next((target for target in targets if late.linked_fold(target) is not None), "")

    def picture_in_sight(self) -> str:
        """The source of the first picture in sight that has rows of its own, or empty."""
        leaf = self._page.picture_in_sight()
        block = self._page.document.leaves[leaf] if leaf is not None else None
        return block.source if isinstance(block, Image) else ""

    def show_titles(self, titles: Mapping[int, str]) -> None:
        """Show titles beside the names of embedded notes, by their leaves."""
        self._page.show_titles(titles)

    def reset(self) -> None:
        """Start with another article."""
        self.labels.leave()
        self._explained = ("", ())
        self._hovered = ""
        self.clear()

    def clear(self) -> None:
        """Focus no link."""
        self._focused = None
        self._page.show_focused_link(None)

    def hover(self, target: str) -> None:
        """Point at the link under the mouse, or at none if empty."""
        found = target, self._page.top_row
        if found != (self._hovered, self._hovered_row):
            self._hovered, self._hovered_row = found
            self._follow()

    def choose(self, then: Choose) -> None:
        """Label the links in sight, and pass the chosen one to `then`."""
        if not self.labels.show(then):
            self._say(_("No links in sight"))
        self._follow()

    # The focus

    def _step(self, step: int) -> None:
        """Focus the next or previous link: from the focused one if it is in sight, else from the visible part."""
        if (found := self._beside(step)) is None:
            self._say(self._nothing(step))
            return
        # A link focused by a key comes before one where the mouse happens to be.
        self._hovered = ""
        self._focused = found
        self._page.show_focused_link(found)
        if _is_below(found):
            self._page.to_end()
        else:
            self._page.show_range(found.span)
        # Where the link leads matters more than an earlier message.
        self._say("")

    def _beside(self, step: int) -> "PlacedLink | None":
        """The next or previous link; the links below the article follow those in it."""
        page, below = self._page, self._page.foot_links
        if self._focused is not None and self._focused in below and self.place_of(self._focused.target) is not None:
            at = below.index(self._focused) + step
            if at >= 0:
                return below[at] if at < len(below) else None
            return next_link(page.document, Position(len(page.document.leaves)), step, page.is_drawn)
        top, foot = page.first_place, page.last_place
        here = self.focused_place
        if here is None or not top <= here < foot:
            # Begin outside the visible part, so that a link at its edge counts.
            here = Position(top.block, top.offset - 1) if step > 0 else Position(foot.block, foot.offset + 1)
        found = next_link(page.document, here, step, page.is_drawn)
        return below[0] if found is None and step > 0 and below else found

    def _nothing(self, step: int) -> str:
        if next_link(self._page.document, Position(-1), 1, self._page.is_drawn) is None and not self._page.foot_links:
            return _("No links in this article")
        return _("No more links below") if step > 0 else _("No more links above")


def _is_below(link: "PlacedLink") -> bool:
    """Whether a link is below the article, where there are no positions."""
    return link.span.start.block == NO_BLOCK
