"""Blocks as lines of Markdown; what Markdown has no form for is written with the elements of HTML, as GFM allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

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
    leaves,
)
from reader.export.markdown_cells import CellWriter
from reader.export.markdown_escapes import attribute, heading_guarded, lines_of
from reader.export.markdown_inline import Place, write_image, write_inline
from reader.export.markdown_notes import Notes
from reader.layout.flow import is_wrapper
from reader.layout.table import Placed, row_groups

_DEPTH = 20
"""Containers in containers; what lies deeper is written without its containers, as parsers stop at some depth too."""

_NOTE_INDENT = "    "
_LARGEST_NUMBER = 999_999_999
_RULE = "***"
_FOLDS = {None: "", True: "-", False: "+"}
"""What stands behind the mark of a callout that is folded at first, or may be folded."""
"""Unlike `---` it is never taken for the end of front matter, or for the line under a heading."""

_EMPTY = "&#160;"
"""What stands behind the box of a task whose text does not begin with a paragraph."""

_COLUMNS = {Alignment.LEFT: ":---", Alignment.CENTRE: ":---:", Alignment.RIGHT: "---:", Alignment.NONE: "---"}

Lines = list[str]


class BlockWriter:
    """Writes the blocks of a document, but for its footnotes, which `note` writes one by one.

    Args:
        notes: The document's footnotes.
        shift: By how many levels headings are lowered; if by none, the repeated title is written too.
    """

    def __init__(self, notes: Notes, shift: int) -> None:
        self._notes = notes
        self._shift = shift
        self._cells = CellWriter(notes, shift)

    def each(self, blocks: Sequence[Block], depth: int = 0) -> Iterator[Lines]:
        """The lines of each block that has any; an empty line belongs between one and the next."""
        last = ""
        for block in _unwrapped(blocks, depth):
            if isinstance(block, ListBlock):
                for lines, sign in self._lists(block, depth + 1, last):
                    yield lines
                    last = sign
            elif lines := self._block(block, depth):
                yield lines
                last = ""

    def all(self, blocks: Sequence[Block], depth: int, *, tight: bool = False) -> Lines:
        """The lines of blocks in a container."""
        found: Lines = []
        for lines in self.each(blocks, depth):
            if found and not tight:
                found.append("")
            found += lines
        return found

    def note(self, name: str, note: Footnote) -> Lines:
        """The lines of a footnote."""
        lines = self.all(note.blocks, 1)
        mark = f"[^{name}]:"
        # Parsers lose the indents of code on the first line, and the columns of a table.
        if isinstance(next(_unwrapped(note.blocks, 0), None), Paragraph):
            return _hung(f"{mark} ", _NOTE_INDENT, lines)
        return _hung(mark, _NOTE_INDENT, ["", *lines])

    def _block(self, block: Block, depth: int) -> Lines:
        return self._leaf(block) if isinstance(block, Leaf) else self._container(block, depth + 1)

    # Leaves

    def _leaf(self, leaf: Leaf) -> Lines:  # noqa: PLR0911 - one a kind of leaf
        match leaf:
            case Heading():
                return self._heading(leaf)
            case Paragraph(text):
                return _paragraph(write_inline(text, Place.PARAGRAPH, self._notes))
            case CodeBlock(text, language):
                return _code(text.text, language)
            case MathBlock(text):
                return _formula(text.text)
            case Image():
                return _paragraph(write_image(leaf, Place.PARAGRAPH, self._notes))
            case Embed():
                return _embed(leaf)
            case Rule():
                return [_RULE]

    def _heading(self, leaf: Heading) -> Lines:
        if not leaf.level and self._shift:
            return []
        text = write_inline(_without_dress(leaf), Place.HEADING, self._notes)
        level = min(max(leaf.level, 1) + self._shift, 6)
        return [f"{'#' * level} {heading_guarded(text)}"] if text else []

    # Containers

    def _container(self, block: Container, depth: int) -> Lines:  # noqa: PLR0911 - one a kind
        match block:
            case Quote(blocks, kind, folded) if kind and isinstance(blocks[0], Paragraph):
                return self._callout(blocks[0], blocks[1:], f"[!{kind}]{_FOLDS[folded]}", depth)
            case Quote(blocks):
                return [f"> {line}" if line else ">" for line in self.all(blocks, depth)]
            case Table():
                return self._table(block, depth)
            case DefinitionList(entries):
                lines: Lines = []
                for entry in entries:
                    for term in entry.terms:
                        lines += self._element("dt", (term,), depth)
                    lines += self._element("dd", entry.blocks, depth)
                return ["<dl>", *lines, "</dl>"] if lines else []
            case Figure(blocks, caption):
                inner = self.all(blocks, depth)
                return ["<figure>", "", *inner, "", *self._element("figcaption", caption, depth), "</figure>"]
            case Details(summary, blocks):
                inner = self.all(blocks, depth)
                below = ["", *inner, ""] if inner else []
                return ["<details>", *self._element("summary", (summary,), depth), *below, "</details>"]
            case Footnotes() | ListBlock():
                return []

    def _callout(self, title: Paragraph, blocks: Sequence[Block], mark: str, depth: int) -> Lines:
        """A callout as Obsidian and GitHub write it; a title that only names its kind is left out."""
        text = write_inline(title.text, Place.HEADING, self._notes)
        head = mark if f"[!{title.text.text.lower()}]" == mark.rstrip("+-") else f"{mark} {text}"
        inner = self.all(blocks, depth)
        return [f"> {head}", *(f"> {line}" if line else ">" for line in inner)]

    def _element(self, tag: str, blocks: Sequence[Block], depth: int) -> Lines:
        """An element with blocks: on one line if they are only a text, else parted from them by empty lines."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].text.spans:
            # Inside a line of HTML nothing is read as Markdown.
            text = "<br>".join(escape(line.strip(), quote=False) for line in blocks[0].text.text.strip().split("\n"))
            return [f"<{tag}>{text}</{tag}>"] if text else []
        lines = self.all(blocks, depth)
        return [f"<{tag}>", "", *lines, "", f"</{tag}>"] if lines else []

    # Lists

    def _lists(self, block: ListBlock, depth: int, last: str) -> Iterator[tuple[Lines, str]]:
        """The lines of a list, and the sign of its items, which differs from that of the list right before.

        Markdown counts by itself: where the numbers of the items do, a new list begins.
        """
        tight = _is_tight(block)
        lines: Lines = []
        sign = last
        expected = -1
        for number, item in _numbered(block):
            content = self._item(item, depth, tight=tight)
            if not content:
                continue
            if lines and block.ordered and number != expected:
                yield lines, sign
                lines = []
            if not lines:
                sign = _other_sign(sign, ordered=block.ordered)
            elif not tight:
                lines.append("")
            marker = f"{number}{sign} " if block.ordered else f"{sign} "
            lines += _hung(marker, " " * len(marker), content)
            expected = number + 1
        if lines:
            yield lines, sign

    def _item(self, item: ListItem, depth: int, *, tight: bool) -> Lines:
        lines = self.all(item.blocks, depth, tight=tight)
        if item.checked is not None:
            box = f"[{'x' if item.checked else ' '}]"
            if isinstance(next(_unwrapped(item.blocks, depth), None), Paragraph):
                return [f"{box} {lines[0]}", *lines[1:]]
            return [f"{box} {_EMPTY}", "", *lines] if lines else [f"{box} {_EMPTY}"]
        # Some parsers count what stands before a table's head as a cell.
        return ["", *lines] if lines and lines[0].startswith("|") else lines

    # Tables

    def _table(self, table: Table, depth: int) -> Lines:
        """A table, below its caption. Cells that reach over several places stand in their first."""
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

    def _cell(self, placed: Placed | None, row: int, column: int) -> str:
        if placed is None or (placed.row, placed.column) != (row, column):
            return ""
        return self._cells.write(placed.cell.blocks)


