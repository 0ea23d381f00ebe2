"""Code whose lines a highlighter has written in boxes: their tags are no part of it."""

import pytest

from reader.document.blocks import CodeBlock
from reader.document.body import Body, BodyFormat
from reader.parse.highlighted_code import with_plain_code
from reader.parse.parser import parse
from tests.growth import assert_linear

ONE, TWO = '<span class="token keyword">while</span> lamp:', '    <span class="token function">shine</span>(1 &lt; 2)'
PLAIN = "while lamp:\n\n    shine(1 < 2)"
EMPTY = '<span class="token plain" style="display:inline-block">\n</span>'
TYPE = "<data-lsp lsp='function shine<T>(lamp: T): T'>shine</data-lsp>"
ICON = '<svg><title>Lamp</title><g fill="none"><rect width="9" height="9"/><path d="M1 1"/></g></svg>'
NUMBER = '<span class="c-{0}">{0}</span>'


def in_boxes(start: str, *lines: str, end: str = "</div>") -> str:
    return "".join(f"{start}{line}{end}" for line in lines)


SOURCES = {
    "Prism in React": f"<pre class=prism-code><code>{in_boxes('<div class=token-line>', ONE, EMPTY, TWO)}</code></pre>",
    "with line breaks": f"<pre>{in_boxes('<div class=token-line>', f'{ONE}<br/>', '<br/>', f'{TWO}<br/>')}</pre>",
    "CodeMirror": f'<pre class="sp-cm"><code>{in_boxes("<div class=cm-line>", ONE, "<br>", TWO)}</code></pre>',
    "Expressive Code": (
        "<pre data-language='py'>"
        f"{in_boxes('<div class=ec-line><div class=code>', ONE, '', TWO, end='</div></div>')}</pre>"
    ),
    "Twoslash": (
        "<pre class='shiki twoslash'><div class='code-container'><code>"
        f"{in_boxes('<div class=line>', ONE, '', TWO.replace('shine', TYPE))}</code></div></pre>"
    ),
    "items of a list": f"<pre><ol>{in_boxes('<li class=L0>', ONE, '', TWO, end='</li>')}</ol></pre>",
    "white space between boxes": f"<pre>{in_boxes('<div>', ONE, '', TWO, end='</div> ')}</pre>",
    "numbers": "<pre>{}</pre>".format(
        "".join(f"<div>{NUMBER.format(n)}<div>{x}</div></div>" for n, x in enumerate((ONE, "\n", TWO), 1))
    ),
    "a button": (
        '<pre><div class="btns"><div class="btn-copy" title="Copy"><a-icon name="copy"></a-icon></div></div>'
        f"{ONE}\n\n{TWO}</pre>"
    ),
    "Expressive Code with changed words": (
        f"<pre>{in_boxes('<div class=ec-line>', ONE, '', TWO.replace('shine', '<ins>shi</ins><del>ne</del>'))}</pre>"
    ),
    "icons between and in boxes": (
        f"<pre><code>{in_boxes('<div class=x>', ONE + ICON, '')}{ICON}{in_boxes('<div class=x>', TWO)}</code></pre>"
    ),
    "icons without boxes": f"<pre>{ICON}<code>{ONE}\n\n{TWO}{ICON}</code></pre>",
    "numbers in boxes": "<pre>{}</pre>".format(
        in_boxes("<div>", *(f'<span class="lineno">{n}</span>{x}' for n, x in enumerate((ONE, "", TWO), 1)))
    ),
    "part of the lines": f"<pre>{ONE}\n\n<div class='output'>{TWO}\n</div></pre>",
}


def codes(source: str) -> list[str]:
    document = parse(Body(source, BodyFormat.HTML))
    return [block.text.text for block in document.leaves if isinstance(block, CodeBlock)]


@pytest.mark.parametrize("name", SOURCES)
def test_boxes_end_lines(name: str) -> None:
    assert [code.rstrip("\n") for code in codes(SOURCES[name])] == [PLAIN]


@pytest.mark.parametrize(
    "code",
    [
        '<div class="tower">\n  <span class="token">lamp</span>\n</div>',
        "<div>lamp</div>",
        '<button class="lit">Light</button>',
        "<my-lamp lit></my-lamp>",
        '<div><span class="token">lamp</span></div><h1>lamp</h1>',
        '<svg width="9"><rect width="9"/></svg>',
        '<span class="token">lamp</span><svg width="9">',
    ],
)
def test_tags_without_escapes_are_code(code: str) -> None:
    assert with_plain_code(f"<pre>{code}</pre>") == f"<pre>{code}</pre>"


def test_numbers_that_do_not_count_from_one_are_code() -> None:
    boxes = in_boxes("<div>", '<span class="token number">2</span>', '<span class="token number">1</span>')
    assert codes(f"<pre>{boxes}</pre>") == ["2\n1"]


def test_rows_of_line_numbers_are_no_code() -> None:
    rows = '<span aria-hidden="true" class="line-numbers-rows" style="width:auto"><span></span><span></span></span>'
    assert codes(f"<pre><code>{ONE}{rows}</code></pre>") == ["while lamp:"]


@pytest.mark.parametrize(
    "part",
    [
        "<pre><div>",
        f"<pre>{ONE}<div>",
        "<span class=class=",
        "<pre><span a ",
        "<button copy ",
        "<div copy><div>",
        "<a-b '",
        f"{ONE}<svg >",
    ],
)
def test_growth_is_linear(part: str) -> None:
    assert_linear(lambda size: with_plain_code(f"<pre>{part * size}</pre>"), 400)


def test_boxes_beside_a_code_element_stay() -> None:
    box = '<div class="head"><span class="code-lang">py</span><div class="note">复制</div></div>'
    code = f"<pre>{box}<code>{in_boxes('<div>', ONE, TWO)}</code></pre>"
    assert with_plain_code(code).startswith(f"<pre>{box}<code>")


def test_end_without_a_beginning_is_a_part_of_coloured_code() -> None:
    source = '<pre><code><span class="hljs-comment">&lt;!-- a --&gt;</span>\n&lt;div&gt;\n</div>\nend</code></pre>'
    assert with_plain_code(source) == source
