"""Export: the open article as a file, and the selection to the clipboard."""

from functools import partial

from reader.archive.article import Article
from reader.errors import ReaderError
from reader.export.export_formats import FORMATS, ExportFormat
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session


class Exporting:
    """Export and copying of the open article."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """Its actions: one for each export format, and copying."""
        exports = {one.action: partial(self._export, one) for one in FORMATS.values() if one.action}
        return {**exports, "copy": self._copy, "selecting.copy": self._copy}

    def _export(self, chosen: ExportFormat) -> None:
        """Write the article to a file in the folder of exports."""
        reading = self._view.reading
        if reading is None:
            return
        head = late.Head(reading.article.title, late.byline(reading.article, reading.statistics))
        try:
            exporter = chosen.exporter(self._options(reading.article, with_marks=chosen.with_marks))
            pieces = exporter.render(head, reading.document)
            written = self._session.exports().write(head.title, exporter.suffix, reading.article.id, pieces)
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
        else:
            self._host.say(_("Saved to {path}").format(path=written))

    def _options(self, article: Article, *, with_marks: bool) -> "late.ExportOptions":
        annotations = self._view.marks.annotations if with_marks else ()
        warn = partial(self._host.notify, severity="warning")
        typesetting = self._session.settings.typesetting
        return late.ExportOptions(self._view.line_width, typesetting, annotations, article, warn)

    def _copy(self) -> None:
        """Copy the selection, or the current section."""
        text = self._view.selected_text()
        if text:
            self._view.stop_selecting()
            self._host.copy(text)
