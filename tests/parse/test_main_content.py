"""Extraction of the article of a web page by names, by the length of its paragraphs, and by links."""

import pytest

from reader.document.blocks import SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.parser import parse
from tests.growth import assert_linear

SENTENCE = "守塔人点亮了灯，海上的船便知道，岸就在那里。"
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
ENGLISH = "<p>The keeper lit the lamp, and the ships at sea, which had waited, knew where the shore was.</p>"
ARTICLE = PARAGRAPH + ENGLISH + PARAGRAPH
LINKS = "".join(f'<li><a href="/{number}">第 {number} 号灯塔的故事</a></li>' for number in range(12))


def page(body: str) -> str:
    """Build a whole page."""
    return f"<!DOCTYPE html><html><head><title>站</title></head><body>{body}</body></html>"


def shown(source: str, *, whole_page: bool = False) -> Document:
    """The document of a page."""
    return parse(Body(source, BodyFormat.HTML, whole_page=whole_page))


def texts(source: str) -> list[str]:
    """The texts of the leaves."""
    return [leaf.text.text for leaf in shown(source).leaves]


EXPECTED = [SENTENCE * 3, ENGLISH[3:-4], SENTENCE * 3]


@pytest.mark.parametrize(
    "body",
    [
        "<div class='post-content'>{article}</div><div class='sidebar'><h3>热门</h3><ul>{links}</ul></div>",
        "<div id='menu'><ul>{links}</ul></div><table><tr><td>{article}</td><td><ul>{links}</ul></td></tr></table>",
        "<div class='c1'>{article}</div><div class='c2'><ul>{links}</ul></div>",
        "<div role='navigation'><p>" + SENTENCE + "</p></div><section>{article}</section>",
        "<article>{article}<div class='related-posts'><ul>{links}</ul></div></article><footer>版权所有</footer>",
        "<article>{article}<form><input name=q><button>订阅</button></form></article>",
        "<main>{article}</main><div class='comments'><p>" + SENTENCE + "</p></div>",
        "<div itemprop='articleBody'>{article}</div><div class='pinglun'><p>" + SENTENCE + "</p></div>",
        "<div class='x' aria-hidden='true'><p>" + SENTENCE + "</p></div><div>{article}</div>",
        "<form method=post action='page.aspx'><div class='nav'><ul>{links}</ul></div>{article}</form>",
    ],
)
def test_article_is_shown_without_the_site(body: str) -> None:
    assert texts(page(body.format(article=ARTICLE, links=LINKS))) == EXPECTED


def test_text_of_a_wechat_page_is_recognized_by_its_id() -> None:
    body = f"<div id='js_content' style='visibility:hidden'>{PARAGRAPH}</div><div class='profile'>{ARTICLE}</div>"
    assert texts(page(body)) == [SENTENCE * 3]


def test_article_in_several_parts_is_complete() -> None:
    parts = f"<div class='part'>{PARAGRAPH}</div><div class='part'>{ARTICLE}</div><div class='part'>{PARAGRAPH}</div>"
    assert texts(page(f"<div id='wrap'>{parts}</div><ul>{LINKS}</ul>")) == [SENTENCE * 3, *EXPECTED, SENTENCE * 3]


def test_notes_and_links_of_an_encyclopedia_are_kept() -> None:
    notes = f"<ol class='references'>{LINKS}</ol>"
    body = f"<div class='mw-parser-output'>{ARTICLE}<h2>参见</h2><ul>{LINKS}</ul>{notes}</div>"
    found = texts(page(body))
    assert found[:3] == EXPECTED
    assert found.count("第 3 号灯塔的故事") == 2


def test_only_heading_is_shown_even_outside_the_article() -> None:
    header = "<header><h1>灯塔</h1><p>一座岛的故事</p></header>"
    assert texts(page(f"{header}<main>{ARTICLE}</main>")) == ["灯塔", "一座岛的故事", *EXPECTED]
    assert texts(page(f"<div class='top'><h1>灯塔</h1></div><main>{ARTICLE}</main>")) == ["灯塔", *EXPECTED]


def test_omitted_text_is_counted_and_shown_on_demand() -> None:
    source = page(f"<div class='banner'>我们使用饼干</div><article>{ARTICLE}</article>")
    document = shown(source)
    assert document.page is not None
    assert document.page.omitted == 12
    whole = shown(source, whole_page=True)
    assert whole.page is None
    assert [leaf.text.text for leaf in whole.leaves] == ["我们使用饼干", *EXPECTED]


def test_white_space_between_parts_of_a_site_is_not_omitted_text() -> None:
    parts = "<nav>A <dialog>B</dialog></nav><dialog>C <nav>D</nav></dialog>"
    document = shown(page(f"{parts}<article>{ARTICLE}</article>"))
    assert document.page is not None
    assert document.page.omitted == len("ABCD")


def test_name_of_a_teaser_does_not_outweigh_the_text() -> None:
    teaser = f"<div><div class='article-text'>{SENTENCE}</div></div>"
    assert texts(page(f"{teaser}<section><section><section>{ARTICLE}</section></section></section>")) == EXPECTED


