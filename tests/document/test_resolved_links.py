"""Relative links with a base."""

import os
from pathlib import Path

import pytest

from reader.document.blocks import Image, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document
from reader.document.resolved_links import based, with_base

WEB = "https://example.org/blog/post.html"


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("next.html", "https://example.org/blog/next.html"),
        ("/about", "https://example.org/about"),
        ("../a.png", "https://example.org/a.png"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("#part", "#part"),
        ("wiki:Note", "wiki:Note"),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_web_addresses(target: str, found: str) -> None:
    assert based(target, WEB) == found


def test_paths(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for base in (page, tmp_path):
        assert based("pics/a.png#x", str(base)) == f"{tmp_path}{os.sep}pics{os.sep}a.png#x"
    assert based("https://example.org", str(page)) == "https://example.org"
    assert based("/root", str(page)) == "/root"


def test_links_and_pictures_of_a_document() -> None:
    text = Inline("see it", (Span(0, 3, SpanKind.LINK, "b.html"), Span(4, 6, SpanKind.STRONG)))
    found = with_base(Document((Paragraph(text), Image(Inline("alt"), "c.png"))), WEB)
    assert [span.value for span in found.leaves[0].text.spans] == ["https://example.org/blog/b.html", ""]
    assert found.blocks[1] == Image(Inline("alt"), "https://example.org/blog/c.png")
