"""Markdown that breaks the specification as many authors do: shown as they mean it."""

from collections.abc import Callable
from time import process_time

import pytest

from reader.document.blocks import CodeBlock, Heading, Inline, MathBlock, Paragraph, Span, SpanKind
from reader.document.body import Body, BodyFormat
from reader.parse.markdown import deviations
from reader.parse.parser import parse
from tests.growth import assert_linear
from tests.parse.blocks import bullets, image, markdown, para

LINK = SpanKind.LINK


def test_markdown_may_follow_html_whose_elements_are_closed() -> None:
    assert markdown('<img src="a.png">\n## 灯\n- 海') == [
        image("", "a.png"),
        Heading(Inline("灯"), 2),
        bullets("海"),
    ]
    assert markdown("<div>\n<p>海</p>\n</div>\n**灯**亮") == [para("海"), para("灯亮", ("灯", SpanKind.STRONG))]
    assert markdown("- 一\n<p>海<br>- 岸</p>\n- 二") == [bullets("一"), para("海\n- 岸"), bullets("二")]


def test_html_with_open_elements_and_code_are_left_alone() -> None:
    assert markdown("<div>\n<b>海</b>\n- 岸\n</div>") == [para("海 - 岸", ("海", SpanKind.STRONG))]
    assert markdown("<pre>\n<i>海</i>\n- 岸\n</pre>")[0].text.text == "海\n- 岸"  # type: ignore[union-attr]
    assert markdown("```html\n<br>\n- 岸\n```") == [CodeBlock(Inline("<br>\n- 岸"), "html")]
    assert markdown("<b>海</b>\n与 `岸`") == [para("海\n与 岸", ("海", SpanKind.STRONG), ("岸", SpanKind.CODE))]


def test_an_address_may_have_blanks() -> None:
    assert markdown('![灯](https://a.example/the lamp.jpg "塔")') == [image("灯", "https://a.example/the lamp.jpg")]
    assert markdown("[海](/q?a=the sea) [岸](#the shore)") == [
        para("海 岸", ("海", LINK, "/q?a=the sea"), ("岸", LINK, "#the shore"))
    ]
    assert markdown('[海](/sea "the sea")') == [para("海", ("海", LINK, "/sea"))]


def test_an_address_of_a_picture_may_be_followed_by_its_size() -> None:
    assert markdown("![](https://a.example/a.png =400x)\n![](/b.png =40x30)") == [
        image("", "https://a.example/a.png"),
        image("", "/b.png"),
    ]


def test_a_picture_may_lack_a_quotation_mark() -> None:
    assert markdown('<img src="https://a.example/lamp.png width="800" />') == [image("", "https://a.example/lamp.png")]


def test_fences_may_be_indented_with_wide_blanks() -> None:
    nbsp = "\u00a0"
    assert markdown(f"海\n\n{nbsp} ```c\n{nbsp} if (x)\n{nbsp}   y();\n{nbsp} ```\n岸") == [
        para("海"),
        CodeBlock(Inline("if (x)\n  y();"), "c"),
        para("岸"),
    ]
    assert markdown(f"{nbsp}```c 未完") == [para("```c 未完")]


def test_formulas_of_wordpress() -> None:
    expected = Paragraph(Inline("a_1 与 $latex b$", (Span(0, 3, SpanKind.MATH), Span(6, 15, SpanKind.CODE))))
    assert markdown("$latex a_1 $ 与 `$latex b$`") == [expected]
    found = parse(Body("<p>$latex a_1 $ 与 <code>$latex b$</code></p>", BodyFormat.HTML, ""))
    assert [leaf.text.text for leaf in found.leaves] == ["a_1 与 $latex b$"]
    assert [span.kind for leaf in found.leaves for span in leaf.text.spans] == [SpanKind.MATH, SpanKind.CODE]


def test_a_line_with_many_carets_shows_no_character_references() -> None:
    line = " + ".join(f"({number}^2 + a)^1/2" for number in range(20))
    assert markdown(line) == [para(line)]


def test_formulas_next_to_letters_and_letters_marked_in_words() -> None:
    math = SpanKind.MATH
    assert markdown(r"$\quad$for 与 elem$(1 \leq i)$，$HOME/a:$PATH") == [
        para(r"\quadfor 与 elem(1 \leq i)，$HOME/a:$PATH", (r"\quad", math), (r"(1 \leq i)", math))
    ]
    assert markdown("==y==ank a==b==c") == [para("yank a==b==c", ("y", SpanKind.MARKED))]


def test_an_environment_of_latex_that_stands_alone_is_a_formula() -> None:
    assert markdown("甲\n\n\\begin{align*}\na &= b \\\\\n- c\n\\end{align*}\n乙") == [
        para("甲"),
        MathBlock(Inline(r"\begin{align*} a &= b \\ - c \end{align*}")),
        para("乙"),
    ]
    assert markdown("\\begin{align}\nx\\_1 \\\\\\\\\n\\end{align}") == [
        MathBlock(Inline(r"\begin{align} x_1 \\ \end{align}"))
    ]
    assert markdown("\\begin{align}\n- 甲") == [para(r"\begin{align}"), bullets("甲")]


