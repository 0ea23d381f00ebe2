"""Exported files contain nothing active: no scripts or pages in addresses, and no tags made from text."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.document.blocks import Block, Embed, Footnote, Footnotes, Image, Inline, Paragraph, Span, SpanKind
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse
from tests.export.compared import written
from tests.parse.blocks import cell, para, table

ACTIVE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript&colon;alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
]
SHAPES = [
    '<iframe src="{}" title="film"></iframe>',
    '<video src="{}" title="film"></video>',
    '<video title="film"><source src="{}"></video>',
    '<audio src="{}" title="film"></audio>',
    '<object data="{}" title="film"></object>',
    '<embed src="{}" title="film">',
    '<p><a href="{}">film</a></p>',
    '<p><img src="{}" alt="film"></p>',
    '<p><img srcset="{} 2x" alt="film"></p>',
    '<table><tr><td><iframe src="{}" title="film"></iframe></td><td>b</td></tr></table>',
]


class Addresses(HTMLParser):
    """The addresses and elements of a page, as parsed by a browser."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "data", "srcset", "srcdoc"}]


def scheme(address: str) -> str:
    """The scheme of an address, by the URL parser of the WHATWG."""
    kept = "".join(one for one in address.lstrip("".join(map(chr, range(33)))) if one not in "\t\n\r")
    return kept.partition(":")[0].lower()


def rendered(blocks: list[Block]) -> Addresses:
    return Addresses(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written(blocks)))


def assert_inactive(blocks: list[Block]) -> None:
    text = written(blocks)
    assert not {scheme(one) for one in rendered(blocks).found} & {"javascript", "vbscript", "data"}, text


@pytest.mark.parametrize("address", ACTIVE)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_address_of_a_page_is_a_script(address: str, shape: str) -> None:
    page = shape.format(address.replace("<", "&lt;").replace('"', "&quot;"))
    document = parse(Body(page, BodyFormat.HTML, "", 1))
    assert "film" in written(list(document.blocks))
    assert_inactive(list(document.blocks))


@pytest.mark.parametrize("address", ACTIVE)
def test_no_script_address_of_a_document_is_written(address: str) -> None:
    link = Paragraph(Inline("film", (Span(0, 4, SpanKind.LINK, address),)))
    embed = Embed(Inline("film"), "video", address)
    image = Image(Inline("film"), address)
    assert_inactive([link, embed, image, table((cell(embed), cell(link)), (cell(image), cell("b")))])


@pytest.mark.parametrize("text", ["<script>", "</b>", "a <b", "<!--", "<?php", "<a@b>", "a<", "1 < 2"])
def test_text_like_a_tag_is_not_a_tag_in_python_markdown_either(text: str) -> None:
    made = written([para(text)])
    # Python-Markdown does not support a backslash before `<`.
    assert "\\<" not in made
    assert not Addresses(made).tags
    assert not set(rendered([para(text)]).tags) - {"p"}


@given(st.text(st.sampled_from("<>!?/abscript =\"'&;\\`*_-"), max_size=40))
def test_no_text_becomes_an_element(text: str) -> None:
    block = para(text.strip() or "x")
    allowed = {"p", "h1", "h2", "ul", "ol", "li", "hr", "blockquote", "em", "strong", "code", "br", "pre"}
    assert not set(rendered([block]).tags) - allowed


def notes() -> Iterator[tuple[str, str]]:
    yield from (("海", "海[^1]"), ("a", "a[^1]"), ("②", "[^1]"), ("*", "[^1]"), ("†", "[^1]"), ("3", "[^1]"))
    yield from (("[a]", "[^1]"), ("［注］", "[^1]"), ("注1", "[^1]"), ("¹", "[^1]"))


@pytest.mark.parametrize(("text", "expected"), notes())
def test_single_character_before_a_footnote_is_text_unless_it_is_markup(text: str, expected: str) -> None:
    reference = Paragraph(Inline(f"山{text}川", (Span(1, 1 + len(text), SpanKind.FOOTNOTE, "1"),)))
    made = written([reference, Footnotes((Footnote("1", (para("注文"),)),))])
    assert made.splitlines()[0] == f"山{expected}川"
