"""A parsed header: its values, its position in the file, and its problems."""

from collections.abc import Mapping
from typing import Any

from reader.archive.header_salvage import KEY
from reader.archive.vocabulary import canonical
from reader.document.sanitizing import clean_line
from reader.language import LazyMessage
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a header, and its 1-based line in the file, or None."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A header and its position in the file.

    Attributes:
        values: Values by lower-case key: unconverted strings, None, and lists and mappings of these.
        header: The text of the header without fences.
        line: The 1-based line of the file on which `header` begins.
        body_start: The offset at which the body begins.
        body_line: The 1-based line of the file on which the body begins.
        problems: What could not be read as intended.
        body_end: The offset of the end of the body if the header is at the end of the file; else None.
        is_article: False if the header declares the file to be something else, as for Joplin's folders and tags.
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
        """Return the 1-based line of the file that holds a key (in canonical form), or None."""
        for number, line in enumerate(self.header.split("\n")):
            match = KEY.match(line[:200])
            if match is not None and canonical(match[2]) == key:
                return self.line + number
        return None

    def body(self, text: str) -> str:
        """Return the body within `text`, the text from which this header was read."""
        return text[self.body_start : self.body_end]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The offsets of a header and of the body after it, and whether a closing fence was found."""

    start: int
    end: int
    body: int
    closed: bool


class RefusedError(Exception):
    """Raised for a header that is unsafe to parse; the message says why."""


class InvalidError(Exception):
    """Raised for an invalid header; `line` is 0-based within the header, or None."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.reason = message if isinstance(message, LazyMessage) else clean_line(message)
        self.line = line


def build_front_matter(text: str, bounds: Bounds, values: Mapping[str, Any], *problems: Problem) -> FrontMatter:
    """Build the front matter for a header within `text`."""
    header = text[bounds.start : bounds.end]
    line = line_at(text, bounds.start)
    return FrontMatter(values, header, line, bounds.body, line + text.count("\n", bounds.start, bounds.body), problems)


def line_at(text: str, offset: int) -> int:
    """Return the 1-based line of an offset in `text`."""
    return text.count("\n", 0, offset) + 1
