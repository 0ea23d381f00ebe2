"""Themes: the next one, or one by name."""

from collections.abc import Callable

from reader.language import _
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.session import Session


class Appearance:
    """The choice of the theme."""

    def __init__(self, session: Session, host: Host, repaint: Callable[[], None]) -> None:
        """Change the session's theme; `repaint` then repaints everything in its colours."""
        self._session = session
        self._host = host
        self._repaint = repaint

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"theme": lambda: self.use(self._session.themes.next())}

    def use(self, name: str) -> None:
        """Use a theme, and save the choice for the next start."""
        themes = self._session.themes
        if themes.without_colours:
            self._host.say(_("NO_COLOR is set; colours are off"))
            return
        themes.use(name)
        self._repaint()
        self._session.keep("theme", name, self._session.settings.theme)
        title = self._session.colours.theme.title
        self._host.say(_("Like the terminal: {title}").format(title=title) if themes.is_automatic else title)
