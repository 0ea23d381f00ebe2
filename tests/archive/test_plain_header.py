"""The fast path for plain headers gives the same result as the YAML parser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive import yaml_header
from reader.archive.plain_header import plain_header
from reader.document.sanitizing import clean
from tests.conftest import real_files

PLAIN = """\
title: '港口：第三年 #1'
categories:
 - 财经
 - 港口 - 周报

author: 甲#乙
comments: false
date: Wed, 10 Nov 2021 08:37:48 GMT
thumbnail: https://a.b/c?d=1#e
tags:
- "a"
"""


def test_a_plain_header_is_read() -> None:
    header = PLAIN.replace('- "a"', "- 'a'").replace("港口 - 周报", "'港口 - 周报'")
    found = plain_header(header)
    assert found == yaml_header.load(header)
    assert found is not None
    assert (found["title"], found["tags"]) == ("港口：第三年 #1", ["a"])


@pytest.mark.parametrize(
    "header",
    [
        PLAIN,
        *(
            "title: a: b",
            "title: a #b",
            "title: 'a",
            "title: 'a''b'",
            'title: "a"',
            "title: @a",
            "title: null",
            "null: a",
        ),
        *(
            "title: a\n b: c",
            "title: a\n - b",
            "title: a\nb",
            "a:\n - b\n  - c",
            "a:\n -",
            "a: b\na: c",
            "# a",
            "a: [b]",
        ),
        *("a: |\n  b", "a: &b c", "a: *b", "a: !b c", "a\t: b", "a:b", " a: b", "a:\n  b: c", "- a", "a: ~"),
    ],
)
def test_other_headers_are_left_to_the_yaml_parser(header: str) -> None:
    assert plain_header(header) is None


PIECES = ["x", "标题", ":", ": ", " ", "'", "#", " #", "-", "- ", "null", "~", "\u3000", "1", "（", "\t", "\\", "\xa0"]
VALUE = st.lists(
    st.sampled_from([*PIECES, ",", "[", "&", "…", "''", "😀", "?", "<<", "=", "%", "|", '"']), max_size=5
).map("".join)
LINE = st.builds("".join, st.tuples(st.sampled_from(["title: ", "a: ", "b:", "tags:", " - ", "- ", " - '", ""]), VALUE))


@settings(deadline=None, max_examples=2_000)
@given(st.lists(LINE, max_size=5).map("\n".join).map(clean))
def test_result_equals_that_of_the_yaml_parser(header: str) -> None:
    found = plain_header(header)
    if found is not None:
        assert found == (yaml_header.load(header) or {})


@settings(deadline=None, max_examples=500)
@given(
    st.text(max_size=12).map(clean),
    st.text(max_size=12).map(clean),
)
def test_any_character_is_parsed_like_by_yaml(one: str, two: str) -> None:
    header = f"title: {one}\ntags:\n - a{two}\nb: '{two}'"
    found = plain_header(header)
    if found is not None:
        assert found == yaml_header.load(header)


def test_most_real_headers_are_plain() -> None:
    files = real_files()
    if not files:
        pytest.skip("the shared files are not beside this checkout")
    headers = [file.read_text(encoding="utf-8").split("\n---\n")[1] for file in files]
    plain = [header for header in headers if plain_header(header) is not None]
    assert len(plain) > len(files) / 2
    for header in plain:
        assert plain_header(header) == yaml_header.load(header)
