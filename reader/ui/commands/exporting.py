"""Export: the open article or the marked ones as files, and the selection to the clipboard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from reader.archive.article import Article
from reader.errors import ReaderError
from reader.export.export_formats import FORMATS, TEMPLATED, ExportFormat
from reader.keymap.key_names import key_label
from reader.language import _, ngettext
from reader.reading.opened_article import Reading
from reader.settings.folders import EXPORTS, data_folder
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.export_job import ExportJob, ExportRequest, ExportResult
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.shown_paths import path_variants

_ERRORS_SHOWN = 3

_INTERRUPT = "ctrl+c"

_SLOW = 0.5
"""Seconds after which a message says that the export of one article is running."""


class _Export(Protocol):
    """Exports some articles in a format."""

    def __call__(self, chosen: ExportFormat, /, *, with_marks: bool | None, template: str) -> None: ...


class Exporting:
    """Export of articles, and copying of the open one."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._job: ExportJob | None = None
        """The running export, if any."""
        self._unsaid: tuple[str, ...] = ()
        self._is_ending = False

    @property
    def formats(self) -> dict[str, ExportFormat]:
        """The formats by their actions."""
        return {one.action: one for one in FORMATS.values() if one.action}

    def handlers(self) -> Handlers:
        """The actions of this command, by id: one for each export format, and copying."""
        exports = {action: partial(self._export, one) for action, one in self.formats.items()}
        return {**exports, "export_as": self._ask, "copy": self._copy, "selecting.copy": self._copy}

    def _ask(self) -> None:
        """Ask for a format, and export the marked articles, or the open one, in it."""
        self._ask_format(self._export)

    def ask_for(self, articles: Sequence[Article]) -> None:
        """Ask for a format, and export articles in it."""
        self._ask_format(lambda form, **how: self.export_all(form, articles, **how))

    def _ask_format(self, export: _Export) -> None:
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
                export(FORMATS[form], with_marks=not FORMATS[form].is_citation, template=template)

        title = _("Export in another format")
        self._host.push(modals.PaletteScreen(session.colours, session.keymap, entries, title), chosen)

    def _export(self, chosen: ExportFormat, *, with_marks: bool | None = None, template: str = "") -> None:
        """Export the marked articles, or the open one; or stop a running export."""
        reading = self._view.reading
        if self._job is not None:
            self._job.stop()
        elif count := self._view.marked_count:
            if articles := self._found(count):
                self._start(chosen, articles, None, with_marks=with_marks, template=template)
        elif reading is not None:
            self._start(chosen, [reading.article], reading, with_marks=with_marks, template=template)

    def _found(self, count: int) -> Sequence[Article]:
        """The marked articles that can be found; warn if there are fewer than `count`."""
        articles = self._view.marked_articles
        if missing := count - len(articles):
            message = ngettext(
                "{count:,} marked article cannot be found: the list is being updated",
                "{count:,} marked articles cannot be found: the list is being updated",
                missing,
            )
            self._host.notify(message.format(count=missing), severity="warning")
        return articles

    def export_all(
        self,
        chosen: ExportFormat,
        articles: Sequence[Article],
        *,
        with_marks: bool | None = None,
        template: str = "",
    ) -> None:
        """Write articles to files, with highlights and notes if `with_marks`; None leaves that to the format."""
        if self._job is not None:
            self._host.say(_("Another export is still running"))
        else:
            self._start(chosen, articles, None, with_marks=with_marks, template=template)

    def _start(
        self,
        chosen: ExportFormat,
        articles: Sequence[Article],
        opened: Reading | None,
        *,
        with_marks: bool | None = None,
        template: str = "",
    ) -> None:
        """Write articles to files of the folder of exports, in a thread.

        `opened` is the open article if only that one is exported. `with_marks` says whether to include highlights and
        notes; None leaves that to the format.
        """
        marks = self._session.library.marks
        has_marks = chosen.with_marks if with_marks is None else with_marks
        try:
            request = ExportRequest(
                chosen,
                self._options(chosen, template),
                self._session.exports().folder,
                data_folder() / EXPORTS,
                articles,
                opened,
                # Read here, because the marks belong to this thread.
                {one.id: late.highlights_of(marks, one) for one in articles} if has_marks else {},
                self._session.settings.line_breaks,
            )
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
            return
        message = _("Exporting: {number:,} of {count:,} · {key} stops")
        key = self._session.keymap.label(chosen.action or "export_as")
        waiting = _("Waiting for the index · {key} stops").format(key=key)

        def message_at(number: int) -> str:
            return message.format(number=number, count=len(articles), key=key) if number else waiting

        job = ExportJob(request, self._session.library, self._progress(message_at) if opened is None else _ignore)
        self._job = job
        if opened is not None:
            self._host.after(_SLOW, lambda: self._host.say(message_at(1)) if self._job is job else None)

        def write() -> None:
            """Run the job; runs in a thread."""
            result = job.run()
            self._unsaid = _result_message(request, result)
            self._host.soon(self._written, result)

        self._host.run_in_thread(write, "export")

    def _progress(self, message_at: Callable[[int], str]) -> Callable[[int], None]:
        return lambda number: self._host.soon(self._host.say, message_at(number))

    @property
    def unsaid(self) -> str:
        """The result of the export that ended after the screen was closed, or empty."""
        return self._unsaid[0] if self._unsaid else ""

    def end(self) -> None:
        """Stop a running export after the current article, so that the program can end."""
        self._is_ending = True
        if self._job is not None:
            self._job.stop()

    def _written(self, result: ExportResult) -> None:
        self._job = None
        if self._is_ending:
            return
        if self._unsaid:
            self._host.say(*self._unsaid)
        self._unsaid = ()
        if result.warnings:
            self._host.notify(joined_warnings(result.warnings), severity="warning")
        if result.errors:
            self._host.notify(joined_errors(result.errors), severity="error")

    def _options(self, chosen: ExportFormat, template: str) -> "late.ExportOptions":
        """The options of all articles; those of Markdown have `template`, or else the template of the settings.

        Raises:
            ExportError: There is no such template, or it is not valid.
        """
        settings = self._session.settings
        written = template or settings.export_template
        is_plain = written in {"", late.PLAIN} or chosen.name != TEMPLATED
        loaded = None if is_plain else late.load_template(written)
        return late.ExportOptions(self._view.line_width, settings.typesetting, template=loaded)

    def _copy(self) -> None:
        """Copy the selection, or the current section."""
        text = self._view.selected_text()
        label = self._session.keymap.label
        if self._view.last_key == _INTERRUPT and self._view.selected is None and label("quit"):
            # In other programs this key quits, which may be what the user wants.
            self._host.notify(
                _("{key} copies the section · {quit} quits").format(key=key_label(_INTERRUPT), quit=label("quit"))
            )
        if text:
            self._view.stop_selecting()
            self._host.copy(text)


