"""Chinese in the other script: words, quotation marks, what stays as it is, and the alignment with the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from reader.document.blocks import Inline, Paragraph
from reader.document.chinese_script import (
    AlignedConversion,
    convert,
    convert_aligned,
    convert_back,
    converted_outline,
    script_for,
    written_script,
)
from reader.document.document import Document, Position
from reader.document.outline import Outline, Section
from reader.settings.options import ChineseScript as Script

CONVERTING = [one for one in Script if one is not Script.SOURCE]
SCRAPS = (
    *("默认", "博客", "打印机", "用户", "用户名", "虚拟机", "程序员", "U盘", "以太网", "头发"),
    *("皇后", "以后", "里面", "软件", "使用者", "部落格", "網際網路", "裡", "著", "“", "”", "‘", "’", "「", "」"),
    *("，", "。", " ", "a", "the", "\n", "𠮷"),
)  # fmt: skip


def rejoined(converted: AlignedConversion) -> str:
    parts: list[str] = []
    at = 0
    for word in converted.replacements:
        parts += converted.text[at : word.start], word.text
        at = word.end
    return "".join((*parts, converted.text[at:]))


def document(text: str) -> Document:
    return Document((Paragraph(Inline(text)),))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (Script.SOURCE, "他说：“软件的‘默认’博客。”"),
        (Script.TRADITIONAL, "他說：「軟件的『默認』博客。」"),
        (Script.TAIWAN, "他說：「軟體的『預設』部落格。」"),
        (Script.HONG_KONG, "他説：「軟件的『默認』博客。」"),
    ],
)
def test_simplified_text(script: Script, expected: str) -> None:
    assert convert("他说：“软件的‘默认’博客。”", script) == expected


def test_traditional_text() -> None:
    assert convert("他說：「軟體『預設』的滑鼠。」", Script.SIMPLIFIED) == "他说：“软体‘预设’的滑鼠。”"
    assert convert("他說：「軟體的『滑鼠』。」", Script.MAINLAND) == "他说：“软件的‘鼠标’。”"


@pytest.mark.parametrize("text", ["don’t say “no”", "東京の旅行は楽しい", "“东京の旅行は楽しい”"])
def test_quotations_in_english_and_japanese_are_unchanged(text: str) -> None:
    assert convert(text, Script.TAIWAN) == text


def test_english_quotation_in_chinese_keeps_its_marks() -> None:
    assert convert("他说 “no” 了", Script.TRADITIONAL) == "他說 “no” 了"


def test_words_of_other_lengths_are_listed_with_their_place() -> None:
    converted = convert_aligned("默认博客和用户名", Script.TAIWAN)
    assert [(word.start, word.end, word.text) for word in converted.replacements] == [
        (0, 4, "預設部落格"),
        (5, 8, "使用者名稱"),
    ]
    assert converted.text[4] == "和"


@given(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join), st.sampled_from(CONVERTING))
def test_aligned_conversion_is_the_conversion(text: str, script: Script) -> None:
    converted = convert_aligned(text, script)
    assert len(converted.text) == len(text)
    assert rejoined(converted) == convert(text, script)
    ends = [0, *(end for word in converted.replacements for end in (word.start, word.end)), len(text)]
    assert ends == sorted(ends)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_conversion_agrees_with_opencc(text: str) -> None:
    assert convert(text, Script.TAIWAN) == OpenCC("s2twp").convert(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("头发和里面", Script.SIMPLIFIED),
        ("頭髮和裡面", Script.TRADITIONAL),
        ("山水日月", Script.SOURCE),
        ("頭髪の中に", Script.SOURCE),
        ("등대의 빛과 學校", Script.SOURCE),
        ("A lighthouse", Script.SOURCE),
    ],
)
def test_script_of_a_document(text: str, script: Script) -> None:
    assert written_script(document(text)) is script


def test_document_is_converted_only_from_the_other_script() -> None:
    simplified, traditional = document("头发和里面"), document("頭髮和裡面")
    for wanted in CONVERTING:
        other = simplified if wanted in {Script.TRADITIONAL, Script.TAIWAN, Script.HONG_KONG} else traditional
        same = traditional if other is simplified else simplified
        assert script_for(other, wanted) is wanted
        assert script_for(same, wanted) is Script.SOURCE


def test_word_typed_in_the_script_of_the_page_is_converted_back() -> None:
    assert convert_back("軟體", Script.TAIWAN) == "软件"
    assert convert_back("軟體", Script.SOURCE) == "軟體"


def test_outline_keeps_its_places() -> None:
    section = Section("默认设置", 1, Position(3))
    shown = converted_outline(Outline((section,)), Script.TAIWAN)
    assert shown.sections == (Section("預設設定", 1, Position(3)),)
