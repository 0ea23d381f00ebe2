"""Generated readings above the text: kept apart, beside the author's own, and without positions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Heading, Inline, ListBlock, ListItem, Paragraph, Quote, Span, SpanKind
from reader.document.document import Document
from reader.layout.cells import Cells
from reader.layout.layout import Layout
from reader.layout.lines import Style
from reader.layout.paragraph import lay_out_paragraph
from reader.settings.options import ChineseScript, ShownReadings, Typesetting
from tests.layout.setting import painted, rejoined
from tests.layout.strategies import inlines

pytest.importorskip("pypinyin")
pytest.importorskip("sudachipy")

ALL = Typesetting(readings=ShownReadings.ALL)


def test_readings_stand_apart_above_their_characters() -> None:
    assert painted("灯塔亮着", 40, ALL, language="zh") == ["dēng tǎ liàng zhe", " 灯  塔   亮  着"]


def test_code_and_readings_of_the_author_come_first() -> None:
    own = (Span(0, 1, SpanKind.RUBY, "lamp"), Span(1, 2, SpanKind.CODE))
    assert painted("灯塔亮", 40, ALL, *own, language="zh") == ["          liàng", "灯(lamp)塔 亮"]


def test_words_of_another_length_have_no_reading() -> None:
    typesetting = Typesetting(readings=ShownReadings.ALL, chinese=ChineseScript.TAIWAN)
    pytest.importorskip("opencc")
    assert painted("看博客", 40, typesetting, language="zh") == ["kàn", "看 部落格"]


def test_a_document_is_read_in_its_language() -> None:
    layout = Layout(Document((Heading(Inline("灯台"), 2), Paragraph(Inline("海の光")))), 40, ALL)
    assert [layout.line(row).text.strip() for row in range(2)] == ["とうだい", "灯台"]


@settings(max_examples=100, deadline=None)
@given(inlines(), st.integers(8, 60), st.sampled_from(["zh", "ja"]))
def test_lines_fit_and_cover_the_source(inline: Inline, width: int, language: str) -> None:
    lines = lay_out_paragraph(inline, width, ALL, block=0, base=Style(), language=language)
    assert rejoined(lines, inline.text) == inline.text
    assert all(Cells(1).width(line.text) <= width for line in lines)


def test_a_marker_stands_beside_the_text() -> None:
    item = ListItem((Paragraph(Inline("灯塔")),))
    layout = Layout(Document((ListBlock((item,), ordered=False), Quote((Paragraph(Inline("海")),)))), 40, ALL)
    assert [layout.line(row).text for row in range(5)] == ["  dēng tǎ", "•  灯  塔", "", "▏ hǎi", "▏ 海"]


def test_a_lone_reading_opens_no_gap() -> None:
    rare = Typesetting(readings=ShownReadings.RARE)
    assert painted("他喝瓠了", 40, rare, language="zh") == ["    hù", "他喝瓠了"]
