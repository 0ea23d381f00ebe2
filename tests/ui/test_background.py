"""The background of the terminal: its replies are never keys, and an automatic theme follows it."""

import os
import pty
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.background import BackgroundFollower, Throttle
from reader.ui.early_terminal import EarlyTerminal
from reader.ui.input_guard import InputGuard
from reader.ui.output_guard import filtered
from reader.ui.terminal_replies import (
    BACKGROUND,
    BACKGROUND_QUERY,
    FOLLOW_BACKGROUND,
    PATIENCE,
    TerminalReplies,
    is_dark,
    terminal_writer,
)
from reader.ui.theme_choice import ThemeChoice, ThemePair

Make = Callable[..., ReaderApp]

BLACK, WHITE = "\x1b]11;rgb:1818/1818/1a1a\x1b\\", "\x1b]11;#fdf6e3\x07"
REPORTS = [BLACK, WHITE, "\x1b[?997;1n", "\x1b[?997;2n", "\x1b]11;rgba:00/00/00/ff\x1b\\"]


def keys(parser: XTermParser, text: str) -> list[str]:
    return [event.key for event in parser.feed(text) if isinstance(event, Key)] if text else []


@pytest.mark.parametrize("sent", REPORTS)
def test_a_reply_is_passed_on_once_and_is_no_key_however_late_its_parts_arrive(sent: str) -> None:
    for cut in range(2, len(sent) + 1):
        taken: list[str] = []
        guard, parser = InputGuard(taken.append), XTermParser()
        guard.expects_reply = lambda: True
        typed = keys(parser, guard.feed("a" + sent[:cut]))
        for _pause in range(2):
            typed += keys(parser, guard.rest())
        typed += keys(parser, guard.feed(sent[cut:] + "b"))
        assert (typed, taken) == (["a", "b"], [sent]), cut


def test_escape_and_alt_arrive_while_no_reply_is_expected() -> None:
    guard = InputGuard()
    assert guard.feed("\x1b]") == ""
    assert guard.rest() == "\x1b]"
    assert guard.feed("\x1b") == ""
    assert guard.rest() == "\x1b"


def test_escape_waits_a_little_while_a_reply_is_expected() -> None:
    now = [0.0]
    guard = InputGuard(clock=lambda: now[0])
    guard.expects_reply = lambda: True
    assert guard.feed("\x1b") == ""
    assert guard.rest() == ""
    now[0] = 0.2
    assert guard.rest() == "\x1b"


@pytest.mark.parametrize(
    ("reply", "dark"),
    [
        ("rgb:0000/0000/0000", True),
        ("rgb:ffff/ffff/ffff", False),
        ("rgb:f/f/f", False),
        ("rgb:1d1/202/212", True),
        ("rgba:fbfb/f7f7/efef/ffff", False),
        ("#002b36", True),
        ("rgb:0000/ffff/0000", False),
        ("rgb:0000/0000/ffff", True),
    ],
)
def test_the_background_is_dark_by_its_luma(reply: str, *, dark: bool) -> None:
    found = BACKGROUND.fullmatch(f"\x1b]11;{reply}\x07")
    assert found is not None
    assert is_dark(found) is dark


def test_a_reply_is_expected_for_a_while() -> None:
    now = [0.0]
    replies = TerminalReplies(clock=lambda: now[0])
    assert not replies.expected
    replies.expect()
    assert replies.expected
    now[0] += 60
    assert not replies.expected


def test_the_output_guard_passes_the_query_and_no_other_palette_sequence() -> None:
    assert filtered(BACKGROUND_QUERY + FOLLOW_BACKGROUND) == BACKGROUND_QUERY + FOLLOW_BACKGROUND
    assert "\x1b" not in filtered("\x1b]11;#000000\x1b\\")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[EarlyTerminal, int]]:
    master, slave = pty.openpty()
    with os.fdopen(slave, "r+b", buffering=0, closefd=True) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        monkeypatch.setattr("sys.stderr", stream)
        yield EarlyTerminal(lambda: None), master
    os.close(master)


def test_a_reply_before_the_first_frame_is_used_and_keys_around_it_are_kept(
    terminal: tuple[EarlyTerminal, int],
) -> None:
    early, master = terminal
    early.enter()
    assert early.reply(BACKGROUND) is None
    os.write(master, b"j" + BLACK.encode() + "好".encode() + b"\x1b[1;2R")
    found = early.reply(BACKGROUND)
    assert found is not None
    assert is_dark(found)
    assert early.ambiguous_width() == 1
    assert early.typed == b"j" + "好".encode()


