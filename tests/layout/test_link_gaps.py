"""Links that follow each other are apart on the page, and the text is not changed."""

import pytest

from reader.document.blocks import Inline, Paragraph, Span, SpanKind
from reader.document.document import Document
from reader.export.text_exporter import render_text
from reader.layout.cells import Cells
from reader.layout.head import Head
from reader.settings.options import Fill, Typesetting
from tests.layout.setting import painted, rejoined, set_lines
from tests.layout.test_vertical import columns


def links(*texts: str, same: bool = False) -> tuple[str, list[Span]]:
    """A text of links."""
    spans, at = [], 0
    for number, text in enumerate(texts):
        spans.append(Span(at, at + len(text), SpanKind.LINK, "https://a.example/" + ("" if same else str(number))))
        at += len(text)
    return "".join(texts), spans


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("灯塔", "海", "LED"), "灯塔 海 LED"),
        (("灯塔，", "海"), "灯塔，海"),
        (("灯塔", "（海）"), "灯塔（海）"),
        (("lamp ", "sea"), "lamp sea"),
        (("#lamp", "#sea"), "#lamp #sea"),
    ],
)
def test_links_are_apart_unless_a_mark_or_a_blank_separates_them(texts: tuple[str, ...], expected: str) -> None:
    text, spans = links(*texts)
    for typesetting in (Typesetting(), Typesetting(cjk_latin_space=True)):
        assert painted(text, 40, typesetting, *spans) == [expected]


def test_one_link_in_two_elements_and_the_setting_have_no_gap() -> None:
    text, spans = links("灯", "塔", same=True)
    assert painted(text, 40, Typesetting(), *spans) == ["灯塔"]
    text, spans = links("灯", "塔")
    assert painted(text, 40, Typesetting(link_gaps=False), *spans) == ["灯塔"]


@pytest.mark.parametrize("width", range(6, 24))
@pytest.mark.parametrize("fill", Fill)
def test_a_line_begins_with_no_gap_and_has_room_for_it(width: int, fill: Fill) -> None:
    text, spans = links(*("灯塔", "海", "夜里亮", "光") * 4)
    lines = set_lines(text, width, Typesetting(fill=fill), *spans)
    assert rejoined(lines, text) == text
    assert all(Cells().width(line.text) <= width and not line.text.startswith(" ") for line in lines)
    assert "".join(line.text for line in lines).replace(" ", "") == text


def test_files_have_no_gap_and_columns_have_a_row() -> None:
    text, spans = links("灯塔", "海")
    document = Document((Paragraph(Inline(text, tuple(spans))),))
    assert list(render_text(Head(""), document, 40, Typesetting()))[-1] == "灯塔海"
    assert columns(text, 10, *spans) == ["灯塔  海"]
