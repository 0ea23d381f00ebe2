"""From start tags, end tags and text to blocks: which element ends which, and what each becomes."""

from collections.abc import Sequence

from reader.document.blocks import Block, Leaf, Paragraph, Rule, SpanKind
from reader.parse.formulas import has_formulas
from reader.parse.frames import (
    AsideFrame,
    CellFrame,
    DefinitionFrame,
    DefinitionsFrame,
    EmbedFrame,
    Frame,
    HeadingFrame,
    ItemFrame,
    ListFrame,
)
from reader.parse.noise import is_control
from reader.parse.openings import EMBEDS, frame_of
from reader.parse.paragraphs import code, one_line, paragraphs
from reader.parse.phrases import Phrases
from reader.parse.stack import TABLE_PARTS, Stack, continues
from reader.parse.tags import (
    BLOCKS,
    HEADINGS,
    Attributes,
    embedded,
    footnote_label,
    language,
    number,
    picture,
    styled,
    value,
)

_DEPTH = 256
"""Block elements open at once; deeper ones are read through."""

_PRE = frozenset(("pre", "listing", "xmp"))


class Builder:
    """Takes the tokens of an HTML body in their order; `finish` gives its blocks."""

    def __init__(self) -> None:
        self._phrases = Phrases()
        self._flow = self._phrases.flow
        self._stack = Stack(self._flow)
        self._frames = self._stack.frames
        self._too_deep: dict[str, int] = {}
        self._pre_language: str | None = None
        self._outer_language = ""
        self._touched = False
        """Whether anything but blocks came since the last leaf ended: without it there is nothing to end."""

    def text(self, data: str) -> None:
        """Adds text, its references decoded."""
        if not self._touched and not data.strip(" \t\n"):
            # White space at the beginning of a text is nothing.
            return
        if self._flow.hushed and is_control(data):
            return
        if self._frames[-1].implied and data.strip():
            self._end_implied()
        self._touched = True
        self._phrases.text(data)

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begins an element; an empty one, such as br, is over with it."""
        if tag in BLOCKS or tag in EMBEDS or tag == "hr":
            if self._pre_language is None:
                self._start_block(tag, attributes)
            elif not self._flow.at_line_start:
                self._flow.line_break()
        elif tag == "br":
            self._touched = True
            self._phrases.line_break()
        elif tag == "source":
            self._source(attributes)
        elif tag == "input":
            self._checkbox(attributes)
        else:
            if self._frames[-1].implied:
                self._end_implied()
            self._touched = True
            if tag == "code" and self._pre_language == "":
                self._pre_language = language(attributes)
            self._phrases.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Ends an element, and those inside it that have no end of their own."""
        if tag in BLOCKS or tag in EMBEDS:
            if self._pre_language is None or tag in _PRE:
                self._end_block(tag)
        elif tag == "br":
            self._touched = True
            self._phrases.line_break()
        else:
            self._touched = True
            self._phrases.end(tag)

    def whole(self, tag: str, data: str) -> None:
        """Add a block element that holds nothing but text: what `start`, `text` and `end` do, and mostly sooner."""
        if not (
            self._flow.opened
            or self._pre_language is not None
            or self._too_deep
            or has_formulas(data)
            or len(self._frames) >= _DEPTH
            or self._frames[-2:][0].tag == "summary"
        ):
            self._flush()
            if self._frames[-1].place(tag, data):
                return
        self.start(tag, {})
        self.text(data)
        self.end(tag)

    def formula(self, tex: str) -> None:
        """Adds a formula that an attribute gives as TeX."""
        self._touched = True
        self._flow.atom(tex, SpanKind.MATH)

    def put(self, blocks: Sequence[Block]) -> None:
        """Add blocks that are ready, where a block of the source would stand."""
        self._flush()
        if self._frames[-1].implied:
            self._end_implied()
        self._frames[-1].blocks += blocks

    def finish(self) -> list[Block]:
        """Ends everything; the body's blocks."""
        self._flush()
        self._stack.close_to(1)
        return self._frames[0].blocks

    # Blocks

    def _start_block(self, tag: str, attributes: Attributes) -> None:
        self._flush()
        top = self._frames[-1]
        if (
            top.tag == "p"
            or (top.implied and not continues(top, tag))
            or (isinstance(top, HeadingFrame) and tag in HEADINGS)
        ):
            self._stack.close_innermost()
        if tag == "hr":
            self._rule(attributes)
        elif len(self._frames) >= _DEPTH:
            self._too_deep[tag] = self._too_deep.get(tag, 0) + 1
        elif tag in ("li", "dt", "dd"):
            self._item(tag, attributes)
        elif tag in TABLE_PARTS and tag != "table":
            self._table_part(tag, attributes)
        else:
            self._stack.push(self._frame(tag, attributes))
            self._styled(attributes)
            if tag == "embed":
                self._end_block(tag)

    def _frame(self, tag: str, attributes: Attributes) -> Frame:
        if tag in ("div", "figure"):
            self._outer_language = language(attributes)
        if tag in _PRE:
            self._pre_language = language(attributes) or self._outer_language
            self._outer_language = ""
            self._flow.preformatted = self._touched = True
        return frame_of(tag, attributes, self._frames[-1].blocks, len(self._flow.opened))

    def _item(self, tag: str, attributes: Attributes) -> None:
        """Begins a list's item in the list that is open, or in one that the source left out."""
        lists, items = (ListFrame, ItemFrame) if tag == "li" else (DefinitionsFrame, DefinitionFrame)
        place = self._stack.nearest(lists, items)
        if place is None:
            depth = len(self._flow.opened)
            self._stack.push(
                ListFrame("ul", depth, implied=True) if tag == "li" else DefinitionsFrame("dl", depth, implied=True)
            )
        else:
            self._stack.close_to(place + 1)
        depth = len(self._flow.opened)
        if tag == "li":
            label = footnote_label(attributes.get("id") or "")
            self._stack.push(ItemFrame(depth, number(attributes, "value"), label))
        else:
            self._stack.push(DefinitionFrame(tag, depth))
        self._styled(attributes)

    def _table_part(self, tag: str, attributes: Attributes) -> None:
        frame = self._stack.table()
        if frame is None:
            self._stack.push(Frame(tag, self._frames[-1].blocks, len(self._flow.opened)))
            return
        depth = len(self._flow.opened)
        if tag == "caption":
            self._stack.push(AsideFrame(tag, depth))
        elif tag == "tr":
            frame.table.open_row(attributes)
        elif tag in ("td", "th"):
            self._stack.push(CellFrame(tag, frame.table.open_cell(tag, attributes), depth))
            self._styled(attributes)
        else:
            frame.table.close_row()
            frame.table.in_head = tag == "thead"

    def _end_block(self, tag: str) -> None:
        self._flush()
        if self._too_deep and self._too_deep.get(tag):
            self._too_deep[tag] -= 1
            return
        self._stack.end(tag)

    def _end_implied(self) -> None:
        """Close the list that the source left out: what comes is no item of it."""
        self._flush()
        self._stack.close_innermost()

    def _styled(self, attributes: Attributes) -> None:
        """A block whose style says how its text looks says it of all text inside."""
        style = attributes.get("style")
        if style and (kinds := styled(style, [])):
            self._flow.start("", tuple((kind, "") for kind in kinds))

    def _rule(self, attributes: Attributes) -> None:
        if "footnotes-sep" not in value(attributes, "class"):
            self._frames[-1].blocks.append(Rule())

    # Leaves

    def _flush(self) -> None:
        """Ends the text that was being read and puts its leaves where they belong."""
        if not self._touched:
            return
        self._touched = False
        self._phrases.settle()
        draft = self._flow.take()
        preformatted, self._flow.preformatted = self._flow.preformatted, False
        name, self._pre_language = self._pre_language, None
        if draft is None:
            return
        top = self._frames[-1]
        if preformatted and name is not None:
            block = code(draft, name)
            top.blocks += [block] if block else []
        elif isinstance(top, HeadingFrame) or top.tag == "summary" or self._frames[-2:][0].tag == "summary":
            text, pictures = one_line(draft)
            made: list[Leaf] = [Paragraph(text)] if text else []
            top.blocks += [*made, *pictures]
        else:
            top.blocks += paragraphs(draft)

    def _source(self, attributes: Attributes) -> None:
        address = embedded(attributes, "src")
        for frame in self._frames[:-3:-1]:
            if isinstance(frame, EmbedFrame):
                frame.source = frame.source or address
                return
        self._phrases.picture_source = self._phrases.picture_source or picture(attributes)

    def _checkbox(self, attributes: Attributes) -> None:
        for frame in self._frames[:-3:-1]:
            if isinstance(frame, ItemFrame) and value(attributes, "type").lower() == "checkbox":
                frame.checked = "checked" in attributes
                return
