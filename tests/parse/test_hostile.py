"""Malicious input: it is parsed quickly, and its text is kept."""

import threading
import time
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Block, CodeBlock, children, leaves
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.sanitizing import clean
from reader.parse.markdown.delimiters import MisreadDelimiter, escaped
from reader.parse.parser import parse
from tests.growth import assert_linear, cpu_seconds, untraced

MANY = 30_000
"""Pieces of a hostile text."""
FEW = 3_000
"""Sentences in 300 kB of ordinary text."""
DEEPEST = 256
SENTENCE = "第四届进博会将于今日闭幕。本届展会成果丰硕，亮点纷呈。English words too. "
SECONDS = 2.0
"""CPU seconds for a hostile text; twice as many are allowed, because other tests may run at the same time."""
USUAL = 0.5
"""CPU seconds for a megabyte of ordinary paragraphs on a machine for which `SECONDS` is meant."""


def ordinary(count: int) -> str:
    return f"<p>{SENTENCE}</p>\n" * count


@cache
def slowness() -> float:
    """How many times as long as usual this machine takes for ordinary paragraphs."""
    return cpu_seconds(lambda: parse(Body(ordinary(10_000), BodyFormat.HTML)), tries=2) / USUAL


def timed(text: str, form: BodyFormat = BodyFormat.HTML, seconds: float = SECONDS) -> Document:
    with untraced():
        start = time.process_time()
        document = parse(Body(text, form))
        taken = time.process_time() - start
    # The machine is measured only if the text takes too long otherwise.
    assert taken < 2 * seconds or taken < 2 * seconds * slowness(), f"{taken:.1f} s"
    return document


def linear(make: Callable[[int], str], many: int = MANY) -> Document:
    """Parse a text of `many` pieces; fail if it takes more than linear time."""
    documents: list[Document] = []
    assert_linear(lambda count: documents.append(parse(Body(make(count), BodyFormat.HTML))), many // 10)
    return documents[0]


def depth(document: Document) -> int:
    deepest = 0
    stack: list[tuple[Block, int]] = [(block, 1) for block in document.blocks]
    while stack:
        block, level = stack.pop()
        deepest = max(deepest, level)
        if not hasattr(block, "text"):
            stack += ((child, level + 1) for child in children(block))
    return deepest


def words(document: Document) -> str:
    return "".join(leaf.text.text for leaf in document.leaves)


@pytest.mark.parametrize(
    "start",
    ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<details><summary>", "<dl><dd>", "<h1>", "<pre>",
     "<code>", "<ruby>", "<rt>", "<math>", "<video>", "<figure>", "<a href=x>", "<button>", "<p>"],
)  # fmt: skip
@pytest.mark.parametrize("closed", [False, True])
def test_endless_nesting(start: str, closed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    ends = "".join(f"</{name.split()[0]}" for name in reversed(start.replace(">", "><").strip("<").split("<")) if name)
    document = linear(lambda count: start * count + "字" + (ends * count if closed else ""))
    assert "字" in words(document)
    assert depth(document) <= DEEPEST


def test_text_at_every_depth_is_kept() -> None:
    assert words(linear(lambda count: "<div><b>字" * count, 6_000)) == "字" * 6_000
    assert words(linear(lambda count: "<ul><li>字" * count, 6_000)) == "字" * 6_000
    assert words(linear(lambda count: "<blockquote>字" * count, 6_000)) == "字" * 6_000
    assert words(timed("<table><tr><td>字" * 5_000)).count("字") == 5_000


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<!--", "<![", "<![CDATA[", "<!", "<?", "</", "<", "&#", "&a", "&", "<a x='<a ' ", '<a x="',
    "<a x='<b y=\"",
     "<a ' x='", "<a=", "<a/", "<!-- -- ", "<T>", "\\(", "\\[", "$$", "<br>", "<img src=a>", "<b><i>x</b></i>",
     "<pre>a</code>",
     "<style>a", "<script>", "<span class=katex-html>", "\u200d", "a\u0301", "a<b>\u0301</b>", "\x1b]0;", "<li>a",
     "\t", "<td>"],
)  # fmt: skip
def test_single_repeated_piece(piece: str) -> None:
    linear(lambda count: "字" + piece * count)
    timed("<p>" + piece * 1000 + "</p>字")


@pytest.mark.parametrize(
    "around", ["{}", "<p>a</p>{}<p>b</p>", "<p>a{}b</p>", "<table>{}<tr><td>a</table>", "<pre>{}a</pre>"]
)
def test_runs_of_newlines(around: str) -> None:
    timed(around.format("\n" * 100_000))
    timed(around.format("\n \t" * 100_000))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("attributes", lambda: "<a" + " x=y" * 100_000 + ">字"),
        ("blanks in a tag", lambda: "<a" + " " * 1_000_000 + ">字"),
        ("end without a name", lambda: "</" + "a" * 1_000_000),
        ("cells", lambda: "<table><tr>" + "<td colspan=99999 rowspan=99999>字" * 1000),
        ("rows", lambda: "<table>" + "<tr><td>字" * 50_000),
        ("comment of dashes", lambda: "<!--" + "-" * 1_000_000),
        ("page without articles", lambda: "<html>" + "<article>" * 100_000 + "字"),
        ("page of comments", lambda: "<html><head>" + "<!--" * 100_000),
        ("marks in a line", lambda: "a" + "\u0301" * 1_000_000),
    ],
)
def test_overlong_tokens(name: str, make: Callable[[], str]) -> None:
    assert timed(make()) is not None, name


