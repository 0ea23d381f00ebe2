"""Editing the source of the open article in the user's editor, at the line that is being read."""

import os

from reader.archive.archive import absolute
from reader.errors import ReaderError
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.sharing import no_file
from reader.ui.commands.view import ReadingView
from reader.ui.editors import at_line, editor
from reader.ui.session import Session


class SourceEditing:
    """Opens the file of the open article in `$EDITOR`."""

    def __init__(self, session: Session, view: ReadingView, host: Host, opening: Opening) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"edit_source": self._edit}

    def _edit(self) -> None:
        """Suspend the screen while the editor runs, then show what has changed, at the same place."""
        reading = self._view.reading
        if reading is None:
            return
        if not self._session.has_file(reading.article):
            self._host.say(no_file())
            return
        command = editor(os.environ)
        if not command:
            self._host.say(_("No editor: set $EDITOR"))
            return
        try:
            source = late.source_line(reading.article.path, reading.document, self._view.place)
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
            return
        if source.line is None:
            message = _("{name} is not a text file, so that it cannot be edited")
            self._host.say(message.format(name=source.path.name))
            return
        failure = self._host.run_in_terminal(at_line(command, absolute(source.path), source.line))
        self._opening.follow_file(())
        if failure:
            self._host.say(failure)
        elif source.is_container:
            message = _("The file that was opened holds more than this article: {name}")
            self._host.say(message.format(name=source.path.name))
