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
        ("工人参加了夜校", "gōng rén cān jiā le yè xiào"),
        ("两人参与", "liǎng rén cān yǔ"),
        ("老人参观", "lǎo rén cān guān"),
        ("买人参加蜂蜜", "mǎi rén shēn jiā fēng mì"),
        ("人参与当归", "rén shēn yǔ dāng guī"),
        ("人参很贵", "rén shēn hěn guì"),
        ("一行行诗句", "yī háng háng shī jù"),
        ("一行行人", "yī xíng xíng rén"),
        ("谁还了书", "shuí huán le shū"),
        ("还了解", "hái liǎo jiě"),
        ("债还完了", "zhài huán wán le"),
        ("还完好", "hái wán hǎo"),
        ("把账还掉", "bǎ zhàng huán diào"),
        ("还你自由", "huán nǐ zì yóu"),
        ("你还在", "nǐ hái zài"),
        ("大家得早起", "dà jiā děi zǎo qǐ"),
        ("得去买菜", "děi qù mǎi cài"),
        ("可能得奖", "kě néng dé jiǎng"),
        ("曾子与门人", "zēng zǐ yǔ mén rén"),
        ("曾参杀人", "zēng shēn shā rén"),
        ("曾参加", "céng cān jiā"),
        ("曾子承父业", "céng zi chéng fù yè"),
        ("我姓曾", "wǒ xìng zēng"),
        ("曾老师来了", "zēng lǎo shī lái le"),
        ("曾总是迟到", "céng zǒng shì chí dào"),
        ("曾家喻户晓", "céng jiā yù hù xiǎo"),
        ("还给我写信", "hái gěi wǒ xiě xìn"),
        ("把书还给我", "bǎ shū huán gěi wǒ"),
        ("那还了得", "nà hái liǎo dé"),
        # Where no word contains them, the usual reading of characters, not the first of their many.
        ("张掖", "zhāng yè"),
        ("加勒比", "jiā lè bǐ"),
        ("勒住马", "lēi zhù mǎ"),
        ("塞进包里", "sāi jìn bāo lǐ"),
        ("朝鲜半岛", "cháo xiǎn bàn dǎo"),
        ("蒙古草原", "měng gǔ cǎo yuán"),
        ("第三卷", "dì sān juàn"),
        ("卷起来", "juǎn qǐ lái"),
        ("青藏高原", "qīng zàng gāo yuán"),
        ("称作为难", "chēng zuò wéi nán"),
        ("温差", "wēn chā"),
    ],
)
def test_pinyin_of_words_that_overlap(text: str, pinyin: str) -> None:
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


@pytest.mark.parametrize(
    ("han", "syllables"),
    [
        ("燈在夜裡亮著", "dēng zài yè lǐ liàng zhe"),
        ("他看著海", "tā kàn zhe hǎi"),
        ("沿著岸走", "yán zhe àn zǒu"),
        ("意味著", "yì wèi zhe"),
        ("討論著這件事", "tǎo lùn zhe zhè jiàn shì"),
        ("睡著了", "shuì zháo le"),
        ("著火", "zháo huǒ"),
        ("著手", "zhuó shǒu"),
        ("沉著", "chén zhuó"),
        ("顯著", "xiǎn zhù"),
        ("著名的著作", "zhù míng de zhù zuò"),
        ("他所著的書", "tā suǒ zhù de shū"),
        ("土著", "tǔ zhù"),
        ("沈从文著", "shěn cóng wén zhù"),
    ],
)
def test_zhe_is_written_like_zhu_in_taiwan(han: str, syllables: str) -> None:
    pytest.importorskip("opencc")
    assert " ".join(syllable for _han, syllable in read(han, "zh")) == syllables


def test_unknown_characters_and_other_scripts_have_no_pinyin() -> None:
    assert read("U盘 abc\U0002f9ff灯", "zh") == [("盘", "pán"), ("灯", "dēng")]


