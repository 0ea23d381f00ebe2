"""Blocks as well-formed XHTML, for the HTML and EPUB exporters.

Nothing in the result can run: a document has no scripts, styles or event handlers, and links lead only to web and mail
addresses and to places in exported files. Text is escaped once, where it is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from reader.document.blocks import (
    Block,
    Cell,
    CodeBlock,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    Leaf,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
    children,
    leaves,
)
from reader.document.tabs import with_tabs
from reader.export.html_inline import HtmlInline, PictureSource
from reader.layout.cell_placement import place

_DEEPEST = 60
"""The maximum depth of nested containers; the leaves of deeper containers become paragraphs of the deepest one."""


class HtmlBlocks:
    """The writer of one document.

    Attributes:
        headings: The ids, levels and texts of the headings written so far.
    """

    def __init__(self, picture: PictureSource, prefix: str = "", places: Mapping[str, str] | None = None) -> None:
        """Write pictures with the attributes that `picture` returns; ids begin with `prefix`.

        `places` has the addresses of links within the exported files, by the targets as written.
        """
        self._prefix = prefix
        self._labels: dict[str, str] = {}
        self._text = HtmlInline(picture, self._labels, places)
        self._noted: set[str] = set()
        self._inline = self._text.written
        self.headings: list[tuple[str, int, str]] = []
        self._levels: list[int] = []
        """The levels of the last heading and of the headings above it in the outline."""

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The lines of blocks."""
        found = list(blocks)
        for note in _notes(found, 0):
            self._labels.setdefault(note.label, f"{self._prefix}fn{len(self._labels) + 1}")
        for block in found:
            yield from self._block(block, 0)

    # Blocks

    def _each(self, blocks: Iterable[Block], depth: int) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block, depth + 1)

    def _block(self, block: Block, depth: int) -> Iterator[str]:  # noqa: C901 - one per kind
        if isinstance(block, Leaf):
            yield from self._leaf(block)
        elif depth >= _DEEPEST:
            for leaf in leaves(block):
                yield from self._leaf(leaf)
        else:
            match block:
                case Quote():
                    yield from self._quote(block, depth)
                case ListBlock():
                    yield from self._list(block, depth)
                case DefinitionList():
                    yield from self._definitions(block, depth)
                case Table():
                    yield from self._table(block, depth)
                case Figure():
                    yield from self._figure(block, depth)
                case Details():
                    is_open = ' open="open"' if block.is_open else ""
                    yield f"<details{is_open}><summary>{self._inline(block.summary.text)}</summary>"
                    yield from self._each(block.blocks, depth)
                    yield "</details>"
                case Footnotes():
                    yield from self._footnotes(block, depth)

    def _leaf(self, leaf: Leaf) -> Iterator[str]:
        match leaf:
            case Heading():
                yield from self._heading(leaf)
            case Paragraph():
                yield f"<p>{self._inline(leaf.text)}</p>"
            case CodeBlock():
                language = f' class="language-{escape(leaf.language)}"' if leaf.language else ""
                yield f"<pre><code{language}>{self._inline(with_tabs(leaf.text), is_code=True)}</code></pre>"
            case MathBlock():
                yield f'<pre class="math"><code>{escape(leaf.text.text)}</code></pre>'
            case Image():
                yield f"<figure>{self._text.image(leaf.source, leaf.text.text)}</figure>"
            case Embed():
                shown = leaf.text.text or leaf.source or leaf.kind
                link = Span(0, len(shown), SpanKind.LINK, leaf.source)
                yield f"<p>{self._inline(Inline(shown, (link,)))}</p>"
            case Rule():
                yield "<hr/>"

    def _heading(self, heading: Heading) -> Iterator[str]:
        # The title of the article, at level 0, stands above its text already.
        if heading.level == 0 or not (text := self._inline(heading.text)).strip():
            return
        name = f"{self._prefix}s{len(self.headings) + 1}"
        self.headings.append((name, heading.level, " ".join(heading.text.text.split())))
        level = self._level(heading)
        yield f'<h{level} id="{name}">{text}</h{level}>'

    def _level(self, heading: Heading) -> int:
        """The level of an element, below that of the title.

        No heading may skip a level (HTML, “Headings and outlines”). The levels that an article skips are left out, so
        that headings of one level below the same heading stay on one level.
        """
        while self._levels and self._levels[-1] >= heading.level:
            self._levels.pop()
        self._levels.append(heading.level)
        return min(len(self._levels) + 1, 6)

    def _around(self, tag: str, blocks: Sequence[Block], depth: int, attributes: str = "") -> Iterator[str]:
        """Blocks within an element; if there is only a paragraph, its text without a `p` element."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            yield f"<{tag}{attributes}>{self._inline(blocks[0].text)}</{tag}>"
            return
        yield f"<{tag}{attributes}>"
        yield from self._each(blocks, depth)
        yield f"</{tag}>"

    def _figure(self, figure: Figure, depth: int) -> Iterator[str]:
        caption = self._around("figcaption", figure.caption, depth) if figure.caption else ()
        yield "<figure>"
        if figure.caption_above:
            yield from caption
        yield from self._each(figure.blocks, depth)
        if not figure.caption_above:
            yield from caption
        yield "</figure>"

    def _quote(self, quote: Quote, depth: int) -> Iterator[str]:
        tag, attributes = ("aside", f' class="callout {escape(quote.kind)}"') if quote.kind else ("blockquote", "")
        yield f"<{tag}{attributes}>"
        yield from self._each(quote.blocks, depth)
        yield f"</{tag}>"

    def _list(self, block: ListBlock, depth: int) -> Iterator[str]:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        style = f' type="{block.style}"' if block.ordered and block.style != "1" else ""
        yield f"<{tag}{start}{style}>"
        for item in block.items:
            number = f' value="{item.number}"' if block.ordered and item.number is not None else ""
            if item.checked is None:
                yield from self._around("li", item.blocks, depth, number)
            else:
                yield f"<li{number}>{'☑' if item.checked else '☐'} "
                yield from self._each(item.blocks, depth)
                yield "</li>"
        yield f"</{tag}>"

    def _definitions(self, block: DefinitionList, depth: int) -> Iterator[str]:
        yield "<dl>"
        for entry in block.entries:
            for term in entry.terms or (Paragraph(Inline()),):
                yield f"<dt>{self._inline(term.text)}</dt>"
            yield from self._around("dd", entry.blocks, depth)
        yield "</dl>"

    def _table(self, table: Table, depth: int) -> Iterator[str]:
        yield "<table>"
        if table.caption:
            yield from self._around("caption", table.caption, depth)
        head, spans = table.thead_rows, iter(_column_spans(table))
        for tag, rows in (("thead", table.rows[:head]), ("tbody", table.rows[head:])):
            if rows:
                yield f"<{tag}>"
                for number, row in enumerate(rows):
                    yield "<tr>"
                    for cell, columns in zip(row, next(spans), strict=True):
                        yield from self._cell(cell, columns, len(rows) - number, depth)
                    yield "</tr>"
                yield f"</{tag}>"
        yield "</table>"

    def _cell(self, cell: Cell, column_span: int, rows_left: int, depth: int) -> Iterator[str]:
        columns = f' colspan="{column_span}"' if column_span > 1 else ""
        span = min(cell.row_span, rows_left)
        rows = f' rowspan="{span}"' if span > 1 else ""
        words = {"left": "left", "centre": "center", "right": "right"}
        side = words.get(cell.alignment.value, "")
        style = f' style="text-align: {side}"' if side else ""
        yield from self._around("th" if cell.header else "td", cell.blocks, depth, columns + rows + style)

    def _footnotes(self, block: Footnotes, depth: int) -> Iterator[str]:
        yield '<section class="footnotes"><hr/><ol>'
        for note in block.notes:
            # References to a label that occurs twice mean the first footnote.
            label = self._labels[note.label] if note.label not in self._noted else ""
            self._noted.add(note.label)
            yield f'<li id="{label}">' if label else "<li>"
            yield from self._each(note.blocks[:-1], depth)
            last = note.blocks[-1] if note.blocks else Paragraph(Inline())
            if isinstance(last, Paragraph):
                text = self._inline(last.text)
                yield f"<p>{text}{self._back(label)}</p>"
            else:
                yield from self._block(last, depth + 1)
                if back := self._back(label):
                    yield f"<p>{back}</p>"
            yield "</li>"
        yield "</ol></section>"

    def _back(self, label: str) -> str:
        """The link from a footnote back to its first reference; empty if none was written before."""
        # U+FE0E keeps the arrow from being drawn as an emoji.
        return f' <a href="#{label}-ref" role="doc-backlink">↩\ufe0e</a>' if label in self._text.referred else ""


def _notes(blocks: Iterable[Block], depth: int) -> Iterator[Footnote]:
    """The footnotes among blocks and within other blocks, as deep as containers are written."""
    for block in blocks:
        if isinstance(block, Leaf) or depth >= _DEEPEST:
            continue
        if isinstance(block, Footnotes):
            yield from block.notes
        yield from _notes(children(block), depth + 1)


def _column_spans(table: Table) -> list[list[int]]:
    """The columns that each cell covers, without those behind the last in which a cell begins.

    HTML does not allow such columns; sources have them where `colspan="100"` means the whole width.
    """
    written = [[cell.column_span for cell in row] for row in table.rows]
    if all(span == 1 for row in written for span in row):
        return written
    owners, _starts, _columns = place(table, 0)
    begun = [
        [cell.column for cell in dict.fromkeys(row) if cell is not None and cell.row == number]
        for number, row in enumerate(owners)
    ]
    end = max((column for row in begun for column in row), default=0) + 1
    return [
        [min(span, end - column) for span, column in zip(spans, columns, strict=True)]
        if len(spans) == len(columns)
        else spans
        for spans, columns in zip(written, begun, strict=True)
    ]
