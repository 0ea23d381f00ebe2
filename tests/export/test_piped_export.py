"""Articles and parts of them for other programs."""

from reader.document.body import Body, BodyFormat
from reader.document.document import Position, Range
from reader.document.outline import outline
from reader.export.exporter import ExportOptions
from reader.export.piped_export import piped
from reader.layout.head import Head
from reader.parse import parse
from reader.settings.user_commands import PipedFormat

DOCUMENT = parse(Body("# One\n\nfirst **line** of it\n\n# Two\n\nsecond\n", BodyFormat.MARKDOWN))
HEAD = Head("Title", "by me")


def data(span: Range | None, written_in: PipedFormat) -> str:
    return piped(HEAD, DOCUMENT, span, written_in, ExportOptions()).decode()


def test_text_has_one_line_for_each_paragraph() -> None:
    assert data(None, PipedFormat.TEXT) == "Title\nOne\nfirst line of it\nTwo\nsecond\n"


def test_part_has_no_title() -> None:
    second = Range(outline(DOCUMENT).sections[1].start, Position(4))
    assert data(second, PipedFormat.TEXT) == "Two\nsecond\n"
    assert data(second, PipedFormat.MARKDOWN) == "# Two\n\nsecond\n"
    assert data(Range(Position(1, 6), Position(1, 10)), PipedFormat.MARKDOWN) == "**line**\n"
