"""Blocks as lines of Markdown; blocks without a Markdown form become HTML elements, as GFM allows."""

import re
from collections.abc import Iterator, Sequence

from reader.document.addresses import is_active
from reader.document.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Container,
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
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    SpanKind,
    Table,
    children,
    is_kind_title,
)
from reader.export.markdown_cells import CellWriter
from reader.export.markdown_code import is_info, write_code
from reader.export.markdown_context import MarkdownContext
from reader.export.markdown_escapes import attribute, element_text, guarded, heading_guarded, lines_of
from reader.export.markdown_inline import TextContext, write_image, write_inline
from reader.export.markdown_lists import is_tight, numbered, other_sign
from reader.export.markdown_spans import is_plain
from reader.layout.cell_placement import PlacedCell
from reader.layout.flow import is_wrapper
from reader.layout.table import row_groups
from reader.lean_dataclasses import replace
from reader.parse.tex_source import in_markdown
from reader.regex import regex

_DEPTH = 20
"""Maximum depth of nested containers; deeper ones are flattened, as parsers have a depth limit too."""

_NOTE_INDENT = "    "
_RULE = "***"
"""Unlike `---`, it cannot be read as the end of front matter or the underline of a heading."""

_FOLDS = {None: "", True: "-", False: "+"}
"""The suffix of a callout's mark that makes it collapsible: collapsed or expanded initially."""

_EMPTY = "&#160;"
"""Follows the box of a task whose content does not start with a paragraph."""

_COLUMNS = {Alignment.LEFT: ":---", Alignment.CENTRE: ":---:", Alignment.RIGHT: "---:", Alignment.NONE: "---"}

TextLines = list[str]


