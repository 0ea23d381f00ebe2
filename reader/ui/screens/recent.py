"""The articles read recently, with their progress."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.marks.article_marks import Visit
from reader.marks.stored_values import local, moment
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.rows import RowList


class _Visits(RowList):
    def __init__(self, colours: Colours, visits: Sequence[Visit]) -> None:
        super().__init__(colours, id="recent")
        self.visits = visits

    def count(self) -> int:
        """The number of rows; one row says that there are none."""
        return max(1, len(self.visits))

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render an article: the time, the progress, the title."""
        del lit
        muted = self.colours.role("muted")
        if not self.visits:
            return [Segment(" " + fitted(_("Nothing read yet"), width - 1), muted)]
        visit = self.visits[number]
        left_at = local(moment(visit.at))
        today = datetime.now().date()  # noqa: DTZ005 - local time is meant
        when = f"{left_at:%H:%M}" if left_at.date() == today else f"{left_at:%m-%d}"
        if left_at.year != today.year:
            when = f"{left_at:%Y-%m}"
        progress = f"{round(visit.progress * 100):3d}%"
        return [
            Segment(f" {when:>7}  {progress}  ", muted),
            Segment(padded(visit.title, max(0, width - 16)), self.colours.role("ink")),
        ]


class RecentScreen(Dialog[Visit]):
    """The articles read recently; returns the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.RECENT)

    def __init__(self, colours: Colours, keymap: Keymap, visits: Sequence[Visit]) -> None:
        hints = Hint(_("open"), ("list.choose",)), Hint(_("close"), ("box.close",))
        super().__init__(colours, keymap, _("Recently read"), hints)
        self._list = _Visits(colours, visits)

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self._list

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return the chosen article."""
        event.stop()
        if self._list.visits:
            self.dismiss(self._list.visits[event.number])
