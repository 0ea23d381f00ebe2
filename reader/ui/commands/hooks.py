"""Commands of the settings that run when an article is opened or a mark is changed."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from threading import Thread

from reader.language import _
from reader.reading.opened_article import Reading
from reader.settings.user_commands import WrittenCommand, command_words
from reader.ui.commands.host import Host
from reader.ui.environment_variables import environment, variables, with_variables
from reader.ui.programs import exit_message, start_failure
from reader.ui.session import Session
from reader.workers.external_program import ExternalProgram

_LONGEST = 10.0
"""Seconds after which a command is ended."""

_WAITING = 32
"""The maximum number of events that wait; the oldest are dropped."""


class Hooks:
    """Runs one command after another in a thread, so that none of them can delay the screen."""

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._settings = session.settings.hooks
        self._waiting: deque[tuple[Sequence[WrittenCommand], dict[str, str]]] = deque(maxlen=_WAITING)
        self._runs = False
        self._reported: set[str] = set()
        session.on_own_change(self._marked)

    def opened(self, reading: Reading) -> None:
        """Run the commands for an article that is shown."""
        if self._settings.open:
            self._add(self._settings.open, variables(reading.article, event="open"))

    def _marked(self, ids: Collection[str]) -> None:
        if not self._settings.mark:
            return
        pending = self._session.asked(self._session.library.marks.next_undo, None)
        kind = pending.kind.value if pending is not None and not pending.is_earlier else ""
        for article_id in sorted(ids)[:_WAITING]:
            article = self._session.library.article(article_id)
            if article is not None:
                self._add(self._settings.mark, variables(article, event="mark", change=kind))

    def _add(self, commands: Sequence[WrittenCommand], found: dict[str, str]) -> None:
        self._waiting.append((commands, found))
        if not self._runs:
            self._runs = True
            Thread(target=self._run_all, daemon=True).start()

    def _run_all(self) -> None:
        """Run the commands that wait; runs in a thread."""
        while self._waiting:
            commands, found = self._waiting.popleft()
            for command in commands:
                self._run(command_words(command), found)
        self._runs = False

    def _run(self, words: list[str], found: Mapping[str, str]) -> None:
        if not words:
            return
        name = words[0]
        try:
            program = ExternalProgram(with_variables(words, found), b"", environment(found))
        except (OSError, ValueError) as error:
            self._report(name, start_failure(name, error))
            return
        if not program.wait(_LONGEST):
            program.stop()
            message = _("{name} was ended, because it took more than {count:.0f} seconds")
            self._report(name, message.format(name=name, count=_LONGEST))
        elif program.code:
            last = program.output.rpartition("\n")[2][:200]
            self._report(name, "\n".join(filter(None, (exit_message(name, program.code), last))))

    def _report(self, name: str, failure: str) -> None:
        """Report the first failure of a command, and no further failure in this session."""
        if name not in self._reported:
            self._reported.add(name)
            title = _("A command of “hooks” in the settings failed")
            self._host.soon(lambda: self._host.notify(f"{title}\n{failure}", severity="warning"))
