"""From start tags, end tags and text to blocks: which element ends which, and what each becomes."""

from collections.abc import Callable, Mapping

from reader.document.blocks import Block, Leaf, Paragraph, Rule, SpanKind
from reader.parse.formulas import has_formulas
from reader.parse.frames import (
    AsideFrame,
    CellFrame,
    DefinitionFrame,
    DefinitionsFrame,
    DetailsFrame,
    EmbedFrame,
    FigureFrame,
    Frame,
    HeadingFrame,
    Holder,
    ItemFrame,
    ListFrame,
    QuoteFrame,
    TableFrame,
)
from reader.parse.noise import is_control
from reader.parse.paragraphs import code, one_line, paragraphs
from reader.parse.phrases import Phrases
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

_EMBEDS = {
    "video": "video",
    "audio": "audio",
    "iframe": "iframe",
    "object": "object",
    "embed": "object",
    "applet": "object",
}
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_HOLDERS: Mapping[str, Callable[[str, int], Holder]] = {
    "blockquote": QuoteFrame,
    "dl": DefinitionsFrame,
    "table": TableFrame,
    "figure": FigureFrame,
    "details": DetailsFrame,
    "figcaption": AsideFrame,
    "summary": AsideFrame,
}
_TABLE_PARTS = frozenset(("table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"))
_PRE = frozenset(("pre", "listing", "xmp"))