class BlockWriter:
    """Writes the blocks of a document, except its footnotes, which `note` writes one by one.

    Args:
        context: What the texts of the document share.
        shift: The number of levels by which headings are lowered; if 0, the repeated title is written too.
    """

    def __init__(self, context: MarkdownContext, shift: int) -> None:
        self._context = context
        self._shift = shift
        self._cells = CellWriter(context, shift)

    def each(self, blocks: Sequence[Block], depth: int = 0) -> Iterator[TextLines]:
        """The lines of each block that has any; blocks are to be separated by an empty line."""
        last = ""
        for block in unwrapped(blocks, depth):
            if isinstance(block, ListBlock):
                for lines, sign in self._lists(block, depth + 1, last):
                    yield lines
                    last = sign
            elif lines := self._block(block, depth):
                yield lines
                last = ""

    def all(self, blocks: Sequence[Block], depth: int, *, tight: bool = False) -> TextLines:
        """The lines of the blocks in a container."""
        found: TextLines = []
        for lines in self.each(blocks, depth):
            if found and not tight:
                found.append("")
            found += lines
        return found

    def note(self, name: str, note: Footnote) -> TextLines:
        """The lines of a footnote."""
        lines = self.all(note.blocks, 1)
        mark = f"[^{name}]:"
        # On the first line, parsers lose the indentation of code and do not recognize tables.
        if isinstance(next(unwrapped(note.blocks, 0), None), Paragraph):
            return _hanging(f"{mark} ", _NOTE_INDENT, lines)
        return _hanging(mark, _NOTE_INDENT, ["", *lines])

    def _block(self, block: Block, depth: int) -> TextLines:
        return self._leaf(block) if isinstance(block, Leaf) else self._container(block, depth + 1)

    # Leaves

    def _leaf(self, leaf: Leaf) -> TextLines:  # noqa: PLR0911 - one per kind of leaf
        match leaf:
            case Heading():
                return self._heading(leaf)
            case Paragraph(text):
                return _paragraph(write_inline(text, TextContext.PARAGRAPH, self._context))
            case CodeBlock():
                return write_code(leaf)
            case MathBlock(text):
                return _formula(in_markdown(text.text))
            case Image():
                return _paragraph(write_image(leaf, TextContext.PARAGRAPH, self._context))
            case Embed():
                return _embed(leaf)
            case Rule():
                return [_RULE]

    def _heading(self, leaf: Heading) -> TextLines:
        if not leaf.level and self._shift:
            return []
        text = write_inline(_without_imitated_style(leaf), TextContext.HEADING, self._context)
        level = min(max(leaf.level, 1) + self._shift, 6)
        return [f"{'#' * level} {heading_guarded(text)}"] if text else []

    # Containers

    def _container(self, block: Container, depth: int) -> TextLines:  # noqa: PLR0911 - one per kind
        match block:
            case Quote(blocks, kind, folded) if kind and isinstance(blocks[0], Paragraph):
                return self._callout(blocks[0], blocks[1:], f"[!{kind}]{_FOLDS[folded]}", depth)
            case Quote(blocks):
                return [f"> {line}" if line else ">" for line in self.all(blocks, depth)]
            case Table():
                return self._table(block, depth)
            case DefinitionList(entries):
                lines: TextLines = []
                for entry in entries:
                    for term in entry.terms:
                        lines += self._element("dt", (term,), depth)
                    lines += self._element("dd", entry.blocks, depth)
                return ["<dl>", *lines, "</dl>"] if lines else []
            case Figure():
                return self._figure(block, depth)
            case Details(summary, blocks):
                inner = self.all(blocks, depth)
                below = ["", *inner, ""] if inner else []
                opening = "<details open>" if block.is_open else "<details>"
                title = () if is_kind_title(summary) else self._element("summary", (summary,), depth)
                return [opening, *title, *below, "</details>"]
            case Footnotes() | ListBlock():
                return []

    def _figure(self, block: Figure, depth: int) -> TextLines:
        match block:
            case Figure((CodeBlock() as code,), (Paragraph(title),), True) if code.language and is_info(title):
                return write_code(code, title.text)
            case Figure(blocks, caption, above):
                caption_lines = self._element("figcaption", caption, depth)
                inner = ["", *self.all(blocks, depth), ""]
                return ["<figure>", *([*caption_lines, *inner] if above else [*inner, *caption_lines]), "</figure>"]

    def _callout(self, title: Paragraph, blocks: Sequence[Block], mark: str, depth: int) -> TextLines:
        """A callout in the syntax of Obsidian and GitHub; a title that equals the kind is omitted."""
        text = guarded(write_inline(title.text, TextContext.HEADING, self._context))
        head = mark if f"[!{title.text.text.lower()}]" == mark.rstrip("+-") else f"{mark} {text}"
        inner = self.all(blocks, depth)
        return [f"> {head}", *(f"> {line}" if line else ">" for line in inner)]

    def _element(self, tag: str, blocks: Sequence[Block], depth: int) -> TextLines:
        """An HTML element: on one line if it contains a single plain text, else its blocks separated by empty lines."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and is_plain(blocks[0].text):
            # Text on the same line as an HTML block tag is not parsed as Markdown.
            text = "<br>".join(map(element_text, blocks[0].text.text.strip().split("\n")))
            return [f"<{tag}>{text}</{tag}>"] if text else []
        lines = self.all(blocks, depth)
        return [f"<{tag}>", "", *lines, "", f"</{tag}>"] if lines else []

    # Lists

    def _lists(self, block: ListBlock, depth: int, last: str) -> Iterator[tuple[TextLines, str]]:
        """The lines of a list, and its marker, which must differ from the marker of a list directly before it.

        Markdown numbers consecutively, so a number out of sequence starts a new list.
        """
        tight = is_tight(block)
        lines: TextLines = []
        sign = last
        expected = -1
        for number, item in numbered(block):
            content = self._item(item, depth, tight=tight)
            if not content:
                continue
            if lines and block.ordered and number != expected:
                yield lines, sign
                lines = []
            if not lines:
                sign = other_sign(sign, ordered=block.ordered)
            elif not tight:
                lines.append("")
            marker = f"{number}{sign} " if block.ordered else f"{sign} "
            lines += _hanging(marker, " " * len(marker), content)
            expected = number + 1
        if lines:
            yield lines, sign

    def _item(self, item: ListItem, depth: int, *, tight: bool) -> TextLines:
        lines = self.all(item.blocks, depth, tight=tight)
        if item.checked is not None:
            box = f"[{'x' if item.checked else ' '}]"
            if isinstance(next(unwrapped(item.blocks, depth), None), Paragraph):
                return [f"{box} {lines[0]}", *lines[1:]]
            return [f"{box} {_EMPTY}", "", *lines] if lines else [f"{box} {_EMPTY}"]
        # Some parsers treat text before a table header as a cell.
        return ["", *lines] if lines and lines[0].startswith("|") else lines

    # Tables

    def _table(self, table: Table, depth: int) -> TextLines:
        """A table below its caption. A cell that spans several slots is written in the first one."""
        caption = self.all(table.caption, depth)
        shape = next((rows.shape for rows in row_groups(table, 0)), None)
        if shape is None:
            return caption
        rows = [
            [self._cell(placed, row, column) for column, placed in enumerate(owners)]
            for row, owners in enumerate(shape.owners)
        ]
        if not any(map(any, rows)):
            return caption
        if not shape.header_rows:
            rows.insert(0, [""] * shape.columns)
        alignments = [_alignment(shape.owners, column) for column in range(shape.columns)]
        rows.insert(1, [_COLUMNS[alignment] for alignment in alignments])
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return [*caption, "", *lines] if caption else lines

    def _cell(self, placed: PlacedCell | None, row: int, column: int) -> str:
        if placed is None or (placed.row, placed.column) != (row, column):
            return ""
        return self._cells.write(placed.cell.blocks)


def unwrapped(blocks: Sequence[Block], depth: int) -> Iterator[Block]:
    """Blocks with content, without containers that have no effect or are too deep."""
    for block in blocks:
        if isinstance(block, Leaf):
            if block.text.text.strip() or isinstance(block, Image | Embed | Rule):
                yield block
        elif depth >= _DEPTH:
            # Footnotes are written after the text, wherever they stand.
            yield from () if isinstance(block, Footnotes) else unwrapped(list(children(block)), depth)
        elif isinstance(block, Table) and is_wrapper(block):
            yield from unwrapped(block.caption, depth)
            for row in block.rows:
                for cell in row:
                    yield from unwrapped(cell.blocks, depth)
        elif isinstance(block, Figure) and not (block.blocks and block.caption):
            yield from unwrapped([*block.blocks, *block.caption], depth)
        else:
            yield block


def _without_imitated_style(leaf: Heading) -> Inline:
    """The text of a heading, without the bold type that made a paragraph look like a heading."""
    whole = (0, len(leaf.text.text), SpanKind.STRONG)
    if not leaf.pseudo:
        return leaf.text
    return replace(leaf.text, spans=tuple(one for one in leaf.text.spans if (one.start, one.end, one.kind) != whole))


def _paragraph(text: str) -> TextLines:
    return list(lines_of(text)) if text else []


_BEGINS_BLOCK = regex(r"\s*(?:#{1,6}(?:\s|$)|[>|~<]|`{3}|[-+*](?:\s|$)|\d+[.)](?:\s|$)|=+\s*$|-{2,}|_{3,}|\[\^)")
"""A line that begins a block in Markdown in any context."""


def _formula(tex: str) -> TextLines:
    lines = [line for line in tex.split("\n") if line.strip()]
    if not lines:
        return []
    # Use GitHub's alternative syntax for formulas with dollar signs, or with a line that would begin a block.
    fenced = "$$" in tex or any(map(_BEGINS_BLOCK.match, lines))
    fence = max(re.findall("`+", tex), key=len, default="``").ljust(2, "`") + "`"
    return [f"{fence}math", *lines, fence] if fenced else ["$$", *lines, "$$"]


def _embed(leaf: Embed) -> TextLines:
    """A media or embedded element, with a link to its source as fallback."""
    name = element_text(" ".join(leaf.text.text.split()))
    address = "" if is_active(leaf.source) else leaf.source
    if not name and not address:
        return []
    source = f' src="{attribute(address)}"' if address else ""
    inner = [f'<a href="{attribute(address)}">{name}</a>' if address else name] if name else []
    return [f"<{leaf.kind}{source}>", *inner, f"</{leaf.kind}>"]


def _hanging(marker: str, indent: str, lines: TextLines) -> TextLines:
    """Lines after a marker, all but the first indented."""
    first, *rest = lines or [""]
    return [f"{marker}{first}".rstrip(" "), *(f"{indent}{line}" if line else "" for line in rest)]


def _alignment(owners: Sequence[Sequence[PlacedCell | None]], column: int) -> Alignment:
    """The alignment of a column: that of its first cell that specifies one."""
    cells = (row[column] for row in owners)
    return next((one.cell.alignment for one in cells if one and one.cell.alignment), Alignment.NONE)