@pytest.mark.parametrize(
    "text",
    [
        lambda size: "# 题\n\n##甲" + " " * size + "乙",
        lambda size: "##甲" + "#" * size + "乙",
        lambda size: "$latex" + " " * size + "x",
        lambda size: "<b>\n- 甲\n" * (size // 10),
        lambda size: "<i>甲</i>\n" * (size // 20) + "<b>\n- 甲\n" * (size // 40),
    ],
)
def test_repeated_deviations_take_linear_time(text: Callable[[int], str]) -> None:
    assert_linear(lambda size: parse(Body(text(size), BodyFormat.MARKDOWN)), 10_000)


@pytest.mark.parametrize(
    ("source", "tex"),
    [
        (r"若$ \lfloor\frac{a}{m}\rfloor$，则", r"\lfloor\frac{a}{m}\rfloor"),
        (r"$\alpha $ 与 $ \beta $", r"\alpha \beta"),
        ("取 $ x $ 与 $ y_i = 2 $", "x y_i = 2"),
        (r"$ f'(x) \neq 0 $", r"f'(x) \neq 0"),
        ("当 $n=4$(四边形)时", "n=4"),
        ("当$f＜f_r$时", "f＜f_r"),
        ("a=25,m=$2^{48}$", "2^{48}"),
        (r"$for\ 1\leq i\leq n:$", r"for\ 1\leq i\leq n:"),
        ("CO$_2$ 与 H$_2$O、e$^{x+1}$ 及 [3]$^{\\ast}$", r"_2 _2 ^{x+1} ^{\ast}"),
        ("取 $u_1 $ 与 $ v_{n}$，$w $", "u_1 v_{n} w"),
        ("句。$^{[1]}$，词 $^*$ 与 word.$^{[3-4]}$", "^{[1]} ^* ^{[3-4]}"),
        (r"AdS/$\mathbb{Z}$ 或 “$:H_R:$”", r"\mathbb{Z} :H_R:"),
        (r"则 $明文 \oplus 密钥$ 为", r"明文 \oplus 密钥"),
    ],
)
def test_formula_is_found_where_the_specification_has_none(source: str, tex: str) -> None:
    (paragraph,) = markdown(f"字{source}")
    assert isinstance(paragraph, Paragraph)
    text = paragraph.text
    assert " ".join(text.text[span.start : span.end] for span in text.spans if span.kind is SpanKind.MATH) == tex


@pytest.mark.parametrize(
    "source",
    [
        "用 $ ls 与 $ cd .. 两条",
        "costs $ 5 and $ 6",
        r"$ echo '\neq' $ 后",
        "US$ a $ b",
        "$ npm i $",
        r"`$ \alpha $`",
        "$a$(b)",
        "A=$B=$(pwd)",
        "x=$user_id$",
        "价 $ 人 $ 元",
        "x$_name$ y$_id$",
        "about $5 = $ 后",
        r"'/$\d+$/' 与 '$a\nb$'",
        r"价 $5，\times 共 $6",
    ],
)
def test_dollars_of_shells_and_prices_are_no_formulas(source: str) -> None:
    (paragraph,) = markdown(source)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.text == source.strip("`")
    assert not any(span.kind is SpanKind.MATH for span in paragraph.text.spans)


def test_code_below_html_is_code() -> None:
    code = CodeBlock(Inline("# 甲\n\n<x>"), "sh")
    fence = "```sh\n# 甲\n\n<x>\n```"
    assert markdown(f"<br/>\n灯塔：\n{fence}\n") == [para("灯塔："), code]
    assert markdown(f"<body>\n<p>灯塔</p>\n{fence}\n<p>海</p></body>") == [para("灯塔"), code, para("海")]


def test_an_expression_of_many_signs_takes_linear_time() -> None:
    for sign in ("=", "a=", "_"):
        assert_linear(lambda size, sign=sign: deviations._is_tex(f" {sign * size}~ "), 2_000)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("files/The Keeper's Lamp.pdf", "files/The Keeper's Lamp.pdf"),
        ("../The keepers' lamp.png", "../The keepers' lamp.png"),
        ("lamp 'Title'", None),
    ],
)
def test_an_address_with_spaces_and_an_apostrophe(written: str, address: str | None) -> None:
    spans = markdown(f"[lamp]({written})")[0].text.spans  # type: ignore[union-attr]
    assert [span.value for span in spans] == [address or "lamp"]


def test_many_blanks_in_addresses_take_little_time() -> None:
    start = process_time()
    deviations._spaced_targets(("](a" + " " * 1_000) * 200)
    # It took ten times as long with a test of each character for an apostrophe.
    assert process_time() - start < 3


def test_an_address_with_spaces_before_attributes() -> None:
    assert markdown("灯 ![塔](../assets/a b.png){:height 322, :width 371}") == markdown("灯 ![塔](<../assets/a b.png>)")


def test_code_in_a_quotation_ends_with_it() -> None:
    made = markdown("> ```\n> x\n\n[灯](a.md){: .x}")
    assert made[1] == para("灯", ("灯", SpanKind.LINK, "a.md"))


def test_comparisons_on_several_lines_are_no_highlight() -> None:
    assert markdown("若 a==1 则\n或 b==0")[0].text == Inline("若 a==1 则\n或 b==0")  # type: ignore[union-attr]
    marked = markdown("若 ==一\n二== 则")[0].text  # type: ignore[union-attr]
    assert [span.kind for span in marked.spans] == [SpanKind.MARKED]


@pytest.mark.parametrize("listed", ['[["1.5"]]', '[["a","b"]]', "[['a']]", "[[1, 2]]", "[[1,2,3]]", "[[0.5, -1]]"])
def test_lists_in_lists_are_no_links(listed: str) -> None:
    assert markdown(f"isNaN({listed})")[0].text == Inline(f"isNaN({listed})")  # type: ignore[union-attr]
