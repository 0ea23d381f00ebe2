"""What a query says, once it is understood: nodes that hold one another, and the error of one that is not.

Whoever searches imports them from `query.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reader.errors import ReaderError


class QueryError(ReaderError):
    """A query says something that cannot be searched for.

    Attributes:
        start: The first character of the query that it is about.
        end: The character behind the last.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end


class Field(StrEnum):
    """Where words are looked for, if not in title and body."""

    TITLE = "title"
    CATEGORY = "cat"
    AUTHOR = "author"
    SOURCE = "source"
    TAG = "tag"
    PATH = "path"
    NOTE = "note"


class State(StrEnum):
    """What a reader did with an article."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    BOOKMARKED = "bookmarked"
    HIGHLIGHTED = "highlighted"
    NOTED = "noted"
    LATER = "later"


class Content(StrEnum):
    """What an article holds besides words."""

    IMAGE = "image"
    CODE = "code"
    TABLE = "table"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or a phrase in quotation marks, which is `exact`; without a field it is looked for in title and body."""

    text: str
    exact: bool
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """The articles in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """The articles that hold something."""

    content: Content


@dataclass(frozen=True, slots=True)
class Dated:
    """The articles of the days from `first` to before `end`; None where there is no such bound."""

    first: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Length:
    """The articles of `least` to `most` characters, both included; None where there is no such bound."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Not:
    """The articles that do not fit; never holds a Not."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """The articles that fit all of two or more nodes, none of which is an And."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """The articles that fit one of two or more nodes, none of which is an Or."""

    nodes: "tuple[Node, ...]"


Node = Words | Is | Has | Dated | Length | Not | And | Or


def words_of(node: Node | None) -> tuple[Words, ...]:
    """The words that `node` looks for, in their order: what is marked in a text that was found. Not those excluded."""
    match node:
        case Words():
            return (node,)
        case And() | Or():
            return tuple(words for part in node.nodes for words in words_of(part))
    return ()