@pytest.mark.parametrize(
    "opening",
    [
        "<div class='article-widget article-widget-text'>",
        "<section id='how-we-shared-and-promoted-one-lamp-for-years'>",
    ],
)
def test_building_blocks_and_slugs_are_no_names_of_the_site(opening: str) -> None:
    body = f"<article>{ARTICLE}{opening}<h2>Later</h2><p>{SENTENCE}</p></div></section>{ARTICLE * 2}</article>"
    assert texts(page(body)) == [*EXPECTED, "Later", SENTENCE, *EXPECTED * 2]


def test_articles_appended_to_the_titled_one_are_left_out() -> None:
    first = f"<article><h1>风夜</h1>{ARTICLE}</article>"
    source = page(f"<main>{first}<div><article><h1>晴日</h1>{ARTICLE}</article></div></main>")

    def found(title: str) -> list[str]:
        return [leaf.text.text for leaf in parse(Body(source, BodyFormat.HTML, title)).leaves]

    assert found("风夜") == ["风夜", *EXPECTED]
    assert found("港口报") == ["风夜", *EXPECTED, "晴日", *EXPECTED]


@pytest.mark.parametrize(
    "name", ["data-testid=newsletter-box", "data-component='related links'", "aria-label='Share this'"]
)
def test_names_for_programs_tell_parts_of_the_site(name: str) -> None:
    body = f"<article class=x1>{ARTICLE}<div class=x2 {name}><p>{SENTENCE}</p></div>{ARTICLE}</article>"
    assert texts(page(body)) == EXPECTED * 2


def test_other_labels_for_screen_readers_are_no_parts_of_the_site() -> None:
    body = f"<article class=x1>{ARTICLE}<div class=x2 aria-label=widget-anchor><p>{SENTENCE}</p></div></article>"
    assert texts(page(body)) == [*EXPECTED, SENTENCE]


def test_headings_of_omitted_lists_below_the_text_are_left_out() -> None:
    listed = f"<h2>新着</h2><div><a href=/all>一覧</a></div><ul class=c3>{LINKS}</ul>"
    assert texts(page(f"<div class=c1><div>{ARTICLE}{listed}</div></div>")) == EXPECTED
    notes = "<h2>参考</h2><p><a href=/a>灯塔の本</a>、一九九八年</p>"
    assert texts(page(f"<div class=c1><div>{ARTICLE}{notes}</div></div>")) == [
        *EXPECTED,
        "参考",
        "灯塔の本、一九九八年",
    ]


def test_linked_sentence_in_a_box_is_kept() -> None:
    box = "<div class='c'><div><p>It also <a href=/x>keeps a log of every night at sea since then</a>.</p></div></div>"
    menu = (
        "<div class='c'><div><p><a href=/x>Log of the night</a> <a href=/y>Log of the day and sea</a></p></div></div>"
    )
    sentence = "It also keeps a log of every night at sea since then."
    assert texts(page(f"<article>{ARTICLE}{box}{ARTICLE}{menu}</article>")) == [*EXPECTED, sentence, *EXPECTED]


def test_elements_of_any_site_are_left_out_wherever_they_are_nested() -> None:
    inner = "<nav>甲<nav>乙<button>丙</button></nav></nav>"
    document = shown(page(f"{inner}<article>{ARTICLE}{inner}<p>{SENTENCE}{inner}</p></article><menu><li>丁</menu>"))
    assert [leaf.text.text for leaf in document.leaves] == [*EXPECTED, SENTENCE]
    assert document.page is not None
    assert document.page.omitted == 3 * 3 * 2 + 2


LISTS = {
    "tables": "<table><tr><td><img src=a.png></td><td><table><tr><td>如果不知道从哪里读起，请先读<a href=/a>这篇</a>"
    "，再读其他各篇，它们写于不同的年代。</td></tr></table><table>{rows}</table></td></tr></table>",
    "main": "<main><h1>全部故事</h1><ul>{links}</ul></main><footer>版权所有</footer>",
    "headers": "<main class=main><div class=posts-collapse><span>好！目前共计 126 篇日志。继续努力，每天都写。</span>"
    "{posts}</div></main>",
    "named": "<article class=post-content><p>本站的全部故事，按年代排列，最新的在最前面，欢迎来信指正其中的错误。</p>"
    "<div class=tag-list><ul>{links}</ul></div></article>",
}
"""Lists of articles: of an old site, of a plain page, of Hexo's archives, and with a name of parts of the site."""


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("headings", [True, False])
def test_a_list_of_links_is_shown_with_all_its_links(body: str, *, headings: bool) -> None:
    rows = LINKS.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>")
    posts = LINKS.replace("<li>", "<article><header class=post-header>").replace("</li>", "</header></article>")
    source = page(body.format(links=LINKS * 2, rows=rows * 2, posts=posts * 2))
    document = parse(Body(source, BodyFormat.HTML), headings=headings)
    targets = [span.value for leaf in document.leaves for span in leaf.text.spans if span.kind is SpanKind.LINK]
    assert [one for one in targets if one != "/a"] == [f"/{number}" for number in range(12)] * 2
    assert not any("版权所有" in leaf.text.text for leaf in document.leaves)


