"""A sheet whose parts open and fold: embedded notes, callouts and details, and diagrams with their source."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.document.document import Position
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.widgets.page_diagrams import PageDiagrams
from reader.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from reader.layout.diagrams import Drawing
    from reader.layout.transclusions import Transclusion


class ExpandableSheet(Sheet):
    """A sheet with parts that open and fold.

    Attributes:
        diagrams: Its diagrams.
    """

    def __init__(self, typesetting: Typesetting, measure: int) -> None:
        super().__init__(typesetting, measure)
        self.diagrams = PageDiagrams(self)

    def embeds(self, leaf: int) -> bool:
        """Whether a leaf is an embedded note that can be opened."""
        return self._layout is not None and late.embeds(self._layout, leaf)

    def is_transcluded(self, leaf: int) -> bool:
        """Whether the transclusion of an embedded note is open."""
        return self._layout is not None and leaf in self._layout.expansion.opened

    def transclude(self, leaf: int, transclusion: "Transclusion | None") -> None:
        """Open the transclusion of an embedded note, or fold it.

        Scroll so that its first row and as many others as possible are in sight.
        """
        layout, top = self._laid_out, int(self.scroll_y)
        rows = late.transclude(layout, leaf, transclusion)
        self._generation = layout.generation
        self._measure_height()
        row = layout.row_of(Position(leaf)) + len(self._above)
        self.scroll_to(y=min(row, max(top, row + rows - self.count_in_sight)), animate=False, force=True)
        self._find_place()
        self.refresh()
        self.post_message(self.Moved())

    def toggle_fold(self, leaf: int) -> None:
        """Fold or unfold what follows a title, which stays where it is."""
        self._jump.cancel()
        layout = self._laid_out
        offset = layout.row_of(Position(leaf)) - int(self.scroll_y)
        late.toggle_fold(layout, leaf)
        self._shifted()
        self.scroll_to(y=max(layout.row_of(Position(leaf)) - offset, 0), animate=False, force=True)
        self._find_place()
        self.refresh()
        self.post_message(self.Moved())

    def is_folded(self, leaf: int) -> bool | None:
        """Whether what follows a title is folded; None if there is no fold."""
        return late.is_folded(self._layout, leaf) if self._layout is not None else None

    def fold_around(self, place: Position) -> int | None:
        """The title of the innermost fold around a position, or None."""
        return late.fold_around(self._layout, place) if self._layout is not None else None

    def set_all_folds(self, *, folded: bool) -> bool:
        """Fold or unfold everything; return False if nothing can be. The top of the page stays."""
        if self._layout is None or not late.set_all_folds(self._laid_out, folded=folded):
            return False
        self._layout = self._prepared = None
        self._set()
        return True

    def show_drawing(self, leaf: int, drawing: "Drawing | None") -> None:
        """Show a drawing in the place of its source, or the source; the top of the page stays."""
        if self._layout is not None and late.show_drawing(self._layout, leaf, drawing):
            self._shifted()
            if not self._at_top and not self._jump.is_pending:
                row = self._laid_out.row_of(self._place) + self._rows_after_place
                self.scroll_to(y=row + len(self._above), animate=False, force=True)
            self.refresh()

    def is_drawn(self, leaf: int) -> bool:
        """Whether a drawing is shown in the place of the text of a leaf."""
        expansion = self._layout.expansion if self._layout is not None else None
        return expansion is not None and leaf in expansion.drawings and leaf not in expansion.toggled

    def _unfold(self, place: Position) -> bool:
        """Unfold what hides a position; return whether anything was unfolded, so that rows have moved."""
        if not late.unfold(self._laid_out, place):
            return False
        self._shifted()
        self.refresh()
        return True

    def _shifted(self) -> None:
        self._generation = self._laid_out.generation
        self._measure_height()
        self._continue()

    def show_titles(self, titles: Mapping[int, str]) -> None:
        """Show titles beside the names of embedded notes, by their leaves."""
        if self._layout is not None and titles:
            late.show_titles(self._layout, titles)
            self.refresh()
