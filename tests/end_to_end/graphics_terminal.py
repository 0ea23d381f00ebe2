"""A pseudo-terminal that replies to queries of its graphics, like kitty, xterm or iTerm2."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from tests.end_to_end.terminal import READER, Terminal


class GraphicsTerminal(Terminal):
    """The reader in a terminal with graphics.

    Attributes:
        replies: What it replies to each query.
    """

    def __init__(self, path: Path, environ: Mapping[str, str], replies: Mapping[bytes, bytes]) -> None:
        self.replies = replies
        self._replied = 0
        super().__init__([READER, str(path)], columns=80, rows=30, environ=environ)

    @property
    def sent(self) -> str:
        """What the program has sent so far."""
        return self.received.decode("utf-8", "replace")

    def _read(self, seconds: float) -> bool:
        goes_on = super()._read(seconds)
        new = self.received[self._replied :]
        asked = sorted(
            (found.start(), reply)
            for query, reply in self.replies.items()
            for found in re.finditer(re.escape(query), new)
        )
        if asked:
            self._replied = len(self.received)
            os.write(self._terminal, b"".join(reply for _place, reply in asked))
        return goes_on
