"""An article as JSON: its metadata, its sections, and its blocks with their offsets."""

from collections.abc import Iterator
from typing import Any

from reader.archive.article import Article
from reader.archive.article_record import metadata
from reader.document.blocks import Block, CodeBlock, Embed, Heading, Image, Leaf, Span, children
from reader.document.document import Document, Position, Range
from reader.document.outline import Outline
from reader.document.tabs import typed

_DEEPEST = 64
"""The maximum number of containers listed around a block, because documents nest to any depth."""

_KINDS = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "CodeBlock": "code",
    "MathBlock": "math",
    "Image": "image",
    "Embed": "embed",
    "Rule": "rule",
    "ListBlock": "list",
    "DefinitionList": "definitions",
    "Quote": "quote",
    "Table": "table",
    "Figure": "figure",
    "Details": "details",
    "Footnotes": "footnotes",
}
"""The kind of each class of blocks, stable within a major version."""


def article_record(
    article: Article | None, document: Document, sections: Outline, span: Range | None = None
) -> dict[str, Any]:
    """An article with its sections and blocks; with `span`, only sections that begin in it and blocks that overlap it.

    Blocks are numbered in reading order; `start` is the offset of a block in the text of the whole article, whose
    blocks are joined by newlines; `section` is an index into all sections.
    """
    return {
        **(metadata(article) if article is not None else {}),
        "sections": [
            {"level": one.level, "title": one.title, "block": one.start.block}
            for one in sections.sections
            if span is None or span.start <= one.start < span.end
        ],
        "blocks": [one for one in _blocks(document, sections) if span is None or _overlaps(one, span)],
    }


def _overlaps(record: dict[str, Any], span: Range) -> bool:
    start, end = Position(record["block"]), Position(record["block"], len(record["text"]))
    return start < span.end and (end > span.start or (start == end == span.start))


def _blocks(document: Document, outline: Outline) -> Iterator[dict[str, Any]]:
    sections = outline.sections
    at, section = 0, -1
    for number, (leaf, within) in enumerate(_leaves(document)):
        while section + 1 < len(sections) and sections[section + 1].start.block <= number:
            section += 1
        record: dict[str, Any] = {"block": number, "kind": _KINDS[type(leaf).__name__]}
        if within:
            record["within"] = within
        record |= {"start": at, "section": section if section >= 0 else None, "text": leaf.text.text, **_own(leaf)}
        if leaf.text.spans:
            record["spans"] = [_span(one) for one in leaf.text.spans]
        yield record
        at += len(leaf.text.text) + 1


def _span(span: Span) -> dict[str, Any]:
    value = {"value": span.value} if span.value else {}
    return {"start": span.start, "end": span.end, "kind": span.kind.value, **value}


def _own(leaf: Leaf) -> dict[str, Any]:
    """The attributes that only one kind of block has."""
    match leaf:
        case Heading():
            return {"level": leaf.level, "detected": leaf.pseudo}
        case CodeBlock():
            code = typed(leaf.text)
            return {"language": leaf.language, **({"code": code} if code != leaf.text.text else {})}
        case Image():
            return {"source": leaf.source}
        case Embed():
            return {"source": leaf.source, "content": leaf.kind}
    return {}


def _leaves(document: Document) -> Iterator[tuple[Leaf, list[str]]]:
    """The leaves in reading order, each with the kinds of the containers around it, the outermost first."""
    stack: list[Iterator[Block]] = [iter(document.blocks)]
    kinds: list[str] = []
    while stack:
        for child in stack[-1]:
            if isinstance(child, Leaf):
                yield child, kinds[:_DEEPEST]
            else:
                kinds.append(_kind(child))
                stack.append(children(child))
                break
        else:
            stack.pop()
            if kinds:
                kinds.pop()


def _kind(block: Block) -> str:
    name = _KINDS[type(block).__name__]
    callout = getattr(block, "kind", "")
    return f"{name}:{callout}" if callout else name
