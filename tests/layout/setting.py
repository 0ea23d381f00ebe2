"""Layout of text without a document, for the tests of lines."""

from reader.document.blocks import Inline, Paragraph, Span
from reader.document.document import Document
from reader.layout.hyphenation import Hyphenator
from reader.layout.lines import Line, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.settings.options import Typesetting

PLAIN = Typesetting()


def set_lines(
    text: str, width: int, typesetting: Typesetting = PLAIN, *spans: Span, first_indent: int = 0, language: str = ""
) -> list[Line]:
    """The lines of a text with its spans."""
    inline, base = Inline(text, spans), Style()
    divides = typesetting.justify and typesetting.hyphenation
    return lay_out_paragraph(
        inline,
        width,
        typesetting,
        block=0,
        base=base,
        first_indent=first_indent,
        language=language,
        hyphenator=Hyphenator(Document((Paragraph(inline),))) if divides else None,
    )


def painted(
    text: str, width: int, typesetting: Typesetting = PLAIN, *spans: Span, first_indent: int = 0, language: str = ""
) -> list[str]:
    """The text of these lines."""
    lines = set_lines(text, width, typesetting, *spans, first_indent=first_indent, language=language)
    return [line.text for line in lines]


def rejoined(lines: list[Line], text: str) -> str:
    """The source text that the runs of these lines cover, in order."""
    ranges = [(run.start, run.end) for line in lines for run in line.runs if run.start < run.end]
    return "".join(text[start:end] for start, end in ranges)
