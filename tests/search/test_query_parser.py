"""The query language: parsing, positions of errors, and formatting of parsed queries."""

import pytest

from reader.errors import ReaderError
from reader.search.query_parser import And, Field, Not, Or, QueryNode, parse, words_of
from reader.search.query_writer import written
from tests.search.querying import TODAY, A, B, C, D, phrase, refused, word


@pytest.mark.parametrize(
    "text", ["", "  ", "\n", "\u200b", "-", "--", " - ", "AND", '""', "()", "（ ）", "-()", '-""', "“ ”"]
)
def test_empty_query_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a\u3000b", And((A, B))),
        ("a AND b", And((A, B))),
        ("AND a AND", A),
        ("a - b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a | b", Or((A, B))),
        ("a|b", Or((A, B))),
        ("a||b", Or((A, B))),
        ("A股｜港股", Or((word("A股"), word("港股")))),
        ("a 或 b", Or((A, B))),
        ("a或b", word("a或b")),
        ("a or b", And((A, word("or"), B))),
        ("a not b", And((A, word("not"), B))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a （b OR c)", And((A, Or((B, C))))),
        ("a OR(b c)", Or((A, And((B, C))))),
        ("a(b c", And((word("a(b"), C))),
        ("-a", Not(A)),
        ("－a", Not(A)),
        ("NOT a", Not(A)),
        ("a NOT b", And((A, Not(B)))),
        ("NOT a b", And((Not(A), B))),
        ("NOT(a b) c", And((Not(And((A, B))), C))),
        ("-(a b)", Not(And((A, B)))),
        ("-(a|b)", Not(Or((A, B)))),
        ("-a -b", And((Not(A), Not(B)))),
        ("--a", A),
        ("-NOT a", A),
        ("NOT NOT a", A),
        ("-(-(a b)) c", And((A, B, C))),
        ("-OR", None),
        ("a -OR b", Or((A, B))),
        ("a-b", word("a-b")),
        ("((a) (b (c)))", And((A, B, C))),
        ("a OR (b OR (c))", Or((A, B, C))),
    ],
)
def test_operators(text: str, expected: QueryNode | None) -> None:
    if expected is None:
        assert refused(text).start == 1
    else:
        assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a b"', phrase("a b")),
        ('"  a \n b "', phrase("a b")),
        ("＂a b＂", phrase("a b")),
        ("“一带 一路”", phrase("一带 一路")),
        ("”一带一路“", phrase("一带一路")),
        ("「一带一路」", phrase("一带一路")),
        ('"a ""b"" c"', phrase('a "b" c')),
        ('"a OR (b"', phrase("a OR (b")),
        ('-"a b"', Not(phrase("a b"))),
        ('"a"b', And((phrase("a"), B))),
        ('a OR"b"', Or((A, phrase("b")))),
        ('3.5"', word('3.5"')),
        ("主持召开“一带一路”会议", word("主持召开“一带一路”会议")),
        ("f(x)", word("f(x)")),
        ("AI(人工智能)", word("AI(人工智能)")),
        ("AI（人工智能) b", And((word("AI（人工智能)"), B))),
        ("f(a|b)", word("f(a|b)")),
        ("f((x)", word("f((x)")),
        ("(f(x) a)", And((word("f(x)"), A))),
        ("(a f(x )", And((A, word("f(x")))),
        ("-f(x)", Not(word("f(x)"))),
        ("a\u200bb\x1b", word("ab")),
        ("\u200bOR\u200b", None),
    ],
)
def test_words_and_phrases(text: str, expected: QueryNode | None) -> None:
    if expected is None:
        refused(text)
    else:
        assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "about", "message", "hint"),
    [
        ('a "b', '"', "The closing quotation mark is missing", 'close it with "'),
        ("a title:「b", "「", "The closing quotation mark is missing", "close it with 」"),
        ("a (b c", "(", "The closing parenthesis is missing", "close it with )"),
        ("（b", "（", "The closing parenthesis is missing", "close it with ）"),
        ("a b) c", ")", "There is no opening parenthesis for this one", "remove it, or put the words in quotes"),
        ("a cat:", "cat:", "“cat:” has no value", "write the value directly after the colon"),
        ("(分类： a)", "分类：", "“分类：” has no value", "write the value directly after the colon"),
        ("cat:()", "cat:", "“cat:” has no value", "write the value directly after the colon"),
        ('is:""', "is:", "“is:” has no value", "write the value directly after the colon"),
        ("auther:x", "auther:", "Unknown key “auther:”", "did you mean author:? If not, put the word in quotes"),
        ("a -Catt:x", "Catt:", "Unknown key “Catt:”", "did you mean cat:? If not, put the word in quotes"),
        ("is:Unred", "Unred", "“is:” has no value “Unred”", "did you mean unread?"),
        (
            "is:x",
            "x",
            "“is:” has no value “x”",
            "available: unread, read, starred, bookmarked, highlighted, noted, later, orphan",
        ),
        ("有：图", "图", "“有：” has no value “图”", "did you mean 图片?"),
        ("date:2021-13", "2021-13", "“2021-13” is not a date", None),
        ("date:2021-02-30", "2021-02-30", "“2021-02-30” is not a date", None),
        ("after:x", "x", "“x” is not a date", None),
        ("before:2021..2022", "2021..2022", "“2021..2022” is not a date", None),
        ("date:..", "..", "“..” is not a date", None),
        ("date:..9999", "..9999", "“..9999” is not a date", None),
        ("date:0000", "0000", "“0000” is not a date", None),
        ("date:9999y", "9999y", "“9999y” is not a date", None),
        ("date:2022..2021", "2022..2021", "“2022..2021” ends before it begins", "swap the two ends"),
        ("len:x", "x", "“x” is not a length", None),
        ("len:<0", "<0", "“<0” is not a length", None),
        ("len:>10000千万", ">10000千万", "“>10000千万” is not a length", None),
        ("len:>1000000000000", ">1000000000000", "“>1000000000000” is not a length", None),
        ("len:100000001万", "100000001万", "“100000001万” is not a length", None),
        (f"len:0.{'9' * 40}", f"0.{'9' * 40}", f"“0.{'9' * 40}” is not a length", None),
        ("len:1.5", "1.5", "“1.5” is not a length", None),
        ("len:1,00", "1,00", "“1,00” is not a length", None),
        ("len:-5", "-5", "“-5” is not a length", None),
        ("len:..", "..", "“..” is not a length", None),
        ("len:5..4", "5..4", "“5..4” ends before it begins", "swap the two ends"),
        ("OR a", "OR", "A word is missing next to “OR”", None),
        ("a OR", "OR", "A word is missing next to “OR”", None),
        ("(a OR) b", "OR", "A word is missing next to “OR”", None),
        ("a 或 () b｜", None, "A word is missing next to “｜”", None),
        ("a OR -", "OR", "A word is missing next to “OR”", None),
        ("a OR | b", "OR", "A word is missing next to “OR”", None),
        ("a NOT", "NOT", "A word is missing after “NOT”", None),
        ("NOT OR a", "NOT", "A word is missing after “NOT”", None),
        ("NOT (", "(", "The closing parenthesis is missing", None),
        ("\u200b\u200ba\u200b \u200bcat\u200b:\u200b", "cat\u200b:", "“cat:” has no value", None),
    ],
)
def test_errors_have_positions(text: str, about: str | None, message: str, hint: str | None) -> None:
    error = refused(text)
    assert error.message == message
    assert error.exit_code == 2
    assert error.hint
    assert isinstance(error, ReaderError)
    if about is not None:
        assert text[error.start : error.end] == about
    if hint is not None:
        assert error.hint == hint


