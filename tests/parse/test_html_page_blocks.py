"""Whole pages in HTML, undisplayed elements, and callouts of site generators."""

import pytest

from reader.document.blocks import (
    Heading,
    Quote,
    SpanKind,
    leaves,
)
from reader.document.body import Body, BodyFormat
from reader.parse.callout_titles import kind_title
from reader.parse.parser import parse
from tests.parse.blocks import head, html, para, text

PAGE = """<!DOCTYPE html><html><head><title>站</title><style>x</style></head><body><header>站名</header><nav>导航</nav>
    {}<aside>热门</aside><footer>版权</footer></body></html>"""


def test_whole_page_is_reduced_to_its_article() -> None:
    article = "<article><header><h1>题</h1></header><p>正文正文正文</p><footer>页脚</footer></article>"
    assert html(PAGE.format(article)) == [head("题", 1), para("正文正文正文"), para("页脚")]
    assert html(PAGE.format("<div><p>正文</p></div>")) == [para("正文")]


def test_fragment_keeps_what_a_page_would_lose() -> None:
    assert html("<header>甲</header><nav>乙</nav><footer>丙</footer><form>丁</form>") == list(map(para, "甲乙丙丁"))


def test_an_unclosed_navigation_does_not_swallow_the_page() -> None:
    assert html("<html><body><nav>甲<p>乙</p></body></html>") == [para("甲"), para("乙")]


def test_entry_point_accepts_every_format() -> None:
    for form in BodyFormat:
        assert parse(Body("甲", form)).blocks == (para("甲"),)
        assert parse(Body("", form)).blocks == ()


def test_headings_keep_their_spans() -> None:
    assert html('<h2><a href="/x">甲</a>乙</h2>') == [Heading(text("甲乙", ("甲", SpanKind.LINK, "/x")), 2)]


def test_form_around_a_whole_page_is_not_a_control() -> None:
    page = "<html><body><form method=post><p>守塔人不睡，灯也不睡。</p></form></body></html>"
    assert html(page) == [para("守塔人不睡，灯也不睡。")]
    search = f"<html><body><form><label>搜索</label></form><p>{'守塔人不睡，灯也不睡。' * 3}</p></body></html>"
    assert html(search) == [para("守塔人不睡，灯也不睡。" * 3)]


def test_css_keeps_the_lines_of_a_poem() -> None:
    poem = '<p style="white-space: pre-wrap">守塔人\n不睡</p><p>灯\n塔</p>'
    assert html(poem) == [para("守塔人\n不睡"), para("灯塔")]
    for kind in ("pre", "pre-line", "break-spaces"):
        assert html(f'<div style="color:red;white-space:{kind}">灯\n塔<p>海\n浪</p></div>') == [
            para("灯\n塔"),
            para("海浪"),
        ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="color:red; display: none">暗</span>',
        "<p hidden>暗</p>",
        "<p hidden>暗",
        "<div hidden><p>暗</p><div>暗</div></div>",
        "<template><p>暗</p></template>",
    ],
)
def test_undisplayed_elements_are_omitted(hidden: str) -> None:
    body = f"<p>灯塔照着</p>{hidden}<p>海</p>"
    expected = [para("灯塔照着"), para("海")]
    assert html(body) == (expected if "暗</" in hidden else [para("灯塔照着"), para("暗"), para("海")])


def test_content_hidden_until_a_script_runs_is_shown() -> None:
    assert html('<p style="visibility: hidden">灯塔</p>') == [para("灯塔")]
    assert html('<p>海</p><div style="display:none"><p>守塔人不睡</p></div>') == [para("海"), para("守塔人不睡")]
    assert html("<p>灯塔</p><p hidden=until-found>海</p>") == [para("灯塔"), para("海")]


def test_unclosed_hidden_element_hides_nothing() -> None:
    assert html("<p>灯塔</p><div hidden><p>海</p>") == [para("灯塔"), para("海")]


def test_title_of_a_drawing_is_not_text() -> None:
    assert html("<p>灯<svg><title>Icon</title><desc>Bird</desc><text>塔</text></svg>海</p>") == [para("灯塔海")]


def test_the_footer_of_a_quotation_is_its_source() -> None:
    page = "<html><body><div><blockquote><p>海很宽。</p><footer>— 守塔人</footer></blockquote><p>灯塔不睡。</p></div>{}"
    quote = Quote((para("海很宽。"), para("— 守塔人")))
    assert html(page.format("<footer>版权</footer></body></html>")) == [quote, para("灯塔不睡。")]


def test_an_article_keeps_its_own_aside_and_footer() -> None:
    article = "<article><p>灯塔照着海。</p><aside>引语</aside><footer>更正</footer></article>"
    page = f"<html><body><nav>导航</nav>{article}</body>"
    assert html(page) == [para("灯塔照着海。"), Quote((kind_title("aside"), para("引语")), "aside"), para("更正")]


def test_the_heading_of_an_aside_is_its_title_and_a_column_of_a_page_is_none() -> None:
    aside = "<aside><h3>背景</h3><p>灯塔建于1893年。</p></aside>"
    assert html(aside) == [Quote((para("背景"), para("灯塔建于1893年。")), "aside")]
    assert html(f"<aside><h2>一</h2><p>甲</p><h2>二</h2><p>乙</p></aside>{aside}")[:2] == html("<h2>一</h2><p>甲</p>")
    assert html("<aside><p>没有结束的标签") == [para("没有结束的标签")]
    assert html('<aside class="callout warning"><p>当心</p></aside>') == [
        Quote((kind_title("warning"), para("当心")), "warning")
    ]


def test_only_main_heading_belongs_to_the_article_even_before_it() -> None:
    page = (
        "<html><body><header class=top><h1>题</h1><p>导语</p></header><main><p>守塔人不睡，灯也不睡。</p></main></body>"
    )
    assert html(page) == [head("题", 1), para("导语"), para("守塔人不睡，灯也不睡。")]


def test_script_element_ends_at_its_name_and_white_space() -> None:
    page = "<p>灯</p><script>a</script\n\n<div id=x>\n<p>塔</p><script>b</scripts></script><p>海</p>"
    assert html(page) == [para("灯"), para("塔"), para("海")]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ('<div class="admonition tip"><p class="admonition-title">灯塔</p><p>海</p></div>', "灯塔"),
        ('<div class="admonition tip"><p><em>Tip</em></p><p>海</p></div>', "Tip"),
        ('<div class="markdown-alert markdown-alert-tip"><p class="alert-title">Tip</p><p>海</p></div>', "Tip"),
        ('<div class="theme-admonition-tip theme-admonition"><div class="admonitionHeading_1">灯</div>海</div>', "灯"),
        ('<div class="callout" data-callout="tip"><div class="callout-title">灯</div><div><p>海</p></div></div>', "灯"),
        ('<div class="custom-block tip"><p>海</p></div>', "Tip"),
    ],
)  # fmt: skip
def test_boxes_of_site_generators_are_callouts(source: str, title: str) -> None:
    (callout,) = html(source)
    assert isinstance(callout, Quote)
    assert callout.kind == "tip"
    assert [leaf.text.text for leaf in leaves(callout)] == [title, "海"]


def test_unclosed_or_unknown_box_is_not_a_callout() -> None:
    assert html('<div class="admonition note"><p>灯</p>') == [para("灯")]
    assert html('<div class="admonition"><p>灯</p></div><div class="note"><p>塔</p></div>') == [para("灯"), para("塔")]
