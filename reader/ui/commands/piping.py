"""Commands of the user that receive the open article, a section or the selection."""

import json
import os
from collections.abc import Sequence
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.errors import ReaderError
from reader.language import _
from reader.lean_dataclasses import dataclass, replace
from reader.reading.opened_article import Reading
from reader.settings.pager_choice import pager_environment
from reader.settings.user_commands import CommandOutput, PipedFormat, PipedPart, UserCommand, command_words
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.exporting import joined_errors
from reader.ui.commands.host import Host
from reader.ui.commands.marking import named
from reader.ui.commands.view import ReadingView
from reader.ui.environment_variables import environment, variables, with_variables
from reader.ui.link_opener import no_programs
from reader.ui.programs import exit_message, pager, start_failure
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.workers.external_program import ExternalProgram

if TYPE_CHECKING:
    from reader.ui.screens.pipe_prompt import PipeRequest

_KEPT = "pipe"
"""The name under which the last choices and commands are saved."""

_LARGEST = 64 * 2**20
"""The maximum total size in bytes of several piped articles, which are kept in memory."""

_EARLIER = 50
"""The maximum number of earlier commands that are saved."""


@dataclass(frozen=True, slots=True)
class _Input:
    """What a command receives: its standard input and the variables of the article."""

    data: bytes
    variables: dict[str, str]


