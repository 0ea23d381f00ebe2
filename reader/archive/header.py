"""A header as it was read: what it says, where it lies, and what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reader.archive.salvage import KEY
from reader.archive.vocabulary import canonical
from reader.document.cleaning import clean_line
from reader.language import LazyMessage


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a header, and on which line of the file (counted from 1), or None."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A header and where it lies.

    Attributes:
        values: By keys in lower case: strings as they are written, None, lists and mappings of these.
        header: Its text, without fences.
        line: The line of the file on which that text begins, counted from 1.
        body_start: The offset of the first character behind it.
        body_line: The line of the file on which the body begins, counted from 1.
        problems: What could not be read as it was meant.
        body_end: The offset behind the body, where the header stands at the file's end; else None.
        is_article: False where the header says that the file is something else, as Joplin's folders and tags.
    """

    values: Mapping[str, Any]
    header: str
    line: int
    body_start: int
    body_line: int
    problems: tuple[Problem, ...] = ()
    body_end: int | None = None
    is_article: bool = True

    def line_of(self, key: str) -> int | None:
        """The line of the file on which a key stands, named by what it comes down to; or None."""
        for number, line in enumerate(self.header.split("\n")):
            match = KEY.match(line[:200])
            if match is not None and canonical(match[2]) == key:
                return self.line + number
        return None

    def body(self, text: str) -> str:
        """The body in `text`, which this header was read from."""
        return text[self.body_start : self.body_end]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Offsets in a file's text: the header's, and that of the body behind it."""

    start: int
    end: int
    body: int
    closed: bool


class RefusedError(Exception):
    """A header that must not be parsed; the message says why."""


class InvalidError(Exception):
    """A header that is not valid, and the reason; `line` counts from 0 within it, or is None."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.reason = message if isinstance(message, LazyMessage) else clean_line(message)
        self.line = line


def made(text: str, bounds: Bounds, values: Mapping[str, Any], *problems: Problem) -> FrontMatter:
    """The header between two offsets of `text`."""
    header = text[bounds.start : bounds.end]
    line = line_at(text, bounds.start)
    return FrontMatter(values, header, line, bounds.body, line + text.count("\n", bounds.start, bounds.body), problems)


def line_at(text: str, offset: int) -> int:
    """The line of `text` that an offset lies on, counted from 1."""
    return text.count("\n", 0, offset) + 1
