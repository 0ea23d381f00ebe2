"""The current section, and the next one."""

from reader.document.outline import Outline
from reader.ui.widgets.page import Page


class Sections:
    """Navigation among the sections of the open article."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._outline: Outline | None = None
        self._jumped: int | None = None

    def show(self, outline: Outline) -> None:
        """Start with another article."""
        self._outline = outline
        self._jumped = None

    def scrolled(self) -> None:
        """Forget the section of the last jump; from now on the scroll position decides."""
        self._jumped = None

    @property
    def count(self) -> int | None:
        """The number of sections; None while no article is open."""
        return None if self._outline is None else len(self._outline.sections)

    @property
    def current(self) -> int | None:
        """The index of the current section; after a jump, that of its target, even if it is not at the top."""
        if self._jumped is not None or self._outline is None:
            return self._jumped
        return self._outline.index_at(self._page.reading_place)

    def jump(self, number: int) -> None:
        """Scroll a section to the top of the page, or as near as the end of the article allows."""
        if self._outline is not None:
            self._page.go_to(self._outline.sections[number].start)
            self._jumped = number

    def step(self, step: int) -> int | None:
        """Return the index of the section `step` sections on: -1 for the text before the first, None past the last."""
        if self._outline is None or not self._outline.sections:
            return None
        target = self._from_page(step) if self._jumped is None else self._jumped + step
        return target if target < len(self._outline.sections) else None

    def _from_page(self, step: int) -> int:
        """Return the next section relative to the top of the page, so that no visible section is skipped."""
        assert self._outline is not None  # noqa: S101 - the caller checks it
        page = self._page
        if step < 0 and page.progress >= 1 and page.max_scroll_y > 0:
            # At the end of the article, the user is reading at the bottom of the page.
            return self._outline.index_at(page.reading_place) or 0
        here = self._outline.index_at(page.place)
        if here is None:
            return 0 if step > 0 else -1
        if step > 0:
            return here + 1
        return here if page.place > self._outline.sections[here].start else here - 1