def _unwrapped(blocks: Sequence[Block], depth: int) -> Iterator[Block]:
    """Blocks that hold something, without the containers around them that say nothing or lie too deep."""
    for block in blocks:
        if isinstance(block, Leaf):
            if block.text.text.strip() or isinstance(block, Image | Embed | Rule):
                yield block
        elif depth >= _DEPTH:
            yield from _unwrapped(list(leaves(block)), depth)
        elif isinstance(block, Table) and is_wrapper(block):
            yield from _unwrapped(block.caption, depth)
            for row in block.rows:
                for cell in row:
                    yield from _unwrapped(cell.blocks, depth)
        elif isinstance(block, Figure) and not (block.blocks and block.caption):
            yield from _unwrapped([*block.blocks, *block.caption], depth)
        else:
            yield block


def _without_dress(leaf: Heading) -> Inline:
    """A heading's text; what was bold as a whole only to look like a heading needs that no more."""
    whole = (0, len(leaf.text.text), SpanKind.STRONG)
    if not leaf.pseudo:
        return leaf.text
    return replace(leaf.text, spans=tuple(one for one in leaf.text.spans if (one.start, one.end, one.kind) != whole))


def _paragraph(text: str) -> Lines:
    return list(lines_of(text)) if text else []


def _code(text: str, language: str) -> Lines:
    if not text.strip():
        return []
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    name = re.sub(r"[`\s]", "", language)
    return [f"{fence}{name}", *text.split("\n"), fence]