def _result_message(request: ExportRequest, result: ExportResult) -> tuple[str, ...]:
    """What was saved, from the longest variant to the shortest; empty if nothing was saved because of errors."""
    count = len(result.written)
    if result.is_stopped:
        if not count:
            return (_("The export was stopped: nothing was saved"),)
        message = _("The export was stopped: {count:,} of {total:,} saved to {path}")
        return path_variants(message, request.folder, count=count, total=len(request.articles))
    if request.opened is not None:
        return path_variants(_("Saved to {path}"), result.written[0]) if count else ()
    if not count and result.errors:
        return ()
    message = ngettext("{count:,} article saved to {path}", "{count:,} articles saved to {path}", count)
    return path_variants(message, request.folder, count=count)


def joined_errors(errors: Sequence[str]) -> str:
    """The first of several errors, one per line, and the number of further errors."""
    return _joined(errors, lambda rest: ngettext("and {count:,} more error", "and {count:,} more errors", rest))


def joined_warnings(warnings: Sequence[str]) -> str:
    """The first of several warnings, one per line, and the number of further warnings."""
    return _joined(warnings, lambda rest: ngettext("and {count:,} more warning", "and {count:,} more warnings", rest))


def _joined(messages: Sequence[str], more: Callable[[int], str]) -> str:
    rest = len(messages) - _ERRORS_SHOWN
    return "\n".join((*messages[:_ERRORS_SHOWN], *([more(rest).format(count=rest)] if rest > 0 else [])))


def _ignore(number: int) -> None:
    """Ignore progress."""
