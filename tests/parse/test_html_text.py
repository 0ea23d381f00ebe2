"""Running text in HTML: white space, line breaks, inline elements, ruby, formulas and pictures."""

import pytest

from reader.document.blocks import Block, Heading, Image, Inline, MathBlock, Paragraph, Span, SpanKind
from reader.document.embedded_data import embedded_name
from reader.parse.html_vocabulary import formula
from tests.parse.blocks import head, html, image, para, text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>中文\n  中文</p>", ["中文中文"]),
        ("<p>one\n  two</p>", ["one two"]),
        ("<p>中文\nEnglish\n中文</p>", ["中文 English 中文"]),
        ("<p>他说\n“好”\n然后</p>", ["他说“好”然后"]),
        ("<p>한국\n한국</p>", ["한국 한국"]),
        ("<p>中 文 \t 字</p>", ["中 文 字"]),
        ("<p>中文<b>粗</b>\n中文</p>", ["中文粗中文"]),
        ("<p><a>标签</a>\n<a>标签</a></p>", ["标签 标签"]),
        ("<p> a <b> b </b> c </p>", ["a b c"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<p>a <br/> b</p>", ["a\nb"]),
        ("<p>a<br/><br />b</br>c</p>d</br></br>e</hr>f", ["a", "b\nc", "d", "ef"]),
        ("<p>a<br><br>b</p>", ["a", "b"]),
        ("<p>a<br>\n\u3000<br><br>b</p>", ["a", "b"]),
        ("a<br>　　b", ["a", "b"]),
        ("<p>　　首行缩进。　</p>", ["首行缩进。"]),
        ("<p>&nbsp;&nbsp;a&nbsp;b</p>", ["a\u00a0b"]),
        ("a<div>b<div>c</div>d</div>e", ["a", "b", "c", "d", "e"]),
        ("<p>a<p>b", ["a", "b"]),
        ("<p></p><p>　　</p><div>&nbsp;</div>", []),
        ("R&D, AT&T &amp; &copy; &lt;b&gt; &#123;&#x7d; &unknown; &#0;", ["R&D, AT&T & © <b> {} &unknown; \ufffd"]),
        ("x < y > z, a<1, if (a<b) {}", ["x < y > z, a<1, if (a<b) {}"]),
        ("Vector<int> and List<String>", ["Vector<int> and List<String>"]),
        ("<foo>known by its end</foo>", ["known by its end"]),
        ("&#x1b;[31m&#8238;red", ["[31mred"]),
        ("a<!-- b -->c<!-- d > e", ["ac e"]),
        ("<![CDATA[<p>a</p>]]>b<![endif]>c<!DOCTYPE html>d<?php e ?>f", ["a", "bcdf"]),
        ("<p>a</p></style></script></div>b", ["a", "b"]),
        ("<style>p { x: y }<p>a", ["<style>p { x: y }", "a"]),
        ("<p>The <script> tag, 与<style>标签。</p>b", ["The <script> tag, 与<style>标签。", "b"]),
        ("a<script src='x'>b</script >c<STYLE>e</Style\n>f<script>g", ["acf<script>g"]),
        ("<head><title>t</title><p>a", ["t", "a"]),
        ("<p title='a>b'>c</p>", ["c"]),
        ('<p title="a>b<a href="x">c</a>', ["bc"]),
        ("a&nbsp_place_holder;b", ["a\u00a0_place_holder;b"]),
    ],
)  # fmt: skip
def test_paragraphs(source: str, expected: list[str]) -> None:
    blocks = html(source)
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert [block.text.text for block in blocks if isinstance(block, Paragraph)] == expected


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<strong>字</strong>", SpanKind.STRONG),
        ("<b>字</b>", SpanKind.STRONG),
        ("<em>字</em>", SpanKind.EMPHASIS),
        ("<i>字</i>", SpanKind.EMPHASIS),
        ("<u>字</u>", SpanKind.UNDERLINE),
        ("<s>字</s>", SpanKind.STRIKE),
        ("<del>字</del>", SpanKind.STRIKE),
        ("<mark>字</mark>", SpanKind.MARKED),
        ("<small>字</small>", SpanKind.SMALL),
        ("<code>字</code>", SpanKind.CODE),
        ("<kbd>字</kbd>", SpanKind.KEYBOARD),
        ("<sub>字</sub>", SpanKind.SUBSCRIPT),
        ("<sup>字</sup>", SpanKind.SUPERSCRIPT),
        ('<font cms-style="strong-Bold">字</font>', SpanKind.STRONG),
        ('<span style="color:red; font-weight:bold">字</span>', SpanKind.STRONG),
        ('<span style="font-weight: 700">字</span>', SpanKind.STRONG),
        ('<span style="font-style:italic">字</span>', SpanKind.EMPHASIS),
        ('<span style="text-decoration: underline">字</span>', SpanKind.UNDERLINE),
        ('<span style="text-decoration-line:line-through">字</span>', SpanKind.STRIKE),
    ],
)
def test_inline_elements(source: str, kind: SpanKind) -> None:
    assert html(f"<p>甲{source}乙</p>") == [para("甲字乙", ("字", kind))]


