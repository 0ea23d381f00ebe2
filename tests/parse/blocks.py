"""Helpers to build expected blocks."""

from reader.document.blocks import (
    Alignment,
    Block,
    Cell,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Span,
    SpanKind,
    Table,
)
from reader.parse.html import parse_page
from reader.parse.markdown import parse_markdown
from reader.parse.plain import parse_plain


def html(source: str) -> list[Block]:
    return parse_page(source)[0]


def markdown(source: str) -> list[Block]:
    return parse_markdown(source)


def plain(source: str) -> list[Block]:
    return parse_plain(source)


def text(content: str, *marks: tuple[str, SpanKind] | tuple[str, SpanKind, str]) -> Inline:
    """A text with spans over the first occurrence of each part."""
    spans = []
    for part, kind, *value in marks:
        start = content.index(part)
        spans.append(Span(start, start + len(part), kind, value[0] if value else ""))
    return Inline(content, tuple(spans))


def para(content: str, *marks: tuple[str, SpanKind] | tuple[str, SpanKind, str]) -> Paragraph:
    return Paragraph(text(content, *marks))


def head(content: str, level: int) -> Heading:
    return Heading(Inline(content), level)


def image(alt: str, source: str) -> Image:
    return Image(Inline(alt), source)


def item(*blocks: Block | str, number: int | None = None, checked: bool | None = None) -> ListItem:
    return ListItem(tuple(para(one) if isinstance(one, str) else one for one in blocks), number, checked)


def bullets(*items: ListItem | str) -> ListBlock:
    return ListBlock(tuple(item(one) if isinstance(one, str) else one for one in items))


def numbered(*items: ListItem | str, start: int = 1, style: str = "1") -> ListBlock:
    return ListBlock(
        tuple(item(one) if isinstance(one, str) else one for one in items), ordered=True, start=start, style=style
    )


def cell(
    *blocks: Block | str, header: bool = False, alignment: Alignment = Alignment.NONE, columns: int = 1, rows: int = 1
) -> Cell:
    own = tuple(para(one) if isinstance(one, str) else one for one in blocks)
    return Cell(own, header, alignment, columns, rows)


def table(*rows: tuple[Cell, ...], head: int = 0, caption: tuple[Block, ...] = ()) -> Table:
    return Table(rows, head, caption)
