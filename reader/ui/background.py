"""The background of the terminal: queried at the start, and followed by an automatic theme while the program runs."""

import math
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.ui.early_terminal import EarlyTerminal
from reader.ui.session import Session
from reader.ui.terminal_replies import (
    BACKGROUND,
    BACKGROUND_CHANGED,
    BACKGROUND_QUERY,
    PATIENCE,
    TerminalReplies,
    is_dark,
)

if TYPE_CHECKING:
    import re

Later = Callable[[float, Callable[[], None]], object]
"""Makes a call after a number of seconds."""

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
    """Whether the terminal can be queried: the Linux console does not reply, and its background is always black."""
    return os.environ.get("TERM", "") != "linux"


def _see(session: Session, *, dark: bool) -> bool:
    """Use the theme for a background, also for the next start; return whether the colours changed."""
    value = _DARK if dark else _LIGHT
    if session.kept(_KEY) != value:
        session.keep(_KEY, value)
    return session.themes.see_background(dark=dark)


class Throttle:
    """Limits how often calls are made: while one has to wait, the newest replaces it.

    Attributes:
        seconds: The minimum time between two calls.
    """

    seconds = 1.0

    def __init__(self, later: Later, clock: Callable[[], float]) -> None:
        self._later = later
        self._clock = clock
        self._last = -math.inf
        self._waiting: Callable[[], None] | None = None

    def run(self, call: Callable[[], None]) -> None:
        """Make `call`, unless a newer one replaces it while it waits."""
        wait = self._last + self.seconds - self._clock()
        if self._waiting is None and wait > 0:
            self._later(wait, self._end)
        self._waiting = call
        if wait <= 0:
            self._end()

    def _end(self) -> None:
        call, self._waiting = self._waiting, None
        if call is not None:
            self._last = self._clock()
            call()


class BackgroundFollower:
    """Keeps an automatic theme light or dark like the background of the terminal.

    However many reports arrive, there is one query at a time, and at most one a second.
    """

    def __init__(
        self,
        session: Session,
        replies: TerminalReplies,
        write: Callable[[str], None],
        repaint: Callable[[], None],
        later: Later,
    ) -> None:
        """Receive replies and reports.

        Args:
            session: Its theme follows the background.
            replies: The source of replies and reports.
            write: Writes a query to the terminal.
            repaint: Repaints everything in other colours.
            later: Makes a call after some seconds.
        """
        self._session = session
        self._replies = replies
        self._write = write
        self._repaint = repaint
        self._asked_at = -math.inf
        self._asking, self._using = Throttle(later, replies.clock), Throttle(later, replies.clock)
        self._has_replied = False
        replies.on(BACKGROUND, self._replied)
        replies.on(BACKGROUND_CHANGED, self._reported)

    def take_over(self, early: EarlyTerminal | None) -> None:
        """Continue after the terminal was queried before Textual was imported; its reply may come only now."""
        if early is not None:
            self._has_replied = early.has_replied
            self._replies.expect()

    def ask(self) -> None:
        """Query the background, because it may have changed while nothing was reported."""
        if self._session.themes.is_automatic and _replies():
            self._asking.run(self._ask)

    def _ask(self) -> None:
        now = self._replies.clock()
        if now - self._asked_at < PATIENCE:
            # The reply to the last query is pending, and may describe the background before a change.
            self._asking.run(self._ask)
            return
        self._asked_at = now
        self._replies.expect()
        self._write(BACKGROUND_QUERY)

    def _replied(self, reply: "re.Match[str]") -> None:
        self._has_replied = True
        dark = is_dark(reply)
        if self._asked_at == -math.inf:
            # No query is pending: the reply is late, or part of a flood of replies.
            self._using.run(lambda: self._use(dark=dark))
            return
        self._asked_at = -math.inf
        self._use(dark=dark)

    def _reported(self, report: "re.Match[str]") -> None:
        """Query the background, which may differ from the reported preference; without replies, follow the report."""
        if self._has_replied:
            self.ask()
        else:
            dark = report["dark"] == "1"
            self._using.run(lambda: self._use(dark=dark))

    def _use(self, *, dark: bool) -> None:
        if _see(self._session, dark=dark):
            self._repaint()
