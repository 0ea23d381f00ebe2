"""Blocks in HTML: headings, lists, tables, code, figures and others, well-formed and broken."""

import pytest

from reader.document.blocks import (
    Alignment,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Inline,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
)
from reader.parse.callout_titles import kind_title
from tests.parse.blocks import bullets, cell, head, html, image, item, numbered, para, table, text


def test_headings_and_rules() -> None:
    assert html("<h1>一</h1><h3>三<br>行</h3><hr><h6>六</h6>") == [
        head("一", 1),
        head("三\n行", 3),
        Rule(),
        head("六", 6),
    ]


def test_empty_heading_is_dropped_and_one_with_blocks_keeps_them() -> None:
    assert html("<h4> </h4><h2><div>甲</div><ul><li>乙</ul></h2>") == [head("甲", 2), bullets("乙")]


def test_unclosed_heading_does_not_swallow_the_article() -> None:
    assert html("<div><h2>甲<p>乙</p><p>丙</p></div>丁") == [head("甲", 2), para("乙"), para("丙"), para("丁")]


def test_anchors_of_headings_are_removed() -> None:
    assert html('<h2>甲<a class="headerlink" href="#x">¶</a></h2>') == [head("甲", 2)]


def test_nested_lists() -> None:
    source = "<ul><li>甲<ol><li>一<li>二</ol></li><li><p>乙</p><p>丙</p></li></ul>"
    assert html(source) == [bullets(item("甲", numbered("一", "二")), item("乙", "丙"))]


def test_numbers_of_lists() -> None:
    assert html('<ol start="3" type="a"><li>甲<li value="7">乙</ol>') == [
        numbered("甲", item("乙", number=7), start=3, style="a")
    ]
    assert html('<ol style="list-style-type: upper-roman"><li>甲</ol>') == [numbered("甲", style="I")]
    assert html("<ol start=x type=z><li>甲</ol>") == [numbered("甲")]
    assert html("<ol reversed><li>甲<li>乙</ol>") == [numbered(item("甲", number=2), item("乙", number=1))]


def test_an_empty_item_is_counted_but_not_shown() -> None:
    assert html("<ol><li>甲<li> <li>丙</ol>") == [numbered("甲", item("丙", number=3))]
    assert html("<ul><li>甲<li> <li>丙</ul>") == [bullets("甲", "丙")]


def test_task_lists() -> None:
    source = '<ul><li><input type="checkbox" checked> 甲<li><p><input type="checkbox">乙</p></ul>'
    assert html(source) == [bullets(item("甲", checked=True), item("乙", checked=False))]


def test_items_without_a_list_form_one() -> None:
    assert html("<div><li>甲</li>\n<li>乙</li>丙<li>丁</li><p>戊</p></div>") == [
        bullets("甲", "乙"), para("丙"), bullets("丁"), para("戊"),
    ]  # fmt: skip


def test_content_between_items_belongs_to_the_previous_item() -> None:
    assert html("<ul>甲<li>乙</li><ul><li>丙</ul><p>丁</p></ul>") == [bullets("甲", item("乙", bullets("丙"), "丁"))]


def test_definition_lists() -> None:
    assert html("<dl><dt>甲<dt><b>乙</b><dd>一<dd><p>二</p></dd><dt>丙</dl>") == [
        DefinitionList(
            (
                Definition((para("甲"), para("乙", ("乙", SpanKind.STRONG))), (para("一"), para("二"))),
                Definition((para("丙"),), ()),
            )
        )
    ]
    assert html("<dt>甲<dd>乙</dd><p>丙") == [DefinitionList((Definition((para("甲"),), (para("乙"),)),)), para("丙")]


def test_quotes() -> None:
    assert html("<blockquote>甲<p>乙</p><blockquote>丙</blockquote></blockquote><blockquote></blockquote>") == [
        Quote((para("甲"), para("乙"), Quote((para("丙"),))))
    ]


