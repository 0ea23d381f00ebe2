"""The ids of HTML elements, which become the anchors of the leaves that begin with them."""

from collections.abc import Sequence

from reader.document.blocks import Block, Heading, Paragraph
from reader.document.cleaning import clean
from reader.lean_dataclasses import replace
from reader.parse.html_vocabulary import Attributes, footnote_label, leads_back

_LONGEST = 200
"""Characters of an id that are kept."""
_WAITING_AT_MOST = 100
"""The maximum number of ids before a text."""


class ElementIds:
    """The ids of elements whose text has not arrived yet; empty ones are false."""

    def __init__(self) -> None:
        self._waiting: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def note(self, tag: str, attributes: Attributes) -> None:
        """Remember the id of an element, except those of footnotes and their references."""
        if not attributes:
            return
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if name and not footnote_label(name) and not leads_back({"href": f"#{name}"}):
            self._waiting += clean(name[:_LONGEST]).split()[:1] if len(self._waiting) < _WAITING_AT_MOST else ()

    def give(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """Give the waiting ids to the first heading or paragraph; without one they wait for the next blocks."""
        if not self._waiting:
            return blocks
        for number, block in enumerate(blocks):
            if isinstance(block, Heading | Paragraph):
                names, self._waiting = self._waiting, []
                named = replace(block, anchor=" ".join(filter(None, (block.anchor, *names))))
                return [*blocks[:number], named, *blocks[number + 1 :]]
        return blocks
