"""Opening the original URL of an article in the browser."""

from reader.language import _
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView


class Originals:
    """The original URLs of archived articles."""

    def __init__(self, view: ReadingView, host: Host) -> None:
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"open_original": self._open}

    def _open(self) -> None:
        reading = self._view.reading
        if reading is None:
            return
        if reading.article.url:
            self._host.open_address(reading.article.url)
        else:
            self._host.say(_("The article has no web address"))
