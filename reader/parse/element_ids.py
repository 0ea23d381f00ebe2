"""The ids of HTML elements, which become the anchors of the blocks that begin with them."""

from collections.abc import Iterable, Sequence

from reader.document.blocks import Anchored, Block, DefinitionList, Details, Figure, ListBlock, Paragraph, Quote
from reader.document.sanitizing import clean
from reader.lean_dataclasses import replace
from reader.parse.html_vocabulary import Attributes, footnote_label, leads_back

_LONGEST = 200
"""The number of characters of an id that are kept."""
_WAITING_AT_MOST = 100
"""The maximum number of waiting ids."""


class ElementIds:
    """The ids of elements whose text has not been parsed yet; false if there are none."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str]] = []
        """The ids with their offsets in the current text; ids from before the text have the offset 0."""

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def note(self, tag: str, attributes: Attributes, offset: int = 0) -> None:
        """Remember the id of an element at an offset, unless it is that of a footnote or of a reference to one."""
        if not attributes:
            return
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if not name or footnote_label(name) or leads_back({"href": f"#{name}"}):
            return
        if len(self._waiting) < _WAITING_AT_MOST:
            self._waiting += ((offset, one) for one in clean(name[:_LONGEST]).split()[:1])

    def give(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """Give the waiting ids to the first block that can have a name; if there is none, they wait for the next."""
        self.restart()
        return self.give_placed([(1, block) for block in blocks])

    def give_placed(self, placed: Sequence[tuple[int, Block]]) -> Sequence[Block]:
        """Give each waiting id to the block at its offset or after it, and begin another text.

        Ids behind the last block wait for the next blocks.

        Args:
            placed: The blocks of a text in order, with the offsets at which they end.
        """
        blocks = [block for _stop, block in placed]
        for number, (stop, block) in enumerate(placed):
            if not self._waiting:
                break
            names = [name for offset, name in self._waiting if offset < stop]
            named = with_anchor(block, " ".join(names)) if names else block
            if named is not block:
                self._waiting = [one for one in self._waiting if one[0] >= stop]
                blocks[number] = named
        self.restart()
        return blocks

    def give_last(self, blocks: list[Block]) -> list[Block]:
        """Give ids behind the last text to the end of the last block that can have a name; return the blocks."""
        names = " ".join(name for _offset, name in self._waiting)
        self._waiting = []
        for number in range(len(blocks) - 1, -1, -1) if names else ():
            named = _with_anchor_at_end(blocks[number], names)
            if named is not blocks[number]:
                blocks[number] = named
                break
        return blocks

    def restart(self) -> None:
        """Begin another text."""
        if self._waiting:
            self._waiting = [(0, name) for _offset, name in self._waiting]


def names_of(blocks: Iterable[Block]) -> str:
    """All anchors of several blocks that are joined to one."""
    return " ".join(block.anchor for block in blocks if isinstance(block, Anchored) and block.anchor)


def with_anchor(block: Block, names: str) -> Block:
    """A copy of a block with further anchors, which a block without an anchor of its own passes to the first one in it.

    Returns the block itself if neither it nor the first block in it can have an anchor.
    """
    if isinstance(block, Anchored):
        return replace(block, anchor=f"{block.anchor} {names}".strip())
    match block:
        case Details(summary):
            return replace(block, summary=_named(summary, names))
        case Figure(blocks=[first, *others]) if (named := with_anchor(first, names)) is not first:
            return replace(block, blocks=(named, *others))
        case DefinitionList([entry, *others]) if entry.terms:
            first, *terms = entry.terms
            return replace(block, entries=(replace(entry, terms=(_named(first, names), *terms)), *others))
    return block


def _named(text: Paragraph, names: str) -> Paragraph:
    return replace(text, anchor=f"{text.anchor} {names}".strip())


def _with_anchor_at_end(block: Block, names: str) -> Block:
    """Like `with_anchor`, but to the last block in a list or quotation, whose own anchor leads to its beginning."""
    match block:
        case ListBlock(items=[*items, item]) if item.blocks:
            return replace(block, items=(*items, replace(item, blocks=_named_at_end(item.blocks, names))))
        case Quote(blocks) | Details(blocks=blocks) if blocks:
            return replace(block, blocks=_named_at_end(blocks, names))
    return with_anchor(block, names)


def _named_at_end(blocks: tuple[Block, ...], names: str) -> tuple[Block, ...]:
    return (*blocks[:-1], _with_anchor_at_end(blocks[-1], names))