_CODE = "def f(x):\n    return x < 3  # 你好\n"


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (BodyFormat.HTML, ordinary, [SENTENCE.strip()] * FEW),
        (BodyFormat.HTML, lambda count: f"<p>{SENTENCE * count}</p>", [(SENTENCE * FEW).strip()]),
        (BodyFormat.HTML, lambda count: f"<pre>{_CODE * count}</pre>", [(_CODE * FEW).strip()]),
        (BodyFormat.TEXT, lambda count: SENTENCE * count, [(SENTENCE * FEW).strip()]),
        (BodyFormat.TEXT, lambda count: f"{SENTENCE}\n\n" * count, [SENTENCE.strip()] * FEW),
    ],
    ids=["paragraphs", "a paragraph", "code", "a line", "plain paragraphs"],
)
def test_megabytes_of_ordinary_text_take_linear_time(
    form: BodyFormat, text: Callable[[int], str], expected: list[str]
) -> None:
    def read(count: int) -> Document:
        return parse(Body(text(count), form))

    assert [one.text.text for one in read(FEW).leaves] == expected
    assert_linear(read, FEW)


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "*" * 50_000, "**a" * 20_000, "a*" * 25_000, "> " * 10_000, "- " * 10_000, "1. " * 10_000,
    "`" * 50_000,
     "".join("a" + "`" * count for count in range(400)), "|" * 50_000,
     "|a" * 500 + "\n" + "|-" * 500 + "\n" + "|b\n" * 100,
     "$" * 50_000, "$a " * 20_000, "![a](" * 10_000, "[a](" * 10_000, "[^a]" * 10_000, "^[" * 10_000,
     "[a]: b\n" * 10_000,
     "~~a " * 20_000, "<a " * 30_000, "<!--" * 20_000, "\n" * 100_000, "a\n: " * 10_000, "```\n" * 20_001,
     "\\" * 50_000,
     "\n".join(" " * 2 * level + "- a" for level in range(1000)), "a[b" * 20_000, "](" * 20_000, "&" * 50_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_markdown_bombs(text: str) -> None:
    timed("字\n\n" + text, BodyFormat.MARKDOWN)


@pytest.mark.parametrize("count", [10, 25, 29, 30, 31, 50, 58, 59, 60, 61, 100, 10_000])
@pytest.mark.parametrize("marker", ["> ", "- ", "1. "])
def test_deep_markdown_keeps_its_text(marker: str, count: int) -> None:
    assert "底" in words(timed(marker * count + "底", BodyFormat.MARKDOWN))
    stairs = "\n".join(" " * len(marker) * level + f"{marker}底" for level in range(min(count, 400)))
    assert words(timed(stairs, BodyFormat.MARKDOWN)).count("底") == min(count, 400)