class Piping:
    """Runs commands of the user."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._is_ending = False

    def handlers(self) -> Handlers:
        """The actions of this command, by id: asking for a command, and one for each command of the settings."""
        named = {
            f"commands.{name}": partial(self._run, name, command)
            for name, command in self._session.settings.commands.items()
        }
        return {"pipe": self._ask, "selecting.pipe": self._ask, **named}

    def _ask(self) -> None:
        """Ask for a command, with the choices made last."""
        if self._view.marked_count:
            if articles := self._view.marked_articles:
                self.ask_for(articles)
            return
        if self._view.reading is None or self._refuses():
            return
        begun, history = _read(self._session.kept(_KEPT))
        if self._view.selected is not None:
            begun = replace(begun, part=PipedPart.SELECTION)
        elif begun.part is PipedPart.SELECTION:
            begun = replace(begun, part=PipedPart.SECTION)
        session = self._session

        def asked(request: "PipeRequest | None") -> None:
            if request is not None:
                session.keep(_KEPT, _written(request, history))
                command = UserCommand(request.line, None, request.part, request.format, request.output)
                self._run(request.line, command)

        self._host.push(modals.PipePrompt(session.colours, session.keymap, begun, history), asked)

    def ask_for(self, articles: Sequence[Article]) -> None:
        """Ask for a command that receives several articles, or their paths."""
        if self._refuses():
            return
        begun, history = _read(self._session.kept(_KEPT))
        session = self._session

        def asked(request: "PipeRequest | None") -> None:
            if request is None:
                return
            session.keep(_KEPT, _written(request, history))
            words = command_words(request.line)
            found = {"READER_COUNT": str(len(articles))}
            if request.part is PipedPart.NOTHING:
                paths = "".join(f"{absolute(one.path)}\n" for one in articles)
                self.run_words(request.line, words, request.output, os.fsencode(paths), found)
                return
            self._host.say(_("Reading: {title}").format(title=named(articles)))

            def read() -> None:
                """Read the articles; runs in a thread."""
                try:
                    data = self._texts(articles, request.format)
                except ReaderError as error:
                    self._host.soon(partial(self._host.notify, str(error), severity="error"))
                else:
                    self._host.soon(self.run_words, request.line, words, request.output, data, found)

            self._host.run_in_thread(read, "pipe")

        prompt = modals.PipePrompt(session.colours, session.keymap, begun, history, articles=named(articles))
        self._host.push(prompt, asked)

    def _refuses(self) -> bool:
        """Return whether programs must not be started, and if so, show a message."""
        if not self._host.starts_programs:
            self._host.say(no_programs())
        return not self._host.starts_programs

    def _texts(self, articles: Sequence[Article], written_in: PipedFormat) -> bytes:
        """Articles in a format; the errors of unreadable ones are reported together. Runs in a thread.

        Raises:
            ReaderError: Their total size is too large, or the program is quitting.
        """
        texts: list[bytes] = []
        errors: list[str] = []
        total = 0
        for article in articles:
            if self._is_ending:
                raise ReaderError(_("The program is quitting"))
            try:
                reading = late.open_article(article, breaks=self._session.settings.line_breaks)
                head = late.Head(article.title, late.byline(article, reading.statistics))
                options = late.ExportOptions(article=article)
                texts.append(late.piped(head, reading.document, None, written_in, options))
            except ReaderError as error:
                errors.append(str(error))
                continue
            total += len(texts[-1])
            if total > _LARGEST:
                message = _("The articles are larger than {size} MiB together").format(size=_LARGEST >> 20)
                raise ReaderError(message, _("mark fewer, or choose to pipe only their paths"))
        if errors:
            self._host.soon(partial(self._host.notify, joined_errors(errors), severity="error"))
        return b"\n".join(texts)

    def end(self) -> None:
        """Stop reading articles, so that the program can end."""
        self._is_ending = True

    def _run(self, title: str, command: UserCommand) -> None:
        """Run a command on the open article."""
        reading = self._view.reading
        if reading is None:
            return
        given = self._given(reading, command)
        words = with_variables(command_words(command.run), given.variables)
        self.run_words(title, words, command.output, given.data, given.variables)

    def run_words(
        self, title: str, words: list[str], output: CommandOutput, data: bytes, found: dict[str, str]
    ) -> None:
        """Run a program with its standard input and the variables `found`, and show its output."""
        if self._refuses():
            return
        if output is CommandOutput.TERMINAL:
            failure = self._host.run_in_terminal(words, data, environment(found), pauses=True)
            self._host.say(failure or _("{name} has finished").format(name=title))
            return
        try:
            program = ExternalProgram(words, data, environment(found))
        except (OSError, ValueError) as error:
            self._host.notify(start_failure(words[0], error), severity="error")
            return
        if output is CommandOutput.BOX:
            self._show(title, program)
            return
        self._host.say(_("Running: {name}").format(name=title))
        quietly = output is CommandOutput.NOTHING

        def wait() -> None:
            """Wait for the end of the program; runs in a thread."""
            program.wait()
            self._host.soon(lambda: self._ended(title, program, quietly=quietly))

        Thread(target=wait, daemon=True).start()

    def _show(self, title: str, program: ExternalProgram) -> None:
        session = self._session

        def closed(in_pager: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if in_pager:
                self._page(program.output)

        box = modals.OutputBox(session.colours, session.keymap, session.settings.typesetting, title, program)
        self._host.push(box, closed)

    def _ended(self, title: str, program: ExternalProgram, *, quietly: bool) -> None:
        """Report the end of a program and, unless `quietly`, show its output in the pager."""
        failure = exit_message(title, program.code or 0)
        if failure:
            last = program.output.rpartition("\n")[2]
            self._host.notify("\n".join(filter(None, (failure, last[:200]))), severity="error")
        else:
            self._host.say(_("{name} has finished").format(name=title))
        if not quietly and program.output:
            self._page(program.output)

    def _page(self, text: str) -> None:
        failure = self._host.run_in_terminal(pager(), f"{text}\n".encode("utf-8", "replace"), pager_environment())
        if failure:
            self._host.say(failure)

    def _given(self, reading: Reading, command: UserCommand) -> _Input:
        span = self._view.chosen_span if command.pipe is PipedPart.SELECTION else self._view.section_span
        outline = reading.outline
        number = outline.index_at(span.start) if span is not None else None
        section = outline.sections[number].title if number is not None else ""
        found = variables(reading.article, section=section)
        if command.pipe is PipedPart.NOTHING:
            return _Input(b"", found)
        if command.pipe is PipedPart.ARTICLE:
            span = None
        head = late.Head(reading.article.title, late.byline(reading.article, reading.statistics))
        return _Input(late.piped(head, reading.document, span, command.format, self._options(reading.article)), found)

    def _options(self, article: Article) -> "late.ExportOptions":
        warn = partial(self._host.notify, severity="warning")
        return late.ExportOptions(
            self._view.line_width, self._session.settings.typesetting, self._view.marks.annotations, article, warn
        )


def _written(request: "PipeRequest", history: Sequence[str]) -> str:
    """The choices and the commands to be saved, the last command first."""
    lines = [request.line, *(line for line in history if line != request.line)][:_EARLIER]
    return json.dumps({"choices": [request.part, request.format, request.output], "lines": lines}, ensure_ascii=False)


def _read(kept: str) -> "tuple[PipeRequest, list[str]]":
    """The choices and the commands that were saved; the defaults if they cannot be read."""
    try:
        found = json.loads(kept)
        part, written_in, output = found["choices"]
        lines = [line for line in found["lines"] if isinstance(line, str)][:_EARLIER]
        return modals.PipeRequest("", PipedPart(part), PipedFormat(written_in), CommandOutput(output)), lines
    except (ValueError, TypeError, KeyError, RecursionError):
        return modals.PipeRequest(""), []