def test_style_can_remove_bold() -> None:
    assert html('<b style="font-weight:normal">字</b>') == [para("字")]


def test_bold_block_is_bold_throughout_and_no_further() -> None:
    assert html('<p style="font-weight:600">甲</p><p>乙</p>') == [para("甲", ("甲", SpanKind.STRONG)), para("乙")]


def test_inline_elements_extend_over_blocks() -> None:
    strong = SpanKind.STRONG
    assert html("<b><p>甲</p><p>乙</p></b>丙") == [para("甲", ("甲", strong)), para("乙", ("乙", strong)), para("丙")]


def test_unclosed_element_ends_with_its_block() -> None:
    assert html("<div><b>甲</div>乙") == [para("甲", ("甲", SpanKind.STRONG)), para("乙")]


def test_spans_that_cross_are_split() -> None:
    assert html("<b>甲<i>乙</b>丙</i>") == [
        Paragraph(
            Inline(
                "甲乙丙",
                (Span(0, 2, SpanKind.STRONG), Span(1, 2, SpanKind.EMPHASIS), Span(2, 3, SpanKind.EMPHASIS)),
            )
        )
    ]


def test_spans_exclude_spaces_at_their_ends() -> None:
    assert html("<p>a <b> b </b> c</p>") == [para("a b c", ("b", SpanKind.STRONG))]


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://example.org/?a=1&copy=2&lt=3", "https://example.org/?a=1&copy=2&lt=3"),
        ("/relative path", "/relative path"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#top", "#top"),
        ("javascript:void(0)", ""),
        (" JavaScript: void 0 ;", ""),
        ("javascript:return false;", ""),
        # Shown, but never followed.
        (" JavaScript:x", "JavaScript:x"),
        ("java\nscript:x", "java script:x"),
        ("javascript:void(0);alert(1)", "javascript:void(0);alert(1)"),
        (f"data:text/html,{'x' * 10_000_000}", f"data:text/html,{'x' * 285}…"),
        ("", ""),
        ("\x1b]8;;x", "]8;;x"),
    ],
)
def test_links(target: str, kept: str) -> None:
    expected = para("甲字", ("字", SpanKind.LINK, kept)) if kept else para("甲字")
    assert html(f'<p>甲<a href="{target}">字</a></p>') == [expected]


def ruby(*parts: tuple[str, str]) -> list[Block]:
    content = "".join(base for base, _ in parts)
    return [para(content, *((base, SpanKind.RUBY, reading) for base, reading in parts if reading))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ruby>漢字<rt>かんじ</rt></ruby>", ruby(("漢字", "かんじ"))),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>", ruby(("漢", "かん"), ("字", "じ"))),
        ("<ruby><rb>漢</rb><rb>字</rb><rt>かん</rt><rt>じ</rt></ruby>", ruby(("漢", "かん"), ("字", "じ"))),
        ("<ruby><rb>漢<rb>字<rtc><rt>かん<rt>じ</rtc></ruby>", ruby(("漢", "かん"), ("字", "じ"))),
        ("<ruby>漢<rt>かん</ruby>と<ruby>字<rt>じ</ruby>", ruby(("漢", "かん"), ("と", ""), ("字", "じ"))),
        ("<ruby><span>漢字</span><rt><b>かん</b>じ</rt></ruby>", ruby(("漢字", "かんじ"))),
        ("<ruby><rt>かん</rt></ruby>", [para("かん")]),
        ("<p><ruby>漢<rt>かん</p><p>字</p>", [*ruby(("漢", "かん")), para("字")]),
    ],
)
def test_ruby(source: str, expected: list[Block]) -> None:
    assert html(source) == expected


TEX = r"\frac{1}{2}"
MATHML = rf'<math><semantics><mn>1</mn><annotation encoding="application/x-tex">{TEX}</annotation></semantics></math>'


