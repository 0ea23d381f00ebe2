"""The diagrams on the page: drawn in another process, and then shown in the place of their source."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from reader.document.blocks import is_diagram_source
from reader.document.document import Document
from reader.settings.options import Typesetting
from reader.ui import late

if TYPE_CHECKING:
    from reader.layout.diagrams import DiagramJob, Drawing

_MOST = 100
"""The maximum number of diagrams of an article that are drawn."""

_MOST_FAILED = 5
"""The number of failed diagrams after which the other diagrams of an article are not tried."""

_KEPT = 200
"""The maximum number of drawings that are kept, so that an article shown again has them at once."""


class DiagramPage(Protocol):
    """The page that shows the diagrams."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call after the current event, in the screen's thread."""

    def show_drawing(self, leaf: int, drawing: "Drawing | None") -> None:
        """Show a drawing in the place of its source, or the source."""


class PageDiagrams:
    """The diagrams of a page."""

    def __init__(self, page: DiagramPage) -> None:
        """Start without an article."""
        self._page = page
        self._document = Document(())
        self._wanted: tuple[Document, int, bool] | None = None
        self._leaves: list[int] = []
        self._jobs: dict[int, DiagramJob] = {}
        self._known: OrderedDict[DiagramJob, Drawing | None] = OrderedDict()
        self._drawer: late.DiagramDrawer | None = None

    def end(self) -> None:
        """End the process that draws."""
        if self._drawer is not None:
            self._drawer.end()
            self._drawer = None

    def request(self, document: Document, width: int, typesetting: Typesetting) -> None:
        """Draw the diagrams of a document for a column of `width` cells; called for each frame."""
        cells, is_ascii = width - 2, typesetting.ascii_borders or typesetting.ambiguous_width == 2
        wanted = document, cells, is_ascii
        if self._wanted is not None and self._wanted[0] is document and self._wanted[1:] == wanted[1:]:
            return
        self._wanted = wanted
        if document is not self._document:
            self._document = document
            # Most articles have no diagrams, so do not import the modules for them.
            named = (number for number, leaf in enumerate(document.leaves) if is_diagram_source(leaf))
            self._leaves = [number for number in named if late.is_diagram(document.leaves[number])][:_MOST]
            self._jobs = {}
        if not self._leaves or not late.can_draw():
            return
        jobs = {leaf: late.DiagramJob(document.text(leaf), cells, is_ascii) for leaf in self._leaves}
        self._jobs = jobs
        for leaf, job in jobs.items():
            if job in self._known:
                self._page.call_later(self._page.show_drawing, leaf, self._known[job])
        unknown = [job for job in dict.fromkeys(jobs.values()) if job not in self._known]
        if unknown:
            if self._drawer is None:
                self._drawer = late.DiagramDrawer(self._receive)
            self._drawer.request(unknown)

    def _receive(self, job: "DiagramJob", drawing: "Drawing | None") -> None:
        """Pass a drawing on to the screen's thread; called in another thread."""
        self._page.call_later(self._show, job, drawing)

    def _show(self, job: "DiagramJob", drawing: "Drawing | None") -> None:
        self._known[job] = drawing
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        for leaf, wanted in self._jobs.items():
            if wanted == job:
                self._page.show_drawing(leaf, drawing)
        failed = sum(one in self._known and self._known[one] is None for one in self._jobs.values())
        if self._drawer is not None and failed >= _MOST_FAILED:
            self._drawer.request(())
