"""Blocks as well-formed XHTML, for the HTML and EPUB exporters.

Nothing in it can run: scripts, styles and event handlers do not exist in a document, and only web and mail addresses
become links. Text is escaped once, where it is written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from reader.document.addresses import hyperlink_target
from reader.document.blocks import (
    Block,
    Cell,
    CodeBlock,
    DefinitionList,
    Details,
    Embed,
    Figure,
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
    leaves,
)

_DEEPEST = 60
"""Nested containers that are written; the leaves in deeper ones become paragraphs of the last one."""

_TAGS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.UNDERLINE: "u",
    SpanKind.STRIKE: "s",
    SpanKind.MARKED: "mark",
    SpanKind.SMALL: "small",
    SpanKind.CODE: "code",
    SpanKind.KEYBOARD: "kbd",
    SpanKind.SUBSCRIPT: "sub",
    SpanKind.SUPERSCRIPT: "sup",
}

PictureSource = Callable[[str], str]
"""The address under which a picture can be shown, for its source as written; empty if it cannot."""


class HtmlBlocks:
    """The writer of one document.

    Attributes:
        headings: The ids, levels and texts of the headings written so far.
    """

    def __init__(self, picture: PictureSource, prefix: str = "") -> None:
        """Write pictures at the addresses that `picture` returns; ids begin with `prefix`."""
        self._picture = picture
        self._prefix = prefix
        self._labels: dict[str, str] = {}
        self._referred: set[str] = set()
        self.headings: list[tuple[str, int, str]] = []

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The lines of blocks."""
        found = list(blocks)
        for block in found:
            if isinstance(block, Footnotes):
                for note in block.notes:
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
                    yield "<figure>"
                    yield from self._each(block.blocks, depth)
                    if block.caption:
                        yield from self._around("figcaption", block.caption, depth)
                    yield "</figure>"
                case Details():
                    yield f"<details><summary>{self.inline(block.summary.text)}</summary>"
                    yield from self._each(block.blocks, depth)
                    yield "</details>"
                case Footnotes():
                    yield from self._footnotes(block, depth)

    def _leaf(self, leaf: Leaf) -> Iterator[str]:
        match leaf:
            case Heading():
                yield from self._heading(leaf)
            case Paragraph():
                yield f"<p>{self.inline(leaf.text)}</p>"
            case CodeBlock():
                language = f' class="language-{escape(leaf.language)}"' if leaf.language else ""
                yield f"<pre><code{language}>{self.inline(leaf.text, is_code=True)}</code></pre>"
            case MathBlock():
                yield f'<pre class="math"><code>{escape(leaf.text.text)}</code></pre>'
            case Image():
                yield f"<figure>{self._image(leaf.source, leaf.text.text)}</figure>"
            case Embed():
                yield f"<p>{self._link(leaf.source, escape(leaf.text.text or leaf.source or leaf.kind))}</p>"
            case Rule():
                yield "<hr/>"

    def _heading(self, heading: Heading) -> Iterator[str]:
        text = self.inline(heading.text)
        if heading.level == 0 or not text.strip():
            # The title of the article stands above its text already.
            return
        name = f"{self._prefix}s{len(self.headings) + 1}"
        self.headings.append((name, heading.level, " ".join(heading.text.text.split())))
        level = min(heading.level + 1, 6)
        yield f'<h{level} id="{name}">{text}</h{level}>'

    def _around(self, tag: str, blocks: Sequence[Block], depth: int, attributes: str = "") -> Iterator[str]:
        """Blocks within an element; a single paragraph without its own element."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            yield f"<{tag}{attributes}>{self.inline(blocks[0].text)}</{tag}>"
            return
        yield f"<{tag}{attributes}>"
        yield from self._each(blocks, depth)
        yield f"</{tag}>"

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
                yield f"<dt>{self.inline(term.text)}</dt>"
            yield from self._around("dd", entry.blocks, depth)
        yield "</dl>"

    def _table(self, table: Table, depth: int) -> Iterator[str]:
        yield "<table>"
        if table.caption:
            yield from self._around("caption", table.caption, depth)
        for tag, rows in (("thead", table.rows[: table.header_rows]), ("tbody", table.rows[table.header_rows :])):
            if rows:
                yield f"<{tag}>"
                for number, row in enumerate(rows):
                    yield "<tr>"
                    for cell in row:
                        yield from self._cell(cell, len(rows) - number, depth)
                    yield "</tr>"
                yield f"</{tag}>"
        yield "</table>"

    def _cell(self, cell: Cell, rows_left: int, depth: int) -> Iterator[str]:
        columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        span = min(cell.row_span, rows_left)
        rows = f' rowspan="{span}"' if span > 1 else ""
        words = {"left": "left", "centre": "center", "right": "right"}
        side = words.get(cell.alignment.value, "")
        style = f' style="text-align: {side}"' if side else ""
        yield from self._around("th" if cell.header else "td", cell.blocks, depth, columns + rows + style)

    def _footnotes(self, block: Footnotes, depth: int) -> Iterator[str]:
        yield '<section class="footnotes"><hr/><ol>'
        for note in block.notes:
            yield f'<li id="{self._labels.get(note.label, "")}">' if note.label in self._labels else "<li>"
            yield from self._each(note.blocks, depth)
            yield "</li>"
        yield "</ol></section>"

    # Text

    def inline(self, inline: Inline, *, is_code: bool = False) -> str:
        """A text with its spans; spans either nest or are disjoint."""
        parts: list[str] = []
        self._spans(inline, 0, len(inline.text), iter([*inline.spans]), parts, frozenset())
        text = "".join(parts)
        return text if is_code else text.replace("\n", "<br/>")

    def _spans(  # noqa: PLR0913, PLR0917 - the state of a recursion
        self, inline: Inline, at: int, end: int, spans: Iterator[Span], parts: list[str], within: frozenset[SpanKind]
    ) -> None:
        pending = [span for span in spans if span.start < end and span.end > at]
        while pending:
            span = pending[0]
            inner = [one for one in pending[1:] if one.end <= span.end and one.start >= span.start]
            pending = [one for one in pending[1:] if one.start >= span.end]
            parts.append(escape(inline.text[at : span.start]))
            content: list[str] = []
            self._spans(inline, span.start, span.end, iter(inner), content, within | {span.kind})
            parts.append(self._span(span, inline.text[span.start : span.end], "".join(content), within))
            at = span.end
        parts.append(escape(inline.text[at:end]))

    def _span(self, span: Span, text: str, content: str, within: frozenset[SpanKind]) -> str:  # noqa: PLR0911
        match span.kind:
            case SpanKind.LINK:
                return content if SpanKind.LINK in within else self._link(span.value, content)
            case SpanKind.RUBY:
                return f"<ruby>{content}<rt>{escape(span.value)}</rt></ruby>"
            case SpanKind.IMAGE:
                return self._image(span.value, text)
            case SpanKind.MATH:
                return f'<code class="math">{escape(text)}</code>'
            case SpanKind.FOOTNOTE:
                label = self._labels.get(span.value)
                if label is None or within & {SpanKind.LINK, SpanKind.FOOTNOTE}:
                    return content
                first = "" if label in self._referred else f' id="{label}-ref"'
                self._referred.add(label)
                return f'<a href="#{label}"{first}>{content}</a>'
        return f"<{_TAGS[span.kind]}>{content}</{_TAGS[span.kind]}>"

    @staticmethod
    def _link(target: str, content: str) -> str:
        address = hyperlink_target(target)
        return f'<a href="{escape(address)}">{content}</a>' if address else content

    def _image(self, source: str, text: str) -> str:
        address = self._picture(source)
        if not address:
            return f'<span class="picture">{escape(text or source)}</span>'
        return f'<img src="{escape(address)}" alt="{escape(text)}"/>'
