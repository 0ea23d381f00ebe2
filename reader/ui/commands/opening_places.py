"""What is said and marked when an article is shown at the place that the command line names."""

from reader.document.sanitizing import clean_line
from reader.language import _
from reader.reading.opened_article import Reading
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session


class OpeningPlaces:
    """Uses each place of `session.starting` once, when its article is opened."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def begin(self, reading: Reading) -> None:
        """Mark the text that a place names as the find bar does, or say that the article has no such place."""
        starting = self._session.starting.pop(reading.article.path, None)
        if starting is None:
            return
        if text := starting.text:
            self._host.after_paint(lambda: self._view.moving.find(text))
        elif starting.position_in(reading) is None:
            told = _("No such place in this article: {place}").format(place=clean_line(starting.written))
            self._host.after_paint(lambda: self._host.say(told))
