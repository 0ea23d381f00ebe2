"""Symbols are told apart and found: C++, C#, .NET, 100%, emoji, dashes, currencies."""

import re
import unicodedata

import apsw
import pytest

from reader.document.text_folding import fold, folded
from reader.index.symbol_tokens import symbol_pattern, symbol_phrases, symbol_tokens

TEXTS = {
    "plus": "学 C++ 和 G++，升 100%",
    "sharp": "学 c# 与 .NET Core，升 100",
    "plain": "学 C，net 断了。NET 完",
    "signs": "灯塔——亮🎉价￥5，I❤️海",
    "family": "一家👨\u200d👩\u200d👧来了",
}


def found(needle: str) -> set[str]:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (singles, tokenize = 'ascii')")
    for number, text in enumerate(TEXTS.values()):
        connection.execute("INSERT INTO words (rowid, singles) VALUES (?, ?)", (number, symbol_tokens(text)))
    query = " AND ".join(symbol_phrases(needle))
    rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query,)).fetchall() if query else []
    return {list(TEXTS)[int(str(number))] for (number,) in rows}


@pytest.mark.parametrize(
    ("needle", "expected"),
    [
        ("C++", {"plus"}),
        ("C#", {"sharp"}),
        (".NET", {"sharp"}),
        (".ne", {"sharp"}),
        ("100%", {"plus"}),
        ("🎉", {"signs"}),
        ("——", {"signs"}),
        ("¥", {"signs"}),
        ("❤", {"signs"}),
        ("👨\u200d👩\u200d👧", {"family"}),
        ("👨🎉", set()),
    ],
)
def test_symbols_are_found_where_they_occur(needle: str, expected: set[str]) -> None:
    assert found(needle) == expected


@pytest.mark.parametrize("words", ["C++", "Ｃ＋＋", "c＋＋", "100%", "１００％", "F#", "Ｆ＃"])
def test_full_width_words_have_the_same_token(words: str) -> None:
    tokens = symbol_tokens("學 Ｃ＋＋，１００％ 與 Ｆ＃").split()
    assert all(phrase.strip('"') in tokens for phrase in symbol_phrases(words))


@pytest.mark.parametrize("words", ["lamp", "灯塔", "a.b", "，", "snake_case", "C", "end.", "℃", ""])
def test_words_and_their_punctuation_are_no_symbols(words: str) -> None:
    assert symbol_phrases(words) == []
    assert not symbol_pattern(words)


@pytest.mark.parametrize(("words", "shown"), [("c++", "C++"), (".net", ".NET"), ("100%", "100%"), ("——", "——")])
def test_the_pattern_finds_exactly_the_symbol(words: str, shown: str) -> None:
    text = fold(" ".join(TEXTS.values()))
    found = [text.text[hit.start() : hit.end()] for hit in re.finditer(symbol_pattern(words), text.text)]
    assert found == [fold(shown).text]


def test_the_number_of_symbol_words_of_a_text_is_limited() -> None:
    assert len(symbol_tokens(" ".join(f"{number}%" for number in range(5_000))).split()) <= 200


def test_every_symbol_that_folds_to_no_letter_has_a_token() -> None:
    for symbol in map(chr, range(0x80, 0x20000)):
        if unicodedata.category(symbol) in {"So", "Sc", "Sm"}:
            assert symbol_tokens(symbol) or any(map(str.isalnum, folded(symbol)))
