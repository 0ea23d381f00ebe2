"""Blocks of a site: which of them are left out of an article."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import leaves
from reader.parse.html import page_blocks, parse_page
from reader.parse.site_blocks import learned_blocks

_TEXT = "".join(f"<p>第{number}段，海上有雾，船在等待，灯塔整夜亮着。</p>" for number in "一二三四五六七八")


def _page(inner: str) -> str:
    return f"<!DOCTYPE html><html><body><article>{inner}</article></body></html>"


def _shown(source: str, learned: frozenset[int]) -> str:
    return "\n".join(leaf.text.text for block in parse_page(source, learned)[0] for leaf in leaves(block))


def _keys(*blocks: str) -> frozenset[int]:
    return page_blocks(_page(_TEXT + "".join(blocks))) - page_blocks(_page(_TEXT))


def test_numbers_do_not_matter() -> None:
    assert _keys("<p>阅读 12 次，点赞 3 次</p>") == _keys("<p>阅读 999 次，点赞 0 次</p>")


def test_a_heading_among_the_text_stays() -> None:
    learned = _keys("<h2>参考资料</h2>")
    assert "参考资料" in _shown(_page(f"{_TEXT}<h2>参考资料</h2><p>港口年鉴，第三卷，第四章。</p>"), learned)
    assert "参考资料" not in _shown(_page(f"{_TEXT}<h2>参考资料</h2>"), learned)


def test_a_short_line_among_the_text_stays() -> None:
    learned = _keys("<p>本文完毕。</p>")
    assert "本文完毕" in _shown(_page(f"{_TEXT}<p>本文完毕。</p>{_TEXT}"), learned)


def test_nothing_is_left_out_if_it_would_be_most_of_the_article() -> None:
    assert "海上有雾" in _shown(_page(_TEXT), page_blocks(_page(_TEXT)))


def test_bodies_that_are_no_pages_have_no_blocks() -> None:
    assert page_blocks(_TEXT) == frozenset()
    assert "海上有雾" in _shown(_TEXT, page_blocks(_page(_TEXT)))


@given(st.lists(st.frozensets(st.integers(0, 5)), max_size=12))
def test_learned_blocks_are_on_most_pages(pages: list[frozenset[int]]) -> None:
    for key in learned_blocks(pages, 4, 0.5):
        assert sum(key in page for page in pages) >= max(4, len(pages) / 2)
