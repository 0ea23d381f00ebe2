"""The columns of the page: vertical text, and two columns side by side."""

from reader.language import _
from reader.lean_dataclasses import replace
from reader.settings.options import Direction
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.page_geometry import TWO_COLUMNS
from reader.ui.session import Session


class PageColumns:
    """The choice of columns, for this article and those opened later. Positions and marks stay the same."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"vertical": self._turn, "columns": self._divide}

    def _turn(self) -> None:
        """Set the text vertically, or horizontally again."""
        reading = self._view.reading
        if reading is None:
            return
        page = self._view.typesetting
        is_vertical = page.options.direction is Direction.VERTICAL
        if not is_vertical and not late.can_be_vertical(reading.document):
            self._host.say(_("Only Chinese, Japanese and Korean are set vertically"))
            return
        direction = Direction.HORIZONTAL if is_vertical else Direction.VERTICAL
        page.use(replace(page.options, direction=direction))
        self._view.follow()
        self._session.keep("direction", direction, self._session.settings.typesetting.direction)
        self._host.say(_("Horizontal text") if is_vertical else _("Vertical text"))

    def _divide(self) -> None:
        """Divide the page into two columns, or show one again."""
        page = self._view.typesetting
        columns = 1 if page.options.columns == 2 else 2
        page.use(replace(page.options, columns=columns))
        self._view.follow()
        self._session.keep("columns", str(columns), str(self._session.settings.typesetting.columns))
        if columns == 1:
            self._host.say(_("One column"))
        elif page.width < TWO_COLUMNS:
            self._host.say(self._lacking(page.width, page.window_width))
        else:
            self._host.say(_("Two columns"))

    def _lacking(self, width: int, window_width: int) -> str:
        """Why a page of `width` cells cannot have two columns, and how to make room if the window is wide enough."""
        if window_width < TWO_COLUMNS:
            return _("Two columns need {count} cells; the page has {width}").format(count=TWO_COLUMNS, width=width)
        keys = " ".join(map(self._session.keymap.label, ("toggle_sidebar", "toggle_outline")))
        return _("Two columns need {count} cells; the page has {width}. Hide a pane: {keys}").format(
            count=TWO_COLUMNS, width=width, keys=keys
        )