def test_a_short_text_beside_links_is_no_list() -> None:
    flash = f"<div class=c1><p>{SENTENCE * 6}</p></div><div class=sidebar><ul>{LINKS}</ul></div>"
    assert texts(page(flash)) == [SENTENCE * 6]


def test_in_doubt_everything_is_shown() -> None:
    others = ("<div>" * 8 + f"<p>{SENTENCE}</p>" + "</div>" * 8) * 20
    source = page(f"<div>{PARAGRAPH}{PARAGRAPH}</div>{others}")
    document = shown(source)
    assert document.page is not None
    assert document.page.is_doubtful
    assert [leaf.text.text for leaf in document.leaves].count(SENTENCE) == 20


def test_feed_body_is_never_reduced() -> None:
    body = f"<div class='sidebar'>{PARAGRAPH}</div><ul>{LINKS}</ul>{ARTICLE}"
    assert len(shown(body).leaves) == 16
    assert shown(body).page is None


def test_page_displayed_by_a_script_is_not_empty() -> None:
    source = page(f"<p>载入中</p><div style='display:none'>{ARTICLE}</div>")
    assert texts(source)[-3:] == EXPECTED


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<table><tr><td>", "<article>", "<form>", "<b>"])
def test_deep_pages_cost_linear_time(opening: str) -> None:
    # Short pages of forms are read in another way, so that the growth from them on says nothing.
    assert_linear(lambda size: shown(page((opening + SENTENCE) * size)), 2_000, times=5)


@pytest.mark.parametrize("opening", ["<aside>", "<footer>", "<header>", "<main>", "<nav>", "<figure>"])
def test_nested_parts_of_a_site_cost_linear_time(opening: str) -> None:
    assert_linear(lambda size: shown(page(ARTICLE + opening * size)), 1000)


def test_notes_below_the_text_are_kept() -> None:
    notes = f"<div class='footnotes'><ol><li class='footnote'><p>{SENTENCE}</p></li></ol></div>"
    expected = [*EXPECTED, SENTENCE]
    assert texts(page(f"<article>{ARTICLE}{notes}</article><div class='foot'><p>{SENTENCE}</p></div>")) == expected


@pytest.mark.parametrize("section", ["section", "div"])
def test_id_that_repeats_a_heading_is_no_name_of_the_site(section: str) -> None:
    begin = f"<{section} id='sharing-with-one-other' class='section'><h2>Sharing with one other</h2>"
    related = f"<div id='related' class='box'><h3>Related</h3><ul>{LINKS}</ul></div>"
    body = f"<div class='body'>{ARTICLE}{begin}{PARAGRAPH}</{section}><h3 id='comments'>Comments</h3>{PARAGRAPH}</div>"
    expected = [*EXPECTED, "Sharing with one other", SENTENCE * 3, "Comments", SENTENCE * 3]
    assert texts(page(body + related)) == expected


def test_comments_that_are_longer_than_the_article_are_left_out() -> None:
    comments = "".join(f"<div class='comment'><div class='content'>{PARAGRAPH * 3}</div></div>" for _ in range(3))
    body = f"<h1>风夜</h1><div class='content'>{ARTICLE * 2}</div><div class='comments'>{comments}</div>"
    assert texts(page(body)) == ["风夜", *EXPECTED, *EXPECTED]


def test_comments_without_an_article_are_the_content() -> None:
    comments = f"<div class='item'><div class='content'>{PARAGRAPH}</div></div>" * 3
    assert (
        texts(page(f"<div class='x'><p>{SENTENCE}</p></div><div class='comments'>{comments}</div>"))[-1] == EXPECTED[0]
    )


def test_appended_articles_in_boxes_without_a_name_are_left_out() -> None:
    story = f"<div class='more'><span>新闻</span><h1 class='post-title left'>海</h1><div>{PARAGRAPH * 6}</div></div>"
    own = f"<header><h1 class='post-title entry-title'>风夜</h1></header><div class='text'>{ARTICLE}</div>"
    source = page(f"<article><div class='in'>{own}<div class='added'>{story * 2}</div></div></article>")
    document = parse(Body(source, BodyFormat.HTML, title="风夜"))
    assert [leaf.text.text for leaf in document.leaves] == ["风夜", *EXPECTED]
    sections = source.replace("post-title left", "h")
    assert SENTENCE * 3 in [leaf.text.text for leaf in parse(Body(sections, BodyFormat.HTML, title="风夜")).leaves][4:]


def test_only_article_element_of_a_page_is_shown_in_full() -> None:
    paragraphs = "".join(f"<p>{SENTENCE * 2}第{number}段。</p>" for number in range(12))
    abstract = f"<div class='abstract'>{paragraphs.replace('第', '前第')}</div>"
    references = "".join(f"<li>{SENTENCE * 2}第{number}条，见上。</li>" for number in range(30))
    body = f"<article>{abstract}<div class='c'><ul class='rlist'>{references}</ul></div></article>"
    found = texts(page(body))
    assert [len([one for one in found if sign in one]) for sign in ("前第", "条，")] == [12, 30]
