"""Undoing changes of marks, and doing them again."""

from collections.abc import Callable

from reader.language import _
from reader.marks.kinds import Change, ChangeKind
from reader.ui.commands.dispatcher import Doers
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.session import Session


class Undoing:
    """Undo and redo."""

    def __init__(self, session: Session, host: Host, shelves: Shelves) -> None:
        self._session = session
        self._host = host
        self._shelves = shelves

    def doers(self) -> Doers:
        """The actions it does."""
        return {"undo": self.undo, "redo": self.redo}

    def undo(self) -> str:
        """Undo the last change of a mark; what is said of it."""
        left = _("Not undone, as it was changed since: {what}")
        undo = self._session.library.marks.undo
        return self._turn(undo, _("Undone: {what}"), left, _("There is nothing to undo"))

    def redo(self) -> str:
        """Do again what was undone last; what is said of it."""
        left = _("Not done again, as it was changed since: {what}")
        redo = self._session.library.marks.redo
        return self._turn(redo, _("Done again: {what}"), left, _("There is nothing to do again"))

    def _turn(self, turn: Callable[[], Change | None], said: str, left: str, nothing: str) -> str:
        changes: list[Change | None] = []
        if not self._session.attempt(lambda: changes.append(turn())):
            return ""
        change = changes[0]
        message = nothing
        if change is not None:
            message = (left if change.overtaken else said).format(what=told(change))
            if not change.whole and not change.overtaken:
                message += " · " + _("but for what was changed since")
            if change.kind in {ChangeKind.SEARCH, ChangeKind.SEARCH_DELETED, ChangeKind.IMPORT}:
                self._shelves.refresh()
        self._host.say(message)
        return message


def told(change: Change) -> str:
    """What a change did, in words."""
    words = {
        ChangeKind.READ: _("read"),
        ChangeKind.UNREAD: _("unread"),
        ChangeKind.STAR: _("star"),
        ChangeKind.UNSTAR: _("star taken away"),
        ChangeKind.LATER: _("read later"),
        ChangeKind.NOT_LATER: _("read later no more"),
        ChangeKind.TAGS: _("tags"),
        ChangeKind.BOOKMARK: _("bookmark"),
        ChangeKind.BOOKMARK_CHANGED: _("bookmark changed"),
        ChangeKind.BOOKMARK_DELETED: _("bookmark deleted"),
        ChangeKind.HIGHLIGHT: _("highlight"),
        ChangeKind.HIGHLIGHT_CHANGED: _("highlight changed"),
        ChangeKind.HIGHLIGHT_DELETED: _("highlight deleted"),
        ChangeKind.SEARCH: _("saved search"),
        ChangeKind.SEARCH_DELETED: _("saved search forgotten"),
        ChangeKind.IMPORT: _("import of marks"),
    }[change.kind]
    return f"{words} · {change.detail}" if change.detail else words
