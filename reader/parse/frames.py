"""Open block elements, each of which converts its child blocks when it is closed."""

from __future__ import annotations

from itertools import chain

from reader.document.blocks import (
    Block,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    leaves,
)
from reader.parse.callout_titles import DETAILS, kind_title
from reader.parse.element_ids import names_of
from reader.parse.html_vocabulary import HEADINGS
from reader.parse.paragraphs import as_text, plain
from reader.parse.spans import joined
from reader.parse.table_builder import TableDraft

_LONGEST_HEADING = 300
"""The maximum length in characters of a heading with several blocks; a longer one is an article in heading markup."""

_CELLS = frozenset(("td", "th"))
_TEXTS = frozenset(("p", *HEADINGS))
_SINGLE_TEXTS = frozenset(("p", "summary"))
"""Elements that a block closes implicitly, or whose blocks are merged into one text."""


class Frame:
    """A transparent element, such as `div`, whose blocks belong to its parent.

    Attributes:
        tag: The tag name.
        blocks: The list that receives its blocks.
        depth: The number of inline elements that were open when it began.
        implied: Whether its start tag is missing in the source.
    """

    passing = True

    def __init__(self, tag: str, blocks: list[Block], depth: int, *, implied: bool = False) -> None:
        self.tag = tag
        self.blocks = blocks
        self.depth = depth
        self.implied = implied

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Add the content to `parent`; `ended` if the source has the end tag."""

    def place(self, tag: str, data: str) -> bool:
        """Add a child element that contains only text; return False if this needs the general path."""
        if self.tag in _SINGLE_TEXTS or tag not in _TEXTS:
            return False
        if text := plain(data):
            level = HEADINGS.get(tag)
            self.blocks.append(Heading(text, level) if level else Paragraph(text))
        return True


class BlockFrame(Frame):
    """An element with its own list of blocks."""

    passing = False

    def __init__(self, tag: str, depth: int, *, implied: bool = False) -> None:
        super().__init__(tag, [], depth, implied=implied)


class QuoteFrame(BlockFrame):
    """A quotation."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add a quotation to `parent` unless it is empty."""
        if self.blocks:
            parent.blocks.append(Quote(tuple(self.blocks)))


class ListFrame(BlockFrame):
    """A list; content between items belongs to the preceding item."""

    def __init__(self, tag: str, depth: int, *, start: int = 1, style: str = "1", implied: bool = False) -> None:
        super().__init__(tag, depth, implied=implied)
        self.start = start
        self.style = style
        self.reversed = False
        self._items: list[ListItem] = []
        self._notes: list[Footnote] = []
        self._owed: int | None = None
        self._next = start

    def add(self, blocks: list[Block], number: int | None, checked: bool | None) -> None:  # noqa: FBT001 - the state of the item
        """Add an item. An empty item is dropped, but counts in an ordered list."""
        self.gather()
        ordered = self.tag == "ol"
        own = self._next if number is None else number
        self._next = own + 1
        if not blocks and checked is None:
            self._owed = self._next if ordered else None
            return
        shown = number if number is not None else self._owed
        self._owed = None
        self._items.append(ListItem(tuple(blocks), shown if ordered else None, checked))

    def place(self, tag: str, data: str) -> bool:
        """Add an item that contains only text; other elements need the general path."""
        if tag != "li":
            return False
        text = plain(data)
        self.add([Paragraph(text)] if text else [], None, None)
        return True

    def add_note(self, label: str, blocks: list[Block]) -> None:
        """Add an item that is a footnote."""
        if blocks:
            self._notes.append(Footnote(label, tuple(blocks)))

    def gather(self) -> None:
        """Move stray blocks into the preceding item, or into a new one."""
        if not self.blocks:
            return
        stray = tuple(self.blocks)
        self.blocks.clear()
        if self._items:
            last = self._items[-1]
            self._items[-1] = ListItem((*last.blocks, *stray), last.number, last.checked)
        else:
            self._items.append(ListItem(stray))

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the list and, separately, the footnotes among its items to `parent`."""
        self.gather()
        if self._items:
            items = self._items
            if self.reversed:
                total = len(items)
                items = [
                    ListItem(one.blocks, one.number or total - place, one.checked) for place, one in enumerate(items)
                ]
            parent.blocks.append(ListBlock(tuple(items), self.tag == "ol", self.start, self.style))
        if self._notes:
            parent.blocks.append(Footnotes(tuple(self._notes)))


class ItemFrame(BlockFrame):
    """An item of a list."""

    def __init__(self, depth: int, number: int | None = None, label: str = "") -> None:
        super().__init__("li", depth)
        self.number = number
        self.label = label
        self.checked: bool | None = None

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the item to its list."""
        if not isinstance(parent, ListFrame):
            parent.blocks += self.blocks
        elif self.label:
            parent.add_note(self.label, self.blocks)
        else:
            parent.add(self.blocks, self.number, self.checked)


