"""Code whose lines a highlighter has numbered: the numbers are no part of it."""

import pytest

from reader.document.blocks import CodeBlock
from reader.document.body import Body, BodyFormat
from reader.parse.highlighted_code import with_plain_code
from reader.parse.parser import parse
from tests.growth import assert_linear

TEXT = "<p>灯塔整夜亮着，海上有雾，船在等待，守塔的人没有睡。</p>" * 3
ROW = "<li><div class=hljs-ln-numbers><div class='hljs-ln-line hljs-ln-n' data-line-number={0}></div></div>"
ROW += "<div class=hljs-ln-code><div class=hljs-ln-line>{1}</div></div></li>"
CELLS = '<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="{0}"><div class="hljs-ln-n"></div></td>'
CELLS += '<td class="hljs-ln-line hljs-ln-code" data-line-number="{0}">{1}</td></tr>'
ONE, TWO = '<span class="k">while</span> lamp:', "    shine(1 &lt; 2)"
GUTTER = '<td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td>'
NUMBERS = '<td class="lntd"><pre><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td>'
UNSELECTED = '<span style="margin-right:.4em;-webkit-user-select:none;user-select:none">{}</span>'

SOURCES = {
    "CSDN": f"<pre><code><ol class='hljs-ln' style='x'>{ROW.format(1, ONE)}{ROW.format(2, TWO)}</ol></code></pre>",
    "highlightjs-line-numbers": (
        f'<pre><code class="hljs"><table class="hljs-ln"><tbody>{CELLS.format(1, ONE)}{CELLS.format(2, TWO)}</tbody>'
        "</table></code></pre>"
    ),
    "Rouge": (
        f'<pre class="highlight"><code><table class="rouge-table"><tbody><tr>{GUTTER}<td class="rouge-code"><pre>'
        f"{ONE}\n{TWO}\n</pre></td></tr></tbody></table></code></pre>"
    ),
    "Chroma, a table": (
        f'<div class="chroma">\n<table class="lntable"><tr>{NUMBERS}\n<td class="lntd"><pre class="chroma"><code>'
        f"{ONE}\n{TWO}\n</code></pre></td></tr></table></div>"
    ),
    "Chroma, with styles": f"<pre><code>{UNSELECTED.format(' 1')}{ONE}\n{UNSELECTED.format('20')}{TWO}\n</code></pre>",
    "Chroma, with classes": f'<pre><code><span class="ln">1</span>{ONE}\n<span class="ln">2</span>{TWO}\n</code></pre>',
    "Pygments": f'<pre><span class="lineno">1</span>{ONE}\n<span class="lineno">2</span>{TWO}</pre>',
    "linked numbers": f'<pre><span class="ln" id="a"><a href="#a">1</a></span>{ONE}\n{TWO}</pre>',
}


@pytest.mark.parametrize("page", ["{}", "<!DOCTYPE html><html><body><article>{}</article></body></html>"])
@pytest.mark.parametrize("kind", SOURCES)
def test_numbers_of_lines_are_no_part_of_code(kind: str, page: str) -> None:
    document = parse(Body(page.format(f"{TEXT}{SOURCES[kind]}{TEXT}"), BodyFormat.HTML))
    code = [leaf.text.text for leaf in document.leaves if isinstance(leaf, CodeBlock)]
    assert code == ["while lamp:\n    shine(1 < 2)"]
    assert document.leaves[-1].text.text.startswith("灯塔")


@pytest.mark.parametrize(
    "source",
    [
        "<p><span class='ln'>1</span> lineno</p>",
        "<pre><span class='mi'>1</span> lineno</pre>",
        "<pre><span class='lineno'>x1</span></pre>",
        "<table class='lntable'><tr><td>no code</td></tr></table>",
        "<ol class='hljs-ln'><li>no code</li></ol>",
        "<ol class='hljs-ln'><li>cut",
    ],
)
def test_other_markup_stays_as_it_is(source: str) -> None:
    assert with_plain_code(source) == source


@pytest.mark.parametrize(
    "piece",
    ["<ol class='hljs-ln'><pre>", "<pre><span class='ln'>", "<table class=lntable></table>", "<span class='ln' "],
)
def test_time_grows_linearly(piece: str) -> None:
    assert_linear(lambda many: with_plain_code(piece * many), 2_000)
