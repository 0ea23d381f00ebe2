"""Generated readings: words, kana around kanji, rare characters, and languages without readings."""

import pytest

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document
from reader.document.readings import can_read, reading_language, readings
from reader.settings.options import ShownReadings

pytest.importorskip("pypinyin")
pytest.importorskip("sudachipy")


def read(text: str, language: str, wanted: ShownReadings = ShownReadings.ALL) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.text) for one in readings(text, language, wanted)]


def test_pinyin_depends_on_the_word() -> None:
    assert read("重庆，重量", "zh") == [("重", "chóng"), ("庆", "qìng"), ("重", "zhòng"), ("量", "liàng")]


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("看得很仔细", "kàn de hěn zǐ xì"),
        ("雾散得慢", "wù sàn de màn"),
        ("好得多", "hǎo de duō"),
        ("取得很大", "qǔ dé hěn dà"),
        ("得意", "dé yì"),
        ("调成", "tiáo chéng"),
        ("抽调成员", "chōu diào chéng yuán"),
    ],
)
def test_pinyin_of_complements(text: str, pinyin: str) -> None:
    assert " ".join(syllable for _han, syllable in read(text, "zh")) == pinyin


def test_must_is_no_complement() -> None:
    assert ("得", "de") not in read("我得很小心，你得快走", "zh")


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("調成", "tiáo chéng"),
        ("調整", "tiáo zhěng"),
        ("重慶", "chóng qìng"),
        ("看得很仔細", "kàn de hěn zǐ xì"),
        ("乾淨", "gān jìng"),
        # 发, the simplified form of both, is fā by itself.
        ("髮", "fà"),
        ("發", "fā"),
        ("隻", "zhī"),
    ],
)
def test_pinyin_of_traditional_text(text: str, pinyin: str) -> None:
    pytest.importorskip("opencc")
    assert " ".join(syllable for _han, syllable in read(text, "zh")) == pinyin


def test_unknown_characters_and_other_scripts_have_no_pinyin() -> None:
    assert read("U盘 abc\U0002f9ff灯", "zh") == [("盘", "pán"), ("灯", "dēng")]


def test_furigana_is_over_the_kanji_alone() -> None:
    assert read("学校へ行く人々", "ja") == [("学校", "がっこう"), ("行", "い"), ("人々", "ひとびと")]
    assert read("受け付け", "ja") == [("受け付", "うけつ")]
    assert read("カメラとテレビ", "ja") == []


@pytest.mark.parametrize(
    ("text", "language", "rare"),
    [
        ("他见过饕餮", "zh", ["饕", "餮"]),
        ("龍和龘", "zh", ["龘"]),
        ("關於因爲", "zh", []),
        ("灯台と篝火", "ja", ["篝火"]),
        ("海边", "zh", []),
    ],
)
def test_rare_characters(text: str, language: str, rare: list[str]) -> None:
    assert [han for han, _reading in read(text, language, ShownReadings.RARE)] == rare
    assert read(text, language, ShownReadings.NONE) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("海边的灯塔", "zh"), ("海辺の灯台", "ja"), ("등대의 빛과 學校", ""), ("A light", ""), ("", "")],
)
def test_language_of_the_readings(text: str, language: str) -> None:
    document = Document((Paragraph(Inline(text)),))
    assert reading_language(document, ShownReadings.ALL) == language
    assert reading_language(document, ShownReadings.NONE) == ""


def test_only_two_languages_can_be_read() -> None:
    assert can_read("zh")
    assert not can_read("ko")
    assert not can_read("und")


def test_long_paragraph_is_read_in_parts() -> None:
    for text in ("灯台の光。" * 4_000, "灯台の光" * 5_000):
        found = read(text, "ja")
        assert found[:2] == [("灯台", "とうだい"), ("光", "ひかり")]
        assert len(found) >= len(text) // 4
