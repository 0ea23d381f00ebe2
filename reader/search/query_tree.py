"""The syntax tree of a query, and its error.

Import them from `query_parser.py` in other packages.
"""

from datetime import date
from enum import StrEnum

from reader.errors import ReaderError
from reader.lean_dataclasses import dataclass


class QueryError(ReaderError):
    """A query that is not valid.

    Attributes:
        start: The offset of the first character concerned.
        end: The offset after the last one.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end


class Field(StrEnum):
    """The fields that can be searched instead of title and body."""

    TITLE = "title"
    CATEGORY = "cat"
    AUTHOR = "author"
    SOURCE = "source"
    TAG = "tag"
    PATH = "path"
    NOTE = "note"
    LINK = "link"
    LINKED_BY = "linkedby"
    URL = "url"


class State(StrEnum):
    """The states of an article set by its reader, and ORPHAN: no other article links to it."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    BOOKMARKED = "bookmarked"
    HIGHLIGHTED = "highlighted"
    NOTED = "noted"
    LATER = "later"
    ORPHAN = "orphan"


class Content(StrEnum):
    """Kinds of content of an article."""

    IMAGE = "image"
    CODE = "code"
    TABLE = "table"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or a phrase in quotation marks (`exact`); without a field it is searched for in title and body.

    The last word of a query that is still being typed is `begun`.
    """

    text: str
    exact: bool
    field: Field | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """Articles in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """Articles with a kind of content."""

    content: Content


@dataclass(frozen=True, slots=True)
class Dated:
    """Articles of the days from `first` to `end` (exclusive); None means no limit."""

    first: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Length:
    """Articles of `least` to `most` characters, inclusive; None means no limit."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match; never contains a Not directly."""

    node: "QueryNode"


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all of two or more nodes, none of which is an And."""

    nodes: "tuple[QueryNode, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match any of two or more nodes, none of which is an Or."""

    nodes: "tuple[QueryNode, ...]"


QueryNode = Words | Is | Has | Dated | Length | Not | And | Or


def words_of(node: QueryNode | None) -> tuple[Words, ...]:
    """The words to highlight in results, in order: all except excluded ones."""
    match node:
        case Words():
            return (node,)
        case And() | Or():
            return tuple(words for part in node.nodes for words in words_of(part))
    return ()
