"""Asking the terminal for its graphics: as long as its replies are told from keys, and no longer."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from reader.graphics.inquiry import Inquiry
from reader.settings.options import PictureStyle
from reader.ui.graphics_detection import GraphicsDetection
from reader.ui.picture_output import PictureOutput
from reader.ui.terminal_replies import TerminalReplies

if TYPE_CHECKING:
    from textual.app import App


class _Timer:
    def __init__(self, at: float, run: Callable[[], None]) -> None:
        self.at, self.run, self.is_stopped = at, run, False

    def stop(self) -> None:
        self.is_stopped = True


class _Driver:
    is_headless = False

    def __init__(self) -> None:
        self.written: list[str] = []
        self.before_leaving: Callable[[], str] = str

    def write(self, data: str) -> None:
        self.written.append(data)

    def flush(self) -> None:
        pass


def test_replies_are_awaited_as_long_as_they_are_expected_in_each_round() -> None:
    now, timers, driver = [0.0], list[_Timer](), _Driver()

    def set_timer(seconds: float, run: Callable[[], None]) -> _Timer:
        timers.append(_Timer(now[0] + seconds, run))
        return timers[-1]

    def advance(seconds: float) -> None:
        now[0] += seconds
        for timer in [one for one in timers if one.at <= now[0] and not one.is_stopped]:
            timers.remove(timer)
            timer.run()

    app = SimpleNamespace(_driver=driver, console=SimpleNamespace(color_system="truecolor"), set_timer=set_timer)
    replies = TerminalReplies(clock=lambda: now[0])
    detection = GraphicsDetection(cast("App[Any]", app), PictureStyle.AUTO, replies, PictureOutput(lambda: None))
    detection.ask()
    assert driver.written == [Inquiry.first]
    advance(1.5)
    # The first round ends, and queries of the second are written.
    replies.take("\x1b[?62c")
    assert len(driver.written) == 2
    advance(1.5)
    assert replies.expected
    assert not detection._inquiry.is_complete
    advance(0.6)
    assert not replies.expected
    assert detection._inquiry.is_complete
