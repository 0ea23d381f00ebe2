"""The quick text: where it is given at all, it is the text that the parser gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.scan import body_at
from reader.document.body import Body, BodyFormat
from reader.errors import ArchiveError
from reader.index.texts import facets, plain_text
from reader.index.tokens import PARTED, searched
from reader.parse.body import parse
from reader.parse.quick import QuickText, quick_text
from reader.parse.tags import names
from tests.benchmarks.corpus import write_corpus
from tests.conftest import PROJECT, real_files

TITLE = "Zq 零號 title that stands in no body"
"""The parser leaves out a title that is repeated, and the quick text does not."""

FILES = real_files()


def body(source: str) -> Body:
    return Body(source, BodyFormat.HTML, TITLE)


def quick(source: str) -> QuickText | None:
    return quick_text(body(source))


def said(text: str) -> list[str]:
    """The lines and leaves of a text as far as a search can tell them."""
    lines = (" ".join(part.split()).strip(" ·") for part in searched(text).split("¶"))
    return [line for line in lines if line]


def parsed(source: str) -> tuple[list[str], set[str]]:
    document = parse(body(source))
    return said(plain_text(document)), facets(document)


def agrees(source: str) -> bool:
    """Whether there is a quick text; if so it has been compared."""
    found = quick(source)
    if found is None:
        return False
    assert (said(PARTED.join(found.leaves)), set(found.holds)) == parsed(source)
    return True


# What is plain


@pytest.mark.parametrize(
    ("source", "leaves", "holds"),
    [
        ("", (), ""),
        ("灯塔", ("灯塔",), ""),
        ("<p>灯塔</p>\n<p>A&amp;B &lt;b&gt;</p>", ("灯塔", "A&B <b>"), ""),
        ("一<br>二<BR/>三", ("一", "二", "三"), ""),
        ("灯塔照着\n  黑夜里的\n海", ("灯塔照着黑夜里的海",), ""),
        ("<b>灯塔</b>\n<b>不睡</b>", ("灯塔 不睡",), ""),
        ("a lamp\n  in the\tnight", ("a lamp in the night",), ""),
        ("<p>　　灯塔　</p><p>&nbsp;</p><p>&#12288;海</p>", ("灯塔", "海"), ""),
        ("灯\u200b塔\x07", ("灯塔",), ""),
        ("<div><p>x <b>y</b></p><p></p></div>z", ("x y", "z"), ""),
        ("<h2>一</h2><blockquote>二</blockquote><ul><li>三<li>四</ul>", ("一", "二", "三", "四"), ""),
        ('<p><a href="https://a.b/c">灯塔</a>照海</p>', ("灯塔照海",), "link"),
        ("<p><a name=here>灯塔</a></p>", ("灯塔",), ""),
        ('<p>一</p><img src="a.png" alt=""><p>二</p>', ("一", "二"), "image"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", ("a", "b", "1", "2"), "table"),
        ("<pre><code>one\n  two\n\n</code></pre>three", ("one", "two", "three"), "code"),
        ('<pre>x &lt; y<span class="copy-code-btn">复制代码</span></pre>', ("x < y",), "code"),
        ("a <!-- not this --> b<style>p {}</style><script>x</script>", ("a b",), ""),
        ("1 < 2 & 3", ("1 < 2 & 3",), ""),
    ],
)
def test_a_plain_body_is_read_like_this(source: str, leaves: tuple[str, ...], holds: str) -> None:
    assert quick(source) == QuickText(leaves, frozenset(holds.split()))
    assert agrees(source)


@pytest.mark.parametrize(
    "source",
    [
        "<ruby>漢<rt>かん</rt></ruby>",
        "<video src=a.mp4></video>",
        "<details><summary>a</summary>b</details>",
        "<dl><dt>a<dd>b</dl>",
        "<unknown>a</unknown>",
        "<html><nav>a</nav><article>b</article></html>",
        "<p><code>a</code></p>",
        "<table><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
        r"\(x^2\)",
        r"\[x^2\]",
        "$$x$$",
        '<img src="a.png" alt="灯塔">',
        "<img src=a.png alt=灯塔>",
        "<p>灯<img src=a.png>塔</p>",
        '<h2>一<a class="headerlink" href="#a">¶</a></h2>',
        '<p>一<a href="#fn1">1</a></p>',
        '<p id="fn1"><a href = "#ref">↩</a>a</p>',
        '<span class="katex-html">x</span>',
        '<span data-tex="x">y</span>',
        '<span class="copy-btn">复制</span>',
        '<td class="gutter">1</td>',
        '<img class="emoji" src="a.png">',
    ],
)
def test_what_the_parser_does_more_about_is_left_to_it(source: str) -> None:
    assert quick(source) is None


@pytest.mark.parametrize("form", [BodyFormat.MARKDOWN, BodyFormat.TEXT])
def test_only_html_is_read(form: BodyFormat) -> None:
    assert quick_text(Body("<p>灯塔</p>", form, TITLE)) is None


# Where the two part as yet

_TOLD = "known: the quick text and the parser part here"


@pytest.mark.parametrize(
    "source",
    [
        '<span class="btn-copy">复制</span>',
        '<p>一</p><img alt="\n灯塔" src="a.png">',
        '<img data-formula="x^2" src="a.png">',
        "<p>一</hr>二</p>",
        "一</br>二",
        '<p><a href="/wiki/x">灯塔</a></p>',
        '<p><a href="mailto:a@b.c">信</a></p>',
        '<p><a data-href="//a.b">灯塔</a></p>',
        '<a href="https://a.b/c.png"><img src="c.png"></a>',
        '<a href="https://a.b"></a>灯塔',
        '<img src="data:image/gif;base64,R0lGOD">',
    ],
)
def test_what_looks_plain_and_is_not_is_read_like_the_parser_reads_it(source: str) -> None:
    agrees(source)


@pytest.mark.xfail(reason=_TOLD, strict=True)
@pytest.mark.parametrize(
    "source",
    [
        "一<\u200b!二>三",
        "一<\u200bp>二",
        "<h2>一<blockquote>二</blockquote>三</h2>",
        '<ol><li id="_ftn1">注</li><li>二</li></ol>',
        "<pre> </pre>",
        "<table><tr><td></td><td></td></tr></table>",
    ],
)
def test_odd_bodies_are_read_like_the_parser_reads_them(source: str) -> None:
    agrees(source)


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
def test_the_articles_of_a_feed_archive_are_read_alike_and_nearly_all_of_them_quickly(
    tmp_path: Path, seed: int
) -> None:
    write_corpus(tmp_path / "archive", 400, seed=seed)
    read = [agrees(source) for source in html_bodies((tmp_path / "archive").rglob("*.md"))]
    assert len(read) > 390
    assert sum(read) > 0.9 * len(read)


def test_the_sample_archive_is_read_alike() -> None:
    bodies = list(html_bodies(path for path in (PROJECT / "seeds").rglob("*") if path.is_file()))
    assert bodies
    for source in bodies:
        agrees(source)


@pytest.mark.skipif(not FILES, reason="the shared files are not beside this checkout")
def test_real_articles_are_read_alike() -> None:
    bodies = list(html_bodies(iter(FILES)))
    assert bodies
    assert sum(map(agrees, bodies)) > 5


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
        # An item, a paragraph need not be ended.
        around("ul ol", several(TEXT.map("<li>{}".format), 3)),
    ),
    max_leaves=6,
)


@settings(max_examples=250, deadline=None)
@given(several(BLOCKS))
def test_markup_as_it_is_meant_is_read_alike(source: str) -> None:
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
def test_broken_markup_loses_no_words_and_wins_none(source: str) -> None:
    # The parser moves what stands where nothing may stand: beside the cells of a table, in a heading.
    found = quick(source)
    if found is not None:
        assert sorted(said(PARTED.join(found.leaves))) == sorted(parsed(source)[0])
