"""The roles of tokens, and tokens of a piece of code in compact form."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum

from reader.lean_dataclasses import dataclass


class TokenRole(StrEnum):
    """The role of a token. Each has a colour in a theme, such as `code_comment` for `COMMENT`."""

    COMMENT = "comment"
    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    NAME = "name"
    TYPE = "type"
    ADDED = "added"
    REMOVED = "removed"


ROLE_ORDER = tuple(TokenRole)
"""The roles by their number in `TokenTable.roles`."""


@dataclass(frozen=True, slots=True)
class TokenTable:
    """Tokens in order, without overlaps, as parallel arrays: a megabyte of code may have 300,000 of them.

    Attributes:
        starts: Offsets of their first characters in the text of the code block.
        ends: Offsets after their last characters.
        roles: The numbers of their roles in `ROLE_ORDER`.
    """

    starts: "array[int]"
    ends: "array[int]"
    roles: bytes

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, TokenRole]]:
        """Yield the tokens in a range of the text, clipped to it."""
        number = max(bisect_right(self.starts, start) - 1, 0)
        while number < len(self.roles) and self.starts[number] < end:
            first, last = max(self.starts[number], start), min(self.ends[number], end)
            if first < last:
                yield first, last, ROLE_ORDER[self.roles[number]]
            number += 1


NO_TOKENS = TokenTable(array("L"), array("L"), b"")
"""The tokens of text in no known language."""
