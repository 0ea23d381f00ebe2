"""The blocks of a document and the text in them.

A *leaf* block holds text of its own; a *container* holds blocks. Text is one string with spans over it, never pieces
in a list, so that an offset means the same to search, highlights, bookmarks and layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a stretch of text is. The comment says what the span's `value` holds, where it holds anything."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    UNDERLINE = "underline"
    STRIKE = "strike"
    MARKED = "marked"
    SMALL = "small"
    CODE = "code"
    KEYBOARD = "keyboard"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    LINK = "link"  # where it leads, as written; "wiki:" or "embed:" before the name of a note, `Note#Heading`
    RUBY = "ruby"  # the reading set over the base text
    IMAGE = "image"  # the picture's address; the text is its alt text
    MATH = "math"  # empty; the text is TeX without its dollars
    FOOTNOTE = "footnote"  # the label of the footnote that this text refers to


@dataclass(frozen=True, slots=True)
class Span:
    """A kind over the characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A text with its spans.

    The text is clean (`cleaning.py`), its white space already folded: no newline but a hard line break, no tab.
    Spans are sorted by start, then by longest first; they nest or stand apart.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1 to 6 as an editor would nest it, `pseudo` if the source did not call it one.

    Level 0 is the article's title where the body repeats it: kept, so that no word is lost, but in no outline, and
    layout gives it no rows, because the head of the page shows the title already.

    `anchor` is the name by which links lead to it, where the source gives one (`{#name}`).
    """

    text: Inline
    level: int
    pseudo: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `anchor` is the name by which links lead to it, where it has one (`^name`)."""

    text: Inline
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text; newlines are lines, tabs are expanded. `language` is a name such as "python" or empty."""

    text: Inline
    language: str = ""


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula on its own, as TeX without its delimiters."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on its own; the text is its alt text and may be empty."""

    text: Inline
    source: str


@dataclass(frozen=True, slots=True)
class Embed:
    """Something a terminal cannot show: `kind` is "video", "audio", "iframe" or "object"; the text is its name."""

    text: Inline
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page; its text is always empty."""

    text: Inline = Inline()


Leaf = Heading | Paragraph | CodeBlock | MathBlock | Image | Embed | Rule


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; `checked` is None but for a task list, `number` overrides the count of an ordered list."""

    blocks: tuple["Block", ...]
    number: int | None = None
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `style` of an ordered one is "1", "a", "A", "i" or "I", as HTML's `type` attribute has it."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    style: str = "1"


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a definition list: its terms, each a paragraph, and what is said of them."""

    terms: tuple[Paragraph, ...]
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """A definition list."""

    entries: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, or a callout, such as a hint or a warning.

    Attributes:
        blocks: What it holds; the first block of a callout is its title, a paragraph.
        kind: What a callout is ("note", "tip", "warning" …); empty for a quotation.
        folded: Whether a callout that can be folded is folded at first; None if it cannot.
    """

    blocks: tuple["Block", ...]
    kind: str = ""
    folded: bool | None = None


class Alignment(StrEnum):
    """How a table's column stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell. Spans count in columns and rows, 1 for an ordinary cell."""

    blocks: tuple["Block", ...]
    header: bool = False
    alignment: Alignment = Alignment.NONE
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption's blocks, and its rows, of which the first `header_rows` are the head."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    caption: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures or other blocks with a caption."""

    blocks: tuple["Block", ...]
    caption: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks behind a summary; the terminal shows both."""

    summary: Paragraph
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote and the label by which a text refers to it."""

    label: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a document, in the order of their first mention."""

    notes: tuple[Footnote, ...]


Container = ListBlock | DefinitionList | Quote | Table | Figure | Details | Footnotes
Block = Leaf | Container


def children(block: Container) -> Iterator[Block]:  # noqa: C901 - one case a container, nothing in any
    """The blocks right below a container, in reading order."""
    match block:
        case Quote(blocks):
            yield from blocks
        case ListBlock(items):
            for item in items:
                yield from item.blocks
        case DefinitionList(entries):
            for entry in entries:
                yield from entry.terms
                yield from entry.blocks
        case Table(rows, _, caption):
            yield from caption
            for row in rows:
                for cell in row:
                    yield from cell.blocks
        case Figure(blocks, caption):
            yield from blocks
            yield from caption
        case Details(summary, blocks):
            yield summary
            yield from blocks
        case Footnotes(notes):
            for note in notes:
                yield from note.blocks


def leaves(block: Block) -> Iterator[Leaf]:
    """The leaves of a block in reading order; a leaf is its own only leaf. Safe for any depth of nesting."""
    stack: list[Iterator[Block]] = [iter((block,))]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Leaf):
                yield child
            else:
                stack.append(children(child))
                break
        else:
            stack.pop()
