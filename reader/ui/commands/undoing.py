"""Undo and redo of changes of marks."""

from collections.abc import Callable

from reader.archive.archive import absolute
from reader.language import _
from reader.lean_dataclasses import replace
from reader.marks.change_kinds import Change, ChangeKind, PendingChange
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.screens import modals
from reader.ui.session import Session


class Undoing:
    """Undo and redo."""

    def __init__(self, session: Session, host: Host, shelves: Shelves) -> None:
        self._session = session
        self._host = host
        self._shelves = shelves
        self._is_replaced = False  # whether another database took the place of the one that was opened
        self._confirmed: set[int] = set()
        session.on_marks_replaced(self._replaced)

    def _replaced(self) -> None:
        self._is_replaced = True

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"undo": self.undo, "redo": self.redo}

    def undo(self) -> str:
        """Undo the last change of a mark; return the message, which is empty while the user is asked."""
        pending = self._session.asked(self._session.library.marks.next_undo, None)
        return self._ask(pending, self._undo, redoes=False)

    def redo(self) -> str:
        """Redo the last undone change; return the message, as `undo` does."""
        pending = self._session.asked(self._session.library.marks.next_redo, None)
        return self._ask(pending, self._redo, redoes=True)

    def _ask(self, pending: PendingChange | None, turn: Callable[[str], str], *, redoes: bool) -> str:
        """Undo or redo a change; ask first if the user may mean another one."""
        place = self._place(pending) if pending is not None else ""
        if pending is None or pending.number in self._confirmed or not (explanation := self._doubt(pending, place)):
            return turn(place)

        def answer(agreed: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if agreed:
                self._confirmed.add(pending.number)
                # Another process may have changed something meanwhile, so begin again.
                (self.redo if redoes else self.undo)()

        what = "\n".join(filter(None, (description(pending), place)))
        session = self._session
        self._host.push(modals.UndoScreen(session.colours, session.keymap, explanation, what, redoes=redoes), answer)
        return ""

    def _doubt(self, pending: PendingChange, place: str) -> str:
        """Explain why the user may not mean a change of an earlier session; empty if there is no doubt."""
        if not pending.is_earlier:
            return ""
        if self._is_replaced:
            return _("The marks database was replaced while the reader was open. Its last change is from before that:")
        if place:
            return _("The last change was made in an article outside the open archives:")
        return ""

    def _place(self, pending: PendingChange) -> str:
        """The title and path of the changed article; empty if a changed article is in the open archives."""
        library, path = self._session.library, pending.path
        if path is None or any(library.article(one) is not None for one in pending.articles):
            return ""
        if any(path.is_relative_to(absolute(root)) for root in library.roots):
            return ""
        return f"{pending.title} · {path}" if pending.title not in pending.detail else str(path)

    def _undo(self, place: str) -> str:
        partly = _("Undone except for later changes: {what}")
        left = _("Not undone because it has changed since: {what}")
        undo = self._session.library.marks.undo
        return self._turn(undo, (_("Undone: {what}"), partly, left), place, redoes=False)

    def _redo(self, place: str) -> str:
        partly = _("Redone except for later changes: {what}")
        left = _("Not redone because it has changed since: {what}")
        redo = self._session.library.marks.redo
        return self._turn(redo, (_("Redone: {what}"), partly, left), place, redoes=True)

    def _nothing(self, *, redoes: bool) -> str:
        """The message if nothing can be undone or redone."""
        marks = self._session.library.marks
        if self._is_replaced or self._session.asked(marks.is_replaced, otherwise=False):
            undo, redo = (
                _("Nothing to undo: the marks database was replaced meanwhile"),
                _("Nothing to redo: the marks database was replaced meanwhile"),
            )
        else:
            undo, redo = _("Nothing to undo"), _("Nothing to redo")
        return redo if redoes else undo

    def _turn(
        self, turn: Callable[[], Change | None], messages: tuple[str, str, str], place: str, *, redoes: bool
    ) -> str:
        changes: list[Change | None] = []
        if not self._session.attempt(lambda: changes.append(turn())):
            return ""
        change = changes[0]
        said, partly, left = messages
        if change is None:
            message = self._nothing(redoes=redoes)
        else:
            message = left if change.overtaken else said if change.whole else partly
            # A quotation would fill the line, and the review shows it again.
            what = description(replace(change, detail="") if change.kind is ChangeKind.REVIEW else change)
            message = message.format(what=f"{what} · {place}" if place else what)
            if change.kind in {ChangeKind.SEARCH, ChangeKind.SEARCH_DELETED, ChangeKind.IMPORT}:
                self._shelves.refresh()
        self._host.say(message)
        return message


def description(change: Change | PendingChange) -> str:
    """Describe a change in words."""
    words = {
        ChangeKind.READ: _("marked as read"),
        ChangeKind.UNREAD: _("marked as unread"),
        ChangeKind.STAR: _("star added"),
        ChangeKind.UNSTAR: _("star removed"),
        ChangeKind.LATER: _("added to read later"),
        ChangeKind.NOT_LATER: _("removed from read later"),
        ChangeKind.TAGS: _("tags changed"),
        ChangeKind.BOOKMARK: _("bookmark added"),
        ChangeKind.BOOKMARK_CHANGED: _("bookmark changed"),
        ChangeKind.BOOKMARK_DELETED: _("bookmark deleted"),
        ChangeKind.HIGHLIGHT: _("highlight added"),
        ChangeKind.HIGHLIGHT_CHANGED: _("highlight changed"),
        ChangeKind.HIGHLIGHT_DELETED: _("highlight removed"),
        ChangeKind.SEARCH: _("search saved"),
        ChangeKind.SEARCH_DELETED: _("saved search deleted"),
        ChangeKind.WORD_DELETED: _("word removed from the vocabulary"),
        ChangeKind.REVIEW: _("highlight reviewed"),
        ChangeKind.IMPORT: _("marks imported"),
    }[change.kind]
    return f"{words} · {change.detail}" if change.detail else words
