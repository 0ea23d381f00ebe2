"""The filters between the strips of all widgets and the terminal, as one."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.ui.narrow_text import NarrowText
from reader.ui.output_guard import PlainText
from reader.ui.session import Session
from reader.ui.transparency import transparent_paper
from reader.ui.transparent_paper import TransparentPaper


class FilterChain(LineFilter):
    """Applies filters one after the other.

    Textual makes a strip, with seven caches, for each filter and row, which takes longer than most filters.

    Attributes:
        filters: The filters, in their order.
    """

    def __init__(self, filters: Sequence[LineFilter] = ()) -> None:
        super().__init__()
        self.filters = tuple(filters)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments that the last filter returns."""
        for each in self.filters:
            segments = each.apply(segments, background)
        return segments


class StripFilters:
    """The filters of a session."""

    def __init__(self, session: Session) -> None:
        """Clean texts, and adapt them to the terminal as the settings of the session say."""
        self._session = session
        self._always = (PlainText(), NarrowText(session.settings.typesetting))
        self._transparent = TransparentPaper()
        self._chain = FilterChain()

    def after(self, others: Sequence[LineFilter]) -> FilterChain:
        """The chain of `others` and those of the session; the same object while its filters are the same.

        Strips cache their output for each filter object.
        """
        paper = transparent_paper(self._session)
        if paper != self._transparent.paper:
            self._transparent = TransparentPaper(paper)
        filters = (*others, *(one for one in (*self._always, self._transparent) if one.enabled))
        if filters != self._chain.filters:
            self._chain = FilterChain(filters)
        return self._chain
