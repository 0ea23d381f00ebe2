import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock, Heading, Inline, ListBlock, ListItem, Paragraph, Quote
from reader.document.document import Document, Position, Range
from reader.document.find import find
from tests.growth import assert_linear


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Inline(text)) for text in texts))


def hits(text: str, needle: str) -> list[str]:
    return [text[found.start.offset : found.end.offset] for found in find(document(text), needle)]


@pytest.mark.parametrize(
    ("text", "needle", "expected"),
    [
        ("灯塔照着海，灯塔不睡。", "灯塔", ["灯塔", "灯塔"]),
        ("The LIGHT and the light", "Light", ["LIGHT", "light"]),
        ("ＡＢＣ abc", "abc", ["ＡＢＣ", "abc"]),
        ("共 10 个，共１０个", "１０", ["10", "１０"]),
        ("a café, a cafe\u0301, a cafe", "cafe", ["café", "cafe\u0301", "cafe"]),
        ("a cafe", "café", ["cafe"]),
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("等等……然后", "然后", ["然后"]),
        ("½杯、①号、㎏", "①号", ["①号"]),
        ("ﬁne ﬂag", "fi", ["ﬁ"]),
        ("ﬁne ﬂag", "f", ["ﬁ", "ﬂ"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("oﬃce", "off", ["oﬃ"]),
        ("one\n two\u3000three", "ONE TWO  three", ["one\n two\u3000three"]),
        ("onetwo", "one two", []),
        ("ﾃﾞｰﾀとデータ", "データ", ["ﾃﾞｰﾀ", "データ"]),
        (unicodedata.normalize("NFD", "がく"), "がく", [unicodedata.normalize("NFD", "がく")]),
        ("ハハ", "パ", []),
        (unicodedata.normalize("NFD", "한국어 책"), "국어", [unicodedata.normalize("NFD", "국어")]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b", ".", ["."]),
        ("a|b", "a.b", []),
        ("ÎLE", "île", ["ÎLE"]),
        ("Θάλασσας", "ΘΑΛΑΣΣΑΣ", ["Θάλασσας"]),
        ("𠮷野家と吉野家", "𠮷野", ["𠮷野"]),
    ],
)
def test_needle_is_found_ignoring_case_accents_and_width(text: str, needle: str, expected: list[str]) -> None:
    assert hits(text, needle) == expected


@pytest.mark.parametrize("needle", ["", " ", "\u3000\n", "\u0301", "\x00"])
def test_empty_needle_is_not_found(needle: str) -> None:
    assert find(document("a b", "c"), needle) == ()


def test_hits_come_in_reading_order_from_every_kind_of_leaf_but_the_title() -> None:
    found = find(
        Document(
            (
                Heading(Inline("lamp"), 0),
                Heading(Inline("The lamp"), 1),
                ListBlock((ListItem((Paragraph(Inline("lamp and lamp")),)),)),
                Quote((CodeBlock(Inline("lamp()")),)),
            )
        ),
        "lamp",
    )
    assert [(hit.start.block, hit.start.offset) for hit in found] == [(1, 4), (2, 0), (2, 9), (3, 0)]


def test_match_never_spans_two_leaves() -> None:
    assert find(document("light", "house"), "lighthouse") == ()
    assert find(document("light", "house"), "light house") == ()


def test_offsets_are_right_after_leaves_that_grow_when_folded() -> None:
    found = find(document("……", "½", "x灯塔"), "灯塔")
    assert found == (Range(Position(2, 1), Position(2, 3)),)


TEXTS = st.text(
    st.one_of(st.sampled_from("aAáßﬁﬀ…½①㎏İ ㄱ가ｶﾞがﾃ\u0301\u3099\u3000\n灯塔"), st.characters()), max_size=30
).filter(lambda text: "\x00" not in text)


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_matches_are_ordered_disjoint_and_within_their_leaf(texts: list[str], needle: str) -> None:
    last = Position(0)
    for hit in find(document(*texts), needle):
        assert last <= hit.start < hit.end
        assert hit.start.block == hit.end.block
        assert hit.end.offset <= len(texts[hit.start.block])
        last = hit.end


LETTERS = st.text(st.sampled_from("abé灯塔照海が한Ω，。"), min_size=1, max_size=6)


@given(LETTERS, LETTERS, LETTERS)
def test_needle_is_found_exactly_where_it_occurs(before: str, needle: str, behind: str) -> None:
    text = f"{before}\n{needle.upper()}\n{behind}"
    assert any(hit.casefold() == needle.casefold() for hit in hits(text, needle))


def test_a_megabyte_is_searched_in_linear_time() -> None:
    text = "灯塔照着黑夜里的海，看守人数着“每一次”闪光……第3遍，" * 6
    long = document(*[text] * 2_000)
    short = document(*[text] * 200)
    assert len(find(long, "看守人")) == 6 * len(long.leaves)
    assert_linear(lambda size: find(long if size == 2_000 else short, "看守人"), 200)
