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
    Heading,
    Inline,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    leaves,
)
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse
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
    assert html(source) == [CodeBlock(Inline("  if x:\n    return\n\n  a b\nc"))]


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
    assert html(source) == [CodeBlock(Inline("a\nb"), "js")]


def test_figures() -> None:
    assert html('<figure><img src="a.png" alt="甲"><figcaption>乙</figcaption></figure>') == [
        Figure((image("甲", "a.png"),), (para("乙"),))
    ]
    assert html('<figure><img src="a.png"><figcaption> </figcaption></figure>') == [image("", "a.png")]


def test_details() -> None:
    assert html("<details><summary>甲<b>乙</b></summary>丙<p>丁</p></details>") == [
        Details(para("甲乙", ("乙", SpanKind.STRONG)), (para("丙"), para("丁")))
    ]
    assert html("<details>甲</details>") == [para("甲")]


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


PAGE = """<!DOCTYPE html><html><head><title>站</title><style>x</style></head><body><header>站名</header><nav>导航</nav>
    {}<aside>热门</aside><footer>版权</footer></body></html>"""


def test_whole_page_is_reduced_to_its_article() -> None:
    article = "<article><header><h1>题</h1></header><p>正文正文正文</p><footer>页脚</footer></article>"
    assert html(PAGE.format(article)) == [head("题", 1), para("正文正文正文"), para("页脚")]
    assert html(PAGE.format("<div><p>正文</p></div>")) == [para("正文")]


def test_fragment_keeps_what_a_page_would_lose() -> None:
    assert html("<header>甲</header><nav>乙</nav><footer>丙</footer><form>丁</form>") == list(map(para, "甲乙丙丁"))


def test_an_unclosed_navigation_does_not_swallow_the_page() -> None:
    assert html("<html><body><nav>甲<p>乙</p></body></html>") == [para("甲"), para("乙")]


def test_entry_point_accepts_every_format() -> None:
    for form in BodyFormat:
        assert parse(Body("甲", form)).blocks == (para("甲"),)
        assert parse(Body("", form)).blocks == ()


def test_headings_keep_their_spans() -> None:
    assert html('<h2><a href="/x">甲</a>乙</h2>') == [Heading(text("甲乙", ("甲", SpanKind.LINK, "/x")), 2)]


def test_form_around_a_whole_page_is_not_a_control() -> None:
    page = "<html><body><form method=post><p>守塔人不睡，灯也不睡。</p></form></body></html>"
    assert html(page) == [para("守塔人不睡，灯也不睡。")]
    search = f"<html><body><form><label>搜索</label></form><p>{'守塔人不睡，灯也不睡。' * 3}</p></body></html>"
    assert html(search) == [para("守塔人不睡，灯也不睡。" * 3)]


# Undisplayed elements


def test_css_keeps_the_lines_of_a_poem() -> None:
    poem = '<p style="white-space: pre-wrap">守塔人\n不睡</p><p>灯\n塔</p>'
    assert html(poem) == [para("守塔人\n不睡"), para("灯塔")]
    for kind in ("pre", "pre-line", "break-spaces"):
        assert html(f'<div style="color:red;white-space:{kind}">灯\n塔<p>海\n浪</p></div>') == [
            para("灯\n塔"),
            para("海浪"),
        ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="color:red; display: none">暗</span>',
        "<p hidden>暗</p>",
        "<p hidden>暗",
        "<div hidden><p>暗</p><div>暗</div></div>",
        "<template><p>暗</p></template>",
    ],
)
def test_undisplayed_elements_are_omitted(hidden: str) -> None:
    body = f"<p>灯塔照着</p>{hidden}<p>海</p>"
    expected = [para("灯塔照着"), para("海")]
    assert html(body) == (expected if "暗</" in hidden else [para("灯塔照着"), para("暗"), para("海")])


def test_content_hidden_until_a_script_runs_is_shown() -> None:
    assert html('<p style="visibility: hidden">灯塔</p>') == [para("灯塔")]
    assert html('<p>海</p><div style="display:none"><p>守塔人不睡</p></div>') == [para("海"), para("守塔人不睡")]
    assert html("<p>灯塔</p><p hidden=until-found>海</p>") == [para("灯塔"), para("海")]


def test_unclosed_hidden_element_hides_nothing() -> None:
    assert html("<p>灯塔</p><div hidden><p>海</p>") == [para("灯塔"), para("海")]


def test_title_of_a_drawing_is_not_text() -> None:
    assert html("<p>灯<svg><title>Icon</title><desc>Bird</desc><text>塔</text></svg>海</p>") == [para("灯塔海")]


def test_the_footer_of_a_quotation_is_its_source() -> None:
    page = "<html><body><div><blockquote><p>海很宽。</p><footer>— 守塔人</footer></blockquote><p>灯塔不睡。</p></div>{}"
    quote = Quote((para("海很宽。"), para("— 守塔人")))
    assert html(page.format("<footer>版权</footer></body></html>")) == [quote, para("灯塔不睡。")]


def test_an_article_keeps_its_own_aside_and_footer() -> None:
    article = "<article><p>灯塔照着海。</p><aside>引语</aside><footer>更正</footer></article>"
    page = f"<html><body><nav>导航</nav>{article}</body>"
    assert html(page) == [para("灯塔照着海。"), para("引语"), para("更正")]


def test_only_main_heading_belongs_to_the_article_even_before_it() -> None:
    page = (
        "<html><body><header class=top><h1>题</h1><p>导语</p></header><main><p>守塔人不睡，灯也不睡。</p></main></body>"
    )
    assert html(page) == [head("题", 1), para("导语"), para("守塔人不睡，灯也不睡。")]


def test_script_element_ends_at_its_name_and_white_space() -> None:
    page = "<p>灯</p><script>a</script\n\n<div id=x>\n<p>塔</p><script>b</scripts></script><p>海</p>"
    assert html(page) == [para("灯"), para("塔"), para("海")]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ('<div class="admonition tip"><p class="admonition-title">灯塔</p><p>海</p></div>', "灯塔"),
        ('<div class="admonition tip"><p><em>Tip</em></p><p>海</p></div>', "Tip"),
        ('<div class="markdown-alert markdown-alert-tip"><p class="alert-title">Tip</p><p>海</p></div>', "Tip"),
        ('<div class="theme-admonition-tip theme-admonition"><div class="admonitionHeading_1">灯</div>海</div>', "灯"),
        ('<div class="callout" data-callout="tip"><div class="callout-title">灯</div><div><p>海</p></div></div>', "灯"),
        ('<div class="custom-block tip"><p>海</p></div>', "Tip"),
    ],
)  # fmt: skip
def test_boxes_of_site_generators_are_callouts(source: str, title: str) -> None:
    (callout,) = html(source)
    assert isinstance(callout, Quote)
    assert callout.kind == "tip"
    assert [leaf.text.text for leaf in leaves(callout)] == [title, "海"]


def test_unclosed_or_unknown_box_is_not_a_callout() -> None:
    assert html('<div class="admonition note"><p>灯</p>') == [para("灯")]
    assert html('<div class="admonition"><p>灯</p></div><div class="note"><p>塔</p></div>') == [para("灯"), para("塔")]
