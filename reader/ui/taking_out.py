"""What leaves the program as text: the open article as a file, and what is selected, copied."""

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.language import _
from reader.ui.highlighting import HighlightActions

if TYPE_CHECKING:
    from reader.export.exporter import Exporter


class TakingOutActions(HighlightActions):
    """The actions that take text out of the program."""

    def action_export(self) -> None:
        """Write the article as text into the folder the reader was started in."""
        from reader.export.text import TextExporter  # noqa: PLC0415 - not for the first paint

        self._export(TextExporter(self.reading_screen.page.measure, self.settings.typesetting))

    def action_export_marked(self) -> None:
        """Write the article as Markdown, with its highlights and notes, into the folder the reader was started in."""
        from reader.export.markdown import MarkdownExporter  # noqa: PLC0415 - not for the first paint

        self._export(MarkdownExporter(self.reading_screen.marks.annotations))

    def _export(self, exporter: "Exporter") -> None:
        reading = self.reading_screen.reading
        if reading is None:
            return
        from reader.export.exporter import export  # noqa: PLC0415 - not for the first paint
        from reader.export.names import folded  # noqa: PLC0415
        from reader.layout.head import Head  # noqa: PLC0415
        from reader.reading.byline import byline  # noqa: PLC0415

        head = Head(reading.article.title, byline(reading.article, reading.statistics))
        try:
            folder = Path.cwd()
            taken = {folded(file.name) for file in folder.iterdir()}
            written = export(exporter, head, reading.document, folder, taken=taken)
        except ReaderError as error:
            self.notify(str(error), severity="error", markup=False)
        except OSError as error:
            # It may have been removed since.
            message = _("The folder the reader was started in cannot be written to ({reason})")
            self.notify(message.format(reason=error.strerror or error), severity="error", markup=False)
        else:
            self.say(_("Written: {path}").format(path=written))

    def action_copy(self) -> None:
        """Copy what is selected, or the section that is being read."""
        text = self.reading_screen.selected_text()
        if text:
            self.reading_screen.stop_selecting()
            self.copy_to_clipboard(text)