def test_too_large_query_is_rejected() -> None:
    assert parse("a" * 500) == word("a" * 500)
    assert (refused("a" * 501).start, refused("a" * 501).end) == (500, 501)
    assert parse("(" * 20 + "a" + ")" * 20) == A
    assert refused("(" * 21 + "a" + ")" * 21).start == 20
    assert parse(" ".join("a" * 50)) == And((A,) * 50)
    assert refused(" ".join("a" * 51)).start == 100
    assert parse("-" * 498 + "a") == A
    assert parse("NOT " * 124 + "a") == A


def test_words_of_returns_searched_words_without_excluded_ones() -> None:
    found = parse('a -b (title:c OR "d e") -(x OR -y) is:read')
    assert words_of(found) == (A, word("c", Field.TITLE), phrase("d e"))
    assert words_of(None) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b c", "a OR b c"),
        ("分类：金融 （a 或 “b c”）", 'cat:金融 (a OR "b c")'),
        ("-(a b) NOT c", "-(a b) -c"),
        ("-(a f(x ) b", "-(a f(x ) b"),
        ("-(a f(x)) b", "-(a f(x)) b"),
        ("title:(a OR b)", "title:a OR title:b"),
        ("date:2021-11", "date:2021-11-01..2021-11-30"),
        ("date:2021-11-10", "date:2021-11-10"),
        ("after:2021", "after:2021-01-01"),
        ("before:2021", "before:2021-01-01"),
        ("len:>2k", "len:>=2001"),
        ("len:<2k", "len:<=1999"),
        ("len:2k", "len:2000"),
        ("len:1..2k", "len:1..2000"),
        ("是：未读 有：图片", "is:unread has:image"),
        ('"""a"" b"', '"""a"" b"'),
    ],
)
def test_writing(text: str, expected: str) -> None:
    node = parse(text, TODAY)
    assert node is not None
    assert written(node) == expected
