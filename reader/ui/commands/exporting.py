"""Export: the open article as a file, and the selection to the clipboard."""

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.export.exporter import Exporter


class Exporting:
    """Export and copying of the open article."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """Its actions."""
        return {
            "export": self._export_text,
            "export_marked": self._export_markdown,
            "copy": self._copy,
            "selecting.copy": self._copy,
        }

    def _export_text(self) -> None:
        """Write the article as plain text into the working directory."""
        self._export(late.TextExporter(self._view.line_width, self._session.settings.typesetting))

    def _export_markdown(self) -> None:
        """Write the article as Markdown, with its highlights and notes, into the working directory."""
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
            # The working directory may have been removed.
            message = _("Cannot write to the folder in which reader was started ({reason})")
            self._host.notify(message.format(reason=error.strerror or error), severity="error")
        else:
            self._host.say(_("Saved to {path}").format(path=written))

    def _copy(self) -> None:
        """Copy the selection, or the current section."""
        text = self._view.selected_text()
        if text:
            self._view.stop_selecting()
            self._host.copy(text)
