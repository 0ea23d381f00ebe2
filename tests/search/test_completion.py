"""Completion of queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.completion import completed
from reader.search.query_parser import QueryError, parse

TITLES = ("灯塔记", "Two words", "light", 'say "so"', "a|b")


def values(key: str, typed: str) -> list[str]:
    known = ("example.org", "example.com") if key == "url" else TITLES
    return [one for one in known if one.casefold().startswith(typed.casefold())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:o", "is:orphan"),
        ("is：o", "is：orphan"),
        ("是:孤", "是:孤立"),
        ("-is:r", "-is:read"),
        ("灯 (is:st", "灯 (is:starred"),
        ("a|has:c", "a|has:code"),
        ("HAS:I", "HAS:Image"),
        ("link:灯", "link:灯塔记"),
        ("link:LI", "link:LIght"),
        ('linkedby:"two', 'linkedby:"two words"'),
        ("链接:“two", "链接:“two words”"),
        ("url:ex", "url:example.org"),
        ("linked", "linkedby:"),
        ("灯 aut", "灯 author:"),
        ("被链", "被链接:"),
    ],
)
def test_completed(text: str, expected: str) -> None:
    assert completed(text, values).casefold() == expected.casefold()
    assert completed(text, values).startswith(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "l",
        "灯塔",
        "is:orphan",
        "is:x",
        "has:image ",
        "link:",
        "link:two",
        "link:a",
        'link:"say',
        "a-li",
        '"is:o',
        "x:li",
        "title:灯",
    ],
)
def test_not_completed(text: str) -> None:
    assert not completed(text, values)


@given(st.text('灯塔lintwo:"“” |()-', max_size=12))
def test_completions_continue_the_text(text: str) -> None:
    found = completed(text, values)
    assert not found or (found.startswith(text) and len(found) > len(text))
    if found and not found.endswith(":"):
        try:
            before = parse(text)
        except QueryError:
            return
        assert before is None or parse(found) is not None
