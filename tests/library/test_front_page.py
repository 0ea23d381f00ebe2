"""The front page: the content of its sections."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.document.document import Position
from reader.lean_dataclasses import replace
from reader.library.front_page import FrontPages, FrontRequest, FrontSection, front_request, without
from reader.library.library import Library
from tests.articles import write_article
from tests.library.test_library import all_of

TODAY = date(2024, 2, 29)


def note(folder: Path, name: str, when: str) -> None:
    file = folder / f"{name}.md"
    file.write_text(f"---\ntitle: {name}\ndate: {when}\n---\n\n正文。\n", encoding="utf-8")
    os.utime(file, (1_000, 1_000))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "archive"
    write_article(folder / "unused.md", "第0篇", "<p>一</p>", day=1)
    for name, when in {
        "两年前": "2022-02-28 10:00:00",
        "四年前": "2020-02-29 10:00:00",
        "八年前": "2016-02-29 23:50:00",
        "上月": "2024-01-10 10:00:00",
        "无日期": "x",
    }.items():
        note(folder, name, when)
    # The index is in memory: this needs no process of its own.
    library = Library([folder], tmp_path / "marks.db")
    yield library
    library.close()


def titles(library: Library, request: FrontRequest) -> dict[FrontSection, list[str]]:
    pages = FrontPages(library.indexes.connect(), library.indexes.rebuild)
    found: dict[FrontSection, list[str]] = {}
    for row in pages.rows(request):
        found.setdefault(row.section, []).append(row.article.title)
    pages.close()
    return found


def by_title(library: Library) -> dict[str, Article]:
    return {article.title: article for article in all_of(library)}


def test_this_day_is_a_day_of_the_calendar(library: Library) -> None:
    articles = by_title(library)
    found = titles(library, FrontRequest(today=TODAY, chance=0))
    assert found[FrontSection.THIS_DAY] == ["四年前", "八年前"]
    # Each article appears once, and the open article does not appear.
    assert found[FrontSection.CHANCE][0] in {"两年前", "第0篇"}
    opened = articles["四年前"].id
    assert titles(library, FrontRequest(today=TODAY, open_id=opened))[FrontSection.THIS_DAY] == ["八年前"]


def test_unfinished_article_is_listed_once_to_be_continued(library: Library) -> None:
    articles = by_title(library)
    library.marks.articles.save_position(articles["四年前"], Position(0), 0.4)
    library.marks.articles.save_position(articles["八年前"], Position(0), 1.0)
    library.marks.articles.keep_for_later(articles["上月"], later=True)
    library.catch_up()
    request = front_request(library, None)
    assert dict(request.unfinished) == {articles["四年前"].id: 0.4}
    found = titles(library, FrontRequest(request.unfinished, request.later, request.opened, TODAY, chance=0.99))
    assert found[FrontSection.CONTINUE] == ["四年前"]
    assert found[FrontSection.LATER] == ["上月"]
    assert found[FrontSection.THIS_DAY] == ["八年前"]


def test_new_articles_were_written_since_and_never_opened(library: Library) -> None:
    articles = by_title(library)
    assert FrontSection.NEW not in titles(library, FrontRequest(today=TODAY))
    found = titles(library, FrontRequest(today=TODAY, since=2_000))
    assert found[FrontSection.NEW] == ["第0篇"]
    opened = frozenset({articles["第0篇"].id})
    assert FrontSection.NEW not in titles(library, FrontRequest(opened=opened, today=TODAY, since=2_000))


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999, 1.0])
def test_chance_chooses_among_articles_older_than_a_year(library: Library, chance: float) -> None:
    all_of(library)
    found = titles(library, FrontRequest(today=date(2024, 6, 1), chance=chance))
    assert found[FrontSection.CHANCE][0] in {"两年前", "四年前", "八年前", "第0篇"}
    # Without an older one, an article without a date is chosen.
    assert titles(library, FrontRequest(today=date(1, 1, 1), chance=chance))[FrontSection.CHANCE] == ["无日期"]


def test_the_newest_files_are_shown_where_nothing_is_new_or_due(library: Library) -> None:
    articles = by_title(library)
    assert FrontSection.ADDED not in titles(library, FrontRequest(today=TODAY))
    found = titles(library, FrontRequest(today=date(2024, 6, 1), chance=0))
    assert len(found[FrontSection.ADDED]) == len(articles) - 1


def test_files_that_came_together_are_sorted_by_date(library: Library) -> None:
    all_of(library)
    found = titles(library, FrontRequest(today=date(2024, 7, 1), chance=0))
    shown = [*found[FrontSection.ADDED], *found[FrontSection.CHANCE]]
    assert shown[0] == "第0篇", "its file is the newest"
    assert [one for one in shown if one in {"上月", "两年前", "四年前"}] == ["上月", "两年前", "四年前"]


def test_an_article_that_was_only_opened_is_not_to_be_continued(library: Library) -> None:
    articles = by_title(library)
    library.marks.articles.save_position(articles["四年前"], Position(0), 0.0)
    library.marks.articles.save_position(articles["上月"], Position(0), 0.01)
    assert dict(front_request(library, None).unfinished) == {articles["上月"].id: 0.01}


def test_new_articles_are_sorted_by_when_their_files_came_not_by_their_dates(library: Library, tmp_path: Path) -> None:
    for number, name in enumerate(("无日期", "八年前", "四年前", "两年前", "上月"), 1):
        os.utime(tmp_path / "archive" / f"{name}.md", (3_000_000 - number * 4_000, 3_000_000 - number * 4_000))
    for number in range(4):
        note(tmp_path / "archive", f"新{number}", f"2024-02-0{number + 1} 10:00:00")
        os.utime(tmp_path / "archive" / f"新{number}.md", (2_000_000, 2_000_000))
    os.utime(tmp_path / "archive" / "unused.md", (1_000, 1_000))
    all_of(library)
    found = titles(library, FrontRequest(today=date(2024, 7, 1), since=1_900_000))
    assert found[FrontSection.NEW] == ["无日期", "八年前", "四年前", "两年前", "上月"]


def test_the_open_article_is_left_out_also_under_another_id(library: Library) -> None:
    open_article = by_title(library)["无日期"]
    request = FrontRequest(today=date(1, 1, 1), chance=0.0)
    assert titles(library, request)[FrontSection.CHANCE] == ["无日期"]
    request = without(request, replace(open_article, id="another"))
    assert FrontSection.CHANCE not in titles(library, request)
