"""The places that fragments mean."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.linking.fragments import Fragments, place_of
from reader.parse.parser import parse

MARKDOWN = """# 总标题

## 1. C++ 与 C：对比

段落一 ^ab12

## C

## Hello, World & Others

## 安装

## 安装

## 自定 {#own}
"""


def heading(fragment: str) -> str | None:
    document = parse(Body(MARKDOWN, BodyFormat.MARKDOWN, "文章"))
    place = place_of(document, fragment)
    return document.text(place.block) if place is not None else None


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("1-c-与-c对比", "1. C++ 与 C：对比"),  # GitHub
        ("_1-c-与-c-对比", "1. C++ 与 C：对比"),
        ("1. C++ 与 C：对比", "1. C++ 与 C：对比"),  # Obsidian
        ("1-C-%E4%B8%8E-C-%E5%AF%B9%E6%AF%94", "1. C++ 与 C：对比"),
        ("c", "C"),
        ("hello-world--others", "Hello, World & Others"),  # GitHub
        ("hello-world-others", "Hello, World & Others"),  # Hexo, python-markdown
        ("Hello,_World_&_Others", "Hello, World & Others"),  # MediaWiki
        ("^ab12", "段落一"),
        ("own", "自定"),
        ("没有", None),
    ],
)
def test_a_fragment_means_a_heading_by_the_rule_of_any_program(fragment: str, expected: str | None) -> None:
    assert heading(fragment) == expected


def test_a_number_tells_headings_of_one_text_apart() -> None:
    document = parse(Body(MARKDOWN, BodyFormat.MARKDOWN, "文章"))
    fragments = Fragments(document)
    first, second = fragments.place("安装"), fragments.place("安装-1")
    assert first is not None
    assert second is not None
    assert first < second
