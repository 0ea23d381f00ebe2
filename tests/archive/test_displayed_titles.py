"""The part of a page's title that the page displays."""

import pytest

from reader.archive.html_head import page_head
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("夜里的灯塔亮了起来_海港新闻", "<div class=tit>夜里的灯塔亮了起来</div>", "夜里的灯塔亮了起来"),
        ("夜里的灯塔亮了起来-海港网", "<p><b> 夜里的灯塔亮了起来 </b></p>", "夜里的灯塔亮了起来"),
        ("夜の灯台が光る - 港の日記帳", "<h3><a href=#>夜の灯台が光る</a></h3>", "夜の灯台が光る"),
        ("등대가 밤에 빛난다 | 항구 소식", "<h2>등대가 밤에 빛난다</h2>", "등대가 밤에 빛난다"),
        ("第一部 - 夜里的灯塔亮了起来 - 海港网", "<p>第一部 - 夜里的灯塔亮了起来</p>", "第一部 - 夜里的灯塔亮了起来"),
        ("医院举办大赛公告　港口医院", "<p>医院举办大赛公告</p>", "医院举办大赛公告"),
        ("Harbour Post | Lamps &amp; Tides of Rome", "<h2>Lamps &amp; Tides of Rome</h2>", "Lamps & Tides of Rome"),
        ("BMX - The lamp at night", "<div class='page-title'>The lamp at night</div>", "The lamp at night"),
        ("Harbour Post: The lamp at night", "<h2>Harbour Post</h2><h2>The lamp at night</h2>", "The lamp at night"),
    ],
)
def test_the_part_that_is_displayed_is_the_title(title: str, body: str, expected: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>x</p>{body}<p>text</p></body></html>"
    assert page_head(page).title == expected


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("夜里的灯塔 - 海港网", "<a>首页</a><a>夜里</a>"),
        ("灯塔_海港网", "<b>灯塔</b>"),
        ("The lamp - Harbour Post", "<h2>The lamp - Harbour Post</h2><h2>Harbour Post</h2><p>The lamp</p>"),
        ("The lamp at night - Harbour Post Daily", "<p>Harbour Post Daily</p>"),
        ("The lamps: a history of lamps by night", "<h2>The lamps</h2>"),
        ("The lamp - about those who light it every night", "<p>The lamp</p>"),
        ("The lamp at night - Harbour Post", "<p>The lamp at night was lit.</p>"),
    ],
    ids=["no text", "short", "displayed whole", "site", "subtitle", "small part", "sentence"],
)
def test_other_titles_stay_whole(title: str, body: str) -> None:
    page = f"<html><head><title>{title}</title></head><body>{body}<p>text</p></body></html>"
    assert page_head(page).title == title


def test_time_grows_linearly() -> None:
    head = "<html><head><title>aaaaaaaaaa - bbbbbbbbbb</title></head><body>"
    assert_linear(lambda many: page_head(head + "<p>aaaaaaaaaa" * many), 400)
