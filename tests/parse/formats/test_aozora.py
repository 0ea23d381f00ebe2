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
    assert [type(block) for block in blocks[-3:]] == [Rule, Paragraph, Paragraph]
    assert "［＃" not in "".join(texts(block for block in blocks if not isinstance(block, Details)))


@pytest.mark.parametrize(
    ("source", "base", "reading"),
    [
        ("古い灯台《とうだい》", "灯台", "とうだい"),
        ("古い｜石の塔《いしのとう》", "石の塔", "いしのとう"),
        ("人々《ひとびと》", "人々", "ひとびと"),
        ("その※［＃「てへん＋劣」、第3水準1-84-77］《ま》げ", "挘", "ま"),
        ("駅のホーム《プラットホーム》", "ホーム", "プラットホーム"),
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