@pytest.mark.parametrize(
    "written",
    [
        rf'<script type="math/tex">{TEX}</script>',
        rf'<img eeimg="1" alt="{TEX}" src="x">',
        rf'<img class="formula" alt="${TEX}$" src="x">',
        rf'<img data-formula="{TEX}" src="x">',
        rf"\({TEX}\)",
        MATHML,
        rf'<span class="katex">{MATHML}<span class="katex-html"><span>1</span><span>2</span></span></span>',
        rf'<span class="ztext-math" data-tex="{TEX}"><span>1/2</span></span>',
        rf'<span class="MathJax_Preview">1/2</span><script type="math/tex">{TEX}</script>',
        rf'<span class="math-inline" data-math="{TEX}"><span class="katex-html">12</span></span>',
        rf'<img class="aligncenter" alt="{TEX}" src="x">',
    ],
)  # fmt: skip
def test_formulas(written: str) -> None:
    assert html(f"<p>值 {written} 是</p>") == [para(f"值 {TEX} 是", (TEX, SpanKind.MATH))]
    assert html(f"<p>{written}</p>") == [MathBlock(Inline(TEX))]


def test_formula_that_only_its_drawing_shows() -> None:
    drawn = (
        '<span class="katex"><span class="katex-html" aria-hidden="true"><span>x</span><span>+1</span></span></span>'
    )
    assert html(f"<p>值 {drawn} 是</p>") == [para("值 x+1 是")]


def test_paths_in_alternative_text_are_no_formulas() -> None:
    assert formula({"alt": r"C:\Users\new\to do"}) == ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("say <q>yes</q>", "say “yes”"),
        ("<q>yes, <q>no</q></q>", "“yes, ‘no’”"),
        ("彼は<q>はい</q>", "彼は「はい」"),
        ("no</q> start", "no start"),
    ],
)
def test_quotations_have_the_marks_of_their_language(source: str, expected: str) -> None:
    assert html(f"<p>{source}</p>") == [para(expected)]


def test_the_text_of_a_noscript_is_kept() -> None:
    assert html("<p>甲</p><noscript><p>乙<br>丙</p></noscript>") == [para("甲"), para("乙\n丙")]


@pytest.mark.parametrize(
    "needless",
    [
        "<noscript>Please enable JavaScript.</noscript>",
        "<noscript>请启用脚本以浏览。</noscript>",
        "<img data-src='a.png' alt='乙'><noscript><img src='a.png' alt='乙'></noscript>",
        "<noscript><img src='a.png' alt='乙'></noscript><img class='lazy' data-original='a.png' alt='乙'>",
        "<img src='a.png' alt='乙'><noscript><img src='https://count.example/pixel?id=1'></noscript>",
    ],
)
def test_noscript_that_repeats_or_requires_a_script_is_omitted(needless: str) -> None:
    blocks = html(f"<p>甲</p>{needless}")
    assert blocks == [para("甲"), image("乙", "a.png")][: len(blocks)]


def test_an_image_that_only_a_noscript_has_is_shown() -> None:
    assert html("<p>甲</p><noscript><img src='a.png' alt='乙'></noscript>") == [para("甲"), image("乙", "a.png")]


def test_toolbar_of_an_archived_copy_is_omitted() -> None:
    toolbar = "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>9 captures</div><!-- END WAYBACK TOOLBAR INSERT -->"
    assert html(f"<html><body>{toolbar}<p>甲</p></body></html>") == [para("甲")]


@pytest.mark.parametrize(
    "formula",
    [
        "$$x$$",
        "\\[x\\]",
        '<math display="block"><mi>x</mi></math>',
        '<script type="math/tex; mode=display">x</script>',
        '<span class="katex-display"><span class="katex-mathml"><math display="block"><mi>x</mi></math></span></span>',
    ],
)
def test_displayed_formulas_stand_apart(formula: str) -> None:
    around = [para("甲"), MathBlock(Inline("x")), para("乙", ("乙", SpanKind.STRONG))]
    assert html(f"<p>甲{formula} <b>乙</b></p>") == around
    assert html(f"<p>甲<br>\n{formula}<br>\n<b>乙</b></p>") == around
    assert html(f"<p>甲{formula}, <b>乙</b></p>") == [around[0], MathBlock(Inline("x,")), around[2]]
    (heading,) = html(f"<h2>甲{formula}</h2>")
    assert isinstance(heading, Heading)
    assert "".join(heading.text.text.split()) == "甲x"