NAMES = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "span",
    "code",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "caption",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "h1",
    "h2",
    "ruby",
    "rb",
    "rt",
    "rp",
    "figure",
    "figcaption",
    "details",
    "summary",
    "img",
    "br",
    "hr",
    "video",
    "source",
    "iframe",
    "math",
    "annotation",
    "script",
    "style",
    "noscript",
    "head",
    "body",
    "html",
    "article",
    "section",
    "button",
    "input",
    "sup",
    "svg",
    "title",
    "template",
    "x-y",
    "foo",
]
ATTRIBUTES = [
    "", " class='hljs language-x'", " href=#fn1", " id=fn1", " href='javascript:x'", " style='font-weight:bold'",
    ' x="<', " /",
    " start=9", " colspan=0", " alt='字' src=a", " type=math/tex", " type=checkbox checked", " data-tex='x'",
    " class=katex-html",
    " value=-5", " reversed",
]  # fmt: skip
FRAGMENTS = st.one_of(
    st.builds(lambda name, attributes: f"<{name}{attributes}>", st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.sampled_from(NAMES).map(lambda name: f"</{name}>"),
    st.text(max_size=8),
    st.sampled_from(["<!--", "-->", "<![", "]]>", "<![CDATA[", "<!", "<?", "&", "&#", "&#x1b;", "&#55296;", "&lt",
    "&amp;lt;",
                     "\n", "\n\n", "  ", "\u3000\u3000", "\t", "\\(", "\\)", "$$", "|", "> ", "- ", "*", "**", "`",
                     "```\n", "[", "](",
                     "[^1]", "[^1]: ", "a|b\n-|-\n", ": ", "字", "\x1b", "\u202e", "\ud800", "👨\u200d👩"]),
)  # fmt: skip


def check(document: Document) -> None:
    for leaf in document.leaves:
        text = leaf.text.text
        assert text == clean(text)
        assert "\t" not in text
        if not isinstance(leaf, CodeBlock):
            assert text == text.strip()
        ends: list[int] = []
        before = (0, -len(text) - 1)
        for span in leaf.text.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert (span.start, -span.end) >= before, "sorted by start, then the longest first"
            before = (span.start, -span.end)
            while ends and ends[-1] <= span.start:
                ends.pop()
            assert not ends or span.end <= ends[-1], "nested or apart"
            ends.append(span.end)
            assert span.value == clean(span.value)
    assert list(document.leaves) == [leaf for block in document.blocks for leaf in leaves(block)]


@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.sampled_from(BodyFormat))
@settings(max_examples=500, deadline=None)
def test_no_text_raises_or_gives_an_invalid_document(text: str, form: BodyFormat) -> None:
    check(parse(Body(text, form)))


@given(
    st.lists(
        st.one_of(FRAGMENTS.filter(lambda part: part.startswith("<b") or "<" not in part), st.just("<p>")), max_size=12
    )
)
@settings(max_examples=200, deadline=None)
def test_words_between_inline_tags_and_paragraphs_are_kept(parts: list[str]) -> None:
    source = "".join(
        f"{part} 字{number}码 " for number, part in enumerate(parts) if "<" not in part[1:] and "&" not in part
    )
    said = words(parse(Body(source, BodyFormat.HTML)))
    expected = [f"字{number}码" for number, part in enumerate(parts) if "<" not in part[1:] and "&" not in part]
    assert [word for word in expected if word not in said] == []


@pytest.mark.parametrize(
    "shape",
    [">{n}", "*a {n}a* {n}", "**a *a {n}b* b** {n}", "~~a {n}a~~ {n}", "(*a{n}a*){n}", "![a{n}](b){n}", "[a{n}](b){n}",
     "::: a\n{n}", "==a {n}a== {n}", "- {n}", "^[{n}a]{n}"],
)  # fmt: skip
def test_markdown_nested_beyond_the_stack_is_read_in_a_small_thread(shape: str) -> None:
    opening, _, closing = shape.partition("{n}")
    source = opening * 20_000 + "底" + closing.removesuffix("{n}") * 20_000
    read: list[Document] = []
    size = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: read.append(parse(Body(source, BodyFormat.MARKDOWN))))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
    assert "底" in words(read[0])


@pytest.mark.parametrize(
    "piece",
    ["**a ", "$$", "$$ ", "$a ", "%%", "^[a ", "[^1] ", "[[a]] ", "^a^ ", "![a](b) ", "[a](b) ", "a*b_", "***a", "==a ",
     "\\[ ", "\\( ", "\\[ \\( ", "\\[\n",
     "`a ``b ", "http://a.b ", "{% tab ", "{{< x ", "<!--", "a|"],
)  # fmt: skip
def test_one_line_of_markdown_takes_linear_time(piece: str) -> None:
    assert_linear(lambda size: parse(Body(piece * (size // len(piece)), BodyFormat.MARKDOWN)), 4_000)


def test_misread_delimiters_of_one_line_are_escaped_in_linear_time() -> None:
    def escape(size: int) -> None:
        places = [MisreadDelimiter(1, 3 * number + 1, 1) for number in range(size)]
        assert escaped([b"$a " * size], places) == "&#36;a " * size

    assert_linear(escape, 4_000)


def test_unclosed_shortcodes_take_linear_time() -> None:
    piece = "{{< note >}}灯\n\n"
    assert_linear(lambda size: parse(Body(piece * (size // len(piece)), BodyFormat.MARKDOWN)), 5_000)


def test_a_term_with_many_definitions_takes_linear_time() -> None:
    assert_linear(lambda size: parse(Body("词\n: 义\n" + ": 又\n" * (size // 4), BodyFormat.MARKDOWN)), 5_000)
