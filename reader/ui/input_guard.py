"""A filter for terminal input that would crash Textual's parser or be mistaken for keys.

Textual 8.2 raises an exception for the release of a key in kitty's protocol (`ESC[106;1:3u`), which another program may
have left enabled, and treats an unknown control sequence as the letters in it: a broken mouse report
(`ESC[<32;NaN;NaNM`) highlights a sentence. `tests/ui/test_input_guard.py` fails once Textual no longer does so.
"""

import re
import time
from collections.abc import Callable

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from reader.graphics.inquiry import is_reply
from reader.regex import regex
from reader.ui.split_replies import SplitReply

_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"

_TOKEN = regex(
    r"(?P<mouse>\x1b\[<[^\x1bMm]{0,60}[Mm])"
    r"|(?P<old_mouse>\x1b\[M[^\x1b]{3})"
    r"|(?P<linux>\x1b\[\[[A-E])"
    r"|(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<string>\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\))"
    r"|(?P<alt>\x1b[bf])"
    r"|(?P<text>[^\x1b]+|\x1bO?)",
    re.DOTALL,
)
_PARTIAL = regex(r"\x1b(?:|\[<[^\x1bMm]{0,60}|\[M[^\x1b]{0,2}|\[\[?|\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?)\Z")
_MOUSE = regex(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_KITTY = regex(r"\x1b\[([\d:]*(?:;[\d:]*){0,2})([u~A-S])")
_KNOWN = regex(r"\x1b\[(?:[IO]|\?\d+;\d\$y|\d+;\d+R|48(?:;\d{1,5}(?::\d*)?){4}t|200~|201~)")

_RESTS = 4
"""The number of pauses after which an incomplete sequence is dropped, unless it begins a reply (`SplitReply`)."""

_HOLD = 0.15
"""Seconds for which an Escape is held back, because it may begin a reply or a report of the mouse."""

_MOVING = 1.0
"""Seconds after a report of the mouse in which the next one is likely."""

_ESCAPE_KEY = "\x1b[27u"
"""Escape in kitty's protocol. Unlike a plain Escape, it never stands for Alt with the next character."""

_INTRODUCERS = ("[", "]", "P", "_", "O")
"""What follows the Escape of a reply, a report or a key with a sequence of its own."""

_LONGEST = 4_096
"""Maximum characters of a control sequence, after which the rest is dropped: a reply to a query has a few dozen."""

_REST_OF_LONG = regex(r"[^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b)|\Z)")

_STALLED = 1.0
"""Seconds without input in a paste after which Ctrl+C or Escape ends it: its end mark has been lost."""

_WAYS_OUT = ("\x03", "\x1b", "\x1b[27u", "\x1b[99;5u")
"""Ctrl+C and Escape, also in kitty's protocol."""


class InputGuard:
    """Passes on the input, piece by piece as it is read.

    Attributes:
        expects_reply: Whether what looks like the beginning of a reply may be one; else it is Alt with a key.
    """

    def __init__(
        self, reply: Callable[[str], None] = lambda _sequence: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Pass control sequences that are not keys to `reply`: replies of the terminal, and unknown ones."""
        self._reply = reply
        self._clock = clock
        self.expects_reply: Callable[[], bool] = lambda: False
        self._held = ""
        self._split = SplitReply(clock)
        self._in_paste = self._is_too_long = False
        self._rests = 0
        self._fed = self._held_since = self._mouse_seen = -1_000.0

    @property
    def waits_for_little(self) -> bool:
        """Whether the pending input is probably Escape, or Alt with a key."""
        return not self._in_paste and 0 < len(self._held) <= 2

    def feed(self, data: str) -> str:
        """Return the safe part of the input so far; an incomplete sequence stays pending."""
        passed = [self._split.given_up()]
        if self._in_paste and data in _WAYS_OUT and self._clock() > self._fed + _STALLED:
            data = _PASTE_END + data
        self._fed = self._clock()
        if self._held == "\x1b" and self._rests and not data.startswith(_INTRODUCERS):
            # What comes after a pause is not part of the key.
            self._held = _ESCAPE_KEY
        data, self._held, self._rests = self._held + data, "", 0
        if not self._in_paste:
            data = self._split.joined(data)
        position = self._end_of_long(data)
        while position < len(data):
            if self._in_paste:
                position = self._paste(data, position, passed)
                continue
            partial = _PARTIAL.match(data, position)
            if partial:
                self._is_too_long = len(partial[0]) >= _LONGEST
                if not self._is_too_long and not self._split.begin(partial[0], expected=self.expects_reply()):
                    self._held, self._held_since = partial[0], self._clock()
                break
            token = _TOKEN.match(data, position)
            assert token is not None  # noqa: S101 - the last alternative takes any character
            position = token.end()
            passed.append(self._sound(token))
        return "".join(passed)

    def rest(self) -> str:
        """Return the pending input after a pause.

        That is Escape, or Alt with a key. The beginning of a sequence stays pending longer, and is never passed on. An
        Escape that may begin one stays pending for a moment: while a reply is expected, or the mouse is moving.
        """
        self._split.rest()
        given_up = self._split.given_up()
        held, self._rests = self._held, self._rests + 1
        if held == "\x1b" and self._may_begin_report() and self._clock() < self._held_since + _HOLD:
            return given_up
        if self.waits_for_little:
            self._held = ""
            if held == "\x1b":
                self._split.begin_after_escape(expected=self.expects_reply())
            return given_up + held
        if self._rests >= _RESTS and not self._in_paste:
            self._held, self._is_too_long = "", False
        return given_up

    def _end_of_long(self, data: str) -> int:
        """Return where a sequence that is too long ends; the rest of it is dropped, because nobody typed it."""
        rest = _REST_OF_LONG.match(data) if self._is_too_long else None
        if rest is None:
            return 0
        self._is_too_long = rest.end() == len(data) and not rest[0].endswith(("\x07", "\x1b\\"))
        return rest.end()

    def _may_begin_report(self) -> bool:
        """Whether an Escape may begin a reply or a mouse report; it does not while the rest of a split reply is due."""
        is_moving = self._clock() < self._mouse_seen + _MOVING
        return not self._split.has_begun and (is_moving or self.expects_reply())

    def _paste(self, data: str, position: int, passed: list[str]) -> int:
        """Pass on pasted text up to its end mark; return the position after it."""
        end = data.find(_PASTE_END, position)
        if end < 0:
            # The end mark itself may arrive in two pieces.
            kept = next((n for n in range(len(_PASTE_END) - 1, 0, -1) if data.endswith(_PASTE_END[:n])), 0)
            passed.append(data[position : len(data) - kept].replace("\x1b", ""))
            self._held = data[len(data) - kept :]
            return len(data)
        self._in_paste = False
        passed.append(data[position:end].replace("\x1b", "") + _PASTE_END)
        return end + len(_PASTE_END)

    def _sound(self, token: re.Match[str]) -> str:
        """Return a token in the form that Textual's parser accepts; empty if it has no meaning."""
        text = token[0]
        if token["mouse"]:
            self._mouse_seen = self._clock()
            return text if _MOUSE.fullmatch(text) else ""
        if token["string"] or is_reply(text):
            self._reply(text)
            return ""
        if not token["csi"]:
            # Textual reads Alt+B and Alt+F as Ctrl+← and Ctrl+→, because iTerm2 can be set to send them that way.
            return f"\x1b[{ord(text[-1])};3u" if token["alt"] else text
        self._in_paste = text == _PASTE_START
        if text in ANSI_SEQUENCES_KEYS or _KNOWN.fullmatch(text):
            return text
        kitty = _KITTY.fullmatch(text)
        if kitty is None:
            self._reply(text)
            return ""
        return _key(*kitty.groups())


def _key(fields: str, final: str) -> str:
    """Return a key in kitty's protocol without its event type; empty for a release, and for an unknown key."""
    code, modifiers, text = [*fields.split(";"), "", ""][:3]
    number = code.partition(":")[0]
    shifts, _colon, event = modifiers.partition(":")
    characters = [one for one in text.split(":") if one]
    if event.partition(":")[0] == "3" or not all(_is_character(one) for one in (number, *characters) if one):
        return ""
    if shifts and (len(shifts) > 3 or not 1 <= int(shifts) <= 256):
        return ""
    parts = [number, shifts, ":".join(characters)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return f"\x1b[{';'.join(parts)}{final}"


def _is_character(digits: str) -> bool:
    """Whether a decimal number of any length is a valid code point, not a surrogate."""
    return len(digits) <= 7 and (int(digits) < 0xD800 or 0xDFFF < int(digits) <= 0x10FFFF)
