"""Links and what could be taken for them in exported Markdown."""

import pytest

from reader.document.blocks import Inline, Paragraph, Span, SpanKind
from reader.document.document import Document
from reader.export.markdown_exporter import markdown_of
from reader.parse.markdown import parse_markdown
from tests.export.compared import read_again, written
from tests.parse.blocks import para


def test_bracket_before_code_with_a_bracket_and_a_colon_starts_no_definition() -> None:
    text = para("[灯]: 塔 [潮", ("灯]: 塔", SpanKind.CODE, ""))
    assert written([text]) == "\\[`灯]: 塔` [潮\n"
    assert read_again([text]) == [text]


NOTES = ("[[灯塔]]", "[[灯塔#新灯]]", "[[notes/灯塔|那座]]", "| a |\n| --- |\n| [[灯塔\\|塔]] |")


@pytest.mark.parametrize("text", NOTES)
def test_links_to_notes_stay_links_to_notes(text: str) -> None:
    assert markdown_of(Document(tuple(parse_markdown(text)))).strip() == text


@pytest.mark.parametrize(
    ("text", "target", "written"),
    [
        ("https://example.org/a_b*c", "https://example.org/a_b*c", "<https://example.org/a_b*c>"),
        ("a_b@example.org", "mailto:a_b@example.org", "<a_b@example.org>"),
        (
            "https://example.org/a b",
            "https://example.org/a b",
            "[https\\://example.org/a b](<https://example.org/a b>)",
        ),
        ("example.org", "https://example.org", "[example.org](https://example.org)"),
    ],
)
def test_bare_addresses_are_autolinks(text: str, target: str, written: str) -> None:
    inline = Inline(text, (Span(0, len(text), SpanKind.LINK, target),))
    assert markdown_of(Document((Paragraph(inline),))) == f"{written}\n"
