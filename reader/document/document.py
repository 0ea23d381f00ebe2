"""A document: its blocks, and positions and ranges that do not depend on the width of the screen."""

from collections.abc import Mapping

from reader.document.blocks import LEAVES, Block, Leaf, leaves
from reader.lean_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a document: the number of a leaf in reading order, and a character offset in its text.

    The offset may equal the length of the text: the end of the leaf.
    """

    block: int
    offset: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """The characters from `start` up to `end` (exclusive); both ends may lie in different leaves."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class PageInfo:
    """How much of a web page a document shows.

    Attributes:
        omitted: The amount of the page's text that is not part of the article, in characters; Han, kana and Hangul
            count twice.
        is_doubtful: Whether the article could not be distinguished from the rest, so that the document has all of the
            page.
        is_scripted: Whether it shows hardly any text because a script is meant to display it.
    """

    omitted: int = 0
    is_doubtful: bool = False
    is_scripted: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The content of an article, independent of any width.

    Attributes:
        blocks: The top-level blocks.
        page: How much of a web page it shows; None if its source is not a whole page, or the whole page was requested.
        soft_hyphens: The words in which its author has put soft hyphens, see `soft_hyphens.py`.
        title: The title that the screen shows above the document, if the parser was given one.
        language: The language that its source declares (BCP 47), by which words are hyphenated; empty if unknown.
        has_slugs: Whether its headings have ids derived from their texts, as programs generate them for Markdown.
        leaves: All blocks that have text, in reading order; `Position.block` is an index into these.
        first_leaves: For each top-level block, the number of its first leaf, or of the next leaf if the block has none.
    """

    blocks: tuple[Block, ...]
    page: PageInfo | None = field(default=None, compare=False)
    soft_hyphens: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    title: str = field(default="", compare=False, repr=False)
    language: str = field(default="", compare=False, repr=False)
    has_slugs: bool = field(default=False, compare=False, repr=False)
    leaves: tuple[Leaf, ...] = field(init=False, compare=False, repr=False)
    first_leaves: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found: list[Leaf] = []
        firsts: list[int] = []
        for block in self.blocks:
            firsts.append(len(found))
            if isinstance(block, LEAVES):
                found.append(block)
            else:
                found.extend(leaves(block))
        object.__setattr__(self, "leaves", tuple(found))
        object.__setattr__(self, "first_leaves", tuple(firsts))

    def text(self, position: int) -> str:
        """The text of leaf number `position`."""
        return self.leaves[position].text.text

    def clamp(self, position: Position) -> Position:
        """The nearest existing position, for a position that was stored for an older version of the text."""
        if not self.leaves or position.block < 0:
            return Position(0, 0)
        if position.block >= len(self.leaves):
            last = len(self.leaves) - 1
            return Position(last, len(self.text(last)))
        return Position(position.block, min(max(position.offset, 0), len(self.text(position.block))))

    def trimmed(self, start: Position, end: Position) -> Range | None:
        """The range between two positions without leading and trailing line and leaf ends; None if empty."""
        while start < end and (there := self.text(start.block)[start.offset : start.offset + 1]) in {"", "\n"}:
            start = Position(start.block, start.offset + 1) if there else Position(start.block + 1)
        while start < end and (end.offset == 0 or self.text(end.block)[end.offset - 1] == "\n"):
            before = end.block - 1
            end = Position(end.block, end.offset - 1) if end.offset else Position(before, len(self.text(before)))
        return Range(start, end) if start < end else None

    def extract(self, span: Range) -> str:
        """The plain text of a range, leaves separated by newlines."""
        start, end = self.clamp(span.start), self.clamp(span.end)
        if start.block == end.block:
            return self.text(start.block)[start.offset : end.offset]
        middle = [self.text(number) for number in range(start.block + 1, end.block)]
        return "\n".join([self.text(start.block)[start.offset :], *middle, self.text(end.block)[: end.offset]])
