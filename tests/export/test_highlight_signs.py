"""Highlights between double equals signs, as Obsidian has them."""

import pytest
from hypothesis import given

from reader.document.annotation import Annotation
from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position, Range
from reader.export.markdown_exporter import MarkdownExporter, markdown_of
from reader.layout.head import Head
from reader.parse.markdown import parse_markdown
from tests.export.compared import forms
from tests.export.strategies import inlines

TEXT = "灯塔的光，「甲」乙 and foo **bold** x=1 `code` end."


@pytest.mark.parametrize(
    ("highlighted", "expected"),
    [
        ("灯塔", "==灯塔==的光"),
        ("foo bold", "==foo **bold**== x"),
        ("光，", "==光，=="),
        ("「甲」", "<mark>「甲」</mark>乙"),
        ("oo", "f<mark>oo</mark> "),
        ("x=1", "<mark>x=1</mark>"),
        ("cod", "<mark>cod</mark>e"),
    ],
)
def test_signs_are_written_where_every_program_recognizes_them(highlighted: str, expected: str) -> None:
    document = Document(tuple(parse_markdown(TEXT)))
    start = document.text(0).index(highlighted)
    annotation = Annotation(Range(Position(0, start), Position(0, start + len(highlighted))), 1)
    written = b"".join(MarkdownExporter((annotation,), marks_with_signs=True).render(Head(""), document)).decode()
    assert expected in written
    assert "==" not in b"".join(MarkdownExporter((annotation,)).render(Head(""), document)).decode()


def test_highlights_that_overlap_are_one() -> None:
    document = Document((Paragraph(Inline("灯塔的光在夜里亮着")),))
    spans = [Range(Position(0, first), Position(0, last)) for first, last in ((0, 4), (2, 6), (7, 9))]
    annotations = [Annotation(span, 1) for span in spans]
    written = b"".join(MarkdownExporter(annotations, marks_with_signs=True).render(Head(""), document)).decode()
    assert written == "==灯塔的光在夜==里==亮着==\n"


@given(inlines())
def test_what_is_between_signs_is_read_like_an_element(inline: Inline) -> None:
    document = Document((Paragraph(inline),))
    with_signs = markdown_of(document, MarkdownExporter(marks_with_signs=True))
    assert forms(parse_markdown(with_signs)) == forms(parse_markdown(markdown_of(document)))
