"""Replies of the terminal of which only the beginning has arrived: a slow line may split one anywhere, for seconds.

Meanwhile the user may type. What is typed is told from the rest of a reply by the forms of the replies and reports that
programs ask for (XTerm's ctlseqs, kitty's graphics protocol).
"""

import time
from collections.abc import Callable

from reader.regex import regex

WAIT = 2.0
"""Seconds for which the rest of a reply is awaited."""

WAIT_UNASKED = 0.5
"""The same after an Escape, when nothing was asked: a report, such as of another background or of the mouse, comes at
any time, and its pieces follow each other more closely than keys."""

_COLOUR, _TEXT = r"[rgb#:;0-9a-fA-F/]", r"[\w :;.,()+=-]"

_BEGINNING = regex(
    r"\x1b(?:"
    rf"\](?:\d{{1,4}}(?:;{_COLOUR}{{0,60}}\x1b?)?)?"  # colours: OSC 4, 10 to 12
    r"|\[[?>]?[\d;:]{0,40}\$?"  # attributes, modes, sizes, the cursor; and keys
    rf"|P(?:[>01](?:[|$]{_TEXT}{{0,60}}\x1b?)?)?"  # the terminal's name: XTVERSION
    rf"|_(?:G{_TEXT}{{0,60}}\x1b?)?"  # kitty's graphics
    r")"
)
_WHOLE = regex(
    r"\x1b(?:"
    rf"\]\d{{1,4}};{_COLOUR}{{1,60}}(?:\x07|\x1b\\)"
    r"|\[\?[\d;:]{1,40}(?:[cnRSu]|\$y)"
    r"|\[>[\d;:]{0,40}[cq]"
    r"|\[[\d;:]{0,40}[A-IOP-SZtu~]"
    r"|\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]"  # the mouse
    rf"|P[>01][|$]{_TEXT}{{0,60}}\x1b\\"
    rf"|_G{_TEXT}{{1,60}}\x1b\\"
    r")"
)
_AMBIGUOUS = regex(r"\x1b\[[\d;:]*")
"""The beginning of a sequence that may also be a key, or one of a form that nobody asked for."""

_MOST_TYPED = 64
"""Characters of one read among which the rest of a reply is looked for."""


class SplitReply:
    """The beginning of a reply, until its rest has arrived or is no longer awaited."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = ""
        self._until = 0.0
        self._has_rested = False

    @property
    def has_begun(self) -> bool:
        """Whether the rest of a reply is awaited."""
        return bool(self._begun)

    def begin(self, begun: str, *, expected: bool) -> bool:
        """Await the rest of `begun` if it is the beginning of a reply; return whether it is.

        Two characters are one only if a reply is `expected`: else they are Alt with a key.
        """
        if len(begun) < (2 if expected else 3) or _BEGINNING.fullmatch(begun) is None:
            return False
        self._await(begun)
        return True

    def begin_after_escape(self, *, expected: bool) -> None:
        """Await a reply or report of which the key Escape, which could not wait, was perhaps the first character."""
        if not self._begun:
            self._await("\x1b", WAIT if expected else WAIT_UNASKED)

    def _await(self, begun: str, seconds: float = WAIT) -> None:
        self._begun, self._until, self._has_rested = begun, self._clock() + seconds, False

    def joined(self, data: str) -> str:
        """Return input with the beginning in front of its rest; without the rest, only what was typed."""
        if not self._begun or not data:
            return data
        escape = data.find("\x1b")
        for at in range(min(escape + 1 if escape >= 0 else len(data), _MOST_TYPED)):
            if _WHOLE.match(self._begun + data[at:]):
                return data[:at] + self._end() + data[at:]
        if self._continues(data):
            # What goes on like a reply is one, so that its end may take longer than an Escape alone.
            self._await(self._begun + data)
            return ""
        if not self._has_rested and len(self._begun) > 1 and _AMBIGUOUS.fullmatch(self._begun):
            return self._end() + data
        return data

    def _continues(self, data: str) -> bool:
        """Whether input is a further part of the reply, but not its end.

        One character after a pause is rather a key, and so is Escape at any time; and after an Escape that was passed
        on, a part must be long enough to be told from keys.
        """
        if data == "\x1b" or (len(data) == 1 and self._has_rested) or (self._begun == "\x1b" and len(data) < 3):
            return False
        return _BEGINNING.fullmatch(self._begun + data) is not None

    def _end(self) -> str:
        begun, self._begun = self._begun, ""
        return begun

    def rest(self) -> None:
        """Take note of a pause."""
        self._has_rested = True

    def given_up(self) -> str:
        """Return the beginning if it is no longer awaited and was a key: Alt with a bracket; else nothing."""
        if not self._begun or self._clock() < self._until:
            return ""
        begun = self._end()
        return begun if len(begun) == 2 else ""
