"""The background of the terminal: asked for at the start, and followed by an automatic theme while the program runs."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.ui.early_terminal import EarlyTerminal
from reader.ui.session import Session
from reader.ui.terminal_replies import BACKGROUND, BACKGROUND_CHANGED, BACKGROUND_QUERY, TerminalReplies, is_dark

if TYPE_CHECKING:
    import re

_KEY, _DARK, _LIGHT = "background", "dark", "light"


def ask_early(session: Session, terminal: EarlyTerminal) -> None:
    """Query the background if the theme depends on it; `see_early` reads the reply."""
    if session.themes.is_automatic and _replies():
        terminal.ask(BACKGROUND_QUERY)


def see_early(session: Session, terminal: EarlyTerminal) -> None:
    """Choose the theme by the reply if it has arrived; the first frame does not wait for it."""
    reply = terminal.reply(BACKGROUND) if session.themes.is_automatic else None
    if reply is not None:
        _see(session, dark=is_dark(reply))


def _replies() -> bool:
    """Whether the terminal may be asked: the Linux console has no such query, and a background that is always black."""
    return os.environ.get("TERM", "") != "linux"


def _see(session: Session, *, dark: bool) -> bool:
    """Use the theme for a background, also for the next start; return whether the colours changed."""
    value = _DARK if dark else _LIGHT
    if session.kept(_KEY) != value:
        session.keep(_KEY, value)
    return session.themes.see_background(dark=dark)


class BackgroundFollower:
    """Keeps an automatic theme light or dark like the background of the terminal."""

    def __init__(
        self,
        session: Session,
        replies: TerminalReplies,
        write: Callable[[str], None],
        repaint: Callable[[], None],
        early: EarlyTerminal | None = None,
    ) -> None:
        """Receive replies and reports.

        Args:
            session: Its theme follows the background.
            replies: Where they come from.
            write: Writes a query to the terminal.
            repaint: Repaints everything in other colours.
            early: The terminal as it was queried before Textual was imported; its reply may come only now.
        """
        self._session = session
        self._replies = replies
        self._write = write
        self._repaint = repaint
        self._has_replied = early is not None and early.has_replied
        if early is not None:
            replies.expect()
        replies.on(BACKGROUND, self._replied)
        replies.on(BACKGROUND_CHANGED, self._reported)

    def ask(self) -> None:
        """Query the background, because it may have changed while nothing was reported."""
        if self._session.themes.is_automatic and _replies():
            self._replies.expect()
            self._write(BACKGROUND_QUERY)

    def _replied(self, reply: "re.Match[str]") -> None:
        self._has_replied = True
        self._use(dark=is_dark(reply))

    def _reported(self, report: "re.Match[str]") -> None:
        """Follow a report: it says what the system prefers, which the terminal's own colours need not follow."""
        if self._has_replied:
            self.ask()
        else:
            self._use(dark=report["dark"] == "1")

    def _use(self, *, dark: bool) -> None:
        if _see(self._session, dark=dark):
            self._repaint()
