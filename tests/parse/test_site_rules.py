"""Rules for single sites: each finds the article of a page of its kind, and leaves out what it names."""

import pytest

from reader.document.blocks import leaves
from reader.parse.html import parse_page
from reader.parse.site_rules import SITE_RULES, SiteRule

_PARAGRAPH = "<p>海上有雾，船在等待，灯塔整夜亮着。</p>"


def _shown(body: str) -> str:
    blocks, _page = parse_page(f"<!DOCTYPE html><html><head></head><body>{body}</body></html>")
    return "\n".join(leaf.text.text for block in blocks for leaf in leaves(block))


@pytest.mark.parametrize("rule", SITE_RULES, ids=lambda rule: rule.site)
def test_each_rule(rule: SiteRule) -> None:
    for name in rule.article:
        omitted = "".join(f'<div class="{one}"><p>不是正文，是网站的部分。</p></div>' for one in sorted(rule.omitted))
        beside = f"<div><p>旁边的文字，{'很长的说明，' * 9}。</p></div>"
        sign = f'<div class="{next(iter(rule.signs), "")}"></div>'
        found = _shown(
            f'{sign}<div id="x"><div class="{name}">{_PARAGRAPH * 3}{omitted}{_PARAGRAPH}</div></div>{beside}'
        )
        assert found.count("灯塔") == 4
        assert "不是正文" not in found
        assert "旁边" not in found


def test_several_articles_are_all_shown() -> None:
    answer = '<div class="js-post-body">{}</div><ul class="comments"><li>评论</li></ul>'
    found = _shown(
        answer.format(f"<p>问题，{'有雾，' * 20}</p>")
        + answer.format("<p>一句，两句，三句，四句，五句，六句，七句。</p>")
    )
    assert "问题" in found
    assert "七句" in found
    assert "评论" not in found


def test_a_name_of_a_small_part_is_no_sign_of_the_site() -> None:
    found = _shown(f'<article>{_PARAGRAPH * 20}</article><div class="link-report"><p>举报这篇文章，谢谢。</p></div>')
    assert found.count("灯塔") == 20


def test_a_common_name_needs_a_sign() -> None:
    page = (
        f'<div class="main"><div class="entry-content">{_PARAGRAPH * 2}</div><div class="entry-footer">尾</div></div>'
    )
    assert "灯塔" in _shown(page)


_AUTHOR = "守塔人"
THREADS = {
    "XenForo": (
        f'<article class="message message--post"><h4 class="message-name">{_AUTHOR}</h4>'
        '<div class="message-userContent lbContainer">{}</div>'
        '<div class="message-signature">签名，签名。</div></article>'
    ),
    "vBulletin 3": (
        f'<table id="post7"><tr><td><a class="bigusername">{_AUTHOR}</a></td>'
        '<td id="post_message_7">{}</td></tr></table>'
    ),
    "Invision Community": (
        f'<article class="cPost ipsComment"><h3 class="cAuthorPane_author">{_AUTHOR}</h3>'
        '<div class="ipsComment_content comment-7"><div class="cPost_contentWrap">{}</div>'
        '<ul class="ipsComment_controls"><li>回复，分享</li></ul></div></article>'
    ),
    "Flarum": f'<article><h3 class="PostUser-name">{_AUTHOR}</h3><div class="Post-body">{{}}</div></article>',
}


@pytest.mark.parametrize("program", THREADS)
def test_all_posts_of_a_thread_are_shown_with_their_authors(program: str) -> None:
    posts = [f"<p>第{number}楼，{'海上有雾，船在等待。' * length}</p>" for number, length in ((1, 40), (2, 1), (3, 5))]
    found = _shown("<div class='main'>" + "".join(THREADS[program].format(post) for post in posts) + "</div>")
    assert [line[:3] for line in found.splitlines()] == ["守塔人", "第1楼", "守塔人", "第2楼", "守塔人", "第3楼"]
