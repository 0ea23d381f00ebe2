"""What a terminal with kitty's graphics makes of sequences, written from the protocol's documentation alone."""

import re
from base64 import b64decode
from typing import NamedTuple


class Shown(NamedTuple):
    """A picture in the memory of the terminal."""

    png: bytes
    cells: int
    rows: int


class KittyMemory:
    """The pictures in the memory of a terminal.

    Attributes:
        pictures: The pictures by their numbers.
        replies: What the terminal would reply.
    """

    def __init__(self) -> None:
        self.pictures: dict[int, Shown] = {}
        self.replies = ""
        self._pending: dict[str, str] = {}
        self._data = ""

    def feed(self, output: str) -> None:
        """Follow the graphics commands in a piece of output."""
        for control, payload in re.findall(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\", output):
            keys = dict(part.split("=") for part in control.split(","))
            assert len(payload) <= 4096
            assert keys.get("t", "d") == "d"
            if self._pending:
                assert keys.keys() <= {"m", "q"}
                keys = self._pending | {"m": keys["m"]}
            self._follow(keys, payload)

    def _follow(self, keys: dict[str, str], payload: str) -> None:
        number = int(keys["i"])
        match keys["a"]:
            case "q":
                self.replies += f"\x1b_Gi={number};OK\x1b\\"
            case "d":
                assert keys["d"] == "I"
                self.pictures.pop(number, None)
            case "T":
                self._data += payload
                self._pending = keys if keys.get("m") == "1" else {}
                if not self._pending:
                    assert (keys["U"], keys["q"]) == ("1", "2")
                    self.pictures[number] = Shown(b64decode(self._data), int(keys["c"]), int(keys["r"]))
                    self._data = ""
