"""Comparison of documents after an export to Markdown and parsing of the result."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reader.document.annotation import Annotation
from reader.document.blocks import (
    Block,
    CodeBlock,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    Leaf,
    ListBlock,
    SpanKind,
    Table,
    children,
    leaves,
)
from reader.document.document import Document
from reader.export.markdown_exporter import MarkdownExporter
from reader.layout.head import Head
from reader.parse.markdown import parse_markdown


def written(blocks: Iterable[Block], head: Head = Head(""), annotations: Sequence[Annotation] = ()) -> str:  # noqa: B008
    """A document as Markdown."""
    return b"".join(MarkdownExporter(annotations).render(head, Document(tuple(blocks)))).decode()


def read_again(blocks: Iterable[Block]) -> list[Block]:
    return parse_markdown(written(blocks))


def forms(blocks: Iterable[Block]) -> list[object]:
    """Blocks as nested tuples of what Markdown preserves: kinds, texts without white space, and formatting."""
    return [_form(block) for block in blocks]


def words(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The kind and text of each visible leaf, without white space and footnote references."""
    for block in blocks:
        for leaf in leaves(block):
            text = _without_references(leaf.text)
            if text or isinstance(leaf, Image | Embed):
                yield type(leaf).__name__, text


def _without_references(inline: Inline) -> str:
    kept = list(inline.text)
    for span in inline.spans:
        if span.kind is SpanKind.FOOTNOTE:
            kept[span.start : span.end] = [""] * (span.end - span.start)
    return "".join("".join(kept).split())


def _form(block: Block) -> tuple[object, ...]:  # noqa: PLR0911 - one per kind of block
    name = type(block).__name__
    match block:
        case CodeBlock(text, language, first_line):
            return name, text.text, language, first_line
        case Heading(text, level):
            return name, level, _looks(text)
        case Image(text, source):
            return name, _looks(text), source
        case Embed(text, kind, source):
            return name, _looks(text), kind, source
        case Table(rows, head, caption):
            cells = [[(one.header, one.alignment, forms(one.blocks)) for one in row] for row in rows]
            return name, head, cells, forms(caption)
        case ListBlock(items, ordered, start, style):
            own = [(item.number, item.checked, forms(item.blocks)) for item in items]
            return name, ordered, start if ordered else 1, style, own
        case DefinitionList(entries):
            return name, [(forms(entry.terms), forms(entry.blocks)) for entry in entries]
        case Figure(blocks, caption, above):
            return name, forms(blocks), forms(caption), above
    return (name, _looks(block.text)) if isinstance(block, Leaf) else (name, forms(children(block)))


def _looks(inline: Inline) -> list[tuple[str, frozenset[tuple[SpanKind, str]]]]:
    """Each character except white space, with its formatting."""
    said: list[set[tuple[SpanKind, str]]] = [set() for _ in inline.text]
    for span in inline.spans:
        for place in range(span.start, span.end):
            said[place].add((span.kind, span.value))
    return [(one, frozenset(own)) for one, own in zip(inline.text, said, strict=True) if not one.isspace()]


def letters(blocks: Sequence[Block]) -> Counter[str]:
    """How often each character is in the text of the blocks, without white space."""
    texts = ("".join(leaf.text.text.split()) for block in blocks for leaf in leaves(block))
    return Counter("".join(texts))
