"""Incomplete replies of the terminal: a slow connection may split one anywhere, and delay its rest for seconds.

Meanwhile the user may type. The known forms of replies and reports (XTerm's ctlseqs, kitty's graphics protocol) tell
typed text from the rest of a reply.
"""

import time
from collections.abc import Callable

from reader.regex import regex

WAIT = 2.0
"""Seconds for which the rest of a reply is awaited."""

WAIT_UNASKED = 0.5
"""The same after an Escape without a query. The terminal may report the mouse or another background at any time, and
the parts of a report follow each other faster than keys."""

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
"""The beginning of a sequence that may also be a key, or a reply that was not requested."""

_MOST_TYPED = 64
"""The maximum number of typed characters that may precede the rest of a reply in one read."""


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

        Two characters are a beginning only if a reply is `expected`; otherwise they are Alt with a key.
        """
        if len(begun) < (2 if expected else 3) or _BEGINNING.fullmatch(begun) is None:
            return False
        self._await(begun)
        return True

    def begin_after_escape(self, *, expected: bool) -> None:
        """Await the rest of a reply or report that may have begun with an Escape that was passed on as a key."""
        if not self._begun:
            self._await("\x1b", WAIT if expected else WAIT_UNASKED)

    def _await(self, begun: str, seconds: float = WAIT) -> None:
        self._begun, self._until, self._has_rested = begun, self._clock() + seconds, False

    def joined(self, data: str) -> str:
        """Return input with the beginning inserted before its rest; while that is missing, only what was typed."""
        if not self._begun or not data:
            return data
        escape = data.find("\x1b")
        for at in range(min(escape + 1 if escape >= 0 else len(data), _MOST_TYPED)):
            if _WHOLE.match(self._begun + data[at:]):
                return data[:at] + self._end() + data[at:]
        if self._continues(data):
            # Input that continues a reply proves that there is one, so wait longer than after an Escape alone.
            self._await(self._begun + data)
            return ""
        if not self._has_rested and len(self._begun) > 1 and _AMBIGUOUS.fullmatch(self._begun):
            return self._end() + data
        return data

    def _continues(self, data: str) -> bool:
        """Whether input is a further part of the reply, but not its end.

        One character after a pause counts as a key, and so does Escape at any time. After an Escape that was passed
        on, a part must be long enough to be distinguished from keys.
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
        """Return the beginning if the wait is over and it was a key (Alt with a bracket); else an empty text."""
        if not self._begun or self._clock() < self._until:
            return ""
        begun = self._end()
        return begun if len(begun) == 2 else ""
