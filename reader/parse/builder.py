"""The tree builder: turns start tags, end tags and text into blocks, closing elements implicitly as HTML does."""

from collections.abc import Sequence

from reader.document.blocks import Block, Paragraph, Rule, SpanKind
from reader.parse.browser_controls import is_control
from reader.parse.callouts import CalloutFrame
from reader.parse.code_labels import CodeLabel
from reader.parse.element_ids import ElementIds
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
    QuoteFrame,
)
from reader.parse.html_vocabulary import (
    BLOCKS,
    HEADINGS,
    Attributes,
    embedded,
    footnote_label,
    keeps_lines,
    number,
    picture,
    styled,
    value,
)
from reader.parse.marked_lines import with_marked_lines
from reader.parse.open_elements import TABLE_PARTS, Stack, continues
from reader.parse.open_languages import OpenLanguages
from reader.parse.paragraphs import code, one_line, placed_paragraphs
from reader.parse.phrases import Phrases
from reader.parse.start_tags import EMBEDS, create_frame

_DEPTH = 256
"""The maximum depth of open block elements; the tags of deeper ones are ignored."""

_PRE = frozenset(("pre", "listing", "xmp"))
_ON_ONE_LINE = frozenset(("summary", "dt"))
"""Elements that are one paragraph, in which displayed formulas stay in the line."""
_ENDED_BLOCKS = BLOCKS.union(EMBEDS)
_STARTED_BLOCKS = _ENDED_BLOCKS | {"hr"}