def test_tables() -> None:
    source = """<table><caption>题</caption><thead><tr><th>甲<th align=right>乙</thead>
        <tbody><tr><td rowspan=2>子<td style="text-align:center">丑</tr><tr><td><p>寅</p><ul><li>卯</ul></table>"""
    assert html(source) == [
        table(
            (cell("甲", header=True), cell("乙", header=True, alignment=Alignment.RIGHT)),
            (cell("子", rows=2), cell("丑", alignment=Alignment.CENTRE)),
            (cell("寅", bullets("卯")),),
            head=1,
            caption=(para("题"),),
        )
    ]


def test_first_row_of_header_cells_is_the_header() -> None:
    head_row = (cell("甲", header=True), cell("乙", header=True))
    assert html("<table><tr><th>甲<th>乙<tr><td>丙<td>丁</table>") == [
        table(head_row, (cell("丙"), cell("丁")), head=1)
    ]
    assert html("<table><tr><th>甲<td>乙<tr><th>丙<td>丁</table>") == [
        table((cell("甲", header=True), cell("乙")), (cell("丙", header=True), cell("丁")))
    ]


def test_spans_of_cells_are_limited() -> None:
    (found,) = html("<table><tr><td colspan=5000>甲<td colspan=-1 rowspan=99>乙<tr><td rowspan=0>丙</table>")
    assert found == table((cell("甲", columns=100), cell("乙", rows=2)), (cell("丙"),))


def test_tables_within_tables_and_tables_for_layout() -> None:
    inner = "<table><tr><td>甲<td>乙</table>"
    assert html(f"<table><tr><td>丙<td>{inner}</table>") == [table((cell("丙"), cell(table((cell("甲"), cell("乙"))))))]
    assert html("<table><tr><td><p>甲</p><p>乙</p></table>") == [para("甲"), para("乙")]
    assert html("<table><tr><td> </td></tr></table>") == []


def test_text_outside_cells_comes_before_the_table() -> None:
    assert html("<table>甲<tr>乙<td>丙<td>丁</table>") == [para("甲"), para("乙"), table((cell("丙"), cell("丁")))]


def test_end_of_a_cell_closes_its_elements() -> None:
    assert html("<table><tr><td><b><ul><li>甲</td><td>乙</td></table>丙") == [
        table((cell(bullets(item(para("甲", ("甲", SpanKind.STRONG))))), cell("乙"))), para("丙"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        ('<pre><code class="language-python">', "python"),
        ('<pre><code class="hljs language-js copyable" lang="js">', "js"),
        ('<pre><code class="lang-c++">', "c++"),
        ('<pre><code class="hljs rust">', "rust"),
        ('<pre class="brush: java; toolbar: false">', "java"),
        ('<pre lang="go">', "go"),
        ('<div class="highlight highlight-source-shell"><pre>', "shell"),
        ("<pre><code>", ""),
        ('<pre><code class="hljs copyable">', ""),
    ],
)
def test_languages_of_code(tags: str, language: str) -> None:
    assert html(f"{tags}x = 1\n</code></pre></div>") == [CodeBlock(Inline("x = 1"), language)]


def test_code_keeps_its_lines_and_expands_tabs() -> None:
    source = "<pre>\n\n  if x:\n\treturn\n\n  a\tb<br>c  \n\n</pre>"
    tabs = Span(8, 12, SpanKind.TAB, "4"), Span(23, 24, SpanKind.TAB, "4")
    assert html(source) == [CodeBlock(Inline("  if x:\n    return\n\n  a b\nc", tabs))]


def test_tags_in_code_without_formatting_are_text() -> None:
    source = (
        '<pre><code class="language-html"><div id="a" :b="&#123;c&#125;"><span class="hljs-tag"><<span>p</span>></span>'
        '<input v-model="d"/><span v-if="e">f</span><!-- g --><style>h</style></div></code></pre>'
    )
    expected = (
        '<div id="a" :b="{c}"><p><input v-model="d"/><span v-if="e">f</span><!-- g --><style>h</style></div>'
    )  # fmt: skip
    assert html(source) == [CodeBlock(Inline(expected), "html")]
    assert html("<p><code><div></code>和<code>a<b</code></p>") == [
        Paragraph(Inline("<div>和a<b", (Span(0, 5, SpanKind.CODE), Span(6, 9, SpanKind.CODE))))
    ]


