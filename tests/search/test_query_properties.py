"""Random queries: any text is a query or an error with a position; formatted queries parse to themselves."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.document.sanitizing import clean_line
from reader.search.query_parser import (
    LONGEST,
    And,
    Content,
    Dated,
    Field,
    Has,
    Is,
    Length,
    Not,
    Or,
    QueryError,
    QueryNode,
    State,
    Words,
    parse,
    words_of,
)
from reader.search.query_writer import written

TODAY = date(2021, 3, 31)

PIECES = st.sampled_from(
    [
        *'ab -－()（）|｜:："＂“”「」☃\u200b\u200d\u3000\r\n\ud800\0\x1c\u2028\u0301\U0001f3f4',
        *[
            "cat:",
            "title:",
            "标题：",
            "auther:",
            "is:",
            "unread",
            "has:",
            "图片",
            "before:",
            "after:",
            "http://x",
            "f(x",
        ],
        *["date:", "2021", "-11", "..", "7d", "len:", ">", "<=", "1.5万", "2k"],
        *["OR ", " OR(", "AND", " NOT ", "或", " 或 "],
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(codec=None)))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_any_text_is_a_query_or_an_error_with_a_position_in_it(text: str) -> None:
    node = answer(text)
    if isinstance(node, QueryError):
        assert 0 <= node.start < node.end <= len(text)
        assert node.message
        assert node.hint
    elif node is not None:
        assert is_tidy(node)
        assert all(words.text == clean_line(words.text) != "" for words in words_of(node))
        again = written(node)
        assume(len(again) <= LONGEST)
        assert parse(again, TODAY) == node
        assert written(node) == again


def answer(text: str) -> QueryNode | QueryError | None:
    try:
        return parse(text, TODAY)
    except QueryError as error:
        return error


def is_tidy(node: QueryNode) -> bool:
    match node:
        case Not():
            return not isinstance(node.node, Not) and is_tidy(node.node)
        case And() | Or():
            kind = type(node)
            return len(node.nodes) > 1 and all(not isinstance(part, kind) and is_tidy(part) for part in node.nodes)
    return True


def bare(text: str, field: Field | None) -> Words:
    """A plain word, or a phrase if the text needs quotation marks."""
    return Words(text, written(Words(text, exact=False, field=field)).endswith('"'), field)


CLEAN = st.text(max_size=12).map(clean_line).filter(bool)
FIELDS = st.sampled_from([None, *Field])
DAYS = st.dates(max_value=date(9999, 12, 30))
LEAVES = st.one_of(
    st.builds(bare, st.one_of(CLEAN, st.sampled_from(["f(x", "a-b", "f(x)", "或", "or", "OR"])), FIELDS),
    st.builds(Words, CLEAN, st.just(value=True), FIELDS),
    st.sampled_from(State).map(Is),
    st.sampled_from(Content).map(Has),
    DAYS.map(lambda day: Dated(day, None)),
    DAYS.map(lambda day: Dated(None, day)),
    st.tuples(DAYS, DAYS).map(lambda two: Dated(min(two), max(two) + timedelta(days=1))),
    st.integers(0, 10**12).map(lambda count: Length(count, None)),
    st.integers(0, 10**12).map(lambda count: Length(None, count)),
    st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(lambda two: Length(min(two), max(two))),
)


def within(inner: st.SearchStrategy[QueryNode]) -> st.SearchStrategy[QueryNode]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(inner.map(Not), several.map(And), several.map(Or)).filter(is_tidy)


@settings(max_examples=400, deadline=None)
@given(st.recursive(LEAVES, within, max_leaves=8))
def test_any_node_is_formatted_so_that_it_parses_to_itself(node: QueryNode) -> None:
    text = written(node)
    assume(len(text) <= LONGEST)
    assert parse(text, TODAY) == node


@pytest.mark.parametrize("text", ["a b", "OR", "-a", "cat:a", "(a", "a)", "“a", "a|b", "auther:x", ""])
def test_word_that_needs_quotes_is_written_with_quotes(text: str) -> None:
    assert written(Words(text, exact=False)) == f'"{text}"'
