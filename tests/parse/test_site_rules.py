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
        sign = f'<i class="{next(iter(rule.signs), "")}"></i>'
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