def test_code_keeps_links_and_emphasis() -> None:
    (block,) = html('<pre>a <b>b</b> <a href="/x">c</a></pre>')
    assert block == CodeBlock(text("a b c", ("b", SpanKind.STRONG), ("c", SpanKind.LINK, "/x")))


def test_unclosed_code_stops_at_the_next_block() -> None:
    assert html("<pre>a<p>甲</p>") == [CodeBlock(Inline("a")), para("甲")]
    assert html("<p>甲<code>a</p><p>乙</p>") == [para("甲a", ("a", SpanKind.CODE)), para("乙")]


def test_copy_buttons_and_line_numbers_are_removed() -> None:
    assert html('<pre><code>x<span class="copy-code-btn">复制代码</span></code></pre>') == [CodeBlock(Inline("x"))]
    assert html("<button>复制</button><p>复制代码</p><button>展开</button>") == [para("复制代码"), para("展开")]
    source = """<figure class="highlight js"><table><tr><td class="gutter"><pre>1
2</pre></td><td class="code"><pre>a
b</pre></td></tr></table></figure>"""
    assert html(source) == [CodeBlock(Inline("a\nb"), "js", 1)]


def test_figures() -> None:
    assert html('<figure><img src="a.png" alt="甲"><figcaption>乙</figcaption></figure>') == [
        Figure((image("甲", "a.png"),), (para("乙"),))
    ]
    assert html('<figure><img src="a.png"><figcaption> </figcaption></figure>') == [image("", "a.png")]


def test_details() -> None:
    assert html("<details><summary>甲<b>乙</b></summary>丙<p>丁</p></details>") == [
        Details(para("甲乙", ("乙", SpanKind.STRONG)), (para("丙"), para("丁")))
    ]


def test_details_without_a_summary_have_a_title_of_their_kind() -> None:
    assert html("<details>甲</details>") == [Details(kind_title("details"), (para("甲"),))]
    assert html("<details open><p>甲</details>") == [Details(kind_title("details"), (para("甲"),), is_open=True)]
    assert html("<details><summary> </summary></details>乙") == [para("乙")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('<video src="/x" title="名"></video>', "video"),
        ('<video title="名"><source src="/x"><source src="/y"></video>', "video"),
        ('<audio src="/x">名</audio>', "audio"),
        ('<iframe src="/x" title="名"></iframe>', "iframe"),
        ('<object data="/x"><p>名</p></object>', "object"),
        ('<embed src="/x" title="名">', "object"),
    ],
)
def test_embeds(source: str, kind: str) -> None:
    assert html(f"甲{source}乙") == [para("甲"), Embed(Inline("名"), kind, "/x"), para("乙")]


def test_unclosed_embed_does_not_swallow_the_article() -> None:
    assert html('<div><video src="/x"><p>甲</p></div>') == [Embed(Inline(), "video", "/x"), para("甲")]
    assert html("<ins class='adsbygoogle'></ins><iframe></iframe>") == []


def test_footnotes() -> None:
    source = """<p>甲<sup><a href="#fn1" id="fnref1">[1]</a></sup></p><hr class="footnotes-sep">
        <section class="footnotes"><ol><li id="fn1"><p>乙 <a href="#fnref1">↩︎</a></p></li></ol>"""
    (paragraph, notes) = html(source)
    assert paragraph == para("甲[1]", ("[1]", SpanKind.SUPERSCRIPT), ("[1]", SpanKind.FOOTNOTE, "1"))
    assert notes == Footnotes((Footnote("1", (para("乙"),)),))
