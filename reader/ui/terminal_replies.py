"""Replies of the terminal to queries, and its reports of changes; they arrive among the keys.

`InputGuard` removes them from the input, so that they are never keys, and passes them to `TerminalReplies`. Queries are
written by `EarlyTerminal.ask` before Textual has started, and by `terminal_writer` after that.
"""

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.regex import regex

if TYPE_CHECKING:
    from textual.app import App

BACKGROUND_QUERY = "\x1b]11;?\x1b\\"
"""The query of the background colour (xterm, OSC 11)."""
BACKGROUND = regex(
    r"\x1b\]11;(?:rgba?:(?P<red>[0-9a-fA-F]{1,4})/(?P<green>[0-9a-fA-F]{1,4})/(?P<blue>[0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]+)?"
    r"|#(?P<hex>[0-9a-fA-F]{6}))(?:\x07|\x1b\\)"
)
"""The reply to this query: an X11 colour with one to four hexadecimal digits for each channel."""

FOLLOW_BACKGROUND, UNFOLLOW_BACKGROUND = "\x1b[?2031h", "\x1b[?2031l"
"""The mode in which a terminal reports changes between dark and light colours (contour's mode 2031)."""
BACKGROUND_CHANGED = regex(r"\x1b\[\?997;(?P<dark>[12])n")
"""Such a report: 1 for dark, 2 for light."""

PATIENCE = 2.0
"""Seconds for which a reply is expected: longer than the round trip of any usable connection."""

Reply = Callable[[re.Match[str]], None]
"""Receives a reply as the match of its pattern."""


class TerminalReplies:
    """Passes replies and reports to the functions that handle them.

    Attributes:
        clock: Tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._takers: list[tuple[re.Pattern[str], Reply]] = []
        self.clock = clock
        self._until = 0.0

    def on(self, pattern: "re.Pattern[str]", take: Reply) -> None:
        """Call `take` for each control sequence that matches `pattern` as a whole."""
        self._takers.append((pattern, take))

    def expect(self) -> None:
        """Expect replies for `PATIENCE` seconds; to be called before a query is written."""
        self._until = self.clock() + PATIENCE

    @property
    def expected(self) -> bool:
        """Whether a reply may arrive, so that the beginning of one is not a key; may be called from any thread."""
        return self.clock() < self._until

    def take(self, sequence: str) -> None:
        """Pass on a control sequence that is not a key."""
        for pattern, take in self._takers:
            found = pattern.fullmatch(sequence)
            if found:
                take(found)


def terminal_writer(app: "App[None]") -> Callable[[str], None]:
    """Return a function that writes sequences through the `OutputGuard` to an app's terminal, if it has one."""

    def write(sequences: str) -> None:
        driver = app._driver  # noqa: SLF001 - there is no other way
        # Any other driver, such as that of the browser, would treat a reply as keys.
        if sequences and driver is not None and hasattr(driver, "before_leaving"):
            driver.write(sequences)
            driver.flush()

    return write


def is_dark(reply: "re.Match[str]") -> bool:
    """Whether the background in a match of `BACKGROUND` is darker than middle grey, by its luma (Rec. 601)."""
    if reply["hex"]:
        shares = [int(reply["hex"][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    else:
        shares = [int(reply[name], 16) / (16 ** len(reply[name]) - 1) for name in ("red", "green", "blue")]
    red, green, blue = shares
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
