"""Markdown parsed for the index has the same text and kinds of content as for display."""

import pytest
from hypothesis import given, settings

from reader.archive.scan import body_at
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.index.texts import facets, plain_text
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse
from tests.conftest import PROJECT, real_files
from tests.parse.markdown_corpus import DIALECTS, documents

FILES = real_files()
TITLE = "灯塔"


def leaves(text: str) -> list[str]:
    """The leaves of a text, with spaces next to line breaks removed and other white space collapsed."""
    lines = ("\n".join(" ".join(line.split()) for line in leaf.split("\n")) for leaf in text.split("\0"))
    return [leaf for leaf in lines if leaf.strip()]


def agrees(source: str) -> None:
    """Compare the results of both ways of parsing, without and with a title."""
    lean, full = Document(tuple(parse_markdown(source, lean=True))), Document(tuple(parse_markdown(source)))
    assert leaves(plain_text(lean)) == leaves(plain_text(full))
    assert facets(lean) == facets(full)
    body = Body(source, BodyFormat.MARKDOWN, TITLE)
    without_title = leaves(plain_text(parse(body, headings=False)))
    with_headings = leaves(plain_text(parse(body)))
    assert "".join("".join(without_title).split()) == "".join("".join(with_headings).split())


@pytest.mark.parametrize("source", DIALECTS)
def test_dialects_have_the_same_text(source: str) -> None:
    agrees(source)


@settings(max_examples=400, deadline=None)
@given(documents())
def test_any_markdown_has_the_same_text(source: str) -> None:
    agrees(source)


@pytest.mark.skipif(not FILES, reason="the shared files are not beside this checkout")
def test_real_posts_have_the_same_text() -> None:
    for path in FILES:
        try:
            body = body_at(path, TITLE)[0]
        except ArchiveError:
            continue
        agrees(body.text)


def test_sample_archive_has_the_same_text() -> None:
    for path in (PROJECT / "seeds").rglob("*.md"):
        agrees(body_at(path, TITLE)[0].text)