class DefinitionsFrame(BlockFrame):
    """A definition list; content outside terms and definitions counts as a definition."""

    def __init__(self, tag: str, depth: int, *, implied: bool = False) -> None:
        super().__init__(tag, depth, implied=implied)
        self._entries: list[Definition] = []
        self._terms: list[Paragraph] = []
        self._said: list[Block] = []

    def place(self, tag: str, data: str) -> bool:  # noqa: ARG002 - the same for any
        """Return False: terms and definitions need the general path."""
        return False

    def add_term(self, blocks: list[Block]) -> None:
        """Add a term; after a definition it begins a new entry."""
        self._settle()
        text = as_text(chain.from_iterable(map(leaves, blocks)))
        if text:
            self._terms.append(Paragraph(text, names_of(blocks)))

    def add_definition(self, blocks: list[Block]) -> None:
        """Add a definition of the preceding terms."""
        self._said += blocks

    def _settle(self) -> None:
        self._said += self.blocks
        self.blocks.clear()
        if self._said:
            self._entries.append(Definition(tuple(self._terms), tuple(self._said)))
            self._terms, self._said = [], []

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the definition list to `parent`."""
        self._settle()
        if self._terms:
            self._entries.append(Definition(tuple(self._terms), ()))
        if self._entries:
            parent.blocks.append(DefinitionList(tuple(self._entries)))


class DefinitionFrame(BlockFrame):
    """A term or a definition."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the term or definition to its list."""
        if not isinstance(parent, DefinitionsFrame):
            parent.blocks += self.blocks
        elif self.tag == "dt":
            parent.add_term(self.blocks)
        else:
            parent.add_definition(self.blocks)


class HeadingFrame(BlockFrame):
    """A heading."""

    def __init__(self, tag: str, depth: int, level: int) -> None:
        super().__init__(tag, depth)
        self.level = level

    def place(self, tag: str, data: str) -> bool:  # noqa: ARG002 - the same for any
        """Return False: the content of a heading needs the general path."""
        return False

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Merge the texts into the heading; images and other blocks follow it."""
        texts = [block for block in self.blocks if isinstance(block, Paragraph | Heading)]
        overlong = len(texts) > 1 and sum(len(block.text.text) for block in texts) > _LONGEST_HEADING
        if not ended or overlong:
            # The end tag is missing or misplaced, so only the first text is the heading.
            texts = texts[:1]
        if texts:
            parent.blocks.append(Heading(joined([block.text for block in texts]), self.level, anchor=names_of(texts)))
        taken = set(map(id, texts))
        parent.blocks += (block for block in self.blocks if id(block) not in taken)


class FigureFrame(BlockFrame):
    """A figure; without a caption it becomes ordinary blocks."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.caption: list[Block] = []
        self.caption_above = False

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the figure or its content to `parent`."""
        if self.blocks and self.caption:
            parent.blocks.append(Figure(tuple(self.blocks), tuple(self.caption), self.caption_above))
        else:
            parent.blocks += self.blocks or self.caption


class DetailsFrame(BlockFrame):
    """A `details` element; without a summary it has a title in the reader's language, as in browsers."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.summary: Paragraph | None = None
        self.is_open = False

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the details or their content to `parent`."""
        if self.summary or self.blocks:
            summary = self.summary or kind_title(DETAILS)
            parent.blocks.append(Details(summary, tuple(self.blocks), self.is_open))


class AsideFrame(BlockFrame):
    """A caption or summary, which its parent stores separately."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Store the content as caption or summary of `parent`."""
        if isinstance(parent, FigureFrame):
            parent.caption_above |= not parent.blocks and not parent.caption
            parent.caption += self.blocks
        elif isinstance(parent, TableFrame):
            parent.table.caption += self.blocks
        elif isinstance(parent, DetailsFrame) and not parent.summary:
            texts = [block for block in self.blocks if isinstance(block, Paragraph | Heading)]
            if texts:
                parent.summary = Paragraph(joined([block.text for block in texts]), names_of(texts))
            parent.blocks += (block for block in self.blocks if not isinstance(block, Paragraph | Heading))
        else:
            parent.blocks += self.blocks


class TableFrame(BlockFrame):
    """A table; content outside its cells is moved before it, as in browsers (HTML, foster parenting)."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.table = TableDraft()

    def place(self, tag: str, data: str) -> bool:
        """Add a cell that contains only text; other elements go before the table."""
        if tag not in _CELLS:
            return super().place(tag, data)
        cell = self.table.open_cell(tag, {})
        if text := plain(data):
            cell.append(Paragraph(text))
        return True

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Add the content outside cells, and then the table, to `parent`."""
        parent.blocks += [*self.blocks, *self.table.finish()]


class CellFrame(Frame):
    """A table cell; its blocks already belong to the table."""

    passing = False


class EmbedFrame(BlockFrame):
    """Embedded media; its content is the fallback for browsers that cannot show it."""

    def __init__(self, tag: str, depth: int, kind: str, source: str, name: str) -> None:
        super().__init__(tag, depth)
        self.kind = kind
        self.source = source
        self.name = name

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Add the embed and the images inside it, or all of its content if the end tag is missing."""
        inner = as_text(chain.from_iterable(map(leaves, self.blocks))) if ended else Inline()
        words = " ".join(filter(None, (self.name, inner.text.replace("\n", " "))))
        pictures = [
            leaf for block in self.blocks for leaf in leaves(block) if isinstance(leaf, Image) and not leaf.text
        ]
        if words or self.source:
            names = names_of([leaf for block in self.blocks for leaf in leaves(block)]) if ended else ""
            parent.blocks.append(Embed(Inline(words), self.kind, self.source, names))
        parent.blocks += pictures if ended else self.blocks
