"""Articles as Markdown: the form of each kind of block, and parsing it back to the same block."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from markdown_it import MarkdownIt

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
)
from reader.document.document import Document
from reader.export.markdown_exporter import MarkdownExporter
from reader.layout.head import Head
from reader.parse.callout_titles import kind_title
from reader.parse.html import parse_html
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse
from tests.conftest import PROJECT, real_files
from tests.export.compared import forms, letters, read_again, words, written
from tests.export.strategies import bodies, inlines
from tests.layout.strategies import documents
from tests.parse.blocks import bullets, cell, head, image, item, numbered, para, table

CODE, EMPHASIS, LINK, STRONG = SpanKind.CODE, SpanKind.EMPHASIS, SpanKind.LINK, SpanKind.STRONG
LEFT, RIGHT = Alignment.LEFT, Alignment.RIGHT
SEEDS = sorted(path for path in (PROJECT / "seeds").rglob("*") if path.is_file())


def reference(text: str, label: str, before: str = "", behind: str = "") -> Paragraph:
    start, end = len(before), len(before) + len(text)
    spans = (Span(start, end, SpanKind.SUPERSCRIPT), Span(start, end, SpanKind.FOOTNOTE, label))
    return Paragraph(Inline(before + text + behind, spans))


# Texts


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (para("中粗文", ("粗", STRONG)), "中**粗**文"),
        (para("在“人、物、馆”防疫", ("“人、物、馆”", STRONG)), "在<strong>“人、物、馆”</strong>防疫"),
        (para("“人、物、馆”防疫", ("“人、物、馆”", STRONG)), "<strong>“人、物、馆”</strong>防疫"),
        (para("防疫：“人、物、馆”", ("“人、物、馆”", STRONG)), "防疫：**“人、物、馆”**"),
        (para("看《书》，吧", ("《书》", EMPHASIS)), "看<em>《书》</em>，吧"),
        (para("粗斜", ("粗斜", STRONG), ("粗斜", EMPHASIS)), "***粗斜***"),
        (para("粗斜", ("粗斜", STRONG), ("斜", EMPHASIS)), "**粗<em>斜</em>**"),
        (para("甲 删 乙", ("删", SpanKind.STRIKE)), "甲 ~~删~~ 乙"),
        (para("见 x < y", ("x < y", CODE)), "见 `x < y`"),
        (para("a`b", ("a`b", CODE)), "``a`b``"),
        (para("`b", ("`b", CODE)), "`` `b ``"),
        (para("a\nb", ("a\nb", CODE)), "<code>a\\\nb</code>"),
        (para("粗码", ("粗码", CODE), ("粗", STRONG)), "<code>**粗**码</code>"),
        (para("链", ("链", LINK, "https://a.b/c_d")), "[链](https://a.b/c_d)"),
        (para("链", ("链", LINK, "/a(b)")), "[链](/a(b))"),
        (para("链", ("链", LINK, "/a)b&copy;")), "[链](</a)b&amp;copy;>)"),
        (para("链", ("链", LINK, "file:///a")), '<a href="file:///a">链</a>'),
        (para("好！链", ("链", LINK, "/a")), "好！[链](/a)"),
        (para("Hi!链", ("链", LINK, "/a")), "Hi\\![链](/a)"),
        (para("看图了", ("图", SpanKind.IMAGE, "a.png")), "看![图](a.png)了"),
        (para("灯塔", ("灯塔", SpanKind.RUBY, "とうだい")), "<ruby>灯塔<rt>とうだい</rt></ruby>"),
        (para("H2O", ("2", SpanKind.SUBSCRIPT)), "H<sub>2</sub>O"),
        (para("m2", ("2", SpanKind.SUPERSCRIPT)), "m<sup>2</sup>"),
        (para("按 j", ("j", SpanKind.KEYBOARD)), "按 <kbd>j</kbd>"),
        (para("甲\n乙"), "甲\\\n乙"),
        (para("设 a_1 < b 则", ("a_1 < b", SpanKind.MATH)), "设 $a_1 < b$ 则"),
        (para("价 5x", ("x", SpanKind.MATH)), "价 5\\\\(x\\\\)"),
    ],
)
def test_text_round_trips(block: Paragraph, expected: str) -> None:
    assert written([block]) == f"{expected}\n"
    assert forms(read_again([block])) == forms([block])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snake_case、2 * 3、a < b、R&D、C:\\dir、~5、价$5", "snake_case、2 * 3、a < b、R&D、C:\\dir、~5、价$5"),
        ("3.14 与 a-b (c) [d] {e} 第1. 条 #1 !", "3.14 与 a-b (c) [d] {e} 第1. 条 #1 !"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("[a](b) [^1] ^[c]", "[a\\](b) \\[^1] \\^\\[c]"),
        ("<b> &amp; <!-- a@b --> <a@b.c>", "&lt;b> \\&amp; &lt;!-- a@b --> &lt;a@b.c>"),
        ("3~5 个，8~10 个，$5 到 $6", "3\\~5 个，8\\~10 个，\\$5 到 \\$6"),
        ("[a]: b", "[a\\]: b"),
        ("# 一", "\\# 一"),
        ("#一", "#一"),
        ("- 一", "\\- 一"),
        ("-1", "-1"),
        ("1. 一", "1\\. 一"),
        ("1.一", "1.一"),
        ("2021. ", "2021\\."),
        ("> 一", "\\> 一"),
        ("---", "\\---"),
        ("甲\n===", "甲\\\n\\==="),
        ("甲|乙\n-|-", "甲|乙\\\n\\-|-"),
        ("甲\n: 乙", "甲\\\n\\: 乙"),
        ("\\", "\\\\"),
        ("[ ] 一", "\\[ ] 一"),
        ("<<< @/a.js", "\\<<< @/a.js"),
        ("甲 <<< 乙", "甲 <<< 乙"),
        ('--8<-- "a.md"', '\\--8<-- "a.md"'),
        ("@[code js](a.js)", "\\@[code js\\](a.js)"),
        ("@[a](b)", "@[a\\](b)"),
        ("[甲](# 乙)", "[甲\\](# 乙)"),
        ("##甲", "\\##甲"),
        ("#甲", "#甲"),
        ("#甲\n乙", "#甲\\\n乙"),
    ],
)
def test_only_markup_characters_are_escaped(text: str, expected: str) -> None:
    assert written([para(text)]) == f"{expected}\n"
    assert forms(read_again([para(text)])) == forms([para(text)])


@pytest.mark.parametrize("title", ["# 灯", "#", "- 灯", "1. 灯", "> 灯", "---", "<<< @/a.js"])
def test_title_of_a_callout_that_looks_like_a_block_stays_text(title: str) -> None:
    block = Quote((para(title), para("塔")), kind="note")
    assert forms(read_again([block])) == forms([block])


def test_title_with_dollars_above_a_formula_stays_text() -> None:
    block = Details(para("$\\。$ 灯"), (MathBlock(Inline("x")),))
    assert forms(read_again([block])) == forms([block])


def test_bold_pseudo_heading_becomes_a_plain_heading() -> None:
    text = Inline("一、灯塔", (Span(0, 4, STRONG),))
    assert written([Heading(text, 1, pseudo=True), Heading(text, 1)]) == "# 一、灯塔\n\n# **一、灯塔**\n"


# Blocks


BLOCKS: list[tuple[Block, str]] = [
    (head("一", 2), "## 一"),
    (head("C #", 1), "# C \\#"),
    (head("甲\n乙", 6), "###### 甲<br>乙"),
    (Rule(), "***"),
    (image("图", "a.png"), "![图](a.png)"),
    (Image(Inline("图", (Span(0, 1, LINK, "/b"),)), "a.png"), "[![图](a.png)](/b)"),
    (CodeBlock(Inline("if a:\n    b"), "python"), "```python\nif a:\n    b\n```"),
    (Quote((kind_title("note"), para("甲")), "note"), "> [!note]\n> 甲"),
    (CodeBlock(Inline("a\nb"), "c", 1), "```c linenos\na\nb\n```"),
    (CodeBlock(Inline("a\nb"), "c", 12), "```c linenos first_line=12\na\nb\n```"),
    (Figure((CodeBlock(Inline("a"), "c"),), (para("灯 1.c"),), caption_above=True), '```c title="灯 1.c"\na\n```'),
    (
        Figure((CodeBlock(Inline("a"), "c"),), (para('"灯"'),), caption_above=True),
        '<figure>\n<figcaption>"灯"</figcaption>\n\n```c\na\n```\n\n</figure>',
    ),
    (CodeBlock(Inline("```\na\n````")), "`````\n```\na\n````\n`````"),
    (MathBlock(Inline("\\frac{a}{b}")), "$$\n\\frac{a}{b}\n$$"),
    (Quote((para("甲"), Quote((para("乙"),)))), "> 甲\n>\n> > 乙"),
    (bullets("甲", item("乙", bullets("丙"))), "- 甲\n- 乙\n  - 丙"),
    (bullets(item("甲", para("乙")), "丙"), "- 甲\n\n  乙\n\n- 丙"),
    (numbered("甲", item("乙", numbered("丙")), start=9), "9. 甲\n10. 乙\n    1. 丙"),
    (numbered(item("甲", numbered("丙", start=3))), "1. 甲\n\n   3. 丙"),
    (bullets(item("甲", checked=True), item("乙", checked=False)), "- [x] 甲\n- [ ] 乙"),
    (bullets(item(CodeBlock(Inline("a")), checked=True)), "- [x] &#160;\n\n  ```\n  a\n  ```"),
    (bullets(item(bullets("甲"))), "- - 甲"),
    (
        table(
            (cell("甲", header=True, alignment=LEFT), cell("乙", header=True, alignment=RIGHT)),
            (cell("a|b", alignment=LEFT), cell("丙\n丁", alignment=RIGHT)),
            head=1,
        ),
        "| 甲 | 乙 |\n| :--- | ---: |\n| a\\|b | 丙<br>丁 |",
    ),
    (
        table(
            (cell("甲", header=True), cell("乙", header=True)),
            (cell(numbered("丙", start=2)), cell("丁", "戊", CodeBlock(Inline("a\n  b"), "c"), Quote((para("己"),)))),
            head=1,
        ),
        (
            "| 甲 | 乙 |\n| --- | --- |\n"
            '| <ol start="2"><li>丙</li></ol> | 丁<br><br>戊<pre><code class="language-c">a<br>  b</code></pre>'
            "<blockquote>己</blockquote> |"
        ),
    ),
    (
        DefinitionList((Definition((para("词"), para("粗", ("粗", STRONG))), (para("义 < 1"),)),)),
        "<dl>\n<dt>词</dt>\n<dt>\n\n**粗**\n\n</dt>\n<dd>义 &lt; 1</dd>\n</dl>",
    ),
    (
        Details(para("问？"), (para("答。"), bullets("甲"))),
        "<details>\n<summary>问？</summary>\n\n答。\n\n- 甲\n\n</details>",
    ),
    (
        Figure((image("图", "a.png"),), (para("图一"),)),
        "<figure>\n\n![图](a.png)\n\n<figcaption>图一</figcaption>\n</figure>",
    ),
    (Embed(Inline("片"), "video", "/v"), '<video src="/v">\n<a href="/v">片</a>\n</video>'),
]


@pytest.mark.parametrize(("block", "expected"), BLOCKS)
def test_block_round_trips(block: Block, expected: str) -> None:
    assert written([block]) == f"{expected}\n"
    assert forms(read_again([block])) == forms([block])


def test_adjacent_lists_stay_separate() -> None:
    lists = [bullets("甲"), bullets("乙"), numbered("丙"), numbered("丁")]
    assert written(lists) == "- 甲\n\n+ 乙\n\n1. 丙\n\n1) 丁\n"
    assert forms(read_again(lists)) == forms(lists)


def test_numbers_out_of_sequence_start_new_lists() -> None:
    block = numbered("甲", item("乙", number=5), "丙", item("丁", number=2))
    assert written([block]) == "1. 甲\n\n5) 乙\n6) 丙\n\n2. 丁\n"
    assert forms(read_again([block])) == forms([numbered("甲"), numbered("乙", "丙", start=5), numbered("丁", start=2)])


def test_content_that_a_table_cannot_express_is_kept() -> None:
    wide = table((cell("甲", columns=2), cell("乙", rows=2)), (cell("丙"), cell("丁")), caption=(para("表一"),))
    assert written([wide]) == ("表一\n\n|  |  |  |\n| --- | --- | --- |\n| 甲 |  | 乙 |\n| 丙 | 丁 |  |\n")


def test_table_that_only_wraps_blocks_is_omitted() -> None:
    assert written([table((cell(head("一", 1), "甲"),), (cell("乙"),))]) == "# 一\n\n甲\n\n乙\n"


# The whole file


def test_title_is_above_all_headings_and_not_repeated() -> None:
    body = [head("灯塔", 0), head("一", 1), head("深", 6)]
    assert written(body, Head("_灯塔_", "林远 · 2021-11-10")) == (
        "# \\_灯塔\\_\n\n林远 · 2021-11-10\n\n## 一\n\n###### 深\n"
    )
    assert written(body) == "# 灯塔\n\n# 一\n\n###### 深\n"


def test_footnotes_are_at_the_end_whatever_their_references() -> None:
    body: list[Block] = [
        Quote((reference("[1]", "a", "甲", "（乙"), Footnotes((Footnote("a", (para("注"), para("又"))),)))),
        reference("注释", "2", "丙", "："),
        Footnotes((Footnote("2", (CodeBlock(Inline("x\n  y")),)), Footnote("3", (para("无人问"),)))),
    ]
    assert written(body) == (
        "> 甲[^a]（乙\n\n丙注释[^2]：\n\n3. 无人问\n\n[^a]: 注\n\n    又\n\n[^2]:\n    ```\n    x\n      y\n    ```\n"
    )
    texts = [text for _, text in words(read_again(body))]
    assert texts == ["甲（乙", "丙注释：", "无人问", "注", "又", "xy"]


def test_footnote_in_deep_blocks_is_written_once() -> None:
    inside: Block = Footnotes((Footnote("1", (para("注"),)),))
    for _ in range(30):
        inside = Quote((inside,))
    assert written([reference("[1]", "1", "甲"), inside]) == "甲[^1]\n\n[^1]: 注\n"


@pytest.mark.parametrize("text", ["好:smile:吧", ":+1::tada:", "10:30:45"])
def test_text_like_an_emoji_round_trips(text: str) -> None:
    assert read_again([para(text)]) == [para(text)]


@pytest.mark.parametrize(
    "source",
    ["$$$$x$$$$", "$$$$灯$$$$", "甲 $$$$灯<_a_$$$$ 乙", "<h2>{#id}</h2>", "<h2>甲 {.b}</h2>", "<p>#a<br>b<p>#c<br>d"],
)
def test_text_like_delimiters_round_trips(source: str) -> None:
    body = parse_html(source)
    assert [*words(read_again(body))] == [*words(body)]


def test_address_with_spaces_round_trips() -> None:
    link = para("链", ("链", LINK, "/a b"))
    assert written([link]) == "[链](</a b>)\n"
    assert read_again([link]) == [link]


def test_reference_without_a_footnote_is_text() -> None:
    assert written([reference("[1]", "gone")]) == "<sup>[1]</sup>\n"


def test_footnotes_round_trip() -> None:
    body = parse_markdown("甲[^n]（乙[^1]：[^n]\n\n[^1]: 丙\n[^n]: 丁\n\n    - 戊\n")
    assert read_again(body) == body


def test_first_block_is_written_before_the_last_is_converted() -> None:
    pieces = MarkdownExporter().render(Head("灯塔"), Document((para("甲"), para("乙"))))
    assert list(pieces) == ["# 灯塔\n".encode(), "\n甲\n".encode(), "\n乙\n".encode()]


# Whole documents


@given(bodies())
@settings(max_examples=90, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_document_round_trips(body: tuple[Block, ...]) -> None:
    found = read_again(body)
    assert forms(found) == forms(body)
    assert read_again(found) == found


@given(inlines())
@settings(max_examples=250, deadline=None)
def test_parser_without_cjk_rules_gives_the_same_result(text: Inline) -> None:
    assume(all(span.kind is not SpanKind.MATH for span in text.spans))
    common = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found = parse_html(common.render(written([Paragraph(text)])))
    assert forms(found) == forms([Paragraph(text)])


@given(documents())
@settings(max_examples=90, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_no_document_loses_a_character(document: Document) -> None:
    # The parser writes formulas on one line. In one of several, a percent sign begins a comment.
    formulas = [one.text.text for one in document.leaves if isinstance(one, MathBlock)]
    assume(not any("%" in one and "\n" in one for one in formulas))
    assert letters(read_again(document.blocks)) == letters(document.blocks)


@pytest.mark.parametrize("path", [*SEEDS, *real_files()], ids=lambda path: path.stem[:24])
def test_article_round_trips(path: Path) -> None:
    (article,) = scan(open_archives([path]))
    assert isinstance(article, Article)
    body, _ = read_body(article)
    document = parse(body)
    found = parse_markdown(written(document.blocks, Head(article.title, "林远")))
    shown = [block for block in document.blocks if not (isinstance(block, Heading) and not block.level)]
    assert found[:2] == [head(" ".join(article.title.split()), 1), para("林远")]
    assert list(words(found[2:])) == list(words(shown))
