"""Lines in the other Chinese script: code and addresses as written, and the ranges of the source."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Heading, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import Style
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.wrapping import set_plain
from reader.settings.options import ChineseScript, Typesetting
from tests.layout.setting import painted, rejoined
from tests.layout.strategies import inlines

TAIWAN = Typesetting(chinese=ChineseScript.TAIWAN)
CONVERTING = [Typesetting(chinese=one) for one in ChineseScript if one is not ChineseScript.SOURCE]


def test_code_stays_as_it_is_written() -> None:
    text = "运行软件里的代码"
    assert painted(text, 40, TAIWAN, Span(6, 8, SpanKind.CODE)) == ["執行軟體裡的代码"]


def test_address_stays_as_it_is_written() -> None:
    text = "看https://例子.中国/软件这里"
    address = Span(1, 17, SpanKind.LINK, text[1:17])
    assert painted(text, 60, TAIWAN, address) == [f"看{text[1:17]}這裡"]


def test_word_that_is_half_bold_is_converted_by_characters() -> None:
    assert painted("新的博客", 40, TAIWAN, Span(3, 4, SpanKind.STRONG)) == ["新的博客"]
    assert painted("新的博客", 40, TAIWAN, Span(2, 4, SpanKind.STRONG)) == ["新的部落格"]


def test_a_longer_word_keeps_its_style_and_position() -> None:
    inline = Inline("新的博客们", (Span(2, 4, SpanKind.STRONG),))
    (line,) = lay_out_paragraph(inline, 40, TAIWAN, block=0, base=Style())
    assert [(run.text, run.start, run.end, run.style.bold) for run in line.runs] == [
        *(("新的", 0, 2, False), ("", 2, 4, True), ("部落格", 2, 2, True), ("們", 4, 5, False)),
    ]


@given(inlines(), st.integers(2, 60), st.sampled_from(CONVERTING))
def test_runs_cover_the_source(inline: Inline, width: int, typesetting: Typesetting) -> None:
    lines = lay_out_paragraph(inline, width, typesetting, block=0, base=Style())
    assert rejoined(lines, inline.text) == inline.text


@given(
    st.lists(st.sampled_from(("博客", "默认", "用户名", "灯塔，", "U盘", "头发。")), min_size=1).map("".join),
    st.integers(4, 40),
)
def test_every_position_has_a_cell_that_leads_back_to_it_or_to_its_word(text: str, width: int) -> None:
    document = Document((Paragraph(Inline(text)),))
    layout = Layout(document, width, TAIWAN)
    before = (-1, -1)
    for offset in range(len(text)):
        place = layout.cell_of(Position(0, offset))
        assert place >= before
        before = place
        assert layout.position_at(*place).offset <= offset


def test_title_and_headings_follow_the_script_of_the_document() -> None:
    document = Document((Heading(Inline("默认设置"), 2), Paragraph(Inline("头发"))))
    layout = Layout(document, 40, TAIWAN)
    assert layout.line(0).text == "預設設定"
    assert set_head(Head("博客", "作者：软件"), 40, layout.typesetting)[0].text == "部落格"


def test_author_is_converted_but_not_the_words_of_the_program() -> None:
    head = Head("博客", "汉宫秋 · 周二 · 约 4 分钟", "汉宫秋")
    assert [line.text for line in set_head(head, 40, TAIWAN)] == ["部落格", "", "漢宮秋 · 周二 · 约 4 分钟", ""]


def test_document_in_the_same_script_or_in_japanese_is_shown_as_it_is() -> None:
    for text in ("頭髮和裡面的部落格", "頭髪の中には学校がある"):
        layout = Layout(Document((Paragraph(Inline(text)),)), 60, TAIWAN)
        assert layout.line(0).text == text
        assert layout.typesetting.chinese is ChineseScript.SOURCE


def test_messages_are_not_converted() -> None:
    assert set_plain("默认设置", 40, TAIWAN) == ["默认设置"]
