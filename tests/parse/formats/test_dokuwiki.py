"""Pages of DokuWiki and Zim."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock, Footnotes, Heading, ListBlock, Quote, SpanKind, Table
from reader.parse.formats.dokuwiki import dokuwiki_to_html
from tests.growth import assert_linear
from tests.parse.formats.reading import Markup, texts

WIKI = Markup(dokuwiki_to_html)
ZIM = "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\nCreation-Date: 2015-03-04T10:00:00+01:00\n\n"


def test_headings_are_the_higher_the_more_signs_they_have() -> None:
    blocks = WIKI.read("====== Tide ======\n\n===== Moon =====\nText\n== Sun ==\n----\nend")
    assert [(block.level, block.text.text) for block in blocks if isinstance(block, Heading)][:2] == [
        (1, "Tide"),
        (2, "Moon"),
    ]
    assert list(texts(blocks)) == ["Tide", "Moon", "Text", "Sun", "", "end"]


def test_emphasis_links_and_pictures() -> None:
    source = "**a** //b// __c__ ''d'' [[port:lamp#oil|the lamp]] {{:port:map.png?200|Map}} https://a.example/b//c"
    spans = WIKI.spans(source)
    assert ("a", SpanKind.STRONG, "") in spans
    assert ("b", SpanKind.EMPHASIS, "") in spans
    assert ("d", SpanKind.CODE, "") in spans
    assert ("the lamp", SpanKind.LINK, "wiki:port/lamp#oil") in spans
    assert any(kind is SpanKind.IMAGE and value == "port/map.png" for _text, kind, value in spans)
    assert ("https://a.example/b//c", SpanKind.LINK, "https://a.example/b//c") in spans
    assert WIKI.spans("[[Old Port:Tide]] [[a@b.example]]") == [
        ("Old Port:Tide", SpanKind.LINK, "wiki:Old_Port/Tide"),
        ("a@b.example", SpanKind.LINK, "mailto:a@b.example"),
    ]


def test_slashes_of_an_address_are_no_emphasis() -> None:
    assert ("file:///a//b", SpanKind.LINK, "file:///a//b") in WIKI.spans(
        "the file:///a//b, //c// and ftp://a.example//d"
    )
    assert (
        "".join(texts(WIKI.read("the file:///a//b and ftp://a.example//d")))
        == "the file:///a//b and ftp://a.example//d"
    )


def test_percents_keep_text_in_dokuwiki_only() -> None:
    assert list(texts(WIKI.read("a %%**b**%% c"))) == ["a **b** c"]
    assert list(texts(WIKI.read(f"{ZIM}50%% of **b** and 60%% of c\n\n'''\n10%% %%\n'''"))) == [
        "50%% of b and 60%% of c",
        "10%% %%",
    ]


def test_code_is_within_the_item_that_it_belongs_to() -> None:
    (listed,) = WIKI.read("  - One:<code bash script.sh>\n# **x** <b>\n</code>\n  - Two\n    * deeper")
    assert isinstance(listed, ListBlock)
    assert listed.ordered
    assert list(texts([listed])) == ["One:", "# **x** <b>", "Two", "deeper"]
    code = next(block for block in listed.items[0].blocks if isinstance(block, CodeBlock))
    assert code.language == "bash"


def test_indented_lines_are_code_in_dokuwiki_alone() -> None:
    assert isinstance(WIKI.only("  a = b\n  c"), CodeBlock)
    assert list(texts(WIKI.read(f"{ZIM}  a = b\n\tc"))) == ["a = b\nc"]


def test_tables_quotations_and_footnotes() -> None:
    blocks = WIKI.read("^ Port ^ Tide ^\n| Low | [[x|a|b]] |\n| wide ||\n\n> said\n\nText((a **note**)).")
    table, quote, _text, notes = blocks
    assert isinstance(table, Table)
    assert isinstance(quote, Quote)
    assert isinstance(notes, Footnotes)
    assert list(texts([table])) == ["Port", "Tide", "Low", "a|b", "wide"]
    assert list(texts([notes])) == ["a note"]


def test_page_of_zim_has_lists_boxes_and_line_breaks_without_its_header() -> None:
    source = (
        f"{ZIM}====== Tide ======\none\ntwo\n\n[ ] open\n[*] done\n\t[x] not\n\n"
        "'''\n**raw**\n'''\n1. first\n2. second\n"
        '{{{code: lang="python3" linenumbers="True"\nx = 1\n}}}\n'
    )
    blocks = WIKI.read(source)
    assert list(texts(blocks)) == ["Tide", "one\ntwo", "open", "done", "not", "**raw**", "first", "second", "x = 1"]
    assert [block.language for block in blocks if isinstance(block, CodeBlock)] == ["", "python3"]


def test_instructions_and_boxes_are_not_shown_and_verbatim_text_is() -> None:
    source = "~~NOTOC~~\n<WRAP info>\nText %%**as it is**%% <nowiki>[[this]]</nowiki>\n</WRAP>\n{{tag>a b}}"
    assert list(texts(WIKI.read(source))) == ["Text **as it is** [[this]]"]


@given(
    st.lists(
        st.sampled_from(["lamp", "海", "**", "//", "[[", "]]", "|", "^", "''", "\n", "  * ", "==", "(("]), max_size=40
    )
)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost(pieces: list[str]) -> None:
    source = " ".join(pieces)
    said = " ".join(texts(WIKI.read(source)))
    assert [said.count(word) for word in ("lamp", "海")] == [source.count(word) for word in ("lamp", "海")]


def test_code_in_footnotes_is_shown() -> None:
    notes = WIKI.read("Text((run <code>make</code> first)).")[-1]
    assert isinstance(notes, Footnotes)
    assert list(texts([notes])) == ["run", "make", "first"]


@pytest.mark.parametrize(
    "piece", ["**a ", "[[a ", "''", "((a ", "{{", "<code>\n", "| a ", "//a ", "'''\n", "%%", "((a))"]
)
def test_work_grows_with_the_length(piece: str) -> None:
    assert_linear(lambda count: dokuwiki_to_html(piece * count), 1_000)


@pytest.mark.parametrize(
    ("start", "part"), [("", "<nowiki>"), ("== a", " "), ("== a", "="), ("|", "[["), ("|", "{{"), ("|", "[[a")]
)
def test_work_grows_with_the_length_of_a_line(start: str, part: str) -> None:
    end = "|" if start == "|" else "x"
    assert_linear(lambda count: dokuwiki_to_html(f"{start}{part * count}{end}"), 2_000)
