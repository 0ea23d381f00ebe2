"""The text of a body is that of a browser: compared with html5lib, which implements the HTML standard."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Document
from reader.parse.html import parse_html
from reader.parse.html_vocabulary import names
from tests.parse.test_completeness import said

html5lib = pytest.importorskip("html5lib", reason="the development dependency html5lib is not installed")


def in_browser(source: str) -> Counter[str]:
    """The characters that html5lib finds in a body."""
    tree = html5lib.parse(f"<!DOCTYPE html><body><div>{source}", namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag in ("script", "style") or not isinstance(element.tag, str):  # a comment has no name
            element.text = ""
    return Counter("".join("".join(tree.itertext()).split()))


def here(source: str) -> Counter[str]:
    """The characters of the document, counted, because their order may differ, as in a table."""
    return Counter(said(Document(tuple(parse_html(source)))))


CASES = [
    "<p>甲<b>乙<i>丙</b>丁</i>戊",
    "<p>甲<p>乙</p>丙</p>丁",
    "<b>甲<p>乙</b>丙</p>丁",
    "<table>甲<tr>乙<td>丙</td>丁</tr>戊</table>己",
    "<table><caption>甲<tr><td>乙<table><tr><td>丙</table>丁</table>戊",
    "<ul>甲<li>乙<ul><li>丙</ul>丁<li>戊</ul>己",
    "<dl>甲<dt>乙<dd>丙<dt>丁</dl>戊",
    "</p>甲</b>乙</div>丙</td>丁</table>戊",
    "<h1>甲<h2>乙</h1>丙</h2>丁",
    "<a href=x>甲<a href=y>乙</a>丙</a>丁",
    "甲<!-- 乙 -->丙<!--> 丁 -->戊<!DOCTYPE html>己<?php 庚 ?>辛",
    "<td>甲</td><tr>乙<tbody>丙",
    "&lt;甲&gt; &amp;乙 &copy; &#30002; &#x4e59; &notit; &amp",
    "<p title='>甲'>乙</p><p title=丙>丁</p><p title=\"'\">戊</p>",
    "甲<style>乙</style>丙<script>丁</script >戊<STYLE>己</Style\n>庚",
    "<figure><figcaption>甲</figcaption>乙</figure><details><summary>丙</summary>丁</details>",
    "<div><span>甲</div>乙</span>丙",
    "<section><article>甲</section>乙</article>丙",
    "<blockquote><p>甲<blockquote>乙</p>丙</blockquote>丁",
    "<p>甲<br>乙<hr>丙<img alt='' src=x>丁",
    "<font color=red>甲<u>乙<s>丙</font>丁</u>戊</s>",
    "<div\n  class='a'\n>甲</div\n>乙",
    "<p/>甲<div/>乙<br/>丙</br>丁",
]  # fmt: skip


@pytest.mark.parametrize("source", CASES)
def test_broken_markup_has_the_text_of_a_browser(source: str) -> None:
    assert here(source) == in_browser(source)


NAMES = sorted(
    names(
        "p div span b i em strong u s font a h1 h2 h3 ul ol li dl dt dd blockquote table tbody thead tr td th caption "
        "section article center small sub sup figure figcaption details summary address ins del mark"
    )
)
PIECES = st.one_of(
    st.sampled_from(["灯塔", "海 照", "a", "1 < 2", "&amp;", "&lt;p&gt;", "&#28783;", "\n", "，", "—"]),
    st.sampled_from(["<br>", "<hr>", "<img src=a.png>", "<!-- 注 -->", "<a href='//a.b'>", "<p class=x>"]),
    st.sampled_from(NAMES).map("<{}>".format),
    st.sampled_from(NAMES).map("</{}>".format),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_any_markup_has_the_text_of_a_browser(source: str) -> None:
    assert here(source) == in_browser(source)
