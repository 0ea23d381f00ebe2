"""Which section is being read, and which comes next."""

from reader.document.outline import Outline
from reader.ui.widgets.page import Page


class Sections:
    """The sections of the open article, as the page goes through them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._outline: Outline | None = None
        self._jumped: int | None = None

    def show(self, outline: Outline) -> None:
        """Begin with another article."""
        self._outline = outline
        self._jumped = None

    def scrolled(self) -> None:
        """Forget what was jumped to: from now on the page tells the section."""
        self._jumped = None

    @property
    def count(self) -> int | None:
        """How many sections there are; None while no article is open."""
        return None if self._outline is None else len(self._outline.sections)

    @property
    def current(self) -> int | None:
        """The number of the section being read; one that was jumped to, even if it cannot come to the top."""
        if self._jumped is not None or self._outline is None:
            return self._jumped
        return self._outline.index_at(self._page.reading_place)

    def jump(self, number: int) -> None:
        """Bring a section to the top of the page, or as near to it as the article's end lets it."""
        if self._outline is not None:
            self._page.go_to(self._outline.sections[number].start)
            self._jumped = number

    def step(self, step: int) -> int | None:
        """The section to go to next: -1 for what is before the first, None if there is none."""
        if self._outline is None or not self._outline.sections:
            return None
        target = self._from_page(step) if self._jumped is None else self._jumped + step
        return target if target < len(self._outline.sections) else None

    def _from_page(self, step: int) -> int:
        """The next section as counted from the top of the page, so that none in sight is passed over."""
        assert self._outline is not None  # noqa: S101 - told by the caller
        page = self._page
        if step < 0 and page.progress >= 1 and page.max_scroll_y > 0:
            # At the article's end one reads at the foot of the page.
            return self._outline.index_at(page.reading_place) or 0
        here = self._outline.index_at(page.place)
        if here is None:
            return 0 if step > 0 else -1
        if step > 0:
            return here + 1
        return here if page.place > self._outline.sections[here].start else here - 1
