"""The tree of a formula, as small as the two notations need it."""

from enum import Enum, auto

from reader.lean_dataclasses import dataclass


class NotShowableError(Exception):
    """The formula, or this notation of it, cannot be shown without changing its meaning."""


class Atom(Enum):
    """The classes of symbols, by which spaces are set (The TeXbook, chapter 18)."""

    ORDINARY = auto()
    WORD = auto()  # a name of several letters, such as "sin"
    OPERATOR = auto()  # a large operator, such as "∑"
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()
    TEXT = auto()  # keeps its own spaces
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol, a name, or a piece of text."""

    text: str
    atom: Atom = Atom.ORDINARY


@dataclass(frozen=True, slots=True)
class Sequence:
    """Expressions side by side."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction, or without `bar` one expression above another."""

    above: "Expression"
    below: "Expression"
    bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; the degree is empty for a square root."""

    body: "Expression"
    degree: "Expression"


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript and a superscript, either of which may be None; `limits` are below and above it."""

    base: "Expression"
    below: "Expression | None"
    above: "Expression | None"
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """An expression with a combining character on each letter; a `wide` one may cover several letters."""

    body: "Expression"
    mark: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fenced:
    """An expression between delimiters of the same height; a missing delimiter is empty."""

    opening: str
    body: "Expression"
    closing: str


@dataclass(frozen=True, slots=True)
class Brace:
    """An expression with a horizontal brace, and a note beyond the brace."""

    body: "Expression"
    note: "Expression | None"
    is_below: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells: a matrix, cases, or equations aligned at their relations.

    Attributes:
        rows: The cells of each row.
        aligned: Whether the cells are parts of equations.
        columns: The alignment of each column otherwise, as `l`, `c` or `r`; the last one is that of all further ones.
    """

    rows: tuple[tuple["Expression", ...], ...]
    aligned: bool = False
    columns: str = "l"


@dataclass(frozen=True, slots=True)
class Boxed:
    """An expression in a frame."""

    body: "Expression"


Expression = Sign | Sequence | Fraction | Root | Scripts | Accent | Fenced | Brace | Matrix | Boxed

EMPTY = Sequence(())
