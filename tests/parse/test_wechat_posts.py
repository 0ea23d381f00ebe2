"""Pages of WeChat that only a script displays."""

import pytest

from reader.document.blocks import Image
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.parser import parse
from reader.parse.wechat_posts import wechat_post
from tests.growth import assert_linear

PAGE = """<!DOCTYPE html><html><head></head><body><h1>海边的灯</h1><img src="avatar.png" alt="头像">
<p>远行</p><p>向上滑动看下一个</p>{script}</body></html>"""


def shown(script: str) -> Document:
    return parse(Body(PAGE.format(script=f"<script>{script}</script>"), BodyFormat.HTML))


def texts(document: Document) -> list[str]:
    return [leaf.text.text for leaf in document.leaves if not isinstance(leaf, Image)]


def sources(document: Document) -> list[str]:
    return [leaf.source for leaf in document.leaves if isinstance(leaf, Image)]


@pytest.mark.parametrize("call", ["JsDecode('{}')", "'{}'", 'JsDecode("{}")'])
def test_post_of_text(call: str) -> None:
    text = r"灯亮了。\x0a\x0a守塔人说：\x22岸在那里\x22 \x26amp; 笑了\u3002\x3ca href=\x22https://a.example/\x22\x3e#灯塔\x3c/a\x3e"
    written = call.format(text)
    data = f"x = {{ item_show_type: '10' * 1, content_noencode: {written} }}; y({{ content_noencode: '' }})"
    assert texts(shown(data)) == ["海边的灯", "灯亮了。", '守塔人说："岸在那里" & 笑了。#灯塔']


def test_post_of_pictures() -> None:
    item = (
        "{ cdn_url: JsDecode('https://p.example/#?a=1\\x26amp;b=2'), width: '9' * 1, live_photo: { info: [ ] },"
        " title: JsDecode('} ] \\x27'), watermark_info: { cdn_url: JsDecode('https://p.example/mark') } },"
    )
    listed = item.replace("#", "1") + item.replace("#", "2")
    data = (
        "window.item_show_type = '8' || ''; x = { content_noencode: JsDecode('看海'),"
        f" picture_page_info_list: [ {listed} ], other: {{ cdn_url: 'https://p.example/other' }} }}"
    )
    document = shown(data)
    assert sources(document) == ["https://p.example/1?a=1&b=2", "https://p.example/2?a=1&b=2"]
    assert texts(document) == ["海边的灯", "看海"]


def test_reprint_has_its_article_in_the_data() -> None:
    paragraph = "守塔人点亮了灯，海上的船便知道，岸就在那里。" * 4
    data = rf"item_show_type = '0'; x = {{ content_noencode: JsDecode('\x3cp\x3e{paragraph}\x3c/p\x3e') }}"
    assert texts(shown(data)) == ["海边的灯", paragraph]


@pytest.mark.parametrize(
    "broken",
    [
        "item_show_type: '8', content_noencode: JsDecode('看海",
        "item_show_type: '8', content_noencode: '', picture_page_info_list: [ {",
        "item_show_type: '8', content_noencode: '', picture_page_info_list: [ " + "{[" * 60_000,
        "item_show_type: '8', content_noencode: " + "'\\" * 60_000,
    ],
    ids=["open text", "open list", "deep list", "escaped"],
)
def test_broken_data_change_nothing(broken: str) -> None:
    assert "向上滑动看下一个" in texts(shown(broken))


@pytest.mark.parametrize("piece", ["\\'", '\\"', "'", "cdn_url:'\\", "{'"])
def test_time_is_linear(piece: str) -> None:
    data = "item_show_type: '8', content_noencode: '', picture_page_info_list: [{'"
    assert_linear(lambda size: wechat_post(data + piece * size), 2_000)
