"""Lists of marks: scope, filter, sort order, and pages."""

from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks.facade import Marks
from reader.marks.mark_list import MarkFilter, Scope, SortMarks
from tests.marks.making import ODD_PATH, anchor, article


@pytest.fixture
def marks() -> Marks:
    marks = Marks(None)
    for name, path in (("b", Path("/one/b.md")), ("a", Path("/one/x/a.md")), ("c", Path("/one x/c.md"))):
        marks.bookmarks.add(article(name, path), Position(1), f"第二 {name}", letter=name)
        marks.bookmarks.add(article(name, path), Position(0), f"第一 {name}", quotation="Ｌighthouse")
        marks.highlights.add(
            article(name, path), anchor(f"划线 {name}", 1), "", ord(name) - ord("a") + 1, f"笔记 {name}"
        )
        marks.highlights.add(article(name, path), anchor(f"也划 {name}", 0), "", 1)
    return marks


def bookmarked(marks: Marks, shown: MarkFilter) -> list[str]:
    return [one.name for one in marks.bookmarks.listing(shown)]


def highlighted(marks: Marks, shown: MarkFilter) -> list[str]:
    return [one.anchor.quotation for one in marks.highlights.listing(shown)]


@pytest.mark.parametrize(
    ("sort", "bookmarks", "highlights"),
    [
        (SortMarks.NEWEST, "1c 2c 1a 2a 1b 2b", "1c 2c 1a 2a 1b 2b"),
        (SortMarks.PLACE, "1a 2a 1b 2b 1c 2c", "1a 2a 1b 2b 1c 2c"),
        (SortMarks.NAME, "1a 1b 1c 2a 2b 2c", "1a 1b 1c 2a 2b 2c"),
        (SortMarks.KIND, "2a 2b 2c 1c 1a 1b", "1c 1a 2a 1b 2b 2c"),
    ],
)
def test_marks_are_in_the_requested_order(marks: Marks, sort: SortMarks, bookmarks: str, highlights: str) -> None:
    ordinal = {"1": "第一", "2": "第二"}
    assert bookmarked(marks, MarkFilter(sort=sort)) == [f"{ordinal[one[0]]} {one[1]}" for one in bookmarks.split()]
    drawn = {"1": "也划", "2": "划线"}
    assert highlighted(marks, MarkFilter(sort=sort)) == [f"{drawn[one[0]]} {one[1]}" for one in highlights.split()]


@pytest.mark.parametrize(
    ("shown", "articles"),
    [
        (MarkFilter(Scope.ARTICLE, "a"), "a"),
        (MarkFilter(Scope.ARTICLE, "nobody"), ""),
        (MarkFilter(Scope.EVERYTHING), "abc"),
        (MarkFilter(Scope.ARCHIVES, roots=(Path("/one"),)), "ab"),
        (MarkFilter(Scope.ARCHIVES, roots=(Path("/one/x"), Path("/one x/c.md"))), "ac"),
        (MarkFilter(Scope.ARCHIVES, roots=(Path("/"),)), "abc"),
        (MarkFilter(Scope.ARCHIVES, roots=(Path("/on"),)), ""),
        (MarkFilter(Scope.ARCHIVES), ""),
    ],
)
def test_marks_are_limited_to_an_article_to_archives_or_not(marks: Marks, shown: MarkFilter, articles: str) -> None:
    assert {one.article_id for one in marks.bookmarks.listing(shown)} == set(articles)
    assert {one.article_id for one in marks.highlights.listing(shown)} == set(articles)
    assert len(marks.bookmarks.listing(shown)) == len(marks.highlights.listing(shown)) == 2 * len(articles)


def test_archive_whose_name_is_not_utf8_has_its_marks() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article("a", ODD_PATH / "a.md"), Position(0), "odd")
    marks.bookmarks.add(article("b"), Position(0), "even")
    assert bookmarked(marks, MarkFilter(Scope.ARCHIVES, roots=(ODD_PATH,))) == ["odd"]


def test_all_words_must_occur_in_the_text_of_a_mark(marks: Marks) -> None:
    assert bookmarked(marks, MarkFilter(words="LIGHTHOUSE A", sort=SortMarks.NAME)) == ["第一 a"]
    assert len(marks.bookmarks.listing(MarkFilter(words="文章 第二"))) == 3
    assert bookmarked(marks, MarkFilter(Scope.ARTICLE, "b", words="第")) == ["第一 b", "第二 b"]
    assert bookmarked(marks, MarkFilter(words="%")) == bookmarked(marks, MarkFilter(words="nowhere")) == []
    assert highlighted(marks, MarkFilter(words="笔记 c")) == ["划线 c"]
    assert len(marks.highlights.listing(MarkFilter(words="  "))) == 6


def test_long_list_is_read_page_by_page() -> None:
    marks = Marks(None)
    with marks.store.change(None, article=article()) as connection:
        connection.executemany(
            "INSERT INTO bookmark (uid, article, block, offset, name, section, quotation, created_at, changed_at)"
            " VALUES (?, 'a', ?, 0, ?, '', '', ?, 0)",
            [(str(number), number, str(number), number) for number in range(6_000)],
        )
    listing = marks.bookmarks.listing(MarkFilter(sort=SortMarks.PLACE))
    assert len(listing) == 6_000
    found = [listing[number] for number in (0, 199, 200, 5_999, 3_333, *range(0, 6_000, 200), 1)]
    assert [one and int(one.name) for one in found] == [0, 199, 200, 5_999, 3_333, *range(0, 6_000, 200), 1]
    assert [int(one.name) for one in listing] == [*range(6_000)]
    assert [int(one.name) for one in listing.rows(5_990, 4)] == [5_990, 5_991, 5_992, 5_993]


def test_mark_deleted_by_another_reader_leaves_a_gap() -> None:
    marks = Marks(None)
    made = [marks.bookmarks.add(article(), Position(number), str(number)) for number in range(3)]
    listing = marks.bookmarks.listing(MarkFilter(sort=SortMarks.PLACE))
    marks.bookmarks.delete(made[0])
    shown = [listing[number] for number in range(len(listing))]
    assert [one and one.name for one in shown] == ["1", "2", None]


@pytest.mark.parametrize("shown", [MarkFilter(), MarkFilter(words="第")])
def test_some_marks_of_a_list_are_found_by_their_ids(marks: Marks, shown: MarkFilter) -> None:
    listing = marks.bookmarks.listing(shown)
    first = listing[0]
    assert first is not None
    assert listing.uids_among([first.uid, "of another list"]) == {first.uid}