@pytest.mark.parametrize(
    ("text", "furigana"),
    [
        ("何人いますか", "なんにん"),
        ("何日間", "なんにちかん"),
        ("何時ですか", "なんじ"),
        ("何時の間", "いつ あいだ"),
        ("何がある", "なに"),
        ("何の本", "なん ほん"),
        ("九月二十日に", "く がつ はつか"),
        ("四月一日", "し がつ ついたち"),
        ("二〇二四年", "にせんにじゅうよ ねん"),
        ("一九八九年", "せんきゅうひゃくはちじゅうきゅう ねん"),
        ("三六〇三年", "さんぜんろっぴゃくさん ねん"),
        ("二〇〇〇年", "にせん ねん"),
        ("一〇〇人", "ひゃく にん"),
        ("二〇四円", "にひゃくよ えん"),
        ("第一〇号", "だい じゅう ごう"),
        ("〇〇さん", ""),
        ("二〇日", "はつか"),
        ("二〇分", "にじゅっ ぷん"),
        ("四月十一日", "し がつ じゅういち にち"),
        ("7月14日", "がつ じゅうよっか"),
        ("１月１日", "がつ ついたち"),
        ("三日間", "みっかかん"),
        ("一日に", "いち にち"),
        ("一日中", "いち にち じゅう"),
        ("一年中", "いち ねん じゅう"),
        ("世界中央", "せかい ちゅうおう"),
        ("三日月", "みかづき"),
        ("日本語", "にほん ご"),
        ("日本橋", "にほんばし"),
        ("大日本帝国", "だい にっぽん ていこく"),
        ("四時半", "よ じ はん"),
        ("十四人", "じゅうよ にん"),
        ("三本", "さん ぼん"),
        ("六匹", "ろっ ぴき"),
        ("六冊", "ろく さつ"),
        ("二十回", "にじゅっ かい"),
        ("二十歳", "はたち"),
        ("三百円", "さんびゃく えん"),
        ("三時十分", "さん じ じゅっ ぷん"),
        ("十分な", "じゅうぶん"),
        ("三人で行った。", "さん にん い"),
        ("会を三人で行った。", "かい さん にん おこな"),
        ("電車で行って", "でんしゃ い"),
        ("二、三日して", "に さん にち"),
        ("三、四日", "さん よっ か"),
        ("四五日", "し ご にち"),
        ("十日町駅", "とおか まち えき"),
        ("八日市場", "ようか いちば"),
        ("一分ほど待つ", "いっ ぷん ま"),
        ("三分でできる", "さん ぷん"),
        ("三分の一", "さん ぶん いち"),
        ("三分咲き", "さん ぶ さ"),
        ("五分五分", "ご ぶ ご ぶ"),
        ("3本の鉛筆", "ぼん えんぴつ"),
        ("１０匹", "ぴき"),
        ("1000匹", "びき"),
        ("5本", "ほん"),
        ("4分", "ぷん"),
        ("3分の1", "ぶん"),
        ("2人で", "ふたり"),
        ("日曜日", "にちよう び"),
        ("六つの島", "むっ しま"),
        ("百本の鉛筆", "ひゃっ ぽん えんぴつ"),
        ("百歳", "ひゃく さい"),
        ("六か月", "ろっ げつ"),
        ("四分間", "よん ぷんかん"),
        ("一軒と三軒", "いっ けん さん げん"),
        ("百人一首", "ひゃくにんいっしゅ"),
        ("日本人と", "にほん じん"),
        ("フランス人", "じん"),
        ("ナイル川", "がわ"),
        ("パン作りを", "づく"),
        ("何と言う", "なん い"),
        ("許可を得る", "きょか え"),
        ("不気味な", "ぶきみ"),
    ],
)
def test_furigana_of_fixed_expressions(text: str, furigana: str) -> None:
    assert " ".join(spoken for _han, spoken in read(text, "ja")) == furigana


def test_digits_of_a_day_are_not_rare() -> None:
    assert read("1月1日", "ja") == [("月", "がつ"), ("1日", "ついたち")]
    assert read("1月1日", "ja", ShownReadings.RARE) == []


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
