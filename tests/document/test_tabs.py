"""Tabs of code: positions count blanks, and what is copied or exported has the tabs again."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock, Inline, Paragraph, Span, SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position, Range
from reader.document.parts import part_of, sliced
from reader.document.tabs import expanded, trimmed_part, typed, typed_part, with_tabs
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.layout.head import Head
from reader.parse import parse

MAKEFILE = "all:\n\techo 1\t# one\n\t\tnested\n  \tmixed\n\tend"
TEXT = st.text(alphabet="ab\t\n 灯", max_size=40)


def parsed(source: str, written_in: BodyFormat = BodyFormat.MARKDOWN) -> Document:
    return parse(Body(source, written_in))


def code_of(document: Document) -> Inline:
    return next(leaf.text for leaf in document.leaves if isinstance(leaf, CodeBlock))


def with_spans(text: str, *others: Span) -> Inline:
    shown, ranges = expanded(text)
    return Inline(shown, (*others, *(Span(start, end, SpanKind.TAB, "4") for start, end in ranges)))


@given(TEXT, st.integers(0, 9), st.sampled_from([2, 4, 8]))
def test_tabs_are_expanded_like_those_of_python(text: str, column: int, size: int) -> None:
    assert expanded(text, size, column)[0] == ("x" * column + text).expandtabs(size)[column:]


@given(TEXT)
def test_every_text_comes_back_as_it_was_typed(text: str) -> None:
    assert typed(with_spans(text)) == text


@given(TEXT, st.data())
def test_any_part_between_two_characters_comes_back(text: str, data: Any) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    inline = with_spans(text)
    first, last = len(text[:start].expandtabs(4)), len(text[:end].expandtabs(4))
    assert typed(inline, first, last) == text[start:end]
    assert typed(sliced(inline, first, last)) == text[start:end]


@given(st.text(alphabet="ab\t\n", min_size=1, max_size=8))
def test_other_spans_have_the_same_characters_behind_them(text: str) -> None:
    for start, end in combinations(range(len(text) + 1), 2):
        first, last = len(text[:start].expandtabs(4)), len(text[:end].expandtabs(4))
        inline = with_tabs(with_spans(text, Span(first, last, SpanKind.STRONG)))
        assert inline.text == text
        assert inline.spans == (Span(start, end, SpanKind.STRONG),) * (1 if "\t" in text or inline.spans else 0)


@pytest.mark.parametrize(
    ("source", "written_in"),
    [
        (f"```make\n{MAKEFILE}\n```\n", BodyFormat.MARKDOWN),
        (f"<pre><code>{MAKEFILE}</code></pre>", BodyFormat.HTML),
        (f"<pre>{MAKEFILE.replace('echo', '<b>echo</b>')}</pre>", BodyFormat.HTML),
    ],
)
def test_code_keeps_its_tabs_and_its_positions(source: str, written_in: BodyFormat) -> None:
    code = code_of(parsed(source, written_in))
    assert code.text == MAKEFILE.expandtabs(4)
    assert typed(code) == MAKEFILE


def test_marked_lines_keep_their_tabs() -> None:
    code = code_of(parsed("```go {2}\na\n\tb\n```\n"))
    assert {span.kind for span in code.spans} == {SpanKind.MARKED, SpanKind.TAB}
    assert typed(code) == "a\n\tb"


def test_preformatted_prose_has_no_tabs() -> None:
    (leaf,) = parsed("<p style='white-space: pre'>a\tb</p>", BodyFormat.HTML).leaves
    assert isinstance(leaf, Paragraph)
    assert all(span.kind is not SpanKind.TAB for span in leaf.text.spans)


def test_a_part_of_an_article_has_tabs_in_its_code_only() -> None:
    document = parsed(f"before\n\n```\n{MAKEFILE}\n```\n\nbehind\n")
    assert typed_part(document, Range(Position(0, 3), Position(2, 2))) == f"ore\n{MAKEFILE}\nbe"
    assert [typed(leaf.text) for leaf in part_of(document, Range(Position(1, 5), Position(1, 9))).leaves] == ["\t"]


def test_a_selection_keeps_the_indent_of_code_but_no_blanks_around_prose() -> None:
    document = parsed("one two three\n\n```\n\tif x:\n\t\ty\n```\n")
    assert trimmed_part(document, Range(Position(0, 3), Position(0, 8))) == "two"
    assert trimmed_part(document, Range(Position(0, 13), Position(2, 0))) == "\tif x:\n\t\ty"
    assert trimmed_part(document, Range(Position(1, 9), Position(1, 99))) == "\n\t\ty".lstrip("\n")
    assert trimmed_part(Document(()), Range(Position(0), Position(0))) == ""


@pytest.mark.parametrize("name", ["markdown", "html", "org", "json"])
def test_exported_code_has_the_tabs_of_its_source(name: str) -> None:
    document = parsed(f"```make\n{MAKEFILE}\n```\n")
    written = b"".join(FORMATS[name].exporter(ExportOptions()).render(Head("t", ""), document)).decode()
    assert (MAKEFILE if name != "json" else MAKEFILE.replace("\n", "\\n").replace("\t", "\\t")) in written


def test_code_in_a_cell_of_exported_markdown_has_its_tabs() -> None:
    document = parsed("<table><tr><td><pre>a\tb\n\tc</pre></td><td>d</td></tr></table>", BodyFormat.HTML)
    written = b"".join(FORMATS["markdown"].exporter(ExportOptions()).render(Head("t", ""), document)).decode()
    assert "a\tb<br>\tc" in written
