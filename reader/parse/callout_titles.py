"""The titles of callouts and details that have none."""

from reader.document.blocks import Inline, Paragraph, Span, SpanKind, kind_name

DETAILS = "details"
"""The kind of `details` without a summary."""


def kind_title(kind: str) -> Paragraph:
    """Return a default title for a callout or details: the name of its kind, shown in the reader's language."""
    name = kind_name(kind)
    return Paragraph(Inline(name, (Span(0, len(name), SpanKind.CALLOUT, kind.lower()),) if name else ()))
