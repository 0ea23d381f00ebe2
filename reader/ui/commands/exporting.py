"""Text that leaves the program: the open article as a file, and what is selected, copied."""

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Doers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.export.exporter import Exporter


class Exporting:
    """Writing and copying the open article."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def doers(self) -> Doers:
        """The actions it does."""
        return {
            "export": self._export_text,
            "export_marked": self._export_markdown,
            "copy": self._copy,
            "selecting.copy": self._copy,
        }

    def _export_text(self) -> None:
        """Write the article as text into the folder the program was started in."""
        self._export(late.TextExporter(self._view.line_width, self._session.settings.typesetting))

    def _export_markdown(self) -> None:
        """Write the article as Markdown, with its highlights and notes, into the folder the program was started in."""
        self._export(late.MarkdownExporter(self._view.marks.annotations))

    def _export(self, exporter: "Exporter") -> None:
        reading = self._view.reading
        if reading is None:
            return
        head = late.Head(reading.article.title, late.byline(reading.article, reading.statistics))
        try:
            folder = Path.cwd()
            taken = {late.folded(file.name) for file in folder.iterdir()}
            written = late.export(exporter, head, reading.document, folder, taken=taken)
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
        except OSError as error:
            # It may have been removed since.
            message = _("Cannot write to the folder in which reader was started ({reason})")
            self._host.notify(message.format(reason=error.strerror or error), severity="error")
        else:
            self._host.say(_("Saved to {path}").format(path=written))

    def _copy(self) -> None:
        """Copy what is selected, or the section that is read."""
        text = self._view.selected_text()
        if text:
            self._view.stop_selecting()
            self._host.copy(text)
