"""The guard of what is written to the terminal, for text and for control functions.

There are two checks, because text and control functions can only be distinguished before they are joined. `PlainText`
cleans the text of every strip of any widget. `OutputGuard` passes only the control functions that the screen uses.
"""

from collections.abc import Callable
from threading import Event
from typing import IO

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.document.sanitizing import inert
from reader.regex import regex
from reader.ui.filler import FILLER

_LINE_ENDS = str.maketrans("\n\t", "  ")

_KITTY = r"(?:(?:[a-su-zA-Z]=[A-Za-z\d]+|t=d),?)+;[A-Za-z\d+/=]*+"
"""A command of kitty's graphics protocol, with the picture in the command itself (`t=d`), never in a file."""

_CONTROLS = (
    r"\x1b\[[\d;:]*[mHABCDJK]"  # ECMA-48: colours, cursor position, erasing
    r"|\x1b\[\?\d+(?:[hl]|\$p)"  # private modes of DEC: set, reset and query
    r"|\x1b\[(?:>\d*|<)u"  # kitty's keyboard protocol, on and off
    r"|\x1b\]11;\?\x1b\\"  # the query of the background colour
    r"|\x1b\]22;[a-z-]*\x07"  # the shape of the mouse pointer
    r"|\x1b\]8;(?:id=[\d-]+)?;(?:(?i:https?://|mailto:)[!-~]{1,2000})?\x1b\\"  # a hyperlink to the web or to mail
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # the clipboard
    r"|\x1bP(?:\x1b\]52;c;)?[A-Za-z0-9+/=]*\x07?\x1b\\"  # the clipboard in pieces, wrapped for GNU screen
    rf"|\x1b_G{_KITTY}\x1b\\|\x1bPtmux;\x1b\x1b_G{_KITTY}\x1b\x1b\\\x1b\\"  # kitty's graphics, also through tmux
    r"|\x1bP[\d;]*q[\"#$!\-\d;?-~]*+\x1b\\"  # sixels
    r"|\x1b\]1337;File=inline=1;[A-Za-z\d=;]*:[A-Za-z\d+/=]*+\x07"  # a picture for iTerm2
    r"|\x1b[78]"  # the cursor's position, kept while a picture is drawn
    r"|\x1b\[(?:>0q|16t|c|6n|\?[12];1;0S)"  # queries of what the terminal can show
)
_TEXT = (
    "[^\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"
_WHOLE = regex(f"(?:{_TEXT}++|{_FLAG}|{_CONTROLS})*+")
_PASSED = regex(f"{_FLAG}|{_TEXT}++|{_CONTROLS}")


class PlainText(LineFilter):
    """Cleans the text of strips. A removed character that takes cells becomes spaces, so that nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with text that the terminal only displays."""
        del background
        if all(text.isascii() and text.isprintable() for text, _style, _control in segments):
            return segments
        return [_plain(segment) for segment in segments]


def _plain(segment: Segment) -> Segment:
    text, style, control = segment
    plain = inert(text).translate(_LINE_ENDS)
    if plain == text:
        return segment
    return Segment(plain + " " * (cell_len(text) - cell_len(plain)), style, control)


def filtered(output: str) -> str:
    """Return `output` without fillers and control functions that the screen does not use."""
    output = output.replace(FILLER, "")
    return output if _WHOLE.fullmatch(output) else "".join(_PASSED.findall(output))


class OutputGuard:
    """The terminal as a file that only accepts safe output. After the terminal is lost, output is dropped.

    Attributes:
        flushed: Set by the writing thread whenever it has written all that it was given.
    """

    def __init__(self, terminal: IO[str], lost: Callable[[], None]) -> None:
        """Write to `terminal`; call `lost` once, from the writing thread, when it accepts no more output."""
        self._terminal = terminal
        self._lost = lost
        self.is_lost = False
        self.flushed = Event()
        self.flushed.set()

    def write(self, output: str) -> None:
        """Write the safe parts of `output`, which contains whole control functions."""
        self._guarded(lambda: self._terminal.write(filtered(output)))

    def flush(self) -> None:
        """Flush the terminal."""
        self._guarded(self._terminal.flush)
        self.flushed.set()

    def fileno(self) -> int:
        """The file descriptor of the terminal."""
        return self._terminal.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._terminal.isatty()

    def _guarded(self, write: Callable[[], object]) -> None:
        if self.is_lost:
            return
        try:
            write()
        except (OSError, ValueError):
            self.is_lost = True
            self._lost()
