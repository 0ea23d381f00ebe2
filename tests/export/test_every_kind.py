"""Every kind of block and of span can be exported in every format, without losing its text."""

import io
import zipfile
from collections.abc import Sequence
from typing import get_args

import pytest

from reader.document.blocks import (
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.layout.head import Head
from tests.export.test_new_formats import checked_epub, text_of, tree_of_page

WORD = Inline("lamp")
PARAGRAPHS = (Paragraph(WORD),)
BLOCKS: Sequence[Block] = (
    Heading(WORD, 1),
    Paragraph(WORD),
    CodeBlock(WORD, "c", 7),
    MathBlock(WORD),
    Image(WORD, "a.png"),
    Embed(WORD, "video", "https://example.org/"),
    Rule(),
    ListBlock((ListItem(PARAGRAPHS), ListItem(PARAGRAPHS, 4, checked=True)), ordered=True, style="i"),
    DefinitionList((Definition((Paragraph(WORD),), PARAGRAPHS),)),
    Quote(PARAGRAPHS, "note", folded=True),
    Table(((Cell(PARAGRAPHS, header=True),), (Cell(PARAGRAPHS),)), 1, PARAGRAPHS),
    Figure(PARAGRAPHS, PARAGRAPHS, caption_above=True),
    Details(Paragraph(WORD), PARAGRAPHS),
    Footnotes((Footnote("1", PARAGRAPHS),)),
)
NOTES = Footnotes((Footnote("1", (Paragraph(Inline("buoy")),)),))
WITH_TEXT = ("text", "markdown", "html", "epub", "json")


def exported(name: str, *blocks: Block) -> str:
    """The content of a file; of a book its chapter."""
    data = b"".join(FORMATS[name].exporter(ExportOptions()).render(Head("T"), Document(blocks)))
    if name == "html":
        return text_of(tree_of_page(data))
    if name == "epub":
        checked_epub(data)
        data = zipfile.ZipFile(io.BytesIO(data)).read("EPUB/chapter1.xhtml")
    return data.decode()


def test_no_kind_of_block_is_missing() -> None:
    assert {type(block) for block in BLOCKS} == set(get_args(Block))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_kind_of_block(name: str, block: Block) -> None:
    shown = exported(name, Paragraph(Inline("fog")), block, Quote((block,)))
    if name in WITH_TEXT:
        assert "fog" in shown
        assert ("lamp" in shown) is not isinstance(block, Rule)


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_of_span_in_every_other(name: str) -> None:
    values = {SpanKind.FOOTNOTE: "1", SpanKind.LINK: "https://example.org/", SpanKind.CALLOUT: "unknown"}
    spans = [Span(0, 4, kind, values.get(kind, "x")) for kind in SpanKind]
    texts = [Inline("lamp fog", (outer, inner)) for outer in spans for inner in spans]
    shown = exported(name, *map(Paragraph, texts), *(Heading(Inline("lamp", (span,)), 2) for span in spans), NOTES)
    if name in WITH_TEXT:
        assert shown.count("fog") == len(texts)
        assert "buoy" in shown
