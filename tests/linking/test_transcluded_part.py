"""The part of a document that an embedded note shows."""

import pytest

from reader.document.blocks import Block, leaves
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.linking.transcluded_part import transcluded_part
from reader.parse.parser import parse

TEXT = """# 标题

开头。

## 一

甲段。 ^ab12

- 头一项
- 第二项 ^item
  - 下一级

### 一之一

乙段。

## 二

丙段。

- 丁
- 戊

^list
"""


def said(blocks: tuple[Block, ...] | None) -> list[str] | None:
    return None if blocks is None else [leaf.text.text for block in blocks for leaf in leaves(block)]


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(Body(TEXT, BodyFormat.MARKDOWN, "标题"))


def test_the_whole_document_without_its_title(document: Document) -> None:
    found = said(transcluded_part(document, ""))
    assert found is not None
    assert found[:2] == ["开头。", "一"]
    assert found[-1] == "戊"


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("二", ["二", "丙段。", "丁", "戊"]),
        ("一之一", ["一之一", "乙段。"]),
        ("一", ["一", "甲段。", "头一项", "第二项", "下一级", "一之一", "乙段。"]),
        ("^ab12", ["甲段。"]),
        ("^list", ["丁", "戊"]),
        ("^item", ["第二项", "下一级"]),
    ],
)
def test_a_section_or_a_block(document: Document, fragment: str, shown: list[str]) -> None:
    assert said(transcluded_part(document, fragment)) == shown


def test_what_does_not_exist(document: Document) -> None:
    assert transcluded_part(document, "三") is None
    assert transcluded_part(document, "^none") is None
    assert transcluded_part(Document(()), "") == ()


def test_long_parts_are_cut() -> None:
    many = parse(Body("一句话。\n\n" * 5_000, BodyFormat.MARKDOWN, ""))
    found = transcluded_part(many, "")
    assert found is not None
    assert 100 <= len(found) <= 300
    long = parse(Body("很长的一段，" * 10_000, BodyFormat.MARKDOWN, ""))
    (only,) = said(transcluded_part(long, "")) or []
    assert 7_000 < len(only) < 9_000
    assert only.endswith(" …")
