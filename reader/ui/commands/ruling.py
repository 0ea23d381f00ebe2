"""Applying the rules of the settings to articles that come in."""

from functools import partial

from reader.errors import ReaderError
from reader.language import _, ngettext
from reader.library.arrivals import Arrivals, arrivals
from reader.marks.kinds import ChangeKind
from reader.settings.folders import data_folder
from reader.settings.rules import ArrivalRule
from reader.ui.commands.host import Host
from reader.ui.session import Session


class Ruling:
    """Applies the rules after each update of an index."""

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._rules = session.settings.rules
        self._reported: set[str] = set()

    def indexed(self) -> None:
        """Look for new articles, in a thread, once all of an archive is indexed."""
        if self._rules:
            # Read here, because the marks belong to this thread.
            self._session.library.memory.read_texts()
            self._host.run_in_thread(self._look, "rules")

    def _look(self) -> None:
        library = self._session.library
        try:
            marked = library.memory.marked
            found = arrivals(library.indexes.connect(), self._rules, data_folder(), marked.ids)
        except (ReaderError, OSError) as error:
            self._host.soon(self._report, str(error))
        else:
            self._host.soon(self._apply, found)

    def _report(self, reason: str) -> None:
        """Report an error once."""
        if reason not in self._reported:
            self._reported.add(reason)
            message = _("The rules of the settings were not applied: {reason}").format(reason=reason)
            self._host.notify(message, severity="warning", seconds=10)

    def _apply(self, found: Arrivals) -> None:
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
                return
            message = ngettext("{query}: {count:,} new article", "{query}: {count:,} new articles", len(articles))
            told.append(message.format(query=rule.query, count=len(articles)))
        try:
            found.remember()
        except OSError as error:
            self._report(str(error))
        if told:
            self._host.notify("\n".join((_("Rules of the settings were applied"), *told)), seconds=8)


def _states(rule: ArrivalRule) -> list[ChangeKind]:
    wanted = ((rule.read, ChangeKind.READ), (rule.star, ChangeKind.STAR), (rule.later, ChangeKind.LATER))
    return [kind for is_wanted, kind in wanted if is_wanted]