def _formula(tex: str) -> Lines:
    lines = [line for line in tex.split("\n") if line.strip()]
    if not lines:
        return []
    # GitHub's other form for formulas, which bears dollars.
    return ["```math", *lines, "```"] if "$$" in tex else ["$$", *lines, "$$"]


def _embed(leaf: Embed) -> Lines:
    """Something to be played or opened, which leads to its source where it cannot be."""
    name = escape(" ".join(leaf.text.text.split()), quote=False)
    address = "" if is_active(leaf.source) else leaf.source
    if not name and not address:
        return []
    source = f' src="{attribute(address)}"' if address else ""
    inner = [f'<a href="{attribute(address)}">{name}</a>' if address else name] if name else []
    return [f"<{leaf.kind}{source}>", *inner, f"</{leaf.kind}>"]


def _hung(marker: str, indent: str, lines: Lines) -> Lines:
    """Lines behind a marker, the others below the first."""
    first, *rest = lines or [""]
    return [f"{marker}{first}".rstrip(" "), *(f"{indent}{line}" if line else "" for line in rest)]


def _numbered(block: ListBlock) -> Iterator[tuple[int, ListItem]]:
    """The items that hold something, with their numbers: an item's own one also counts for those after it."""
    number = block.start
    for item in block.items:
        number = number if item.number is None else item.number
        if item.blocks or item.checked is not None:
            yield min(max(number, 0), _LARGEST_NUMBER), item
        number += 1


def _other_sign(last: str, *, ordered: bool) -> str:
    one, other = (".", ")") if ordered else ("-", "+")
    return other if last == one else one


def _is_tight(block: ListBlock) -> bool:
    """Whether no empty line is needed in a list: each item is a paragraph, with lists below it at most."""
    for item in block.items:
        first, *rest = item.blocks or (None,)
        if not isinstance(first, Paragraph) or not first.text.text.strip() or len(rest) > 1:
            return False
        for inner in rest:
            # A number other than 1 in the line below a paragraph is taken for a part of it.
            if not isinstance(inner, ListBlock) or not _is_tight(inner):
                return False
            if inner.ordered and [number for number, _ in _numbered(inner)] != [*range(1, len(inner.items) + 1)]:
                return False
    return True


def _alignment(owners: Sequence[Sequence[Placed | None]], column: int) -> Alignment:
    """How a column stands: as its first cell that says so."""
    cells = (row[column] for row in owners)
    return next((one.cell.alignment for one in cells if one and one.cell.alignment), Alignment.NONE)
