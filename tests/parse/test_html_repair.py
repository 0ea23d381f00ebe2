"""Repair of markup: well-formed markup is recognized quickly, and stays unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse import html_repair as repairing
from reader.parse.html_repair import repair

PIECES = (
    *("<", "</", ">", "/", "p", "P", "br", "x", "=", '"', "'", "&", "&amp;", "!", "?", " ", "\n", "一"),
    *("<p>", "</p>", "</p >", "<br/>", "<br />", "<IMG SRC=a>", "<b", "<p class>", "<a b=c/>", "<a b/c>", "<o:p>"),
    *('<a href="u">', "<a href='u&v'>", '<a title="<p>">', "<int>", "</int>", "<x-y>", "<!--", "-->", "<![CDATA["),
    *("<pre>", "</pre>", "<code>", "</code>", "<script>", "</script>", "<style>", "<noscript>", "<plaintext>"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_markup_recognized_as_well_formed_would_not_be_changed(text: str) -> None:
    assert repair(text) == repairing.Repair(text).run()


@pytest.mark.parametrize("text", ["", "一 > 二", "<p>一</p>", '<p class="a">一<br/>二<img src=b></P>'])
def test_well_formed_markup_is_recognized(text: str) -> None:
    assert repairing._is_well_formed(text)
    assert repair(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "一 < 二",
        "<p",
        "<p>一</p >",
        "<int>",
        "<pre>",
        "<script>",
        '<a href="u?a&b">',
        "<!-- -->",
        '<a b="<">',
        "<p b=''x>",
    ],
)
def test_markup_that_may_need_repair_is_processed(text: str) -> None:
    assert not repairing._is_well_formed(text)


@pytest.mark.parametrize(
    "pre",
    [
        '<pre><div class="bar">js</div><code class="hljs">if a&lt;b: &lt;div></code></pre>',
        '<pre>\n<button type="button">copy</button><code>if a<b: <div class="x"></code></pre>',
        '<pre class="x"><code>if a<b: <div class="x"></code><ul class="numbers"><li>1</li></ul></pre>',
    ],
)
def test_boxes_beside_a_code_element_are_no_code(pre: str) -> None:
    repaired = repair(pre)
    assert repaired.count("<div") + repaired.count("<button") + repaired.count("<ul") == 1
    assert "a&lt;b: &lt;div" in repaired


@pytest.mark.parametrize(
    "pre",
    [
        '<pre><div class="x">a</div></pre>',
        '<pre><code>a</code> <b>x</b> <div class="x">a</div></pre>',
        '<pre><div class="x">a</div><code>b</code><code>c</code></pre>',
    ],
)
def test_boxes_in_other_preformatted_text_are_code(pre: str) -> None:
    assert '&lt;div class="x">' in repair(pre)
