"""Spans inside preformatted text cover their characters, whatever is stripped at the ends of the text."""

import pytest

from reader.document.blocks import CodeBlock, SpanKind
from reader.parse.html import parse_html


def spans(source: str) -> tuple[str, list[tuple[SpanKind, str]]]:
    """The text of the only block, and the text of each span."""
    (block,) = parse_html(source)
    assert isinstance(block, CodeBlock)
    text = block.text.text
    assert all(0 <= span.start < span.end <= len(text) for span in block.text.spans)
    return text, [(span.kind, text[span.start : span.end]) for span in block.text.spans]


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "\n  \n"])
@pytest.mark.parametrize("after", ["", "\n", "  \n\n"])
def test_span_covers_the_same_characters(before: str, after: str) -> None:
    source = f"<pre>{before}a <b>bold</b> c\n<i>slanted</i>{after}</pre>"
    assert spans(source) == (
        "a bold c\nslanted",
        [(SpanKind.STRONG, "bold"), (SpanKind.EMPHASIS, "slanted")],
    )


def test_span_over_stripped_ends_is_shortened() -> None:
    assert spans("<pre>\n\n<b>\n\nbold\n</b>\n</pre>") == ("bold", [(SpanKind.STRONG, "bold")])
    assert spans("<pre><b>\n \na</b>b<i>c \n</i></pre>") == ("abc", [(SpanKind.STRONG, "a"), (SpanKind.EMPHASIS, "c")])


def test_span_of_only_stripped_ends_is_removed() -> None:
    assert spans("<pre>\n<b>\n</b>a<i>\n\n</i></pre>") == ("a", [])


def test_the_first_line_keeps_its_indent() -> None:
    assert spans("<pre>\n    <b>a</b>\n  b</pre>") == ("    a\n  b", [(SpanKind.STRONG, "a")])


def test_span_for_code_is_redundant_and_removed() -> None:
    assert spans("<pre><code>a <b>b</b></code></pre>") == ("a b", [(SpanKind.STRONG, "b")])
    assert spans("<pre>a <code>b</code> <u>c</u></pre>") == ("a b c", [(SpanKind.UNDERLINE, "c")])


def test_a_link_in_code_keeps_its_target() -> None:
    (block,) = parse_html("<pre>\nsee <a href='https://example.org/a'>here</a>\n</pre>")
    (span,) = block.text.spans if isinstance(block, CodeBlock) else ()
    assert (span.kind, span.start, span.end, span.value) == (SpanKind.LINK, 4, 8, "https://example.org/a")
