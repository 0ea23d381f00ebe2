"""Export: the open article as a file, and the selection to the clipboard."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.errors import ReaderError
from reader.export.export_formats import FORMATS, TEMPLATED, ExportFormat
from reader.language import _, ngettext
from reader.lean_dataclasses import replace
from reader.reading.opened import Reading
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session

_ERRORS_SHOWN = 3


class Exporting:
    """Export and copying of the open article."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._stop: Event | None = None
        """Set to stop the running export of several articles, if any."""

    @property
    def formats(self) -> dict[str, ExportFormat]:
        """The formats by their actions."""
        return {one.action: one for one in FORMATS.values() if one.action}

    def handlers(self) -> Handlers:
        """The actions of this command, by id: one for each export format, and copying."""
        exports = {action: partial(self._export, one) for action, one in self.formats.items()}
        return {**exports, "export_as": self._ask, "copy": self._copy, "selecting.copy": self._copy}

    def _ask(self) -> None:
        """Ask for a format, and export with highlights and notes where the format has a place for them."""
        session = self._session
        entries = [
            modals.PaletteEntry(_(one.title), one.suffix, one.name, f"{_(one.title)} {one.title} {one.name}")
            for one in FORMATS.values()
        ]
        for template in late.template_names():
            title = _("Markdown by the template “{name}”").format(name=template)
            entries.append(modals.PaletteEntry(title, ".md", f"{TEMPLATED}:{template}", f"{title} markdown"))

        def chosen(name: str | None) -> None:
            if name:
                form, _colon, template = name.partition(":")
                self._export(FORMATS[form], with_marks=not FORMATS[form].is_citation, template=template)

        title = _("Export in another format")
        self._host.push(modals.PaletteScreen(session.colours, session.keymap, entries, title), chosen)

    def _export(self, chosen: ExportFormat, *, with_marks: bool | None = None, template: str = "") -> None:
        """Write the marked articles, or the open one, to files in the folder of exports; or stop a running export."""
        reading = self._view.reading
        if self._stop is not None:
            self._stop.set()
            return
        if articles := self._view.marked_articles:
            self.export_all(chosen, articles, with_marks=with_marks, template=template)
            return
        if reading is None:
            return
        try:
            has_marks = chosen.with_marks if with_marks is None else with_marks
            annotations = late.annotations_of(self._session.library.marks, reading) if has_marks else ()
            loaded = self._template(chosen, template)
            written = self._write(chosen, reading, annotations, self._session.exports(), loaded)
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
        else:
            self._host.say(_("Saved to {path}").format(path=written))

    def export_all(
        self,
        chosen: ExportFormat,
        articles: Sequence[Article],
        *,
        with_marks: bool | None = None,
        template: str = "",
    ) -> None:
        """Write articles to files, in a thread; with highlights and notes as the format says, or as `with_marks`."""
        if self._stop is not None:
            self._host.say(_("Another export is still running"))
            return
        marks = self._session.library.marks
        has_marks = chosen.with_marks if with_marks is None else with_marks
        # Read here, because the marks belong to this thread.
        highlights = {one.id: late.highlights_of(marks, one) for one in articles} if has_marks else {}
        try:
            folder = self._session.exports()
            loaded = self._template(chosen, template)
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
            return
        self._stop = stop = Event()
        key = self._session.keymap.label("export")

        def write() -> None:
            """Write one after another; runs in a thread."""
            errors: list[str] = []
            saved = 0
            for number, article in enumerate(articles, 1):
                if stop.is_set():
                    break
                try:
                    reading = late.open_article(article, breaks=self._session.settings.line_breaks)
                    annotations = late.placed(highlights.get(article.id, ()), reading.document)
                    self._write(chosen, reading, annotations, folder, loaded)
                    saved += 1
                except ReaderError as error:
                    errors.append(str(error))
                told = _("Exporting: {number:,} of {count:,} · {key} stops")
                self._host.soon(self._host.say, told.format(number=number, count=len(articles), key=key))
            self._host.soon(self._written, saved, folder.folder, errors)

        self._host.run_in_thread(write, "export")

    def end(self) -> None:
        """Stop a running export after the current article, so that the program can end."""
        if self._stop is not None:
            self._stop.set()

    def _written(self, count: int, folder: Path, errors: Sequence[str]) -> None:
        self._stop = None
        if count or not errors:
            message = ngettext("{count:,} article saved to {path}", "{count:,} articles saved to {path}", count)
            self._host.say(message.format(count=count, path=folder))
        if errors:
            self._host.notify(joined_errors(errors), severity="error")

    def _write(
        self,
        chosen: ExportFormat,
        reading: Reading,
        annotations: Sequence[Annotation],
        folder: "late.ExportFolder",
        template: "late.MarkdownTemplate | None",
    ) -> Path:
        head = late.Head(reading.article.title, late.byline(reading.article, reading.statistics))
        options = replace(self._options(reading.article, annotations), template=template)
        return late.export_again(chosen.exporter(options), head, reading.document, folder, reading.article.id)

    def _template(self, chosen: ExportFormat, name: str) -> "late.MarkdownTemplate | None":
        """The template with a name, or else that of the settings; None for plain Markdown and other formats.

        Raises:
            ExportError: There is no such template, or it is not valid.
        """
        written = name or self._session.settings.export_template
        return late.load_template(written) if written not in {"", late.PLAIN} and chosen.name == TEMPLATED else None

    def _options(self, article: Article, annotations: Sequence[Annotation]) -> "late.ExportOptions":
        def warn(message: str) -> None:
            self._host.soon(lambda: self._host.notify(message, severity="warning"))

        typesetting = self._session.settings.typesetting
        return late.ExportOptions(self._view.line_width, typesetting, annotations, article, warn)

    def _copy(self) -> None:
        """Copy the selection, or the current section."""
        text = self._view.selected_text()
        if text:
            self._view.stop_selecting()
            self._host.copy(text)


def joined_errors(errors: Sequence[str]) -> str:
    """The first of several errors, a line each, and the number of the others."""
    rest = len(errors) - _ERRORS_SHOWN
    more = ngettext("and {count:,} more error", "and {count:,} more errors", rest).format(count=rest)
    return "\n".join((*errors[:_ERRORS_SHOWN], *([more] if rest > 0 else [])))