class Builder:
    """Consumes the tokens of an HTML body in order; `finish` returns its blocks."""

    def __init__(self, language: str = "") -> None:
        """Begin a body whose language is known (BCP 47) or not."""
        self._languages = OpenLanguages(language)
        self._phrases = Phrases(self._languages)
        self._flow = self._phrases.flow
        self._stack = Stack(self._flow, self._languages)
        self._frames = self._stack.frames
        self._too_deep: dict[str, int] = {}
        self._ids = ElementIds()
        self.code_label = CodeLabel()
        self._keeps_lines = False
        """Whether CSS `white-space` keeps the line breaks of the current text."""
        self._touched = False
        """Whether inline content has arrived since the last leaf ended; if not, there is nothing to flush."""

    def text(self, data: str) -> None:
        """Add text with decoded character references."""
        if not self._touched and not data.strip(" \t\n"):
            # Ignore white space at the beginning of a text.
            return
        if self._flow.label_drops and is_control(data):
            return
        if self._frames[-1].implied and data.strip():
            self._end_implied()
        self._touched = True
        if self._keeps_lines and "\n" in data:
            self._text_lines(data)
        else:
            self._phrases.text(data)

    def _text_lines(self, data: str) -> None:
        first, *others = data.split("\n")
        self._phrases.text(first)
        for line in others:
            self._phrases.line_break()
            self._phrases.text(line)

    def start(self, tag: str, attributes: Attributes) -> None:
        """Open an element; a void element such as `br` is complete at once."""
        if tag in _STARTED_BLOCKS:
            if not self.code_label.is_open:
                self._start_block(tag, attributes)
            elif not self._flow.at_line_start:
                self._flow.line_break()
        elif tag == "br":
            self._touched = True
            self._phrases.line_break()
        elif tag == "source":
            self._source(attributes)
        elif tag == "input":
            _check_item(self._frames, attributes)
        else:
            if self._frames[-1].implied:
                self._end_implied()
            self._touched = True
            self._ids.note(tag, attributes, self._flow.length)
            if tag == "code":
                self.code_label.note_code(attributes)
            self._phrases.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element, and the unclosed elements inside it."""
        if tag in _ENDED_BLOCKS:
            if not self.code_label.is_open or tag in _PRE:
                self._end_block(tag)
        elif tag == "br":
            self._touched = True
            self._phrases.line_break()
        else:
            self._touched = True
            self._phrases.end(tag)

    def whole(self, tag: str, data: str) -> None:
        """Add a block element that contains only text: a fast path for `start`, `text` and `end`."""
        if not (
            self._flow.opened
            or self._ids
            or self._languages
            or self.code_label.is_open
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
        """Add a formula given as TeX in an attribute."""
        self._touched = True
        self._flow.atom(tex, SpanKind.MATH)

    def put(self, blocks: Sequence[Block]) -> None:
        """Insert finished blocks at the current position."""
        self._flush()
        if self._frames[-1].implied:
            self._end_implied()
        self._frames[-1].blocks += self._languages.given(self._ids.give(blocks))

    def finish(self) -> list[Block]:
        """Close all elements and return the blocks of the body."""
        self._flush()
        self._stack.close_to(1)
        return self._ids.give_last(self._frames[0].blocks)

    @property
    def in_quotation(self) -> bool:
        """Whether the current position is inside a quotation."""
        return any(isinstance(frame, QuoteFrame) for frame in self._frames)

    # Blocks

    def _start_block(self, tag: str, attributes: Attributes) -> None:
        self._flush()
        self._ids.note(tag, attributes)
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
            self.code_label.enclose(attributes)
        if tag in _PRE:
            self.code_label.open(attributes)
            self._flow.preformatted = self._touched = True
        top = self._frames[-1]
        if isinstance(top, CalloutFrame):
            top.note_child(attributes)
        return create_frame(tag, attributes, self._frames[-1].blocks, len(self._flow.opened))

    def _item(self, tag: str, attributes: Attributes) -> None:
        """Open a list item in the open list, or in an implied list if there is none."""
        lists, items = (ListFrame, ItemFrame) if tag == "li" else (DefinitionsFrame, DefinitionFrame)
        place = self._stack.nearest(lists, items)
        if place is None:
            depth = len(self._flow.opened)
            implied = ListFrame("ul", depth, implied=True) if tag == "li" else None
            self._stack.push(implied or DefinitionsFrame("dl", depth, implied=True))
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
            self._styled(attributes)
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
        """Close an implied list, because the next content is not an item."""
        self._flush()
        self._stack.close_innermost()

    def _styled(self, attributes: Attributes) -> None:
        """Apply the language and the text style that a block's attributes give to all text inside."""
        if attributes:
            self._languages.open(self._frames[-1].tag, attributes, len(self._frames) - 1)
        style = attributes.get("style")
        if not style:
            return
        if kinds := styled(style, []):
            self._flow.start("", tuple((kind, "") for kind in kinds))
        self._keeps_lines = keeps_lines(style)

    def _rule(self, attributes: Attributes) -> None:
        if "footnotes-sep" not in value(attributes, "class"):
            self._frames[-1].blocks.append(Rule())

    # Leaves

    def _flush(self) -> None:
        """End the current text and add its leaves to the innermost element."""
        if not self._touched:
            return
        self._touched = False
        self._phrases.settle()
        self._keeps_lines = False
        draft = self._flow.take()
        preformatted, self._flow.preformatted = self._flow.preformatted, False
        label = self.code_label.close()
        if draft is None:
            self._ids.restart()
            return
        top = self._frames[-1]
        if preformatted and label is not None:
            name, first, kinds = label
            block = code(with_marked_lines(draft, kinds), name, first)
            top.blocks += self._ids.give([block] if block else [])
        elif isinstance(top, HeadingFrame) or any(frame.tag in _ON_ONE_LINE for frame in self._frames[-2:]):
            text, pictures = one_line(draft)
            top.blocks += self._languages.given(self._ids.give([*([Paragraph(text)] if text else []), *pictures]))
        else:
            top.blocks += self._languages.given(self._ids.give_placed(placed_paragraphs(draft)))

    def _source(self, attributes: Attributes) -> None:
        address = embedded(attributes, "src")
        for frame in self._frames[:-3:-1]:
            if isinstance(frame, EmbedFrame):
                frame.source = frame.source or address
                return
        self._phrases.picture_source = self._phrases.picture_source or picture(attributes)


def _check_item(frames: Sequence[Frame], attributes: Attributes) -> None:
    """Note whether the checkbox of the innermost item is checked."""
    for frame in frames[:-3:-1]:
        if isinstance(frame, ItemFrame) and value(attributes, "type").lower() == "checkbox":
            frame.checked = "checked" in attributes
            return
