"""Wikitext of TiddlyWiki."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock, Heading, ListBlock, Paragraph, Quote, SpanKind, Table
from reader.parse.formats.tiddlywiki import tiddlywiki_to_html
from tests.growth import assert_linear
from tests.parse.formats.reading import Markup, texts

WIKI = Markup(tiddlywiki_to_html)


def test_headings_lists_and_rules() -> None:
    blocks = WIKI.read("! Tide\n!! Moon\n* one\n** deeper\n*# first\n* two\n---\n; Term\n: meaning")
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2]
    assert list(texts(blocks)) == ["Tide", "Moon", "one", "deeper", "first", "two", "", "Term", "meaning"]
    listed = next(block for block in blocks if isinstance(block, ListBlock))
    assert not listed.ordered


def test_the_tag_of_a_widget_may_continue_on_further_lines() -> None:
    source = 'before\n\n<$list filter="[tag[x]]"\n  emptyMessage="a > b"\n>\n\n* one\n\n</$list>\n\nafter'
    assert list(texts(WIKI.read(source))) == ["before", "one", "after"]
    assert list(texts(WIKI.read("```\n<$list\n>\n```"))) == ["<$list\n>"]
    assert_linear(lambda size: WIKI.read("<$a \n'" * size), 200)


def test_paragraphs_may_begin_with_code_emphasis_or_links() -> None:
    for first in ("`tide`", "''tide''", "[[tide]]", "<span>tide</span>", "<b>tide</b>"):
        assert list(texts(WIKI.read(f"{first} rises;\n\n{first} falls;\n\nafter"))) == [
            "tide rises;",
            "tide falls;",
            "after",
        ]


def test_emphasis_code_and_links() -> None:
    spans = WIKI.spans("''a'' //b// `c''d''` [[the lamp|Lamp House]] [[Tide]] [ext[out|https://a.example]] ~PlainName")
    assert spans == [
        ("a", SpanKind.STRONG, ""),
        ("b", SpanKind.EMPHASIS, ""),
        ("c''d''", SpanKind.CODE, ""),
        ("the lamp", SpanKind.LINK, "wiki:Lamp House"),
        ("Tide", SpanKind.LINK, "wiki:Tide"),
        ("out", SpanKind.LINK, "https://a.example"),
    ]
    assert list(texts(WIKI.read("~PlainName"))) == ["PlainName"]


def test_code_quotations_tables_and_lines() -> None:
    source = (
        "```js\nlet a = ''b'';\n```\n\n<<<\nsaid\n<<< Anna\n\n|!Port|Tide|h\n|Low|[[a|b]]|\n|a caption|c\n\n"
        '"""\none\ntwo\n"""\n'
    )
    code, quote, table, lines = WIKI.read(source)
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text.text) == ("js", "let a = ''b'';")
    assert isinstance(quote, Quote)
    assert isinstance(table, Table)
    assert {"Port", "Tide", "Low", "a"} <= set(texts([table]))
    assert list(texts([lines])) == ["one\ntwo"]


def test_programs_are_left_out_and_what_they_include_is_named() -> None:
    source = (
        "\\define hello(name)\nHello $name$\n\\end\n\\import [tag[x]]\n\n<$list filter='[tag[a]]'>\n\n"
        'Shown {{Lamp}}\n\n</$list>\n\n<<toc "x">>\n\n<!-- not this -->'
    )
    blocks = WIKI.read(source)
    assert list(texts(blocks)) == ["Shown Lamp", '<<toc "x">>']
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text.spans[0].value == "wiki:Lamp"


@given(
    st.lists(
        st.sampled_from(["lamp", "海", "''", "//", "[[", "]]", "|", "`", "{{", "}}", "\n", "* ", "! ", "<<"]),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost(pieces: list[str]) -> None:
    source = " ".join(pieces)
    said = " ".join(texts(WIKI.read(source)))
    assert all(word in said for word in ("lamp", "海") if word in source and "[[" not in source and "|" not in source)


@pytest.mark.parametrize(
    "piece",
    [
        "''a ",
        "[[a ",
        "<<a ",
        "{{",
        "```\n",
        "|a",
        "<$a ",
        '<$a "',
        '<$a "" ',
        "<$a <<b>> ",
        "\\define a()\n",
        "<<<\n",
        "@@a",
    ],
)
def test_work_grows_with_the_length(piece: str) -> None:
    assert_linear(lambda count: tiddlywiki_to_html(piece * count), 1_000)


@pytest.mark.parametrize(
    ("start", "part"), [("@@", "a"), ("|", "[["), ("|", "<<"), ("|", "{{"), ("|", "[img"), ("|", "[ext[")]
)
def test_work_grows_with_the_length_of_a_line(start: str, part: str) -> None:
    end = "|" if start == "|" else " x"
    assert_linear(lambda count: tiddlywiki_to_html(f"{start}{part * count}{end}"), 2_000)


@pytest.mark.parametrize(
    "tag",
    [
        '<$button tooltip="a" aria-label="b" class="c" actions="d" dragFilter="e" selectedClass="f" default="g">',
        "<$action-setfield $tiddler=AVeryLongNameOfATiddler $field=description $value=anotherLongValue/>",
        '<$list\n  filter="[tag[lamp]]"\n  variable="one">',
        "<$text text=<<name of>> class={{!!one}}>",
    ],
)
def test_widgets_with_long_tags_are_not_shown(tag: str) -> None:
    assert list(texts(WIKI.read(f"{tag}lamp"))) == ["lamp"]
