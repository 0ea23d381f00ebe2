"""Folding and unfolding on the page by keys: callouts, details and diagrams with their source."""

from collections.abc import Callable

from reader.language import _
from reader.ui import late
from reader.ui.widgets.page import Page


class PageFolds:
    """The folds of the open article: the first one in sight, else the one around what is in sight, or all."""

    def __init__(self, page: Page, say: Callable[[str], None], follow: Callable[[], None]) -> None:
        """Fold on `page`; `say` shows a message, `follow` updates panes and status line."""
        self._page = page
        self._say = say
        self._follow = follow

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
        """Toggle the first fold that is folded or not; any one if `folded` is None."""
        leaf = self._in_sight(folded)
        if leaf is not None:
            self._page.toggle_fold(leaf)
            self._follow()
        elif folded is None or self._in_sight(None) is None:
            self._say(_("Nothing in sight can be folded or unfolded"))
        else:
            self._say(_("All that is in sight is unfolded") if folded else _("All that is in sight is folded"))

    def _in_sight(self, folded: bool | None) -> int | None:  # noqa: FBT001 - also None
        """The first fold in sight in the state `folded` (None: any), else the fold around the top."""
        page = self._page
        titles = [late.linked_fold(link.target) for link in page.visible_links()]
        titles.append(page.fold_around(page.first_place))
        states = [(leaf, page.is_folded(leaf)) for leaf in titles if leaf is not None]
        return next((leaf for leaf, state in states if state is not None and folded in {None, state}), None)

    def _set_all(self, *, folded: bool) -> None:
        if not self._page.set_all_folds(folded=folded):
            self._say(_("Nothing in this article can be folded"))
        self._follow()
