"""The answers of the tools: bounded, and complete when they are read one after another."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.agents.answers import (
    LONGEST,
    article_marks,
    article_text,
    found_articles,
    listed_archives,
    listed_sections,
)
from reader.api import ArticleState, HighlightedText, SearchHit, open_archive
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
    """The characters of an answer as the SDK sends it."""
    return len(json.dumps(answer, ensure_ascii=False, indent=2))


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
    assert "".join(parts) == text
    assert answer["characters"] == len(text)


def test_no_answer_is_longer_than_the_limit() -> None:
    quotes = '"' * 900
    long = replace(
        ARTICLE, title=quotes, author=quotes, url=quotes, tags=(quotes,) * 900, categories=(quotes, *"c" * 9_000)
    )
    for article, text in ((ARTICLE, "字" * 100_000), (long, '"\n' * 50_000)):
        read = article_text(article, text, 0, 10**9)
        assert LONGEST - 10 < size(read) <= LONGEST
        assert read["text"] == text[: read["next_offset"]]
    answer = found_articles([SearchHit(long, "e" * 900, 1.0)] * 50, 0, is_last=True)
    assert 1 <= len(answer["results"]) < 50
    assert answer["next_offset"] == len(answer["results"])
    assert size(answer) <= LONGEST
    assert size(listed_archives([Path("a" * 900)] * 900, 1)) <= LONGEST
    marked = HighlightedText(Range(Position(0), Position(0, 1)), "q" * 9_000, "n" * 9_000, 1)
    state = ArticleState(is_read=True, is_starred=False, is_later=False, tags=("t",), highlights=(marked,) * 40)
    first = article_marks(ARTICLE, state, 0)
    assert size(first) <= LONGEST
    shown = len(first["highlights"])
    while (offset := first["next_offset"]) is not None:
        first = article_marks(ARTICLE, state, offset)
        assert size(first) <= LONGEST
        shown += len(first["highlights"])
    assert shown == 40


def test_sections_that_do_not_fit_are_in_the_next_answers(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    text = "".join(f'# Part "{number}"\n\nText.\n\n' for number in range(1, 401))
    (folder / "a.md").write_text(f"---\ntitle: Many\n---\n\n{text}", encoding="utf-8")
    titles: list[str] = []
    start = 1
    with open_archive(folder, cache=tmp_path / "cache", marks=tmp_path / "marks.db") as archive:
        (article,) = archive.articles()
        text = archive.markdown(article)
        while start is not None:
            sections = listed_sections(archive, article, start)
            answer = article_text(article, text, 0, LONGEST, sections)
            assert size(answer) <= LONGEST
            assert len(answer["text"]) > 1_000
            assert [one["number"] for one in answer["sections"]] == [*range(start, start + len(answer["sections"]))]
            titles += [one["title"] for one in answer["sections"]]
            start = answer["next_section"]
        assert listed_sections(archive, article, 401) == {}
    assert titles == [f'Part "{number}"' for number in range(1, 401)]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system cannot change its time zone")
def test_the_day_is_that_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    late = replace(ARTICLE, date=datetime(2021, 11, 10, 20, tzinfo=UTC))
    for zone, day in (("UTC", "2021-11-10"), ("Asia/Shanghai", "2021-11-11")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert article_text(late, "", 0, 10)["date"] == late.local_day == day
    monkeypatch.undo()
    time.tzset()
    assert article_text(replace(ARTICLE, date=None), "", 0, 10)["date"] is None


def test_an_answer_is_clean() -> None:
    answer = article_text(ARTICLE, "a\x1b[31mb\u202ec", 0, 100)
    assert answer["path"] == "/archive/a[31m.md"
    assert answer["text"] == "a[31mbc"


def test_an_offset_beyond_the_end_is_the_end() -> None:
    answer = article_text(ARTICLE, "abc", 99, 10)
    assert (answer["text"], answer["next_offset"]) == ("", None)
