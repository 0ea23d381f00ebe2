"""Org, compared with its own HTML export."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnotes,
    Heading,
    Image,
    ListBlock,
    MathBlock,
    Quote,
    Rule,
    SpanKind,
    Table,
)
from reader.parse.formats.org import org_to_html
from reader.parse.html import parse_html
from reader.settings.options import SourceBreaks
from tests.growth import assert_linear
from tests.parse.formats.reading import Markup, texts

MARKUP = Markup(org_to_html)
read, only, spans = MARKUP.read, MARKUP.only, MARKUP.spans


def test_headlines_keep_their_words_and_tags_and_hide_drawers() -> None:
    source = "* 潮 :sea:\n:PROPERTIES:\n:ID: 1\n:END:\n文\n** TODO 风\n:LOGBOOK:\n- x\n:END:\n尾"
    blocks = read(source)
    assert [(one.text.text, one.level) for one in blocks if isinstance(one, Heading)] == [("潮", 1), ("TODO 风", 2)]
    assert list(texts(blocks)) == ["潮", ":sea:", "文", "TODO 风", "尾"]


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("看 *灯塔* 吧", "灯塔", SpanKind.STRONG),
        ("看*灯塔*吧", "灯塔", SpanKind.STRONG),
        ("a /b c/ d", "b c", SpanKind.EMPHASIS),
        ("_u_", "u", SpanKind.UNDERLINE),
        ("a +b+ c", "b", SpanKind.STRIKE),
        ("run =ls -l= now", "ls -l", SpanKind.CODE),
        ("run ~a*b*c~ now", "a*b*c", SpanKind.CODE),
        ("H_{2}O", "2", SpanKind.SUBSCRIPT),
        ("x^{2}", "2", SpanKind.SUPERSCRIPT),
    ],
)
def test_emphasis(source: str, text: str, kind: SpanKind) -> None:
    assert spans(source) == [(text, kind, "")]


@pytest.mark.parametrize(
    "source",
    ["a*b*c", "2 * 3 * 4", "snake_case_name", "a/b/c", "x=1 y=2", "1 + 2 + 3", "C++ and C++", "2 ** 3 == 8, a // b"],
)
def test_no_emphasis(source: str) -> None:
    assert spans(source) == []
    assert list(texts(read(source))) == [source]


def test_links_and_pictures() -> None:
    assert spans("[[https://example.org/a][灯 *塔*]]")[0] == ("灯 塔", SpanKind.LINK, "https://example.org/a")
    assert spans("https://example.org/b。")[0] == ("https://example.org/b", SpanKind.LINK, "https://example.org/b")
    assert spans("[[file:a.org][[#B] 数组 a[0]]]") == [("[#B] 数组 a[0]", SpanKind.LINK, "a.org")]
    assert [span[0] for span in spans("[[a.org][甲]]，[[b.org][乙]]")] == ["甲", "乙"]
    assert spans("见 [[file:next.org]]")[0][1:] == (SpanKind.LINK, "next.org")
    picture = only("[[file:img/a.png]]")
    assert isinstance(picture, Image)
    assert picture.source == "img/a.png"
    figure = only("#+CAPTION: 图 =一=\n[[./b.jpg]]")
    assert isinstance(figure, Figure)
    assert list(texts(figure.caption)) == ["图 一"]


def test_formulas_and_named_characters() -> None:
    assert spans("由 $x_{1}, \\ldots,\nx_{n}$ 得") == [("x_{1}, \\ldots, x_{n}", SpanKind.MATH, "")]
    assert isinstance(only("$$\\sum_{i}^{n} x_{i}$$"), MathBlock)
    for source in ("价 $5 和 $6", "$HOME:$USER", "$ 5 $", "$x $y"):
        assert list(texts(read(source))) == [source]
    assert list(texts(read("\\alpha{}b \\to C:\\alpha \\it \\nowhere"))) == ["αb → C:\\alpha \\it \\nowhere"]


def test_a_target_may_hold_escaped_brackets() -> None:
    assert spans("[[file:a.org::\\[#B\\]x][[#B] 读]] 与 [[\\[a\\]]]") == [
        ("[#B] 读", SpanKind.LINK, "a.org"),
        ("[a]", SpanKind.LINK, "[a]"),
    ]


def test_lists_of_all_kinds() -> None:
    plain, ordered, defined = read("- 一\n  续\n  - 里\n- [X] 二\n\n3. 三\n4. 四\n\n- 词 :: 义\n- 语 :: 意\n")
    assert isinstance(plain, ListBlock)
    assert isinstance(ordered, ListBlock)
    assert [item.checked for item in plain.items] == [None, True]
    assert list(texts(plain.items[0].blocks)) == ["一续", "里"]
    assert (ordered.ordered, ordered.start) == (True, 3)
    assert isinstance(defined, DefinitionList)
    assert list(texts([defined])) == ["词", "义", "语", "意"]


def test_blocks() -> None:
    source = (
        "#+BEGIN_SRC python :results output\n  if a < b:\n      pass\n  ,* no headline\n#+END_SRC\n"
        "#+begin_quote\n引 *文*\n#+end_quote\n#+BEGIN_VERSE\n一\n二\n#+END_VERSE\n"
        "#+BEGIN_COMMENT\nhidden\n#+END_COMMENT\n: fixed\n:   width\n-----\n"
        "\\begin{equation}\nx = 1\n\\end{equation}\n#+BEGIN_NOTE\n注\n#+END_NOTE\n# comment\n"
    )
    code, quote, verse, fixed, rule, formula, note = read(source)
    assert code == CodeBlock(text=code.text, language="python")  # type: ignore[union-attr]
    assert list(texts([code])) == ["if a < b:\n    pass\n* no headline"]
    assert isinstance(quote, Quote)
    assert list(texts([verse, fixed])) == ["一\n二", "fixed\n  width"]
    assert isinstance(rule, Rule)
    assert isinstance(formula, MathBlock)
    assert list(texts([note])) == ["注"]


def test_a_table_has_the_rows_above_its_first_rule_as_head() -> None:
    table = only("| 名 | 值 |\n|----+----|\n| a | 1 |\n|----+----|\n| b | =2= |\n#+TBLFM: $2=1\n")
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert list(texts([table])) == ["名", "值", "a", "1", "b", "2"]


def test_footnotes() -> None:
    text, notes = read("甲[fn:1]乙[fn:x]丙[fn::就地]\n\n[fn:1] 其一\n[fn:x] 其二\n续\n")
    assert list(texts([text])) == ["甲1乙2丙3"]
    assert isinstance(notes, Footnotes)
    assert [list(texts(note.blocks)) for note in notes.notes] == [["其一"], ["其二续"], ["就地"]]


@pytest.mark.parametrize(
    "source", ["#+BEGIN_SRC\n开", ":DRAWER:\n开", "[[开", "[fn:", "*开", "|", "- ", "#+CAPTION: 开", "\\begin{x}开"]
)
def test_unclosed_markup_stays_text(source: str) -> None:
    assert ("开" in "".join(texts(read(source)))) == (
        source.startswith("#+BEGIN") or ("开" in source and "#+C" not in source)
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "灯",
                " ",
                "\n",
                "* ",
                "- ",
                "*",
                "/",
                "=",
                "[[",
                "]]",
                "|",
                "#+BEGIN_SRC\n",
                "#+END_SRC\n",
                ":A:\n",
                "[fn:1]",
                "1. ",
                "  ",
            ]
        ),
        max_size=60,
    ).map("".join)
)
def test_any_text_is_parsed_and_no_character_lost(source: str) -> None:
    # A link without a description shows its address.
    assert "".join(texts(read(source))).count("灯") == source.count("灯")


@pytest.mark.parametrize(
    "piece",
    [
        "#+BEGIN_SRC\n",
        ":A:\n",
        "[[",
        "*a ",
        "- a\n",
        "  - a\n",
        "|a",
        "|a|\n",
        "[fn:a] b\n",
        "\\begin{a}\n",
        "=a ",
        "* a\n",
        "[fn:1]",
        "a :: b\n",
        "<<",
    ],
)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: org_to_html(piece * size), 500, slack=5)


@pytest.mark.parametrize("start", ["* a", "- a"])
def test_a_long_row_of_blanks_takes_linear_time(start: str) -> None:
    assert_linear(lambda size: org_to_html(f"{start}{' ' * size}x"), 2_000)


def test_a_block_belongs_to_its_item_however_its_lines_are_indented() -> None:
    (found,) = MARKUP.read("- 灯\n\n  #+begin_src sh\na\n\n# b\n  #+end_src\n\n- 塔\n")
    assert isinstance(found, ListBlock)
    assert [[type(block).__name__ for block in item.blocks] for item in found.items] == [
        ["Paragraph", "CodeBlock"],
        ["Paragraph"],
    ]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("灯塔亮了\n船还没来\n雾很大", True),
        ("Keeper: Lin\nLamp: oil\nTide: high", True),
        (
            "灯塔整夜亮着海上有雾船在等待守塔的人没有睡他在写日志写到\n天亮的时候雾散了船来了港口的人都去看那条船从北方来的船。",
            False,
        ),
        ("the lamp burns all night and the ships are waiting outside\nfor the fog to lift, as every year.", False),
    ],
)
def test_line_breaks_are_kept_as_in_markdown(source: str, *, kept: bool) -> None:
    (text,) = texts(read(source))
    assert ("\n" in text) is kept
    (joined,) = texts(parse_html(org_to_html(source, SourceBreaks.JOIN)))
    assert "\n" not in joined
