"""What headers of many kinds mean by the same things."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive import fields


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (["金融", "财联社", "深度"], ("金融", "财联社", "深度")),
        (["金融", "财联社 - 深度"], ("金融", "财联社", "深度")),
        (["传统媒体", "NHK - News Web Easy"], ("传统媒体", "NHK", "News Web Easy")),
        (["a - b", "c"], ("a - b", "c")),
        (["二次元", "Webtoons - [Naver](https://comic.naver.com)"], ("二次元", "Webtoons", "Naver")),
        ("金融", ("金融",)),
        ("金融/财联社", ("金融", "财联社")),
        ("金融 > 财联社 > 深度", ("金融", "财联社", "深度")),
        ("金融, 财联社", ("金融", "财联社")),
        (["金融/财联社"], ("金融", "财联社")),
        (["A/B", "C/D"], ("A/B", "C/D")),
        ([["a", "b"], ["c"]], ("a", "b")),
        ([{"Re": "Zero"}], ("Re: Zero",)),
        ([{"name": "财经", "slug": "x"}], ("财经",)),
        ([" ", "", None, "金融"], ("金融",)),
        (["a\nb\x1b"], ("a b",)),
        ("", ()),
        ([], ()),
        (None, ()),
        ({}, ()),
    ],
)
def test_categories_are_a_path(value: Any, path: tuple[str, ...]) -> None:
    assert fields.categories({"categories": value}) == path


def test_the_first_key_with_a_value_counts() -> None:
    assert fields.categories({"categories": None, "category": "金融"}) == ("金融",)
    assert fields.tags({"tags": [], "tag": "a"}) == ("a",)


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        (["a", "b", "a"], ("a", "b")),
        ("a, b，c、d", ("a", "b", "c", "d")),
        ("Machine Learning", ("Machine Learning",)),
        ([["a", "b"], "c"], ("a", "b", "c")),
        (None, ()),
    ],
)
def test_tags(value: Any, tags: tuple[str, ...]) -> None:
    assert fields.tags({"tags": value}) == tags


@pytest.mark.parametrize(
    ("values", "author"),
    [
        ({"author": "财联社"}, "财联社"),
        ({"authors": ["甲", "乙"]}, "甲, 乙"),
        ({"author": {"name": "甲", "email": "x@y"}}, "甲"),
        ({"author": [{"name": "甲"}, {"name": "乙"}]}, "甲, 乙"),
        ({"author": None, "creator": "丙"}, "丙"),
        ({"author": "R&amp;D &#123;x&#125;"}, "R&D {x}"),
        ({}, ""),
    ],
)
def test_authors(values: dict[str, Any], author: str) -> None:
    assert fields.author(values) == author


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({"link": "https://a.b/c?d=1&e=2"}, "https://a.b/c?d=1&e=2"),
        ({"source": "新华社", "original": "http://a.b"}, "http://a.b"),
        ({"permalink": "/2021/03/x.html"}, ""),
        ({"url": "//a.b/c"}, "https://a.b/c"),
        ({"url": "javascript:alert(1)"}, ""),
        ({"url": "https://a.b/\x1b]8;;"}, "https://a.b/]8;;"),
        ({"source": {"name": "x", "url": "https://a.b"}}, "https://a.b"),
        ({"link": ["https://a.b"]}, "https://a.b"),
        ({}, ""),
    ],
)
def test_addresses(values: dict[str, Any], url: str) -> None:
    assert fields.url(values) == url


VALUES = st.recursive(
    st.none() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(VALUES)
def test_no_value_raises_and_all_that_comes_out_is_clean(value: Any) -> None:
    names = [
        *fields.categories({"categories": value}),
        *fields.tags({"tags": value}),
        fields.author({"author": value}),
        fields.url({"url": value}),
    ]
    for name in names:
        assert name == name.strip()
        assert "\n" not in name
        assert "\x1b" not in name
