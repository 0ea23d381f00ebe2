"""Pseudo headings without emphasis: kinds that look like headings line by line, but not as an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Block, CodeBlock, Heading, Image, Inline, ListBlock, ListItem, Paragraph, Rule
from reader.parse.headings import weights
from reader.parse.headings.features import line_features
from reader.parse.headings.heading_blocks import mark_headings
from reader.parse.headings.plain_headings import plain_headings
from reader.parse.headings.visual_lines import VisualLine, lines_of
from tests.growth import assert_linear
from tests.parse.headings.heading_labels import RUNNING, sections

LONG, ENGLISH = RUNNING[""][0], RUNNING["e"][0]
CODE = CodeBlock(Inline("lamp --light\n"))


def paragraphs(*texts: str) -> list[Block]:
    return [Paragraph(Inline(text)) for text in texts]


def found(blocks: list[Block]) -> list[str]:
    return [title for _, title in sections(mark_headings(blocks, ""))]


def neutral(_line: VisualLine) -> float:
    return 0.5


def test_plain_titles_above_text_lists_and_code() -> None:
    blocks = paragraphs(LONG, "点灯", LONG, "换灯芯", LONG, "加油")
    blocks += [ListBlock((ListItem((Paragraph(Inline("煤油")),)),)), *paragraphs("写日志", LONG), CODE]
    assert found(blocks) == ["点灯", "换灯芯", "加油", "写日志"]


def test_lines_of_one_paragraph_count_like_paragraphs() -> None:
    blocks = paragraphs(f"{LONG}\n点灯\n{LONG}\n换灯芯\n{LONG}\n加油\n{LONG}")
    assert found(blocks) == ["点灯", "换灯芯", "加油"]


@pytest.mark.parametrize("text", ["点灯", "点灯。", "“点灯”"])
def test_one_or_two_short_lines_are_no_headings(text: str) -> None:
    assert found(paragraphs(LONG, text, LONG)) == []
    assert plain_headings(lines_of(paragraphs(LONG, text, LONG, text, LONG)), neutral) == set()


def test_lines_in_a_row_are_a_list() -> None:
    items = ("雨衣", "胶鞋", "手电", "干粮")
    assert found(paragraphs(LONG, *items, LONG, *items[::-1], LONG)) == []
    assert found(paragraphs(LONG, *(f"■ {item}" for item in items), LONG)) == []


def test_lines_below_pictures_are_captions() -> None:
    blocks: list[Block] = []
    for caption in ("清晨的渔港", "补网的老人", "归航"):
        blocks += [*paragraphs(LONG), Image(Inline(), "a.png"), *paragraphs(caption)]
    assert found([*blocks, *paragraphs(LONG)]) == []


def test_line_that_repeats_is_a_watermark_and_others_are_headings() -> None:
    watermark = "本文转自潮见网"
    blocks: list[Block] = []
    for title in ("引水", "耙盐", "收盐"):
        blocks += paragraphs(title, LONG, watermark, LONG, watermark, LONG)
    assert found(blocks) == ["引水", "耙盐", "收盐"]


def test_short_lines_of_an_essay_are_no_headings() -> None:
    assert found(paragraphs("我走到海边", "海没有说话", LONG, "后来风来了", "后来我走了", LONG)) == []


def test_sentences_with_a_dot_and_lines_of_data_need_no_features() -> None:
    assert not list(line_features(lines_of(paragraphs("The boats go out.", "They come back.", ENGLISH)), neutral))
    assert not list(line_features(lines_of(paragraphs(LONG, *(f"灯 {number}" for number in range(20)))), neutral))
    assert len(list(line_features(lines_of(paragraphs("1. They come back.", "Lamp", ENGLISH)), neutral))) == 2


def test_english_titles_without_a_full_stop() -> None:
    titles = ["Choosing a site", "Tools", "Feeding in spring"]
    assert found(paragraphs(*(text for title in titles for text in (title, ENGLISH)))) == titles


NEIGHBOURS: list[Block] = [
    *(
        Rule(),
        Image(Inline(), "a.png"),
        Image(Inline("灯"), "a.png"),
        CODE,
        CodeBlock(Inline("")),
        Heading(Inline("灯"), 2),
    ),
    *paragraphs(
        "灯", "灯？", "盐：", "灯塔看守人在灯塔里写他的日志", "灯塔看守人在灯塔里写他的日志。", LONG, LONG.rstrip("。")
    ),
]
"""Blocks of each kind that a line may have above and below it."""


def test_features_are_those_with_a_weight_and_those_listed_as_without() -> None:
    articles = [
        lines_of([above, *paragraphs(text), below, *paragraphs(LONG)])
        for text in ("灯", "1. Sea?", "2. Sea.", "盐：")
        for above in NEIGHBOURS
        for below in NEIGHBOURS
    ]
    articles += [lines_of(paragraphs("灯", LONG)), lines_of(paragraphs(LONG, "灯"))]
    names = {name for lines in articles for _place, features in line_features(lines, neutral) for name in features}
    assert names == weights.WEIGHTS.keys() | weights.UNWEIGHTED
    assert weights.WEIGHTS.keys().isdisjoint(weights.UNWEIGHTED)


TEXTS = ["点灯", "■ 盐", "1. 盐", "Lamp", "灯？", "灯：", "灯。", "灯\n盐\n", LONG, ENGLISH, "", "“灯”"]


@given(st.lists(st.sampled_from([*TEXTS, Rule(), CODE, Image(Inline(), "a.png")]), max_size=40))
def test_all_or_none_of_short_lines(pieces: list[str | Block]) -> None:
    lines = lines_of([Paragraph(Inline(piece)) if isinstance(piece, str) else piece for piece in pieces])
    places = plain_headings(lines, neutral)
    assert not places or len(places) >= 3
    assert all(lines[place].short and not lines[place].emphasized for place in places)
    rows = [range(place, place + 4) for place in places if {place, place + 1, place + 2, place + 3} <= places]
    assert not any(lines[row[0]].shape is None and len({lines[place].style for place in row}) == 1 for row in rows)


def test_time_grows_with_the_number_of_lines() -> None:
    assert_linear(lambda size: plain_headings(lines_of(paragraphs(*["灯塔", "海边", LONG] * size)), neutral), 300)


@pytest.mark.parametrize(
    "line",
    [
        "一九四二年",
        "一九四九年三月于潮见岛",
        "1954年春于潮见岛",
        "民国六年一月",
        "民國七年三月十日潮生序",
        "潮生书于夜半",
        "林潮生敬上",
        "“船来了吗？“",
        "船来了吗？“",
    ],
)
def test_subscriptions_and_misprinted_speech_are_no_headings(line: str) -> None:
    assert found(paragraphs(LONG, "点灯", LONG, line, LONG, "换灯芯", LONG, line, LONG, "加油", LONG)) == [
        "点灯",
        "换灯芯",
        "加油",
    ]


def test_the_speeches_of_a_play_are_no_headings() -> None:
    speeches = ["林潮生 船呢？", "二 嫂 还没回来——", "林潮生 再等等", "二 嫂 天快黑了——", "林潮生 点灯去", "二 嫂 好——"]
    directions = [f"〔{LONG}〕"] * 4
    mixed = [text for speech in speeches for text in (speech, LONG[:30] + "。")]
    assert found(paragraphs(*directions, *mixed, *speeches)) == []
    titles = ["问题 船在哪里", "问题 灯在哪里", "问题 人在哪里", "问题 雾在哪里"]
    assert found(paragraphs(*(text for title in titles for text in (title, LONG, LONG)))) == titles