def test_the_choice_follows_only_while_it_is_automatic() -> None:
    choice = ThemeChoice("auto", ThemePair("sepia", "nord"))
    assert choice.colours.theme.name == "sepia"
    assert choice.see_background(dark=True)
    assert choice.colours.theme.name == "nord"
    assert not choice.see_background(dark=True)
    choice.use("paper")
    assert not choice.see_background(dark=False)
    assert choice.colours.theme.name == "paper"
    choice.use("auto")
    assert choice.colours.theme.name == "sepia"


def test_every_theme_and_auto_are_reached_by_the_key() -> None:
    choice = ThemeChoice("paper", ThemePair())
    seen = []
    for _press in range(len(choice.themes()) + 1):
        seen.append(choice.next())
        choice.use(seen[-1])
    assert sorted(seen[:-1]) == sorted([*(set(choice.themes()) - {"paper"}), "auto"])
    assert seen[-1] != "auto"


async def test_the_page_follows_replies_and_reports_and_remembers_them(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Throttle, "seconds", 0.0)
    app = make_app(Settings())
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.session.colours.theme.name == "paper"
        app.terminal_replies.take("\x1b[?997;1n")
        assert app.session.colours.theme.name == "night"
        app.terminal_replies.take(WHITE)
        assert app.session.colours.theme.name == "paper"
        # Now the terminal is known to reply, so that its own colours count, not what the system prefers.
        app.terminal_replies.take("\x1b[?997;1n")
        assert app.session.colours.theme.name == "paper"
        app.terminal_replies.take(BLACK)
        assert app.session.colours.theme.name == "night"
        assert app.theme == "night"
    again = make_app(Settings())
    assert again.session.colours.theme.name == "night"


def test_only_a_driver_that_sets_replies_apart_is_asked() -> None:
    """That of the browser would take the reply to a query for keys."""
    written: list[str] = []
    drivers = (
        SimpleNamespace(write=written.append, flush=str, before_leaving=str),
        SimpleNamespace(write=written.append, is_headless=False),
        None,
    )
    for driver in drivers:
        terminal_writer(cast("Any", SimpleNamespace(_driver=driver)))("?")
    assert written == ["?"]


class Followed:
    """A follower of the background of a terminal, with a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.written: list[str] = []
        self.used: list[bool] = []
        self._timers: list[tuple[float, Callable[[], None]]] = []
        self.replies = TerminalReplies(self._clock)
        session = SimpleNamespace(
            themes=SimpleNamespace(is_automatic=True, see_background=self._see), kept=lambda _key: "", keep=lambda *_: 0
        )
        BackgroundFollower(
            cast("Any", session),
            self.replies,
            self.written.append,
            lambda: None,
            lambda seconds, call: self._timers.append((self.now + seconds, call)),
        )

    def _clock(self) -> float:
        return self.now

    def _see(self, *, dark: bool) -> bool:
        self.used.append(dark)
        return True

    def wait(self, seconds: float) -> None:
        """Let time pass, and the timers end in order."""
        until = self.now + seconds
        while due := sorted((one for one in self._timers if one[0] <= until), key=lambda one: one[0]):
            self._timers.remove(due[0])
            self.now = max(self.now, due[0][0])
            due[0][1]()
        self.now = until


def test_a_flood_of_reports_is_answered_by_one_query_a_second() -> None:
    followed = Followed()
    followed.replies.take(WHITE)
    for _second in range(5):
        for _report in range(800):
            followed.replies.take("\x1b[?997;1n")
            followed.wait(1 / 800)
            if followed.written and len(followed.written) > len(followed.used) - 1:
                followed.replies.take(BLACK)
    assert followed.written == [BACKGROUND_QUERY] * 5
    assert followed.used == [False] + [True] * 5
    followed.wait(60)
    assert len(followed.written) <= 6


def test_without_replies_the_newest_of_many_reports_counts_and_is_used_once_a_second() -> None:
    followed = Followed()
    for number in range(4_000):
        followed.replies.take(f"\x1b[?997;{number % 2 + 1}n")
    assert followed.used == [True]
    followed.wait(60)
    assert followed.used == [True, False]
    assert followed.written == []


def test_one_query_is_pending_at_a_time_and_a_lost_reply_is_not_awaited_for_ever() -> None:
    followed = Followed()
    followed.replies.take(WHITE)
    followed.replies.take("\x1b[?997;1n")
    followed.wait(1.5)
    followed.replies.take("\x1b[?997;2n")
    followed.wait(PATIENCE - 1.6)
    assert len(followed.written) == 1
    followed.wait(1.2)
    assert len(followed.written) == 2
    followed.replies.take(BLACK)
    assert followed.used == [False, True]


def test_replies_that_nobody_asked_for_are_used_once_a_second() -> None:
    followed = Followed()
    for reply in (BLACK, WHITE) * 2_000:
        followed.replies.take(reply)
    followed.wait(60)
    assert followed.used == [True, False]
