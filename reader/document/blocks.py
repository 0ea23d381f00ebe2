"""The blocks of a document and the text in them.

A *leaf* block has text of its own; a *container* has child blocks. Text is one string with spans over it, not a list of
fragments, so that search, highlights, bookmarks and layout all use the same offsets.
"""

from collections.abc import Iterator
from enum import StrEnum

from reader.lean_dataclasses import dataclass


class SpanKind(StrEnum):
    """The meaning of a span. The comments describe the span's `value` where it has one."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    UNDERLINE = "underline"
    STRIKE = "strike"
    MARKED = "marked"
    INSERTED = "inserted"  # lines of code that a change adds
    DELETED = "deleted"  # lines of code that a change removes
    SMALL = "small"
    CODE = "code"
    KEYBOARD = "keyboard"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    LINK = "link"  # the target as written; for notes "wiki:" or "embed:" and the name, `Note#Heading`
    RUBY = "ruby"  # the reading shown above the base text
    IMAGE = "image"  # the URL of the picture; the text is its alt text
    MATH = "math"  # empty; the text is TeX without its dollars
    CALLOUT = "callout"  # the kind of a callout without a title; the text is its English name
    TAB = "tab"  # the distance between tab stops; the text is the spaces that replace a tab in code (`tabs.py`)
    FOOTNOTE = "footnote"  # the label of the footnote that this text refers to
    LANGUAGE = "language"  # the language that the source declares for this text (BCP 47)


@dataclass(frozen=True, slots=True)
class Span:
    """Formatting of the characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A text with formatting, which is described by spans.

    The text is sanitized (`sanitizing.py`) and its white space collapsed: the only newlines are hard line breaks, and
    there are no tabs. Spans are sorted by start, longest first; two spans either nest or are disjoint.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1 to 6 after normalization, `pseudo` if the source did not mark it as a heading.

    Level 0 is the article's title where the body repeats it. It stays in the document so that no text is lost, but it
    is not part of the outline and layout gives it no rows, because the page header already shows the title.

    `anchor` has the names that links refer to, separated by spaces, if the source defines any (`{#name}`, ids in HTML).
    """

    text: Inline
    level: int
    pseudo: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `anchor` has the names that links refer to, separated by spaces, if it has any."""

    text: Inline
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text; newlines separate lines, tabs are expanded (`tabs.py`).

    `language` is a name like "python", or empty. `first_line` is the number of the first line if the source numbers the
    lines, else 0. `anchor` has the names that links refer to, as in a paragraph and in other blocks.
    """

    text: Inline
    language: str = ""
    first_line: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A display formula as TeX without its delimiters."""

    text: Inline
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A block-level picture; the text is its alt text and may be empty."""

    text: Inline
    source: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """Content that a terminal cannot show: `kind` is "video", "audio", "iframe" or "object"; the text is its title."""

    text: Inline
    kind: str
    source: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule; its text is always empty."""

    text: Inline = Inline()


Leaf = Heading | Paragraph | CodeBlock | MathBlock | Image | Embed | Rule
LEAVES = (Paragraph, Heading, CodeBlock, Image, Rule, MathBlock, Embed)
"""The types of leaves as a tuple: `isinstance` takes a third of the time that it takes with the union `Leaf`."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """A list item; `checked` is None except in a task list, `number` overrides the count of an ordered list."""

    blocks: tuple["Block", ...]
    number: int | None = None
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `style` of an ordered list is "1", "a", "A", "i" or "I", as in HTML's `type` attribute."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    style: str = "1"
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """An entry of a definition list: its terms, each a paragraph, and their definition."""

    terms: tuple[Paragraph, ...]
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """A definition list."""

    entries: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation, or a callout such as a hint or a warning.

    Attributes:
        blocks: The content; the first block of a callout is its title, a paragraph.
        kind: The kind of a callout ("note", "tip", "warning" …); empty for a quotation.
        folded: Whether a collapsible callout is collapsed at first; None if it is not collapsible.
        anchor: The names that links refer to.
    """

    blocks: tuple["Block", ...]
    kind: str = ""
    folded: bool | None = None
    anchor: str = ""


class Alignment(StrEnum):
    """The alignment of a table column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. Spans count columns and rows, 1 for an ordinary cell."""

    blocks: tuple["Block", ...]
    header: bool = False
    alignment: Alignment = Alignment.NONE
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the blocks of its caption, and its rows, of which the first `header_rows` are the header."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    caption: tuple["Block", ...] = ()
    anchor: str = ""

    @property
    def thead_rows(self) -> int:
        """The number of rows in the `thead` of HTML, beyond which no cell can extend (HTML 4.9.12.1).

        It is 0 if cells of a single header row extend into the rows below.
        """
        first = self.rows[0] if self.header_rows == 1 and len(self.rows) > 1 else ()
        is_open = any(cell.row_span > 1 for cell in first) and all(cell.header for cell in first)
        return 0 if is_open else self.header_rows


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures or other blocks with a caption below them or, if it is the title of code, above them."""

    blocks: tuple["Block", ...]
    caption: tuple["Block", ...] = ()
    caption_above: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """A disclosure element (HTML `details`): a summary and the blocks that it hides until it is opened."""

    summary: Paragraph
    blocks: tuple["Block", ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote and the label that references use."""

    label: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a document, in the order of their first reference."""

    notes: tuple[Footnote, ...]


Anchored = Heading | Paragraph | CodeBlock | MathBlock | Image | Embed | ListBlock | Quote | Table
"""The blocks that have an anchor."""

Container = ListBlock | DefinitionList | Quote | Table | Figure | Details | Footnotes
Block = Leaf | Container


def children(block: Container) -> Iterator[Block]:  # noqa: C901 - one trivial case per container
    """The direct children of a container, in reading order."""
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
        case Table(rows, _header_rows, caption):
            yield from caption
            for row in rows:
                for cell in row:
                    yield from cell.blocks
        case Figure(blocks, caption, above):
            yield from caption if above else blocks
            yield from blocks if above else caption
        case Details(summary, blocks):
            yield summary
            yield from blocks
        case Footnotes(notes):
            for note in notes:
                yield from note.blocks


def leaves(block: Block) -> Iterator[Leaf]:
    """The leaves of a block in reading order; a leaf yields itself. Iterative, so safe for any depth of nesting."""
    if isinstance(block, LEAVES):
        yield block
        return
    stack: list[Iterator[Block]] = [children(block)]
    while stack:
        for child in stack[-1]:
            if not isinstance(child, LEAVES):
                stack.append(children(child))
                break
            yield child
        else:
            stack.pop()


def is_kind_title(title: Paragraph) -> bool:
    """Whether the title of a callout is only the name of its kind, because the source has no title."""
    spans = title.text.spans
    if len(spans) != 1 or spans[0].kind is not SpanKind.CALLOUT:
        return False
    return title.text.text == kind_name(spans[0].value) and len(title.text.text) == spans[0].end


def kind_name(kind: str) -> str:
    """The English name of a kind of callout; a callout without a title has it as its title."""
    return kind.capitalize()


def is_diagram_source(leaf: Leaf) -> bool:
    """Whether a leaf is code in Mermaid, a language for diagrams."""
    return isinstance(leaf, CodeBlock) and leaf.language.lower() == "mermaid"
