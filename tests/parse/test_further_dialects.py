"""Further extensions of note programs and of themes of Hugo."""

import pytest

from reader.document.blocks import SpanKind
from tests.parse.blocks import bullets, item, markdown, para

LINK = SpanKind.LINK


def test_the_settings_of_a_board_are_hidden() -> None:
    assert markdown('- 甲\n\n%% kanban:settings\n```\n{"a": 1}\n```\n%%\n\n乙') == [bullets("甲"), para("乙")]
    assert markdown("%% 一\nx = 1\n%% 二\ny = 2") == [para("%% 一\nx = 1\n%% 二\ny = 2")]


def test_cards_and_times_of_logseq() -> None:
    assert markdown("- 甲 #card\n  card-last-score:: 5\n  card-ease-factor:: 2.5\n\t- 乙") == [
        bullets(item("甲 #card", bullets("乙")))
    ]
    assert markdown("{{youtube-timestamp 430}}，{{youtube-timestamp 3723}}，{{youtube-timestamp 1:02}}") == [
        para("7:10，1:02:03，1:02")
    ]


def test_pictures_that_are_links_and_links_to_years_in_obsidian() -> None:
    assert markdown("[![[灯 塔.webp|300]]](https://a.example)") == markdown("[![](<灯 塔.webp>)](https://a.example)")
    assert markdown("[[2010]] 与 [[1]]") == [para("2010 与 [[1]]", ("2010", LINK, "wiki:2010"))]


def test_wiki_links_next_to_each_other_are_both_links() -> None:
    links = ("港", LINK, "wiki:港"), ("灯 塔", LINK, "wiki:灯 塔")
    assert markdown("[[港]][[灯 塔]]") == [para("港灯 塔", *links)]
    assert markdown("[[港]][灯]\n\n[灯]: x") == [para("[港]", ("[港]", LINK, "x"))]


@pytest.mark.parametrize(
    ("written", "text", "target"),
    [
        ("{% post_link 'sea' %}", "sea", "ref:sea"),
        ("{% post_link \"the sea\" '海 边' false %}", "海 边", "ref:the sea"),
        ("{% post_link sea 海 边 %}", "海 边", "ref:sea"),
        ("{% asset_link 'a.pdf' '图' %}", "图", "a.pdf"),
    ],
)
def test_names_of_posts_may_be_quoted(written: str, text: str, target: str) -> None:
    assert markdown(written) == [para(text, (text, LINK, target))]


def test_unknown_shortcodes_in_targets_do_not_end_them() -> None:
    target = "https://example.org/%7B%7B%3C%20param%20version%20%3E%7D%7D/x"
    found = "[甲][a] [乙][b]\n\n[a]: https://example.org/{{< param version >}}/x\n[b]: /b/"
    assert markdown(found) == [para("甲 乙", ("甲", LINK, target), ("乙", LINK, "/b/"))]
    assert markdown("[甲](https://example.org/{{< param version >}}/x)") == [para("甲", ("甲", LINK, target))]


def test_shortcodes_of_other_themes() -> None:
    assert markdown("{{% left %}}\n**灯**\n{{% /left %}}") == [para("灯", ("灯", SpanKind.STRONG))]
    assert markdown('{{< bilibili vid="BV1" page="1">}}\n\n{{% music "28" %}}') == [
        para("bilibili: BV1", ("bilibili: BV1", LINK, "https://www.bilibili.com/video/BV1")),
        para("NetEase Music: 28", ("NetEase Music: 28", LINK, "https://music.163.com/#/song?id=28")),
    ]
