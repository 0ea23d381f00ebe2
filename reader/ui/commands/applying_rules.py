"""Applying the rules of the settings to new articles."""

from functools import partial

from reader.errors import ReaderError
from reader.index.progress import SyncSummary
from reader.language import _, ngettext
from reader.library.new_articles import Arrivals, arrivals, valid_rules
from reader.marks.change_kinds import ChangeKind
from reader.settings.folders import data_folder
from reader.settings.rules import ArrivalRule
from reader.ui.commands.host import Host
from reader.ui.session import Session


class Ruling:
    """Applies the rules after each update of an index: one archive after another."""

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._rules: list[ArrivalRule] = []
        self._reported: set[str] = set()
        self._looked: set[int] = set()
        self._waiting: set[int] = set()
        self._busy = False

    def start(self) -> None:
        """Report the rules whose query is not valid; the others are applied."""
        if self._session.settings.rules:
            self._rules, invalid = valid_rules(self._session.settings.rules)
            for rule, error in invalid:
                self._report(_("{query}: {reason}").format(query=rule.query, reason=error))

    def indexed(self, archive: int, summary: SyncSummary) -> None:
        """Look for new articles in a thread once the whole of an archive is indexed."""
        # Another program may have indexed articles before the first sync of this session.
        if self._rules and (archive not in self._looked or summary.new or summary.changed):
            self._waiting.add(archive)
            self._next()

    def _next(self) -> None:
        """Examine the next archive, unless a thread is examining one."""
        if not self._busy and self._waiting and self._session.asked(self._read_texts, otherwise=False):
            self._busy = True
            self._host.run_in_thread(partial(self._look, self._waiting.pop()), "rules")

    def _read_texts(self) -> bool:
        """Read the notes and tags for queries in this thread, to which the marks belong."""
        self._session.library.memory.read_texts()
        return True

    def _look(self, archive: int) -> None:
        """Find the new articles of an archive; runs in a thread."""
        library = self._session.library
        try:
            found = arrivals(library.indexes.open_one(archive), self._rules, data_folder(), library.memory.marked.ids)
        except (ReaderError, OSError) as error:
            self._host.soon(self._failed, str(error))
        else:
            self._host.soon(self._apply, archive, found)

    def _failed(self, reason: str) -> None:
        self._report(reason)
        self._done()

    def _done(self) -> None:
        self._busy = False
        self._next()

    def _report(self, reason: str) -> None:
        """Report an error once."""
        if reason not in self._reported:
            self._reported.add(reason)
            message = _("The rules of the settings were not applied: {reason}").format(reason=reason)
            self._host.notify(message, severity="warning", seconds=10)

    def _apply(self, archive: int, found: Arrivals) -> None:
        """Mark the articles, each rule in one step that can be undone."""
        told: list[str] = []
        for rule, articles in found.matches:
            states = _states(rule)
            change = partial(
                self._session.library.marks.many.change,
                articles,
                states,
                rule.tag,
                states[0] if states else ChangeKind.TAGS,
            )
            if not self._session.attempt(change):
                self._done()
                return
            message = ngettext("{query}: {count:,} new article", "{query}: {count:,} new articles", len(articles))
            told.append(message.format(query=rule.query, count=len(articles)))
        self._looked.add(archive)
        if told:
            self._host.notify("\n".join((_("Rules of the settings were applied"), *told)), seconds=8)
        self._host.run_in_thread(partial(self._remember, found), "rules")

    def _remember(self, found: Arrivals) -> None:
        """Record the articles as known; runs in a thread."""
        try:
            found.remember()
        except OSError as error:
            self._host.soon(self._failed, str(error))
        else:
            self._host.soon(self._done)


def _states(rule: ArrivalRule) -> list[ChangeKind]:
    wanted = ((rule.read, ChangeKind.READ), (rule.star, ChangeKind.STAR), (rule.later, ChangeKind.LATER))
    return [kind for is_wanted, kind in wanted if is_wanted]
