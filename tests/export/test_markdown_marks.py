"""Marks as readable Markdown: quotations stay text, whatever they look like."""

import pytest
from markdown_it import MarkdownIt

from reader.export.markdown_marks import escaped

HOSTILE = (
    "<script>alert(1)</script>",
    '<iframe src="javascript:alert(1)">',
    "\\<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "<https://example.org>",
    "a <b>, 3 < 4 > 2",
)


@pytest.mark.parametrize("line", HOSTILE)
def test_quotation_round_trips_as_text(line: str) -> None:
    (block,) = (one for one in MarkdownIt("commonmark").parse(escaped(line)) if one.type == "inline")
    assert "".join(child.content for child in block.children or ()) == line
    assert {child.type for child in block.children or ()} <= {"text", "text_special"}


@pytest.mark.parametrize("line", HOSTILE)
def test_opening_bracket_is_safe_in_parsers_without_its_escape(line: str) -> None:
    assert "<" not in escaped(line)
