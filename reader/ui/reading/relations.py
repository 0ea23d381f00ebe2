"""What the reading screen shows of related articles: a pane, counts in the outline's head, and links below the page."""

from collections.abc import Sequence

from reader.ui.reading.panes import Panes
from reader.ui.related_sections import RelatedSection
from reader.ui.widgets.page import Page
from reader.ui.widgets.visible_links import foot_lines


class Relations:
    """The related articles of the open one."""

    def __init__(self, panes: Panes, page: Page) -> None:
        """Show related articles in `panes` and below `page`."""
        self._panes = panes
        self._page = page
        self._below: Sequence[tuple[str, str]] = ()

    @property
    def visible(self) -> bool:
        """Whether the pane is shown."""
        return self._panes.related.display

    def open(self) -> None:
        """Show the pane and focus it."""
        self._panes.show_related()

    def show(self, sections: Sequence[RelatedSection], *, start: int | None = None) -> None:
        """Fill the pane; move the cursor to section `start`, or leave it where it is if that is None."""
        self._panes.related.fill(sections, start=start)

    def show_counts(self, incoming: int, outgoing: int) -> None:
        """Show in the outline's head how many articles link to the open one, and how many it links to."""
        self._panes.outline.show_links(incoming, outgoing)

    @property
    def below(self) -> Sequence[tuple[str, str]]:
        """The links below the article, each as its text and target; none before they are found."""
        return self._below if self._page.foot_links else ()

    def show_below(self, links: Sequence[tuple[str, str]]) -> None:
        """Show links below the article, each as its text and target."""
        self._below = links
        self._page.show_foot(foot_lines(links, self._page.across))
