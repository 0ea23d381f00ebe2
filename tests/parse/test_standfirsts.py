"""The standfirst of an article outside the element that has its text."""

import pytest

from reader.document.blocks import Image
from reader.document.body import Body, BodyFormat
from reader.document.placeholder_pictures import is_placeholder
from reader.parse.parser import parse
from tests.growth import assert_linear

LEAD = "灯塔守人退休之前的最后一夜，海上起了三十年来最大的风，他没有离开那盏灯，也没有写下一个字。"
SENTENCE = "守塔人点亮了灯，海上的船便知道，岸就在那里。"
ARTICLE = f"<p>{SENTENCE * 4}</p><p>{SENTENCE * 5}</p><p>{SENTENCE * 4}</p>"
TEXT = f"<div><div id='artibody'>{ARTICLE}</div></div>"
LINKS = "".join(f'<li><a href="/{number}">第 {number} 号灯塔的故事</a></li>' for number in range(12))


def texts(body: str) -> list[str]:
    """The texts that are shown of a page."""
    source = f"<!DOCTYPE html><html><head><title>站</title></head><body>{body}</body></html>"
    return [leaf.text.text for leaf in parse(Body(source, BodyFormat.HTML)).leaves]


@pytest.mark.parametrize(
    "body",
    [
        "<div class='top'><h1>风夜</h1><p>{lead}</p></div><div class='post-content'>{article}</div>",
        "<header class='entry-header'><h1>风夜</h1><p class='lead'>{lead}</p></header><div class='x'>{article}</div>",
        "<h1>站名</h1><h1>风夜</h1><h2 class='subtitle'>{lead}</h2><div class='y'><div>{article}</div></div>",
        "<article><div class='vorspann'>{lead}</div><div class='z'><div>{article}</div></div></article>",
    ],
)
def test_standfirst_is_shown_once_before_the_text(body: str) -> None:
    shown = texts(f"<div id='wrap'>{body.format(lead=LEAD, article=ARTICLE)}</div><ul>{LINKS}</ul>")
    assert shown.count(LEAD) == 1
    assert shown.index(LEAD) < shown.index(SENTENCE * 4)


@pytest.mark.parametrize(
    "between",
    [
        f"<div class='related-posts'><p>{LEAD}</p></div>",
        f"<aside><p>{LEAD}</p></aside>",
        f"<form><p class='lead'>{LEAD}</p></form>",
        f"<figure><figcaption>{LEAD}</figcaption></figure>",
        f"<p><a href='/x'>{LEAD}</a></p>",
        "".join(f"<div class='teaser'><p>{LEAD}{number}</p></div>" for number in range(30)),
    ],
    ids=["related", "aside", "form", "caption", "link", "teasers"],
)
def test_parts_of_the_site_below_the_headline_are_no_standfirst(between: str) -> None:
    shown = texts(f"<div><h1>风夜</h1><div>{between}</div><ul>{LINKS}</ul></div>{TEXT}")
    assert not any(LEAD in text for text in shown)


def test_repeated_standfirst_is_shown_once() -> None:
    shown = texts(f"<div><h1>风夜</h1><p>{LEAD}</p><ul>{LINKS}</ul></div><div id=artibody><p>{LEAD}</p>{ARTICLE}</div>")
    assert shown.count(LEAD) == 1


@pytest.mark.parametrize(
    "classes",
    [
        "post hentry tag-social-media category-newsletter",
        "elementor-widget-wrap",
        "field field--label-hidden",
        "section section--has-ads",
        "with-sidebar-right",
    ],
)
def test_classes_that_describe_the_page_do_not_make_an_article_part_of_the_site(classes: str) -> None:
    comments = "".join(f"<div class='comment-body'><p>{SENTENCE * 3}</p></div>" for _ in range(20))
    shown = texts(f"<main><div class='{classes}'><div>{ARTICLE}</div></div><div id='comments'>{comments}</div></main>")
    assert shown == [SENTENCE * 4, SENTENCE * 5, SENTENCE * 4]


@pytest.mark.parametrize(
    "line", ["<p>Advertisement</p>", "<p>Lesen Sie auch: <a href='/a'>Sturm über der Insel</a></p>"]
)
def test_labels_of_the_site_inside_an_article_are_left_out(line: str) -> None:
    assert texts(f"<article>{ARTICLE}{line}{ARTICLE}</article>") == [SENTENCE * 4, SENTENCE * 5, SENTENCE * 4] * 2


