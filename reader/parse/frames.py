"""Block elements that have begun and not ended: what each makes of the blocks inside it when it ends."""

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
from reader.parse.paragraphs import as_text, plain
from reader.parse.spans import joined
from reader.parse.tables import TableDraft
from reader.parse.tags import HEADINGS

_LONGEST_HEADING = 300
"""Characters; a longer text in a heading that holds several blocks is an article in a heading's clothes."""

_CELLS = frozenset(("td", "th"))
_TEXTS = frozenset(("p", *HEADINGS))
_SINGLE_TEXTS = frozenset(("p", "summary"))
"""Elements that a block ends, or whose blocks become one text."""


class Frame:
    """An element through which blocks pass into what is around it, such as a div.

    Attributes:
        tag: Its name.
        blocks: Where blocks inside it go.
        depth: How many inline elements were open when it began.
        implied: Whether it stands for a tag that the source left out.
    """

    passing = True

    def __init__(self, tag: str, blocks: list[Block], depth: int, *, implied: bool = False) -> None:
        self.tag = tag
        self.blocks = blocks
        self.depth = depth
        self.implied = implied

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Give what it holds to `parent`; `ended` if the source has its end tag."""

    def place(self, tag: str, data: str) -> bool:
        """Add an element inside it that holds nothing but text; False where that takes more than adding a block."""
        if self.tag in _SINGLE_TEXTS or tag not in _TEXTS:
            return False
        if text := plain(data):
            level = HEADINGS.get(tag)
            self.blocks.append(Heading(text, level) if level else Paragraph(text))
        return True


class Holder(Frame):
    """An element that holds blocks of its own."""

    passing = False

    def __init__(self, tag: str, depth: int, *, implied: bool = False) -> None:
        super().__init__(tag, [], depth, implied=implied)


class QuoteFrame(Holder):
    """A quotation."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives a quotation, unless it is empty."""
        if self.blocks:
            parent.blocks.append(Quote(tuple(self.blocks)))


class ListFrame(Holder):
    """A list; what stands between its items belongs to the item before."""

    def __init__(self, tag: str, depth: int, *, start: int = 1, style: str = "1", implied: bool = False) -> None:
        super().__init__(tag, depth, implied=implied)
        self.start = start
        self.style = style
        self.reversed = False
        self._items: list[ListItem] = []
        self._notes: list[Footnote] = []
        self._owed: int | None = None
        self._next = start

    def add(self, blocks: list[Block], number: int | None, checked: bool | None) -> None:  # noqa: FBT001 - the item's own
        """Adds an item; an empty one is left out, and an ordered list counts it."""
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
        """Add an item of text; anything else has no place of its own in a list."""
        if tag != "li":
            return False
        text = plain(data)
        self.add([Paragraph(text)] if text else [], None, None)
        return True

    def add_note(self, label: str, blocks: list[Block]) -> None:
        """Adds an item that is a footnote."""
        if blocks:
            self._notes.append(Footnote(label, tuple(blocks)))

    def gather(self) -> None:
        """Puts stray blocks into the item before them, or into one of their own."""
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
        """Gives a list and, apart from it, the footnotes among its items."""
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


class ItemFrame(Holder):
    """An item of a list."""

    def __init__(self, depth: int, number: int | None = None, label: str = "") -> None:
        super().__init__("li", depth)
        self.number = number
        self.label = label
        self.checked: bool | None = None

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives itself to its list."""
        if not isinstance(parent, ListFrame):
            parent.blocks += self.blocks
        elif self.label:
            parent.add_note(self.label, self.blocks)
        else:
            parent.add(self.blocks, self.number, self.checked)


class DefinitionsFrame(Holder):
    """A definition list; content outside its terms and definitions counts as a definition."""

    def __init__(self, tag: str, depth: int, *, implied: bool = False) -> None:
        super().__init__(tag, depth, implied=implied)
        self._entries: list[Definition] = []
        self._terms: list[Paragraph] = []
        self._said: list[Block] = []

    def place(self, tag: str, data: str) -> bool:  # noqa: ARG002 - the same for any
        """Add nothing: an element in a list has to be told apart first."""
        return False

    def add_term(self, blocks: list[Block]) -> None:
        """Adds a term; behind a definition it begins a new entry."""
        self._settle()
        text = as_text(chain.from_iterable(map(leaves, blocks)))
        if text:
            self._terms.append(Paragraph(text))

    def add_definition(self, blocks: list[Block]) -> None:
        """Adds what is said of the terms before."""
        self._said += blocks

    def _settle(self) -> None:
        self._said += self.blocks
        self.blocks.clear()
        if self._said:
            self._entries.append(Definition(tuple(self._terms), tuple(self._said)))
            self._terms, self._said = [], []

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives a definition list."""
        self._settle()
        if self._terms:
            self._entries.append(Definition(tuple(self._terms), ()))
        if self._entries:
            parent.blocks.append(DefinitionList(tuple(self._entries)))


