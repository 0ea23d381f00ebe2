"""The titles of callouts and details that only name their kind, which exports leave out."""

import pytest

from reader.document.blocks import Details, Inline, Paragraph, Span, SpanKind, is_kind_title
from reader.document.document import Document
from reader.export.markdown_exporter import markdown_of
from reader.parse.callout_titles import kind_title


def named(text: str, kind: str) -> Paragraph:
    """A text that is the name of a kind, or stands for it."""
    return Paragraph(Inline(text, (Span(0, len(text), SpanKind.CALLOUT, kind),)))


@pytest.mark.parametrize(
    ("title", "is_name"),
    [
        (kind_title("details"), True),
        (named("Details", "details"), True),
        (named("Tides", "details"), False),
        (named("details", "details"), False),
        (Paragraph(Inline("Details")), False),
        (Paragraph(Inline("Details!", (Span(0, 7, SpanKind.CALLOUT, "details"),))), False),
    ],
)
def test_only_the_name_of_its_kind_is_left_out(title: Paragraph, is_name: bool) -> None:  # noqa: FBT001 - a case
    assert is_kind_title(title) is is_name
    text = markdown_of(Document((Details(title, (Paragraph(Inline("low water")),)),)))
    assert ("<summary>" in text) is not is_name
    assert is_name or title.text.text in text
