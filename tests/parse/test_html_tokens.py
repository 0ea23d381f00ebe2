"""Tokens of HTML, and the tree of a page that is read from them."""

from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from reader.parse.html_repair import repair
from reader.parse.html_tokens import attributes_of, decoded, is_empty_element, tokens_of
from reader.parse.page_tree import PageElement, measure, read_tree

_PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='a b' id=c>", "</div>", "<b>", "</b>", "<a href='/x?a=1&b=2'>", "</a>", "<br/>"),
        *("<ul><li>", "</li>", "</ul>", "<table><tr><td>", "</table>", "<svg><title>", "</title>", "</svg>", "<hr>"),
        *(
            "<iframe src=x>",
            "</iframe>",
            "<xmp>",
            "</xmp>",
            "<template>",
            "</template>",
            "<keygen>",
            "<math><param/>",
            "<img alt='a>b'>",
        ),
        *("<select><option>", "</select>", "<textarea>", "</textarea>", "<section hidden>", "</section>", "<math><mi>"),
        *("灯塔", "a < b & c", " \n", "&lt;p&gt;", '"', "'", "<", ">", "</", "<!-- x -->", "<q title='\"'>"),
    ]
)
_SOURCES = st.lists(_PIECES, max_size=24).map("".join)


@given(_SOURCES)
def test_tokens_have_all_of_a_repaired_source(source: str) -> None:
    repaired = repair(source)
    joined = "".join(
        (f"<{slash}{name}{attributes}>" if name else "") + text for slash, name, attributes, text in tokens_of(repaired)
    )
    assert joined == repaired


class _Attributes(HTMLParser):
    """The attributes of the first start tag, by the standard library."""

    found: list[tuple[str, str | None]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.found is None and tag == "p":
            self.found = attrs


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True), st.text("a 灯&;=/'#1x\n", max_size=8), max_size=4
    )
)
def test_attributes_are_those_of_the_standard_library(written: dict[str, str]) -> None:
    tag = "".join(f' {name}="{value}"' for name, value in written.items())
    expected = _Attributes()
    expected.feed(f"<p{tag}>")
    assert attributes_of(tag) == dict(expected.found or ())


@given(
    st.text("&;amplgtnbs#3x灯 ", max_size=24)
    | st.lists(st.sampled_from(["&amp;", "&lt;", "&nbsp;", "&#60;", "amp;", "&"])).map("".join)
)
def test_character_references_are_those_of_the_standard_library(written: str) -> None:
    assert decoded(written) == unescape(written)


def test_a_slash_ends_an_element_unless_it_is_part_of_a_value() -> None:
    written = {"/": True, " a/": True, ' a="b"/': True, " a=b/": False, ' a="b/"': False, "": False}
    assert {one: is_empty_element(one) for one in written} == written


def _tree(source: str) -> list[PageElement]:
    body = LexborHTMLParser(repair(source)).body
    assert body is not None
    return read_tree(tokens_of(body.html or ""))


@given(_SOURCES)
def test_elements_nest_in_the_order_of_the_document(source: str) -> None:
    elements = _tree(source)
    assert [element.first for element in elements] == sorted({element.first for element in elements})
    for element in elements:
        assert element.first <= element.last < len(element.tokens)
        assert [child.parent for child in element.children] == [element] * len(element.children)
        ends = [(child.first, child.last) for child in element.children]
        assert all(last < first for (_, last), (first, _) in pairwise(ends))
        assert all(child.has_ancestor(element) and not element.has_ancestor(child) for child in element.children)


def test_attributes_that_hide_an_element_count_with_and_without_a_value() -> None:
    hidden = [' hidden=""', " hidden", ' class="a" hidden', ' style="display:none"']
    shown = ["", ' title="a hidden b"', ' hidden="until-found"', ' title=" hidden "', ' data-hidden=""']
    tokens = [("", "body", "", ""), *(("", "hr", written, "") for written in (*hidden, *shown)), ("/", "body", "", "")]
    assert [element.omitted for element in read_tree(tokens)[1:]] == [True] * len(hidden) + [False] * len(shown)


@given(_SOURCES)
def test_amounts_counted_while_reading_are_those_of_measuring_again(source: str) -> None:
    def amounts(elements: list[PageElement]) -> list[tuple[int, ...]]:
        return [(one.text, one.links, one.flow, one.flow_links, one.pauses, one.media, one.items) for one in elements]

    elements = _tree(source)
    found = amounts(elements)
    measure(elements)
    assert amounts(elements) == found


def test_amounts_of_text_and_what_is_not_displayed() -> None:
    source = (
        "<div class=a>灯塔, <b>old</b><a href=x>link</a><svg><title>no</title></svg><iframe>no</iframe></div>"
        "<div style='display: none' title=' class='>hidden</div><nav role=navigation></nav><p aria-hidden=true>x</p>"
        "<i aria-hidden=true>&amp;</i><div itemprop=articleBody id=b>&nbsp;y&nbsp;</div>"
    )
    body, first, link, frame, hidden, role, decoration, marked = _tree(source)
    assert (first.names, first.own_text, first.text, first.links, first.pauses) == ("a", 8, 12, 4, 1)
    assert (link.tag, frame.tag, frame.text, frame.media, first.media) == ("a", "iframe", 0, 1, 1)
    assert [one.omitted for one in (hidden, role, decoration, marked)] == [True, True, True, False]
    assert (marked.names, marked.text, body.own_text) == ("b article-body", 1, 1)
    assert first.inner_text() == "灯塔, oldlinknono"
