"""Interpretation of header values and the synonyms of their keys."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive import fields
from tests.growth import assert_linear


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


@pytest.mark.parametrize("key", ["topics", "Labels", "標籤", "トピック"])
def test_tags_have_other_names_too(key: str) -> None:
    assert fields.tags(fields.canonical_values({key: ["海", "灯"]})) == ("海", "灯")


def test_placeholders_of_templates_and_programs_are_ignored() -> None:
    assert fields.tags({"tags": ["{{ tags }}", "海"]}) == ("海",)
    assert fields.categories({"categories": "<% tp.file.folder() %>"}) == ()
    assert list(fields.dates({"date": "`r Sys.Date()`", "updated": "{{ date }}"})) == []


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
        ({"author": "Anna Gale <anna@a.example>, Ben <b@a.example>"}, "Anna Gale, Ben"),
        ({"author": "<anna@a.example>"}, "<anna@a.example>"),
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
    assert fields.url(fields.canonical_values(values)) == url


VALUES = st.recursive(
    st.none() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def test_a_name_behind_a_hash_and_a_space_has_neither() -> None:
    assert fields.categories({"categories": "# 海洋"}) == ("海洋",)
    assert fields.tags({"tags": ["# 海洋", "#灯塔"]}) == ("海洋", "灯塔")


@settings(deadline=None)
@given(VALUES)
def test_no_value_raises_and_all_results_are_clean(value: Any) -> None:
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


@pytest.mark.parametrize("key", ["标题", "题目", "タイトル", "제목", "Title", "TITLE"])
def test_titles_have_keys_in_many_languages(key: str) -> None:
    assert fields.canonical_values({key: "x"}) == {"title": "x"}


@pytest.mark.parametrize("key", ["pub_date", "publish-time", "Published At", "发布时间", "投稿日"])
def test_dates_have_keys_in_many_languages(key: str) -> None:
    assert [one[:2] for one in fields.dates(fields.canonical_values({key: "2021-03-04"}))] == [
        ("publishdate", "2021-03-04")
    ]


@pytest.mark.parametrize(
    ("key", "canonical"),
    [
        ("create-date", "created"),
        ("publication-date", "publishdate"),
        ("last_modified_at", "updated"),
        ("update-date", "updated"),
    ],
)
def test_dates_of_notes_and_sites_have_other_names(key: str, canonical: str) -> None:
    assert fields.canonical_values({key: "2021-03-04"}) == {canonical: "2021-03-04"}


def test_first_synonym_with_a_value_counts() -> None:
    assert fields.canonical_values({"作者": "", "author": "林一", "著者": "x"}) == {"author": "林一"}


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("[[林一]]", "林一"),
        (["[[林一|一]]", "[[Sam Lee]]"], "一, Sam Lee"),
        ("[林一](https://example.org/lin)", "林一"),
        ("[[@lin on Twitter]]", "@lin on Twitter"),
    ],
)
def test_linked_authors_are_names(value: Any, author: str) -> None:
    assert fields.author({"author": value}) == author


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("[[旅行]] [[随笔]]", ("旅行", "随笔")),
        ("[[旅行]], 随笔", ("旅行", "随笔")),
        ("#旅行 #随笔/夜", ("旅行", "随笔/夜")),
        ("#articles", ("articles",)),
        ("alpha beta", ("alpha", "beta")),
        ("alpha, beta gamma", ("alpha", "beta gamma")),
    ],
)
def test_tags_in_the_syntax_of_notes(value: str, tags: tuple[str, ...]) -> None:
    assert fields.tags({"tags": value}) == tags


def test_jekyll_splits_words_at_spaces() -> None:
    assert fields.categories({"categories": "code ruby"}) == ("code", "ruby")
    assert fields.categories({"categories": "Machine Learning"}) == ("Machine Learning",)
    assert fields.categories({"categories": "Machine Learning"}, words=True) == ("Machine", "Learning")
    assert fields.categories({"category": "code ruby"}, words=True) == ("code ruby",)
    assert fields.categories({"categories": "编程 随笔"}, words=True) == ("编程 随笔",)
    assert fields.tags({"tags": "C++ Rust"}, words=True) == ("C++", "Rust")


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"published": "false"}, []),
        ({"time": "118分钟"}, []),
        ({"date": "{{ .Date }}"}, []),
        ({"date": "soon"}, [("soon", True)]),
        ({"published": "2021-99-01"}, [("2021-99-01", True)]),
        ({"created": "[[Apr 3rd, 2021]]"}, [("Apr 3rd, 2021", True)]),
        ({"publishdate": [["2016-05-02"]]}, [("2016-05-02", True)]),
        ({"publishdate": "[2016-05-02]"}, [("2016-05-02", True)]),
    ],
)
def test_some_keys_require_a_date(values: dict[str, object], wanted: list[tuple[str, bool]]) -> None:
    found = [(written, must_be) for _key, written, must_be in fields.dates(values)]
    assert [one for one in found if one[1]] == wanted


def test_the_names_that_links_use_are_permalinks_slugs_and_aliases() -> None:
    values = {
        "alias": "灯, [[塔]],海",
        "slug": "lamp",
        "permalink": "/a/:title/",
        "aliases": ["/old/", "灯", "Lamp, Lighthouse"],
        "id": "x",
    }
    assert list(fields.names(values)) == ["lamp", "/old/", "灯", "Lamp, Lighthouse", "塔", "海", "x"]


@pytest.mark.parametrize("mark", [" ", " x", "\t\n,", " #"])
def test_time_for_long_lists_grows_linearly(mark: str) -> None:
    def work(many: int) -> None:
        for text in (f"a{mark * many}b", f"#a{mark * many}b"):
            fields.tags({"tags": text})
            fields.categories({"categories": text})

    assert_linear(work, 10_000)


def test_tags_of_qiita_are_separated_by_spaces() -> None:
    assert fields.tags({"tags": "Go:1.3 ポエム C++", "slide": "false"}) == ("Go:1.3", "ポエム", "C++")
    assert fields.tags({"tags": "Go ポエム"}) == ("Go ポエム",)


@pytest.mark.parametrize("word", ["today", "now", "last-modified", r"\today"])
def test_words_for_the_day_of_publishing_are_no_dates(word: str) -> None:
    assert list(fields.dates({"date": word, "created": "2021-03-04"})) == [("created", "2021-03-04", True)]
