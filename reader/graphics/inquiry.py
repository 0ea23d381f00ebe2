"""Asking a terminal for its graphics, and understanding its replies.

1. Which terminal is it (XTVERSION), how large are its cells (`CSI 16 t`), what does it support (DA1)? Every terminal
   replies to DA1, and in the order of the queries, so the reply to DA1 ends the first round.
2. Does it support kitty's graphics, and placeholders? A terminal without placeholders draws the trial picture at the
   cursor, so the report of the cursor's position shows whether the cursor has moved. Under tmux, which would answer for
   itself, both questions are skipped. If it supports sixels, how many colours and what size (XTSMGRAPHICS)?

The name of a terminal decides only two things: tmux needs its passthrough to reach the terminal behind it, and iTerm2
draws inline files. Sources: xterm's ctlseqs, kitty's graphics protocol.
"""

from reader.graphics import kitty
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics
from reader.lean_dataclasses import replace
from reader.regex import regex

_DEVICE = regex(r"\x1b\[\?(\d+(?:;\d+)*)c")
_CURSOR = regex(r"\x1b\[([2-9]|\d\d+);(\d+)R")
"""A report of the cursor in the second row or below; for the first row it might be a key: `CSI 1 ; 2 R` is Shift+F3."""
_CELL = regex(r"\x1b\[6;(\d{1,4});(\d{1,4})t")
_SIXELS = regex(r"\x1b\[\?([12]);0;(\d{1,6})(?:;(\d{1,6}))?S")
_VERSION = regex(r"\x1bP>\|([^\x1b]*)\x1b\\")
_KITTY = regex(r"\x1b_Gi=(\d+)[^;\x1b]*;OK\x1b\\")
PATTERNS = (_DEVICE, _CURSOR, _CELL, _SIXELS, _VERSION, _KITTY)
"""Patterns of all replies."""

_SIXEL = "4"
"""The attribute in DA1 of a terminal with sixels."""

_QUERY, _TRIAL = 31, 32
"""The numbers of the pictures in the queries."""

_MOST_REGISTERS = 256


def is_reply(sequence: str) -> bool:
    """Whether a sequence from the terminal replies to a query of this module, and so is no key."""
    return any(pattern.fullmatch(sequence) for pattern in PATTERNS)


class Inquiry:
    """A conversation with a terminal. Begin with `first`, and send what `take` returns.

    Attributes:
        found: The graphics, as far as they are known; the protocol is known only once `is_complete`.
        is_complete: Whether all replies have arrived. A reply that has to pass through tmux may never come.
    """

    first = "\x1b[>0q\x1b[16t\x1b[c"
    """The first queries."""

    def __init__(self, cell: tuple[int, int] | None = None) -> None:
        """Begin with the width and height of a cell in pixels that the system reports; None if it reports none."""
        self.found = TerminalGraphics(cell=cell)
        self.is_complete = False
        self._rounds = 0
        self._version = ""
        self._has_sixels = False
        self._has_kitty = False
        self._stays = False
        """Whether the cursor has not moved, so the terminal supports placeholders."""

    @property
    def awaits_passage(self) -> bool:
        """Whether tmux has replied, and only the terminal behind it may still reply."""
        return self.found.in_tmux and self._rounds > 1 and not self.is_complete

    def take(self, reply: str) -> str:
        """Take a reply; return the next queries, or an empty string."""
        if match := _DEVICE.fullmatch(reply):
            return self._next_round(match[1].split(";")[1:])
        if match := _CURSOR.fullmatch(reply):
            self._stays = match[2] == "1"
        elif match := _CELL.fullmatch(reply):
            height, width = int(match[1]), int(match[2])
            self.assume_cell((width, height) if width and height else None)
        elif match := _SIXELS.fullmatch(reply):
            self._limit(match[1], int(match[2]), int(match[3] or 0))
        elif match := _VERSION.fullmatch(reply):
            self._version = match[1]
            self.found = replace(self.found, in_tmux=match[1].startswith("tmux "))
        elif (match := _KITTY.fullmatch(reply)) and int(match[1]) == _QUERY:
            self._has_kitty = True
            if self.found.in_tmux:
                self.end()
        return ""

    def assume_cell(self, cell: tuple[int, int] | None) -> None:
        """Use the size of a cell that the system reports until the terminal reports one itself."""
        if cell is not None:
            self.found = replace(self.found, cell=cell)

    def end(self) -> None:
        """Choose the protocol by the replies that have arrived."""
        if not self.is_complete:
            self.is_complete = True
            self.found = replace(self.found, protocol=self._protocol())

    def _next_round(self, attributes: list[str]) -> str:
        self._rounds += 1
        if self._rounds > 1:
            # tmux replies before the terminal behind it does, so its reply does not end the conversation.
            if not self.found.in_tmux:
                self.end()
            return ""
        self._has_sixels = _SIXEL in attributes
        sixels = "\x1b[?1;1;0S\x1b[?2;1;0S" if self._has_sixels else ""
        if self.found.in_tmux:
            return f"{kitty.query(_QUERY, in_tmux=True)}{sixels}\x1b[c"
        # Go to the second row, so that the report of the cursor cannot be taken for a key.
        return f"\x1b7\x1b[2;1H{kitty.query(_QUERY)}{kitty.trial(_TRIAL)}\x1b[6n\x1b8{sixels}\x1b[c"

    def _limit(self, what: str, first: int, second: int) -> None:
        if what == "1" and first >= 2:
            self.found = replace(self.found, registers=min(first, _MOST_REGISTERS))
        elif what == "2" and first and second:
            self.found = replace(self.found, largest=(first, second))

    def _protocol(self) -> GraphicsProtocol:
        if self._has_kitty and (self._stays or self.found.in_tmux):
            return GraphicsProtocol.KITTY
        if self._version.startswith("iTerm2 "):
            return GraphicsProtocol.ITERM
        # Sixels are measured in pixels only: without the size of a cell, the rows that they cover are unknown.
        if self._has_sixels and self.found.cell is not None:
            return GraphicsProtocol.SIXEL
        return GraphicsProtocol.BLOCKS
