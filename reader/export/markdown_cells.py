"""Blocks on one line, for table cells: HTML elements that contain Markdown text."""

from collections.abc import Iterator, Sequence

from reader.document.addresses import is_active
from reader.document.blocks import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    Leaf,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
    is_kind_title,
    leaves,
)
from reader.document.tabs import typed
from reader.export.markdown_context import MarkdownContext
from reader.export.markdown_escapes import Pairs, Plain, attribute, pairs_in
from reader.export.markdown_inline import TextContext, write_formula, write_image, write_inline
from reader.lean_dataclasses import dataclass

_DEPTH = 16
"""Maximum depth of nested containers in a cell; deeper ones are flattened."""

_SIDES = {Alignment.LEFT: "left", Alignment.CENTRE: "center", Alignment.RIGHT: "right"}

_PARAGRAPH_BREAK = "<br><br>"
"""Separates two paragraphs on one line."""


class CellWriter:
    """Writes the blocks of cells.

    Args:
        context: What the texts of the document share.
        shift: The number of levels by which headings are lowered.
    """

    def __init__(self, context: MarkdownContext, shift: int) -> None:
        self._context = context
        self._shift = shift

    def write(self, blocks: Sequence[Block]) -> str:
        """The blocks of a cell on one line."""
        pairs = pairs_in(_written(leaf) for block in blocks for leaf in leaves(block))
        return _CellLine(self._context, self._shift, pairs).blocks(blocks, 0)


@dataclass(frozen=True, slots=True)
class _CellLine:
    """Writes the blocks of one cell."""

    context: MarkdownContext
    shift: int
    pairs: Pairs

    def blocks(self, blocks: Sequence[Block], depth: int) -> str:
        """The blocks on one line."""
        pieces: list[str] = []
        bare = False
        for block in blocks:
            for piece, is_bare in self._pieces(block, depth):
                pieces += [_PARAGRAPH_BREAK, piece] if bare and is_bare else [piece]
                bare = is_bare
        return "".join(pieces)

    def _pieces(self, block: Block, depth: int) -> Iterator[tuple[str, bool]]:
        """The text of a block, and whether it needs a separator from adjacent text."""
        if not isinstance(block, Leaf) and depth < _DEPTH:
            yield self._container(block, depth + 1), False
            return
        for leaf in leaves(block):
            if piece := self._leaf(leaf):
                yield piece, isinstance(leaf, Paragraph | Image | MathBlock)

    def _leaf(self, leaf: Leaf) -> str:  # noqa: PLR0911 - one per kind of leaf
        match leaf:
            case Heading(text, level):
                number = min(max(level, 1) + self.shift, 6)
                return _wrap_in(f"h{number}", self._text(text)) if level or not self.shift else ""
            case Paragraph(text):
                return self._text(text)
            case CodeBlock(text, language):
                return self._code(typed(text), language)
            case MathBlock(text):
                return write_formula(text.text, TextContext.CELL, self.context, self.pairs)
            case Image():
                return write_image(leaf, TextContext.CELL, self.context, self.pairs)
            case Embed(text, kind, source):
                address = "" if is_active(source) else source
                return f'<{kind} src="{attribute(address)}">{self._text(text)}</{kind}>'
            case Rule():
                return "<hr>"

    def _text(self, text: Inline) -> str:
        return write_inline(text, TextContext.CELL, self.context, self.pairs)

    def _code(self, text: str, language: str) -> str:
        plain = Plain(text, self.pairs, cell=True)
        named = f' class="language-{attribute(language)}"' if language else ""
        lines, start = [], 0
        for line in text.split("\n"):
            lines.append(plain.written(start, start + len(line)))
            start += len(line) + 1
        return f"<pre><code{named}>{'<br>'.join(lines)}</code></pre>" if text.strip() else ""

    def _container(self, block: Block, depth: int) -> str:  # noqa: PLR0911 - one per kind of container
        match block:
            case ListBlock():
                return self._list(block, depth)
            case Quote(blocks):
                return self._element("blockquote", blocks, depth)
            case DefinitionList(entries):
                return _wrap_in(
                    "dl",
                    "".join(
                        "".join(self._element("dt", (term,), depth) for term in entry.terms)
                        + self._element("dd", entry.blocks, depth)
                        for entry in entries
                    ),
                )
            case Table():
                return self._table(block, depth)
            case Figure(blocks, caption, True):
                return _wrap_in("figure", self._element("figcaption", caption, depth) + self.blocks(blocks, depth))
            case Figure(blocks, caption):
                return _wrap_in("figure", self.blocks(blocks, depth) + self._element("figcaption", caption, depth))
            case Details(summary, blocks):
                title = "" if is_kind_title(summary) else self._element("summary", (summary,), depth)
                return _wrap_in("details", title + self.blocks(blocks, depth))
            case _:
                return ""

    def _element(self, tag: str, blocks: Sequence[Block], depth: int) -> str:
        return _wrap_in(tag, self.blocks(blocks, depth))

    def _list(self, block: ListBlock, depth: int) -> str:
        items = "".join(self._item(item, depth) for item in block.items)
        if not block.ordered:
            return _wrap_in("ul", items)
        start = f' start="{block.start}"' if block.start != 1 else ""
        style = f' type="{attribute(block.style)}"' if block.style != "1" else ""
        return f"<ol{style}{start}>{items}</ol>" if items else ""

    def _item(self, item: ListItem, depth: int) -> str:
        number = f' value="{item.number}"' if item.number is not None else ""
        box = ""
        if item.checked is not None:
            box = f'<input type="checkbox"{" checked" if item.checked else ""} disabled> '
        return f"<li{number}>{box}{self.blocks(item.blocks, depth)}</li>"

    def _table(self, table: Table, depth: int) -> str:
        head = "".join(self._row(row, depth) for row in table.rows[: table.thead_rows])
        body = "".join(self._row(row, depth) for row in table.rows[table.thead_rows :])
        return _wrap_in("table", self._element("caption", table.caption, depth) + _wrap_in("thead", head) + body)

    def _row(self, row: Sequence[Cell], depth: int) -> str:
        return _wrap_in("tr", "".join(self._cell(cell, depth) for cell in row))

    def _cell(self, cell: Cell, depth: int) -> str:
        tag = "th" if cell.header else "td"
        columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        side = f' align="{_SIDES[cell.alignment]}"' if cell.alignment else ""
        return f"<{tag}{side}{columns}{rows}>{self.blocks(cell.blocks, depth)}</{tag}>"


def _written(leaf: Leaf) -> Inline:
    """The text of a leaf with the spans that need delimiters."""
    if not isinstance(leaf, MathBlock):
        return leaf.text
    return Inline(leaf.text.text, (Span(0, len(leaf.text.text), SpanKind.MATH),))


def _wrap_in(tag: str, content: str) -> str:
    """An element, or an empty string if it has no content."""
    return f"<{tag}>{content}</{tag}>" if content else ""
