"""Folding and unfolding on the page by keys: callouts, details and diagrams with their source."""

from collections.abc import Callable

from reader.language import _
from reader.ui import late
from reader.ui.reading.page_links import PageLinks
from reader.ui.widgets.page import Page


class PageFolds:
    """Folds and unfolds parts of the open article.

    Either all parts, or one: that of the focused link, else the first one in sight, else the one around the top.
    """

    def __init__(self, page: Page, links: PageLinks, say: Callable[[str], None]) -> None:
        """Fold on `page` with `links`; `say` shows a message, and updates panes and status line."""
        self._page = page
        self._links = links
        self._say = say

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The actions of this command, by id."""
        return {
            "toggle_fold": lambda: self._toggle(None),
            "unfold": lambda: self._toggle(True),  # noqa: FBT003 - the folds that are folded
            "fold": lambda: self._toggle(False),  # noqa: FBT003 - those that are not
            "unfold_all": lambda: self._set_all(folded=False),
            "fold_all": lambda: self._set_all(folded=True),
        }

    def _toggle(self, folded: bool | None) -> None:  # noqa: FBT001 - also None
        """Toggle the focused fold, or else the first one, that is in the state `folded` (None: any)."""
        leaf = self._in_sight(folded)
        if leaf is not None:
            self._page.toggle_fold(leaf)
            # An earlier message about the folds is no longer true.
            self._say("")
        elif folded is None or self._in_sight(None) is None:
            self._say(_("Nothing in sight can be folded or unfolded"))
        else:
            self._say(_("All that is in sight is unfolded") if folded else _("All that is in sight is folded"))

    def _in_sight(self, folded: bool | None) -> int | None:  # noqa: FBT001 - also None
        """The fold of the focused link in the state `folded` (None: any), else the first in sight or around the top."""
        page, focused = self._page, self._links.focused_place
        titles: list[int | None] = []
        if focused is not None and page.first_place <= focused < page.last_place:
            # The link is in the title of a fold, or in what it folds.
            titles += [focused.block, page.fold_around(focused)]
        titles += [late.linked_fold(link.target) for link in page.visible_links()]
        titles.append(page.fold_around(page.first_place))
        states = [(leaf, page.is_folded(leaf)) for leaf in titles if leaf is not None]
        return next((leaf for leaf, state in states if state is not None and folded in {None, state}), None)

    def _set_all(self, *, folded: bool) -> None:
        changed = self._page.set_all_folds(folded=folded)
        self._say("" if changed else _("Nothing in this article can be folded"))
