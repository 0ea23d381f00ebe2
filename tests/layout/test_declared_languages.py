"""Setting by the language that the source declares for a part of the text, whatever the document is in."""

import pytest

from reader.document.blocks import Inline, Paragraph, Span, SpanKind
from reader.document.document import Document
from reader.layout.layout import Layout
from reader.layout.lines import Style
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.vertical_text import upright_forms
from reader.settings.options import ChineseScript, ShownReadings, Typesetting
from tests.layout.setting import painted

JUSTIFIED = Typesetting(justify=True)
GERMAN = "Leuchtturmwärter Schifffahrtsgesellschaft Morgendämmerung Wasseroberfläche Dampfmaschinen Versicherungen"


def language(text: str, part: str, tag: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part), SpanKind.LANGUAGE, tag)


def rows(found: Document, width: int) -> list[str]:
    layout = Layout(found, width, JUSTIFIED)
    return [line.text for line in layout.lines(0, 99)]


def test_a_quotation_is_hyphenated_in_its_own_language() -> None:
    english = "He read aloud what was written on the door: "
    text = english + GERMAN
    whole = Document((Paragraph(Inline(GERMAN)),), language="de")
    parts = {row.split()[-1][:-1] for row in rows(whole, 26) if row.endswith("-")}
    assert parts
    spans = (language(text, GERMAN, "de"),)
    quoted = rows(Document((Paragraph(Inline(text, spans)),), language="en"), 26)
    as_english = rows(Document((Paragraph(Inline(text)),), language="en"), 26)
    assert quoted != as_english
    ends = {row.split()[-1][:-1] for row in quoted if row.endswith("-")}
    patterns = pytest.importorskip("pyphen").Pyphen(lang="de_DE", left=2, right=3)
    places = {word[:place] for word in GERMAN.split() for place in patterns.positions(word)}
    assert ends
    assert ends <= places


def test_a_language_without_a_dictionary_is_not_hyphenated() -> None:
    text = "the extraordinarily automatically illuminated international regulations of the electrification"
    klingon = Document((Paragraph(Inline(text, (language(text, text, "tlh"),))),), language="en")
    assert not any(row.endswith("-") for row in rows(klingon, 24))
    # Latin words in Chinese are words of another language.
    chinese = Document((Paragraph(Inline(text, (language(text, text, "zh"),))),), language="en")
    assert any(row.endswith("-") for row in rows(chinese, 24))


def test_japanese_in_a_chinese_article_stays_as_it_is_written() -> None:
    pytest.importorskip("opencc")
    taiwan = Typesetting(chinese=ChineseScript.TAIWAN)
    text = "他说“国会図书”是国会"
    assert painted(text, 40, taiwan, language(text, "国会図书", "ja")) == ["他說「国会図书」是國會"]
    # Many books declare English for chapters in Chinese.
    assert painted(text, 40, taiwan, language(text, "国会図书", "en")) == painted(text, 40, taiwan)


def test_each_language_has_its_own_readings() -> None:
    pytest.importorskip("pypinyin")
    pytest.importorskip("sudachipy")
    text = "灯塔叫灯台"
    shown = painted(text, 40, Typesetting(readings=ShownReadings.ALL), language(text, "灯台", "ja"), language="zh")
    assert shown[0].split() == ["dēng", "tǎ", "jiào", "とうだい"]


def test_columns_have_the_quotation_marks_of_each_language() -> None:
    text = "他说“好”写作“はい”"
    inline = Inline(text, (language(text, "“はい”", "ja"),))
    forms = upright_forms(Document((Paragraph(Inline("他说好")),)), Typesetting())
    lines = lay_out_paragraph(inline, 60, Typesetting(), block=0, base=Style(), upright=forms)
    assert "".join(line.text for line in lines) == "他说﹃好﹄写作〝はい〟"


def test_a_declared_language_changes_nothing_else() -> None:
    text = "灯塔 lamp 亮着，海面很平静，没有风也没有云，只有一只鸟飞过去了。"
    span = language(text, "亮着，海面很平静", "zh")
    for width in range(4, 60):
        assert painted(text, width, Typesetting(), span) == painted(text, width)
