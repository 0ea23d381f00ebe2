"""Undo and redo of changes of marks."""

from collections.abc import Callable

from reader.language import _
from reader.marks.kinds import Change, ChangeKind
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.session import Session


class Undoing:
    """Undo and redo."""

    def __init__(self, session: Session, host: Host, shelves: Shelves) -> None:
        self._session = session
        self._host = host
        self._shelves = shelves

    def handlers(self) -> Handlers:
        """Its actions."""
        return {"undo": self.undo, "redo": self.redo}

    def undo(self) -> str:
        """Undo the last change of a mark; return the message to show."""
        partly = _("Undone except for later changes: {what}")
        left = _("Not undone because it has changed since: {what}")
        undo = self._session.library.marks.undo
        return self._turn(undo, _("Undone: {what}"), partly, left, _("Nothing to undo"))

    def redo(self) -> str:
        """Redo the last undone change; return the message to show."""
        partly = _("Redone except for later changes: {what}")
        left = _("Not redone because it has changed since: {what}")
        redo = self._session.library.marks.redo
        return self._turn(redo, _("Redone: {what}"), partly, left, _("Nothing to redo"))

    def _turn(self, turn: Callable[[], Change | None], said: str, partly: str, left: str, nothing: str) -> str:
        changes: list[Change | None] = []
        if not self._session.attempt(lambda: changes.append(turn())):
            return ""
        change = changes[0]
        message = nothing
        if change is not None:
            message = left if change.overtaken else said if change.whole else partly
            message = message.format(what=description(change))
            if change.kind in {ChangeKind.SEARCH, ChangeKind.SEARCH_DELETED, ChangeKind.IMPORT}:
                self._shelves.refresh()
        self._host.say(message)
        return message


def description(change: Change) -> str:
    """Describe a change in words."""
    words = {
        ChangeKind.READ: _("marked as read"),
        ChangeKind.UNREAD: _("marked as unread"),
        ChangeKind.STAR: _("star added"),
        ChangeKind.UNSTAR: _("star removed"),
        ChangeKind.LATER: _("added to read later"),
        ChangeKind.NOT_LATER: _("removed from read later"),
        ChangeKind.TAGS: _("tags"),
        ChangeKind.BOOKMARK: _("bookmark added"),
        ChangeKind.BOOKMARK_CHANGED: _("bookmark changed"),
        ChangeKind.BOOKMARK_DELETED: _("bookmark deleted"),
        ChangeKind.HIGHLIGHT: _("highlight added"),
        ChangeKind.HIGHLIGHT_CHANGED: _("highlight changed"),
        ChangeKind.HIGHLIGHT_DELETED: _("highlight removed"),
        ChangeKind.SEARCH: _("search saved"),
        ChangeKind.SEARCH_DELETED: _("saved search deleted"),
        ChangeKind.IMPORT: _("marks imported"),
    }[change.kind]
    return f"{words} · {change.detail}" if change.detail else words