def test_display_formulas_in_text() -> None:
    assert html("<p>$$a<b>b</b>$$</p><p>甲\\[x\\]乙<b>丙</b></p>") == [
        MathBlock(Inline("ab")),
        para("甲"),
        MathBlock(Inline("x")),
        para("乙丙", ("丙", SpanKind.STRONG)),
    ]


def test_delimiters_in_code_or_unpaired_stay() -> None:
    assert html(r"<p><code>\(x\)</code> \( $$</p>") == [para(r"\(x\) \( $$", (r"\(x\)", SpanKind.CODE))]


def test_a_picture_alone_is_a_block() -> None:
    assert html('<p><img src="a.png" alt=" 甲 \n 乙 "></p>') == [image("甲 乙", "a.png")]
    assert html('<p><img src="a.png"><img src="b.png" alt="乙"></p>') == [image("", "a.png"), image("乙", "b.png")]


def test_pictures_on_lines_of_their_own_are_blocks() -> None:
    expected = [para("甲"), image("图", "a.png"), para("乙")]
    assert html('<p>甲<br><img src="a.png" alt="图"><br>乙</p>') == expected
    assert html('<p>甲\n<img src="a.png" alt="图">\n乙</p>') == expected
    assert html('甲<p><img src="a.png" alt="图">\n乙</p>') == expected


def test_a_picture_in_a_line_is_a_span_if_it_has_text() -> None:
    assert html('<p>甲<img src="a.png" alt="图">乙</p>') == [para("甲图乙", ("图", SpanKind.IMAGE, "a.png"))]


def test_picture_without_text_in_a_line_is_placed_beside_it() -> None:
    assert html('<p>甲<img src="a.png">乙</p>') == [para("甲乙"), image("", "a.png")]
    assert html('<p><img src="a.png">甲</p>') == [image("", "a.png"), para("甲")]
    assert html('<h2>甲<img src="a.png"></h2>') == [head("甲", 2), image("", "a.png")]


def test_a_linked_picture_keeps_its_link_over_its_text() -> None:
    (block,) = html('<a href="/big"><img src="a.png" alt="图"></a>')
    assert block.text == text("图", ("图", SpanKind.LINK, "/big"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "attributes",
    [
        'src="real.png"',
        'src="data:image/gif;base64,R0" data-src="real.png"',
        'src="loading.gif" data-original="real.png"',
        'data-actualsrc="real.png"',
        'srcset="small.png 320w, real.png 640w"',
        'data-srcset="small.png 1x, real.png 2x" src="data:,"',
    ],
)
def test_address_of_a_picture(attributes: str) -> None:
    assert html(f"<p><img {attributes}></p>") == [image("", "real.png")]


def test_picture_elements_offer_sources() -> None:
    assert html('<picture><source srcset="a.webp"><img alt="图"></picture>') == [image("图", "a.webp")]


def test_emoji_pictures_are_text() -> None:
    assert html('<p>好<img class="emoji" alt="🎉" src="x.png">！</p>') == [para("好🎉！")]


def test_tracking_pixels_are_omitted() -> None:
    assert html('<p>甲<img src="count.gif" width="1" height="1"></p>') == [para("甲")]


def test_each_of_many_pictures_keeps_its_link() -> None:
    source = "".join(f"<a href='/{number}'><img src={number}.png alt=灯{number}></a>" for number in range(30))
    leaves = html(f"<p>{source}</p>")
    assert leaves == [
        Image(text(f"灯{number}", (f"灯{number}", SpanKind.LINK, f"/{number}")), f"{number}.png")
        for number in range(30)
    ]
    assert html("<a href='/1'><img src=1.png alt=灯><img src=2.png alt=塔></a>") == [
        Image(text("灯", ("灯", SpanKind.LINK, "/1")), "1.png"),
        Image(text("塔", ("塔", SpanKind.LINK, "/1")), "2.png"),
    ]


def test_pictures_embedded_in_the_text_have_names() -> None:
    """A spacer has none, and a stand-in gives way to the real picture."""
    data = "data:image/png;base64," + "iVBORw0K" * 60
    name = embedded_name(data)
    assert name
    assert html(f"<p>甲</p><p><img src='{data}' alt='图'></p>") == [para("甲"), image("图", name)]
    assert html(f"<p>甲</p><p><img src='{data}' srcset='a.png 2x'></p>") == [para("甲"), image("", "a.png")]
    spacer = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    assert html(f"<p>甲</p><img src='{spacer}'>") == [para("甲")]