class Builder:
    """Takes the tokens of an HTML body in their order; `finish` gives its blocks."""

    def __init__(self) -> None:
        self._root = Holder("", 0)
        self._stack: list[Frame] = [self._root]
        self._too_deep: dict[str, int] = {}
        self._phrases = Phrases()
        self._flow = self._phrases.flow
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
        if self._stack[-1].implied and data.strip():
            self._end_implied()
        self._touched = True
        self._phrases.text(data)

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begins an element; an empty one, such as br, is over with it."""
        if tag in BLOCKS or tag in _EMBEDS or tag == "hr":
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
            if self._stack[-1].implied:
                self._end_implied()
            self._touched = True
            if tag == "code" and self._pre_language == "":
                self._pre_language = language(attributes)
            self._phrases.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Ends an element, and those inside it that have no end of their own."""
        if tag in BLOCKS or tag in _EMBEDS:
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
            or len(self._stack) >= _DEPTH
            or self._stack[-2:][0].tag == "summary"
        ):
            self._flush()
            if self._stack[-1].place(tag, data):
                return
        self.start(tag, {})
        self.text(data)
        self.end(tag)

    def formula(self, tex: str) -> None:
        """Adds a formula that an attribute gives as TeX."""
        self._touched = True
        self._flow.atom(tex, SpanKind.MATH)

    def finish(self) -> list[Block]:
        """Ends everything; the body's blocks."""
        self._flush()
        self._close_to(1)
        return self._root.blocks

    # Blocks

    def _start_block(self, tag: str, attributes: Attributes) -> None:
        self._flush()
        top = self._stack[-1]
        if (
            top.tag == "p"
            or (top.implied and not self._continues(top, tag))
            or (isinstance(top, HeadingFrame) and tag in HEADINGS)
        ):
            self._close_innermost()
        if tag == "hr":
            self._rule(attributes)
        elif len(self._stack) >= _DEPTH:
            self._too_deep[tag] = self._too_deep.get(tag, 0) + 1
        elif tag in ("li", "dt", "dd"):
            self._item(tag, attributes)
        elif tag in _TABLE_PARTS and tag != "table":
            self._table_part(tag, attributes)
        else:
            self._push(self._frame(tag, attributes))
            self._styled(attributes)
            if tag == "embed":
                self._end_block(tag)

    @staticmethod
    def _continues(top: Frame, tag: str) -> bool:
        return tag == "li" if isinstance(top, ListFrame) else tag in ("dt", "dd")

    def _frame(self, tag: str, attributes: Attributes) -> Frame:
        depth = len(self._flow.opened)
        if tag in ("div", "figure"):
            self._outer_language = language(attributes)
        if holder := _HOLDERS.get(tag):
            return holder(tag, depth)
        if level := HEADINGS.get(tag):
            return HeadingFrame(tag, depth, level)
        if tag in ("ul", "ol", "menu", "dir"):
            return self._list(tag, attributes)
        if kind := _EMBEDS.get(tag):
            source = embedded(attributes, "src", "data-src", "data")
            return EmbedFrame(tag, depth, kind, source, value(attributes, "title") or value(attributes, "aria-label"))
        if tag in _PRE:
            self._pre_language = language(attributes) or self._outer_language
            self._outer_language = ""
            self._flow.preformatted = self._touched = True
        return Frame(tag, self._stack[-1].blocks, depth)

    def _list(self, tag: str, attributes: Attributes) -> ListFrame:
        style = value(attributes, "type")
        if style not in ("a", "A", "i", "I"):
            css = value(attributes, "style").lower()
            style = next((one for name, one in _STYLES.items() if name in css), "1")
        start = number(attributes, "start")
        frame = ListFrame(tag, len(self._flow.opened), start=1 if start is None else start, style=style)
        frame.reversed = "reversed" in attributes
        return frame

    def _item(self, tag: str, attributes: Attributes) -> None:
        """Begins a list's item in the list that is open, or in one that the source left out."""
        lists, items = (ListFrame, ItemFrame) if tag == "li" else (DefinitionsFrame, DefinitionFrame)
        place = self._nearest(lists, items)
        if place is None:
            depth = len(self._flow.opened)
            self._push(
                ListFrame("ul", depth, implied=True) if tag == "li" else DefinitionsFrame("dl", depth, implied=True)
            )
        else:
            self._close_to(place + 1)
        depth = len(self._flow.opened)
        if tag == "li":
            label = footnote_label(attributes.get("id") or "")
            self._push(ItemFrame(depth, number(attributes, "value"), label))
        else:
            self._push(DefinitionFrame(tag, depth))
        self._styled(attributes)

    def _nearest(self, wanted: type[Frame], through: type[Frame]) -> int | None:
        """The place of the innermost frame of a kind, seen past frames that blocks pass through and its own items."""
        for place in range(len(self._stack) - 1, 0, -1):
            frame = self._stack[place]
            if isinstance(frame, wanted):
                return place
            if not frame.passing and not isinstance(frame, through):
                return None
        return None

    def _table_part(self, tag: str, attributes: Attributes) -> None:
        place = next((n for n in range(len(self._stack) - 1, 0, -1) if isinstance(self._stack[n], TableFrame)), None)
        if place is None:
            self._push(Frame(tag, self._stack[-1].blocks, len(self._flow.opened)))
            return
        self._close_to(place + 1)
        frame = self._stack[place]
        if not isinstance(frame, TableFrame):
            return
        depth = len(self._flow.opened)
        if tag == "caption":
            self._push(AsideFrame(tag, depth))
        elif tag == "tr":
            frame.table.open_row(attributes)
        elif tag in ("td", "th"):
            self._push(CellFrame(tag, frame.table.open_cell(tag, attributes), depth))
            self._styled(attributes)
        else:
            frame.table.close_row()
            frame.table.in_head = tag == "thead"

    def _end_block(self, tag: str) -> None:
        self._flush()
        if self._too_deep and self._too_deep.get(tag):
            self._too_deep[tag] -= 1
            return
        if self._stack[-1].tag == tag and len(self._stack) > 1:
            # As most end tags do, and without a search.
            self._close_innermost(ended=True)
            return
        for place in range(len(self._stack) - 1, 0, -1):
            frame = self._stack[place]
            if frame.tag == tag:
                self._close_to(place + 1)
                self._close_innermost(ended=True)
                return
            if isinstance(frame, TableFrame):
                if tag in ("tr", "thead", "tbody", "tfoot"):
                    self._close_to(place + 1)
                    frame.table.close_row()
                    frame.table.in_head = frame.table.in_head and tag == "tr"
                return
            if self._bars(frame, tag):
                return

    @staticmethod
    def _bars(frame: Frame, tag: str) -> bool:
        """Whether an end tag has no effect beyond this frame (HTML, element in scope)."""
        if isinstance(frame, CellFrame) or frame.tag == "caption":
            return tag not in _TABLE_PARTS
        if tag == "p":
            return not frame.passing
        return (tag == "li" and isinstance(frame, ListFrame)) or (
            tag in ("dt", "dd") and isinstance(frame, DefinitionsFrame)
        )

    def _push(self, frame: Frame) -> None:
        self._stack.append(frame)

    def _close_to(self, size: int) -> None:
        """Close the innermost frames until `size` are left; the text before was flushed."""
        while len(self._stack) > size:
            self._close_innermost()

    def _close_innermost(self, *, ended: bool = False) -> None:
        frame = self._stack.pop()
        frame.close(self._stack[-1], ended=ended)
        self._flow.truncate(frame.depth)

    def _end_implied(self) -> None:
        """Close the list that the source left out: what comes is no item of it."""
        self._flush()
        self._close_innermost()

    def _styled(self, attributes: Attributes) -> None:
        """A block whose style says how its text looks says it of all text inside."""
        style = attributes.get("style")
        if style and (kinds := styled(style, [])):
            self._flow.start("", tuple((kind, "") for kind in kinds))

    def _rule(self, attributes: Attributes) -> None:
        if "footnotes-sep" not in value(attributes, "class"):
            self._stack[-1].blocks.append(Rule())

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
        top = self._stack[-1]
        if preformatted and name is not None:
            block = code(draft, name)
            top.blocks += [block] if block else []
        elif isinstance(top, HeadingFrame) or top.tag == "summary" or self._stack[-2:][0].tag == "summary":
            text, pictures = one_line(draft)
            made: list[Leaf] = [Paragraph(text)] if text else []
            top.blocks += [*made, *pictures]
        else:
            top.blocks += paragraphs(draft)

    def _source(self, attributes: Attributes) -> None:
        address = embedded(attributes, "src")
        for frame in self._stack[:-3:-1]:
            if isinstance(frame, EmbedFrame):
                frame.source = frame.source or address
                return
        self._phrases.picture_source = self._phrases.picture_source or picture(attributes)

    def _checkbox(self, attributes: Attributes) -> None:
        for frame in self._stack[:-3:-1]:
            if isinstance(frame, ItemFrame) and value(attributes, "type").lower() == "checkbox":
                frame.checked = "checked" in attributes
                return
