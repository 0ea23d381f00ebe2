"""Parts of a page that are named as parts of the site but are sections of its article, and those that are not."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse

PROSE = "<p>海上有雾，船在等待，灯塔整夜亮着。守塔的人没有睡，他数着浪，一个又一个，直到天亮。</p>" * 4


def shown_text(body: str) -> str:
    found = parse(Body(f"<!DOCTYPE html><html><body>{body}</body></html>", BodyFormat.HTML))
    return "\n".join(leaf.text.text for leaf in found.leaves)


@pytest.mark.parametrize("names", ["toc-part", "rank-1", "listicle-header", "menu-of-the-keeper", "kt-header-basic"])
def test_a_section_of_prose_is_shown_whatever_its_name(names: str) -> None:
    sections = "".join(f'<section class="{names}"><h2>第{n}节</h2>{PROSE}</section>' for n in range(1, 6))
    found = shown_text(f"<main>{sections}</main>")
    assert [line for line in found.splitlines() if line.startswith("第")] == [f"第{n}节" for n in range(1, 6)]


def test_an_aside_of_prose_within_an_article_is_shown_and_a_footer_is_not() -> None:
    article = f"<section>{PROSE * 4}<aside>{PROSE.replace('灯塔', '旁注')}</aside>{PROSE * 4}</section>"
    found = shown_text(f"<div>{article}<footer>{PROSE.replace('灯塔', '版权')}</footer></div>")
    assert "旁注" in found
    assert "版权" not in found


@pytest.mark.parametrize("names", ["comment-list", "newsletter-box", "cookie-note", "related-part", "sidebar"])
def test_prose_of_the_site_is_not_shown(names: str) -> None:
    found = shown_text(f'<main>{PROSE * 8}<section class="{names}">{PROSE.replace("灯塔", "订阅")}</section></main>')
    assert "灯塔" in found
    assert "订阅" not in found


@pytest.mark.parametrize("module", ["so-panel widget widget_text", "hs_cos_wrapper hs_cos_wrapper_widget"])
def test_modules_of_page_builders_are_no_widgets(module: str) -> None:
    parts = [PROSE * 8, "<h2>灯油</h2>", f"<p>{'灯油，' * 20}</p>", PROSE]
    found = shown_text("<main>" + "".join(f'<div class="{module}">{part}</div>' for part in parts) + "</main>")
    assert found.count("灯塔") == 36
    assert found.count("灯油") == 21