@pytest.mark.parametrize(
    "line", ["Read more: it is good for you.", "See also the keeper's own words.", "广告是一门生意"]
)
def test_text_that_begins_like_a_label_is_kept(line: str) -> None:
    assert line in texts(f"<article>{ARTICLE}<p>{line}</p>{ARTICLE}</article>")


def test_caption_written_twice_is_shown_once() -> None:
    caption = f"<div class='caption'><p>{LEAD}</p></div>"
    assert texts(f"<article>{ARTICLE}<figure><img src=a.jpg>{caption}{caption}</figure></article>").count(LEAD) == 1
    assert texts(f"<article>{ARTICLE}<p>{LEAD}</p><p>{LEAD}</p></article>").count(LEAD) == 2


def test_headings_between_parts_of_an_article_are_kept() -> None:
    parts = f"<div class=part>{ARTICLE}</div><h2>第二章</h2><div class=part>{ARTICLE}</div>"
    assert "第二章" in texts(f"<div>{parts}</div>")


def test_picture_with_caption_between_headline_and_text_is_the_article_s() -> None:
    figure = "<figure><img src=/lamp.jpg alt=''><figcaption><p>灯塔在雾里，一九九八年摄。</p></figcaption></figure>"
    linked = "<figure><img src=/ad.jpg><figcaption><a href=/ad>Buy a lamp of your own today</a></figcaption></figure>"
    head = f"<article><h1>灯塔</h1><div class='top'>{figure}{linked}</div>"
    shown = texts(f"{head}<div class='post-content'>{ARTICLE}</div></article>")
    assert shown[:4] == ["灯塔", "", "灯塔在雾里，一九九八年摄。", SENTENCE * 4]


@pytest.mark.parametrize("name", ["/x/grey-placeholder.png", "1x1.gif", "/a/blank.gif?v=2", "spacer.png", "data:,"])
def test_a_placeholder_is_no_picture_of_the_article(name: str) -> None:
    figure = "<figure>{pictures}<figcaption>灯塔，摄于冬天。</figcaption></figure>"
    holds, shows = f"<img src='{name}'>", "<img src='sea.jpg'>"
    for pictures, expected in (
        (f"<picture>{holds}</picture>", []),
        (holds + shows, ["sea.jpg"]),
        (f"<img src='{name}' srcset='sea.jpg 240w, storm.jpg 480w'>", ["storm.jpg"]),
    ):
        top = f"<h1>风夜</h1>{figure.format(pictures=pictures)}"
        source = f"<!DOCTYPE html><html><head></head><body><div>{top}</div>{TEXT}</body></html>"
        leaves = parse(Body(source, BodyFormat.HTML)).leaves
        assert [leaf.source for leaf in leaves if isinstance(leaf, Image)] == expected
        assert any("摄于冬天" in leaf.text.text for leaf in leaves) == bool(expected)


@pytest.mark.parametrize("name", ["blank-canvas.jpg", "1x1-256/harbour.jpg", "placeholder-art.png", "2021-03.jpg"])
def test_names_that_say_what_a_picture_shows_are_no_placeholders(name: str) -> None:
    assert not is_placeholder(f"https://e.org/{name}")
    assert is_placeholder("/image/placeholder/44x28.png")


def test_captions_of_equal_length_take_linear_time() -> None:
    def read(size: int) -> None:
        text = "图片说明" * 15
        captions = (f"<figure><figcaption><div>{n:06d}{text}</div></figcaption></figure>" for n in range(size))
        texts(f"<article>{ARTICLE}{''.join(captions)}</article>")

    assert_linear(read, 100)


def test_standfirst_below_a_headline_that_is_no_main_heading() -> None:
    above = f"<div class=top><div class=tit><b>夜里的</b>灯塔</div><p class=zhaiyao>{LEAD}</p></div>"
    source = f"<!DOCTYPE html><html><body><div class=page>{above}{TEXT}</div></body></html>"
    for title, count in (("夜里的灯塔", 1), ("另一座灯塔", 0)):
        leaves = parse(Body(source, BodyFormat.HTML, title)).leaves
        assert [leaf.text.text for leaf in leaves].count(LEAD) == count
