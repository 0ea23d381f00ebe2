"""Overlays on the segments of a line."""

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position, Range
from reader.layout.layout import Layout
from reader.settings.options import Typesetting
from reader.themes.theme_files import load_theme
from reader.ui.colours import Colours
from reader.ui.segments import overlays_of, segments_of

TEXT = "The keeper of the lighthouse was informed that the electrification of the harbour was extraordinary."


def test_a_highlight_covers_the_blanks_and_hyphens_of_justified_lines() -> None:
    document = Document((Paragraph(Inline(TEXT)),))
    colours = Colours(load_theme("paper")[0])
    paint = colours.role("highlight_1")
    span = Range(Position(0, 4), Position(0, len(TEXT) - 4))
    overlays = overlays_of([(span, paint)], document)
    lines = Layout(document, 30, Typesetting(justify=True)).lines(0, 9)
    assert any(run.text == "-" for line in lines for run in line.runs)
    for number, line in enumerate(lines):
        painted = segments_of(line, colours, overlays)
        plain = [one.text for one in painted if one.style is None or one.style.bgcolor != paint.bgcolor]
        expected = {0: ["The "], len(lines) - 1: ["ary."]}.get(number, [])
        assert "".join(plain).strip() == "".join(expected).strip()
