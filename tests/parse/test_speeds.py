"""Fast paths of the parser.

Without headings the text is the same, and elements parsed in one step give the same blocks.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.scan import body_at
from reader.document.blocks import Block
from reader.document.body import Body, BodyFormat
from reader.errors import ArchiveError
from reader.index.texts import facets, plain_text
from reader.index.tokens import searched
from reader.parse import html
from reader.parse.builder import Builder
from reader.parse.html import parse_html
from reader.parse.html_vocabulary import names
from reader.parse.parser import parse
from tests.benchmarks.corpus import write_corpus
from tests.conftest import PROJECT, real_files

TITLE = "灯塔"

FILES = real_files()


def body(source: str) -> Body:
    return Body(source, BodyFormat.HTML, TITLE)


def said(text: str) -> list[str]:
    """The lines and leaves of a text, as relevant for a search."""
    lines = (" ".join(part.split()).strip(" ·") for part in searched(text).split("¶"))
    return [line for line in lines if line]


def in_small_steps(source: str) -> list[Block]:
    """The blocks of a body in which every tag and text is a separate token."""

    class Small(Builder):
        def whole(self, tag: str, data: str) -> None:
            self.start(tag, {})
            self.text(data)
            self.end(tag)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "Builder", Small)
        return parse_html(source)


def agrees(source: str) -> None:
    """Compare parsing with and without headings, and with and without the fast path for elements."""
    whole, text = parse(body(source)), parse(body(source), headings=False)
    assert said(plain_text(text)) == said(plain_text(whole))
    assert facets(text) == facets(whole)
    assert parse_html(source) == in_small_steps(source)


@pytest.mark.parametrize("around", ["{}", "<div>{}", "<p>{}", "<b>{}", "<h1>{}", "<ul>{}", "<ol><li>{}", "<dl>{}",
    "<dl><dd>{}", "<table>{}", "<table><tr>{}", "<table><tr><td>{}", "<table><caption>{}", "<blockquote>{}",
    "<details>{}", "<details><summary>{}", "<details><summary><div>{}", "<figure>{}", "<figcaption>{}", "<pre>{}",
    "<code>{}", "<button>{}", "<ruby>字{}", "<ruby>字<rt>{}", "<math>{}", "<video>{}", "<li>{}", "<dd>{}",
    "字{}", "{}字", "字\n{}\n字", "<img src=a.png>\n{}", "<a href=b>字{}", "<nav>{}", "<div>" * 255 + "{}",
    "<div>" * 300 + "{}", "<span class=katex-html>{}"])  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "li", "td", "th", "h2", "h6"])
def test_text_only_element_is_parsed_alike_in_any_context(around: str, tag: str) -> None:
    for inner in ("", "海", " 海\n 照 ", "\u3000\u3000海\u3000", "$$x$$", "\\(x\\)", "¶", "海\u200b\x07\r\n照"):
        source = around.format(f"<{tag}>{inner}</{tag}> <{tag}>{inner}</{tag}>\n  末")
        assert parse_html(source) == in_small_steps(source)


@pytest.mark.parametrize(
    "source",
    [
        "<h2>灯塔</h2><p>海</p>",
        "<p>灯塔</p>",
        "灯塔<br>灯塔",
        "<h2>灯塔｜站</h2>海",
        "<p>一、开始</p><p>海照</p><p>二、结束</p><p>海照</p>",
        "<h2>一<a class='headerlink' href='#a'>¶</a></h2>",
        '<p>一<a href="#fn1">1</a></p><ol><li id="fn1">注<a href="#fnref1">↩</a></ol>',
        '<span class="btn-copy">复制</span>',
        '<p>一</p><img alt="\n灯塔" src="a.png">',
        '<img data-formula="x^2" src="a.png">',
        "<p>一</hr>二</p>",
        "一</br>二",
        '<p><a href="/wiki/x">灯塔</a></p>',
        '<p><a data-href="//a.b">灯塔</a></p>',
        '<a href="https://a.b/c.png"><img src="c.png"></a>',
        '<a href="https://a.b"></a>灯塔',
        '<img src="data:image/gif;base64,R0lGOD">',
        "一<\u200b!二>三",
        "一<\u200bp>二",
        "<h2>一<blockquote>二</blockquote>三</h2>",
        '<ol><li id="_ftn1">注</li><li>二</li></ol>',
        "<pre> </pre>",
        "<table><tr><td></td><td></td></tr></table>",
    ],
)
def test_odd_bodies_have_the_same_text_at_both_speeds(source: str) -> None:
    agrees(source)


@pytest.mark.parametrize("form", [BodyFormat.MARKDOWN, BodyFormat.TEXT])
def test_other_formats_have_the_same_text_at_both_speeds(form: BodyFormat) -> None:
    one = Body("# 灯塔\n\n一、海\n\n> 照\n\n二、字\n\n终\n", form, TITLE)
    assert said(plain_text(parse(one, headings=False))) == said(plain_text(parse(one)))


# Whole articles


def html_bodies(files: Iterator[Path]) -> Iterator[str]:
    for file in files:
        try:
            found = body_at(file, TITLE)[0]
        except ArchiveError:
            continue
        if found.format is BodyFormat.HTML:
            yield found.text


@pytest.mark.parametrize("seed", [1, 2])
def test_feed_articles_are_parsed_alike(tmp_path: Path, seed: int) -> None:
    write_corpus(tmp_path / "archive", 400, seed=seed)
    bodies = list(html_bodies((tmp_path / "archive").rglob("*.md")))
    assert len(bodies) > 390
    for source in bodies:
        agrees(source)


def test_sample_archive_is_parsed_alike() -> None:
    bodies = list(html_bodies(path for path in (PROJECT / "seeds").rglob("*") if path.is_file()))
    assert bodies
    for source in bodies:
        agrees(source)


@pytest.mark.skipif(not FILES, reason="the shared files are not beside this checkout")
def test_real_articles_are_parsed_alike() -> None:
    bodies = list(html_bodies(iter(FILES)))
    assert bodies
    for source in bodies:
        agrees(source)


# Any markup

SIGNS = "，。“…（一）1.-*_x_#[1]!【题】&<>$|~"
WORDS = st.lists(
    st.one_of(
        st.sampled_from(["灯塔", "字", "한", "ア", "word", "a", "12", " ", "\n", "  \n ", "\t", "\u3000"]),
        st.sampled_from(SIGNS),
        st.sampled_from(["&amp;", "&lt;b&gt;", "&copy;", "&nbsp;", "&#12288;", "&copy", "1. ", "- "]),
    ),
    min_size=1,
    max_size=5,
).map("".join)
LETTERS = st.sampled_from(["灯塔", "海 照", "a\nb", "字\n字", "word", "《一》"])
LOOKS = st.sampled_from(
    ["", "", "", ' class="x"', " style='font-weight:bold'", ' style="text-align: center"', " title=t", " id=q hidden"]
)


def around(tags: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(tags.split()), LOOKS, inner).map(
        lambda one: f"<{one[0]}{one[1]}>{one[2]}</{one[0]}>"
    )


def several(one: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(one, max_size=most).map("".join)


LINK = LETTERS.map('<a href="https://a.b/c?d&e=1" target="_blank">{}</a>'.format)
PHRASES = st.recursive(
    st.one_of(WORDS, LETTERS, LINK, st.just("<br>"), st.just("\n")),
    lambda inner: around("span strong b em i u font small sub s del ins mark", several(inner, 3)),
    max_leaves=5,
)
TEXT = several(PHRASES)
CODE = st.tuples(st.sampled_from(["", ' class="hljs copyable"']), several(around("span b", WORDS)), LETTERS).map(
    lambda one: f"<pre><code{one[0]}>{one[1]}{one[2]}</code></pre>"
)
PICTURE = st.sampled_from(["", "\n"]).map('<p>{0}<img src="a.png" alt="">{0}</p>'.format)
ROWS = st.lists(st.tuples(st.sampled_from(["td", "th"]), LETTERS, TEXT), min_size=1, max_size=3)
TABLE = ROWS.map(
    lambda rows: (
        "<table>\n"
        + "".join(f"<tr><{cell}>{a}</{cell}><{cell}>{b}</{cell}></tr>\n" for cell, a, b in rows)
        + "</table>"
    )
)
BLOCKS = st.recursive(
    st.one_of(around("p p p div h1 h2 h3 h4", TEXT), TEXT, CODE, PICTURE, TABLE, st.just("<hr>"), st.just("<p>")),
    lambda inner: st.one_of(
        around("div blockquote section article center", several(inner, 3)),
        around("ul ol", several(inner.map("<li>{}</li>\n".format), 3)),
        # Items and paragraphs may lack end tags.
        around("ul ol", several(TEXT.map("<li>{}".format), 3)),
    ),
    max_leaves=6,
)


@settings(max_examples=250, deadline=None)
@given(several(BLOCKS))
def test_valid_markup_is_parsed_alike(source: str) -> None:
    agrees(source)


NAMES = st.sampled_from(
    sorted(
        names("p div span strong b font a h1 h2 h3 ul ol li blockquote center section table tbody tr td th pre code")
    )
)
WILD = several(
    st.one_of(
        WORDS,
        LETTERS,
        st.sampled_from(["<br>", "<hr/>", "<img src=a.png>", "<!-- x -->", "<b", "<", "</", "<a href='//a.b'>"]),
        st.tuples(NAMES, LOOKS).map("<{0[0]}{0[1]}>".format),
        NAMES.map("</{}>".format),
    ),
    14,
)


@settings(max_examples=400, deadline=None)
@given(WILD)
def test_broken_markup_is_parsed_alike(source: str) -> None:
    agrees(source)
