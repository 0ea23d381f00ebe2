"""Aozora Bunko's annotations: their conversion, and completeness of the text around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Details, Heading, Image, Paragraph, Quote, Rule, SpanKind
from reader.parse.formats.aozora import aozora_to_html
from reader.parse.html import parse_html
from tests.growth import assert_linear
from tests.parse.formats.reading import Markup, texts

RULE = "-" * 55
EN = "\u2002"
"""An en space: half a character."""
FILE = f"""潮見の塔
浜野一

{RULE}
【テキスト中に現れる記号について】

《》：ルビ
（例）岬《みさき》

｜：ルビの付く文字列の始まりを特定する記号
{RULE}

［＃３字下げ］上［＃「上」は大見出し］

　岬《みさき》の下で｜待つ人《ひと》がいた。
　風が吹いた。

［＃３字下げ］下［＃「下」は大見出し］

　船は来ない。



底本：「潮見集」浜書房
　　　2001（平成13）年1月1日初版
"""


def line(source: str) -> Paragraph:
    (block,) = parse_html(aozora_to_html(source))
    assert isinstance(block, Paragraph)
    return block


spans = Markup(aozora_to_html).spans


def test_a_file_has_its_title_its_legend_its_headings_and_its_colophon() -> None:
    blocks = parse_html(aozora_to_html(FILE))
    assert [(block.text.text, block.level) for block in blocks if isinstance(block, Heading)] == [
        ("潮見の塔", 1),
        ("上", 1),
        ("下", 1),
    ]
    (legend,) = (block for block in blocks if isinstance(block, Details))
    assert legend.summary.text.text == "テキスト中に現れる記号について"
    assert len(legend.blocks) == 3
    assert isinstance(blocks[-2], Rule)
    assert list(texts(blocks[-1:])) == [f"底本：「潮見集」浜書房\n{EN * 6}2001（平成13）年1月1日初版"]
    assert "［＃" not in "".join(texts(block for block in blocks if not isinstance(block, Details)))


@pytest.mark.parametrize(
    ("source", "base", "reading"),
    [
        ("古い灯台《とうだい》", "灯台", "とうだい"),
        ("古い｜石の塔《いしのとう》", "石の塔", "いしのとう"),
        ("人々《ひとびと》", "人々", "ひとびと"),
        ("その※［＃「てへん＋劣」、第3水準1-84-77］《ま》げ", "挘", "ま"),
        ("駅のホーム《プラットホーム》", "ホーム", "プラットホーム"),
        ("千偏［＃「偏」に「ママ」の注記］一律", "偏", "ママ"),
    ],
)
def test_readings(source: str, base: str, reading: str) -> None:
    assert spans(source) == [(base, SpanKind.RUBY, reading)]


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("黙っていた［＃「黙って」に傍点］。", "黙って", SpanKind.EMPHASIS),
        ("黙って［＃「黙って」に白丸傍点］", "黙って", SpanKind.EMPHASIS),
        ("［＃傍点］黙って［＃傍点終わり］いた", "黙って", SpanKind.EMPHASIS),
        ("大声［＃「大声」は太字］", "大声", SpanKind.STRONG),
        ("海［＃「海」に傍線］と海", "海", SpanKind.EMPHASIS),
    ],
)
def test_emphasis(source: str, text: str, kind: SpanKind) -> None:
    assert (text, kind, "") in spans(source)
    assert "［＃" not in line(source).text.text


def test_emphasis_covers_words_with_readings() -> None:
    found = spans("夜の灯《ひ》台［＃「灯台」に傍点］")
    assert {(text, kind) for text, kind, _ in found} == {("灯台", SpanKind.EMPHASIS), ("灯", SpanKind.RUBY)}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("第※［＃ローマ数字2、1-13-22］章", "第Ⅱ章"),
        ("※［＃「魚＋師のつくり」、U+9B73、1-2］", "\u9b73"),
        ("※［＃「口＋謎」］", "※（口＋謎）"),
        ("〔cafe'〕で〔garc,on〕と", "caféでgarçonと"),
        ("〔注〕", "〔注〕"),
        ("学［＃レ］而時［＃（ニ）］習［＃二］之", "学レ而時ニ習二之"),
        ("［＃ここから割り注］上下［＃ここで割り注終わり］", "（上下）"),
        ("残る［＃誰も知らない注］", "残る（誰も知らない注）"),
        ("［＃地から２字上げ］某", "某"),
        ("10の2［＃「2」指数］乗", "10の2乗"),
    ],
)
def test_characters_and_notes(source: str, shown: str) -> None:
    assert line(source).text.text == shown


def test_indented_blocks_page_breaks_and_pictures() -> None:
    source = (
        "［＃ここから２字下げ］\n手紙\n［＃ここで字下げ終わり］\n［＃改ページ］\n［＃塔の図（fig1.png、横2×縦3）入る］"
    )
    quote, rule, picture = parse_html(aozora_to_html(source))
    assert isinstance(quote, Quote)
    assert isinstance(rule, Rule)
    assert isinstance(picture, Image)
    assert picture.source == "fig1.png"


def test_headings_that_begin_and_end_with_notes() -> None:
    source = "［＃中見出し］潮［＃中見出し終わり］\n［＃ここから小見出し］\n風\n［＃ここで小見出し終わり］\n文"
    blocks = parse_html(aozora_to_html(source))
    assert [(block.text.text, block.level) for block in blocks if isinstance(block, Heading)] == [("潮", 2), ("風", 3)]


def test_subtitles_are_part_of_the_title_and_names_are_one_paragraph() -> None:
    source = FILE.replace(
        "潮見の塔\n浜野一\n", "潮見の塔\nTHE TOWER\n第一部　朝\nジョン・スミス　John Smith\n港一郎訳\n"
    )
    title, names = parse_html(aozora_to_html(source))[:2]
    assert isinstance(title, Heading)
    assert title.text.text == "潮見の塔\n第一部　朝"
    assert isinstance(names, Paragraph)
    assert names.text.text == "THE TOWER\nジョン・スミス　John Smith\n港一郎訳"


def test_a_file_without_ruby_has_no_legend() -> None:
    text = "　岬の下で待つ人がいた。\n　風が吹いた。"
    source = f"潮見の塔\n浜野一\n\n{text}\n\n底本：「潮見集」浜書房\n青空文庫作成ファイル：\n"
    title, *others = parse_html(aozora_to_html(source))
    assert isinstance(title, Heading)
    assert list(texts(others)) == [
        "浜野一",
        "岬の下で待つ人がいた。",
        "風が吹いた。",
        "",
        "底本：「潮見集」浜書房\n青空文庫作成ファイル：",
    ]


def test_the_lines_of_a_stanza_stay_together_with_their_indents() -> None:
    source = "灯台《とうだい》の下で\n　　波が言う\n［＃３字下げ］待てと\n\n船は来ない\n空も来ない\n"
    assert list(texts(parse_html(aozora_to_html(source)))) == [
        f"灯台の下で\n{EN * 4}波が言う\n{EN * 6}待てと",
        "船は来ない\n空も来ない",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "　船は来ない。\n　空も来ない。",
        "「来ないね」\n「そうだね」\nと言った。",
        "船は来ない。\n港の人々はそれでも毎朝のように岬の下に集まり、沖を眺めては昔の船の話をくりかえし語り合っていた。",
    ],
)
def test_paragraphs_and_dialogue_are_no_stanza(source: str) -> None:
    assert len(parse_html(aozora_to_html(source))) == source.count("\n") + 1


def test_files_of_downloaders_have_title_and_author_above_a_rule() -> None:
    story = "［＃改ページ］\n［＃ここから柱］潮見の塔［＃ここで柱終わり］\n　朝。"
    source = f"潮見の塔\n浜野一\n［＃区切り線］\nあらすじ：\n　塔の話。\n［＃区切り線］\n{story}"
    blocks = parse_html(aozora_to_html(source))
    assert isinstance(blocks[0], Heading)
    assert "".join(texts(blocks)) == "潮見の塔浜野一あらすじ：塔の話。潮見の塔朝。"


PIECES = [
    "灯",
    "台",
    "の",
    "《",
    "》",
    "｜",
    "［＃",
    "］",
    "「灯」",
    "に傍点",
    "は大見出し",
    "※",
    "\n",
    "〔",
    "〕",
    "終わり",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_character_outside_annotations_and_ruby_is_lost(source: str) -> None:
    shown = "".join(texts(parse_html(aozora_to_html(source))))
    outside = re.sub("《[^《》\n]*》|［＃.*］", "", source)
    assert shown.count("灯") >= outside.count("灯")
    assert shown.count("台") >= outside.count("台")


@pytest.mark.parametrize("piece", ["［＃", "《", "｜", "※［＃", "〔", "灯《", "［＃「灯」に傍点］", "\n-"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: aozora_to_html(piece * size), 1_000)
