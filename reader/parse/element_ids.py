"""The ids of HTML elements, which become the anchors of the leaves that begin with them."""

from collections.abc import Sequence

from reader.document.blocks import Block, Heading, Paragraph
from reader.document.sanitizing import clean
from reader.lean_dataclasses import replace
from reader.parse.html_vocabulary import Attributes, footnote_label, leads_back

_LONGEST = 200
"""The number of characters of an id that are kept."""
_WAITING_AT_MOST = 100
"""The maximum number of waiting ids."""


class ElementIds:
    """The ids of elements whose text has not arrived yet; false if there are none."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str]] = []
        """The ids with their offsets in the current text; ids from before the text have the offset 0."""

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def note(self, tag: str, attributes: Attributes, offset: int = 0) -> None:
        """Remember the id of an element at an offset, except those of footnotes and their references."""
        if not attributes:
            return
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if not name or footnote_label(name) or leads_back({"href": f"#{name}"}):
            return
        if len(self._waiting) < _WAITING_AT_MOST:
            self._waiting += ((offset, one) for one in clean(name[:_LONGEST]).split()[:1])

    def give(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """Give the waiting ids to the first heading or paragraph; if there is none, they wait for the next blocks."""
        self.restart()
        return self.give_placed([(1, block) for block in blocks])

    def give_placed(self, placed: Sequence[tuple[int, Block]]) -> Sequence[Block]:
        """Give each waiting id to the heading or paragraph at its offset or after it, and begin another text.

        Ids behind the last heading or paragraph wait for the next blocks.

        Args:
            placed: The blocks of a text in order, with the offsets at which they end.
        """
        blocks = [block for _stop, block in placed]
        for number, (stop, block) in enumerate(placed):
            if not self._waiting:
                break
            names = [name for offset, name in self._waiting if offset < stop]
            if names and isinstance(block, Heading | Paragraph):
                self._waiting = [one for one in self._waiting if one[0] >= stop]
                blocks[number] = replace(block, anchor=" ".join(filter(None, (block.anchor, *names))))
        self.restart()
        return blocks

    def restart(self) -> None:
        """Begin another text."""
        if self._waiting:
            self._waiting = [(0, name) for _offset, name in self._waiting]
