"""AsciiDoc, according to its documentation."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document.blocks import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnotes,
    Heading,
    Image,
    ListBlock,
    Quote,
    Rule,
    SpanKind,
    Table,
)
from reader.parse.formats.asciidoc import asciidoc_to_html
from tests.growth import assert_linear
from tests.parse.formats.reading import Markup, texts

MARKUP = Markup(asciidoc_to_html)
read, only, spans = MARKUP.read, MARKUP.only, MARKUP.spans


def test_the_head_has_title_author_and_attributes() -> None:
    blocks = read(
        "= 潮见塔\n浜野 一 <a@example.org>\nv1.2, 2021-03-04\n:lamp: 灯\n\n看{lamp}，{unknown}。\n\n== 风\n\n=== 雨\n"
    )
    assert [(one.text.text, one.level) for one in blocks if isinstance(one, Heading)] == [
        ("潮见塔", 1),
        ("风", 2),
        ("雨", 3),
    ]
    assert list(texts(blocks))[1:3] == ["浜野 一 <a@example.org> v1.2, 2021-03-04", "看灯，{unknown}。"]


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("看 *灯塔* 吧", "灯塔", SpanKind.STRONG),
        ("看*灯塔*吧", "灯塔", SpanKind.STRONG),
        ("a _b c_ d", "b c", SpanKind.EMPHASIS),
        ("a **b**c", "b", SpanKind.STRONG),
        ("run `ls *.x` now", "ls *.x", SpanKind.CODE),
        ("a #b# c", "b", SpanKind.MARKED),
        ("H~2~O", "2", SpanKind.SUBSCRIPT),
        ("x^2^", "2", SpanKind.SUPERSCRIPT),
        ("kbd:[Esc]", "Esc", SpanKind.KEYBOARD),
    ],
)
def test_emphasis(source: str, text: str, kind: SpanKind) -> None:
    assert spans(source) == [(text, kind, "")]


@pytest.mark.parametrize("source", ["a*b*c", "2 * 3 * 4", "snake_case_name", "std::vector a", "a - b", "x # y"])
def test_no_emphasis(source: str) -> None:
    assert spans(source) == []
    assert list(texts(read(source))) == [source]


def test_links() -> None:
    assert spans("https://example.org/a[灯 塔^]") == [("灯 塔", SpanKind.LINK, "https://example.org/a")]
    assert spans("link:b.html[乙]") == [("乙", SpanKind.LINK, "b.html")]
    assert spans("见 xref:c.adoc#x[丙]") == [("丙", SpanKind.LINK, "c.adoc#x")]
    assert list(texts(read("见<<d,丁>>"))) == ["见丁"]
    assert spans("在 https://example.org/e。") == [("https://example.org/e", SpanKind.LINK, "https://example.org/e")]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('((灯塔))下(((灯塔, "高 (石)")))有人', "灯塔下有人"),
        ("他说``风 *大*''。", "他说“风 大”。"),
        ("他说\"`风`\"和'`雨`'。", "他说“风”和‘雨’。"),
        ("灯塔--海边 -- 石头", "灯塔—海边 — 石头"),
        ("&#28783;塔 `&#x706f;`", "灯塔 灯"),
        ("++a*b++ 与 $$https://a.b/*$$[]", "a*b 与 https://a.b/*"),
        ("\\*a* \\{lamp} \\<<b>> C:\\_temp", "*a* {lamp} <<b>> C:\\_temp"),
        ("甲\n// 不见\n乙", "甲乙"),
        ("ifdef::web[]\n甲\nendif::[]", "甲"),
        ("ifdef::web[甲]", "ifdef::web[甲]"),
    ],
)
def test_text_is_set_as_asciidoctor_sets_it(source: str, shown: str) -> None:
    assert list(texts(read(source))) == [shown]


def test_the_name_of_a_link_is_shown_if_its_attribute_is_unknown() -> None:
    assert spans("{docs}/a.html#b[见 *此*]")[0] == ("见 此", SpanKind.LINK, "{docs}/a.html#b")
    assert spans(":docs: https://example.org\n\n{docs}[见此]") == [("见此", SpanKind.LINK, "https://example.org")]


def test_titles_of_pictures_and_tables_are_captions() -> None:
    figure, table = read(".图 _一_\nimage::a.png[灯]\n\n.表\n|===\n|a |b\n|c |d\n|===\n")
    assert isinstance(figure, Figure)
    assert list(texts(figure.caption)) == ["图 一"]
    assert isinstance(table, Table)
    assert list(texts([table])) == ["表", "a", "b", "c", "d"]


def test_lists() -> None:
    plain, code, ordered, defined = read(
        "* 一\n** 里\n* [x] 二\n续\n\n// between\n----\na\n----\n\n. 三\n. 四\n+\n接\n\n"
        "----\n----\n\n词:: 义\n语::\n  意\n"
    )[:4]
    assert isinstance(plain, ListBlock)
    assert list(texts(plain.items[0].blocks)) == ["一", "里"]
    assert plain.items[1].checked is True
    assert isinstance(code, CodeBlock)
    assert isinstance(ordered, ListBlock)
    assert list(texts(ordered.items[1].blocks)) == ["四", "接"]
    assert list(texts([defined])) == [""] or isinstance(defined, DefinitionList | CodeBlock)


def test_definitions() -> None:
    defined = only("词:: 义\n语::\n  意\n")
    assert isinstance(defined, DefinitionList)
    assert list(texts([defined])) == ["词", "义", "语", "意"]


def test_blocks() -> None:
    source = (
        "[source,python]\n----\nif a < b:\n    pass\n----\n\n....\nplain\n....\n\n[quote, 某人]\n____\n引文\n____\n\n"
        "NOTE: 注意\n\n[WARNING]\n====\n当心\n====\n\n'''\n\nimage::a.png[图]\n\n////\nhidden\n////\n\n indented\n"
    )
    code, plain, quote, *rest = read(source)
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text.text) == ("python", "if a < b:\n    pass")
    assert isinstance(plain, CodeBlock)
    assert isinstance(quote, Quote)
    assert list(texts([quote])) == ["引文", "— 某人"]
    assert "hidden" not in "".join(texts(rest))
    assert [type(one) for one in rest[-3:]] == [Rule, Image, CodeBlock]
    assert [one for one in texts(rest) if one in {"注意", "当心"}] == ["注意", "当心"]


def test_tables() -> None:
    table = only('[cols="1,2"]\n|===\n|名 |值\n\n|a |1\n|b\n|2\n|===\n')
    assert isinstance(table, Table)
    assert (table.header_rows, len(table.rows)) == (1, 3)
    assert list(texts([table])) == ["名", "值", "a", "1", "b", "2"]


def test_footnotes() -> None:
    text, notes = read("甲footnote:[其一]乙footnote:x[其二]丙footnote:x[]")
    assert list(texts([text])) == ["甲1乙2丙2"]
    assert isinstance(notes, Footnotes)
    assert [list(texts(note.blocks)) for note in notes.notes] == [["其一"], ["其二"]]


def test_text_before_the_first_bar_of_a_table_is_a_cell() -> None:
    assert list(texts(read("|===\n灯塔\n|海\n|===\n"))) == ["灯塔", "海"]


@given(
    st.lists(
        st.sampled_from(
            [
                "灯",
                " ",
                "\n",
                "* ",
                ". ",
                "*",
                "_",
                "`",
                "----\n",
                "====\n",
                "|===\n",
                "|",
                "[x]\n",
                "::",
                "+\n",
                "== ",
                "<<",
                ">>",
                "\n\n",
            ]
        ),
        max_size=60,
    ).map("".join)
)
@example("|===\n灯\n|===\n")
@example("|===\n灯 | b\n\n| c | d\n|===\n")
def test_any_text_is_parsed_and_no_character_lost(source: str) -> None:
    assert "".join(texts(read(source))).count("灯") >= source.replace("<<灯", "灯").count("灯")


@pytest.mark.parametrize(
    "piece",
    [
        "----\n",
        "|===\n",
        "* a\n",
        "** a\n",
        "*a ",
        "<<a",
        "[a",
        "a::\n",
        "|a",
        "footnote:[",
        "https://a[",
        "`a ",
        "+\n",
        "== a\n",
        ". a\n* a\n",
    ],
)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: asciidoc_to_html(piece * size), 500, slack=5)
