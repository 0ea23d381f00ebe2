"""The answers of the tools: bounded, and complete when they are read one after another."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reader.agents.answers import LONGEST, article_marks, article_text, found_articles
from reader.api import ArticleState, HighlightedText, SearchHit
from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.document.document import Position, Range

ARTICLE = Article(
    id="0123456789abcdef",
    path=Path("/archive/a\x1b[31m.md"),
    root=Path("/archive"),
    title="灯塔",
    date=datetime(2021, 3, 4),  # noqa: DTZ001 - as in a file without a time zone
    author="",
    categories=(),
    tags=(),
    url="",
    format=BodyFormat.MARKDOWN,
    size=1,
)


def size(answer: dict[str, Any]) -> int:
    return len(json.dumps(answer, ensure_ascii=False))


@given(st.text(st.characters(categories=["L", "P", "Z"]), max_size=300), st.integers(1, 50))
def test_the_parts_of_a_text_are_the_text(text: str, limit: int) -> None:
    offset, parts = 0, []
    while offset is not None:
        answer = article_text(ARTICLE, text, offset, limit)
        assert len(answer["text"]) <= limit
        parts.append(answer["text"])
        assert answer["next_offset"] is None or answer["next_offset"] > offset
        offset = answer["next_offset"]
    # What a terminal would execute is missing; letters, punctuation and blanks are not.
    assert "".join(parts) == "".join(parts[:1]) + "".join(parts[1:])
    assert answer["characters"] == len(text)
    assert sum(map(len, parts)) == len(text)


def test_no_answer_is_longer_than_the_limit() -> None:
    assert len(article_text(ARTICLE, "字" * 100_000, 0, 10**9)["text"]) == LONGEST
    long = replace(ARTICLE, title="题" * 9_000, tags=("t" * 900,) * 900, categories=("c" * 900,) * 90)
    answer = found_articles([SearchHit(long, "e" * 900, 1.0)] * 50, 0, is_last=True)
    assert 1 <= len(answer["results"]) < 50
    assert answer["next_offset"] == len(answer["results"])
    assert size(answer) < LONGEST + 100
    marked = HighlightedText(Range(Position(0), Position(0, 1)), "q" * 9_000, "n" * 9_000, 1)
    state = ArticleState(is_read=True, is_starred=False, is_later=False, tags=("t",), highlights=(marked,) * 40)
    first = article_marks(ARTICLE, state, 0)
    assert size(first) < LONGEST + 1_000
    read = len(first["highlights"])
    while (offset := first["next_offset"]) is not None:
        first = article_marks(ARTICLE, state, offset)
        read += len(first["highlights"])
    assert read == 40


def test_an_answer_is_clean() -> None:
    answer = article_text(ARTICLE, "a\x1b[31mb\u202ec", 0, 100)
    assert answer["path"] == "/archive/a[31m.md"
    assert answer["text"] == "a[31mbc"


def test_an_offset_beyond_the_end_is_the_end() -> None:
    answer = article_text(ARTICLE, "abc", 99, 10)
    assert (answer["text"], answer["next_offset"]) == ("", None)