class DefinitionFrame(Holder):
    """A term or a definition."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives itself to its list."""
        if not isinstance(parent, DefinitionsFrame):
            parent.blocks += self.blocks
        elif self.tag == "dt":
            parent.add_term(self.blocks)
        else:
            parent.add_definition(self.blocks)


class HeadingFrame(Holder):
    """A heading."""

    def __init__(self, tag: str, depth: int, level: int) -> None:
        super().__init__(tag, depth)
        self.level = level

    def place(self, tag: str, data: str) -> bool:  # noqa: ARG002 - the same for any
        """Add nothing: what is in a heading becomes its text, or ends it."""
        return False

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Its texts make the heading, pictures and other blocks follow it."""
        texts = [block for block in self.blocks if isinstance(block, Paragraph | Heading)]
        overlong = len(texts) > 1 and sum(len(block.text.text) for block in texts) > _LONGEST_HEADING
        if not ended or overlong:
            # Its end is missing: what follows its first text is no heading.
            texts = texts[:1]
        if texts:
            parent.blocks.append(Heading(joined([block.text for block in texts]), self.level))
        taken = set(map(id, texts))
        parent.blocks += (block for block in self.blocks if id(block) not in taken)


class FigureFrame(Holder):
    """A figure; only one that has a caption stays one."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.caption: list[Block] = []

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives a figure, or what it holds."""
        if self.blocks and self.caption:
            parent.blocks.append(Figure(tuple(self.blocks), tuple(self.caption)))
        else:
            parent.blocks += [*self.blocks, *self.caption]


class DetailsFrame(Holder):
    """Details; without a summary they are ordinary blocks."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.summary: Paragraph | None = None

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives details, or what they hold."""
        if self.summary:
            parent.blocks.append(Details(self.summary, tuple(self.blocks)))
        else:
            parent.blocks += self.blocks


class AsideFrame(Holder):
    """A caption or a summary: goes to a place of its own in what is around it."""

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives what it holds to the place for it."""
        if isinstance(parent, FigureFrame):
            parent.caption += self.blocks
        elif isinstance(parent, TableFrame):
            parent.table.caption += self.blocks
        elif isinstance(parent, DetailsFrame) and not parent.summary:
            texts = [block for block in self.blocks if isinstance(block, Paragraph | Heading)]
            if texts:
                parent.summary = Paragraph(joined([block.text for block in texts]))
            parent.blocks += (block for block in self.blocks if not isinstance(block, Paragraph | Heading))
        else:
            parent.blocks += self.blocks


class TableFrame(Holder):
    """A table; content outside its cells goes before it, as browsers do (HTML, foster parenting)."""

    def __init__(self, tag: str, depth: int) -> None:
        super().__init__(tag, depth)
        self.table = TableDraft()

    def place(self, tag: str, data: str) -> bool:
        """Add a cell of text; what is no cell goes before the table."""
        if tag not in _CELLS:
            return super().place(tag, data)
        cell = self.table.open_cell(tag, {})
        if text := plain(data):
            cell.append(Paragraph(text))
        return True

    def close(self, parent: Frame, *, ended: bool) -> None:  # noqa: ARG002 - the same for any end
        """Gives the table, behind what stood outside its cells."""
        parent.blocks += [*self.blocks, *self.table.finish()]


class CellFrame(Frame):
    """A cell; its blocks already belong to the table."""

    passing = False


class EmbedFrame(Holder):
    """Something to be played or opened; what is inside it is what a page shows that cannot."""

    def __init__(self, tag: str, depth: int, kind: str, source: str, name: str) -> None:
        super().__init__(tag, depth)
        self.kind = kind
        self.source = source
        self.name = name

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Gives the thing itself; a picture inside it is kept too, and all blocks if its end is missing."""
        inner = as_text(chain.from_iterable(map(leaves, self.blocks))) if ended else Inline()
        words = " ".join(filter(None, (self.name, inner.text.replace("\n", " "))))
        pictures = [
            leaf for block in self.blocks for leaf in leaves(block) if isinstance(leaf, Image) and not leaf.text
        ]
        if words or self.source:
            parent.blocks.append(Embed(Inline(words), self.kind, self.source))
        parent.blocks += pictures if ended else self.blocks
