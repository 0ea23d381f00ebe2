"""Repair of whole pages before the parser of the HTML standard reads them: less of it, with the same result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from reader.document.body import Body, BodyFormat
from reader.parse.html_repair import repair
from reader.parse.page_repair import repair_page
from reader.parse.parser import parse
from tests.growth import assert_linear

PIECES = (
    *("<", "</", ">", "/", "p", "P", "br", "=", '"', "'", "&", "&amp;", "!", "?", " ", "\n", "一", "&copy", "-", "--"),
    *("<p>", "</p>", "</p >", "<br/>", "<br />", "<IMG SRC=a>", "<b", "<p class>", "<a b=c/>", "<a b/c>", "<o:p>"),
    *('<a href="u">', "<a href='u&v'>", '<a title="<p>">', "<!--", "-->", "<![CDATA[", "--!>", "<!-->", "]]>"),
    *("<pre>", "</pre>", "<code>", "</code>", "<script>", "</script>", "<style>", "</STYLE >", "<noscript>"),
    *("</noscript>", "<script type='math/tex'>", "<script/>", '<script src="u">', "<Script async>", "<plaintext>"),
)


def parsed(source: str) -> str:
    """A page as the parser reads it."""
    body = LexborHTMLParser(source).body
    return (body.html or "") if body else ""


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_parser_reads_a_page_as_if_all_of_it_had_been_repaired(text: str) -> None:
    assert parsed(repair_page(text)) == parsed(repair(text))


@pytest.mark.parametrize(
    "text",
    [
        "<p>甲</p><script>if (a < b) document.write('<p>乙<\\/p>')</script><!-- 丙 --><style>p > b {}</style><p>丁</p>",
        "<p>甲</p><SCRIPT async src='u'></SCRIPT ><!--[if IE]><p>乙</p><![endif]--><p>丁</p>",
    ],
)
def test_scripts_styles_and_comments_are_removed(text: str) -> None:
    assert repair_page(text) == "<p>甲</p><p>丁</p>"


@pytest.mark.parametrize("text", ["<p>甲<script>乙</p>", "<p>甲<style>乙</p>", "<p>甲<script/>乙</p>"])
def test_what_follows_an_element_without_an_end_tag_is_kept(text: str) -> None:
    assert "乙" in parsed(repair_page(text))


def test_a_tag_of_an_unknown_name_without_an_end_tag_is_text() -> None:
    article = "<p>灯塔的钥匙挂在门后，守塔人每天傍晚取下来。</p>" * 9
    page = f"<!DOCTYPE html><html><body><article>{article}<p>写作 List<int> 的一行。</p></article></body></html>"
    assert "写作 List<int> 的一行。" in [leaf.text.text for leaf in parse(Body(page, BodyFormat.HTML)).leaves]


@pytest.mark.parametrize(
    "piece", ["<!-- a ", "<script>a ", "<style a='b'>c ", "<!-- a --><script>b</script>", "<p a='", "<script>a<b"]
)
def test_time_grows_linearly(piece: str) -> None:
    assert_linear(lambda size: repair_page(piece * size), 1_000)
