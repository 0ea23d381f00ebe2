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
        ("我得走了", "wǒ děi zǒu le"),
        ("这得看天气", "zhè děi kàn tiān qì"),
        ("他得了奖", "tā dé le jiǎng"),
        ("由此得出", "yóu cǐ dé chū"),
        ("长得像我", "zhǎng de xiàng wǒ"),
        ("冻得发抖", "dòng de fā dǒu"),
        ("看得出", "kàn de chū"),
        ("舍不得", "shě bù de"),
        ("慢慢地走", "màn màn de zǒu"),
        ("认真地听", "rèn zhēn de tīng"),
        ("忽地一响", "hū de yī xiǎng"),
        ("在地里", "zài dì lǐ"),
        ("坐在地上", "zuò zài dì shàng"),
        ("那地方", "nà dì fāng"),
    ],
)
def test_particles_are_told_from_words(text: str, pinyin: str) -> None:
    assert " ".join(syllable for _han, syllable in read(text, "zh")) == pinyin


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("三行字", "sān háng zì"),
        ("下一行", "xià yī háng"),
        ("一行人", "yī xíng rén"),
        ("路很长", "lù hěn cháng"),
        ("长大", "zhǎng dà"),
        ("塔长", "tǎ cháng"),
        ("园长", "yuán zhǎng"),
        ("切成片", "qiē chéng piàn"),
        ("睡不着", "shuì bù zháo"),
        ("睁着眼睛", "zhēng zhe yǎn jīng"),
        ("数一数", "shǔ yī shǔ"),
        # Written as in isolation, not as spoken.
        ("不是一样", "bù shì yī yàng"),
    ],
)
def test_pinyin_that_depends_on_grammar(text: str, pinyin: str) -> None:
    assert " ".join(syllable for _han, syllable in read(text, "zh")) == pinyin


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
