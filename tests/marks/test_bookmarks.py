"""Bookmarks: adding, listing, renaming, and letters."""

from pathlib import Path

from reader.document.document import Position
from reader.marks.facade import Marks
from tests.marks.making import article


def test_bookmark_survives_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "new" / "folder" / "marks.db"
    first = Marks(store)
    made = first.bookmarks.add(article(), Position(3, 14), "一处", "第三节", "这里写着什么", "q")
    first.close()
    first.close()
    second = Marks(store)
    assert second.bookmarks.all() == second.bookmarks.of("a") == [made]
    assert made.position == Position(3, 14)
    assert (made.name, made.section, made.quotation, made.title) == ("一处", "第三节", "这里写着什么", "文章 a")
    assert (made.letter, made.created) == ("q", made.changed)


def test_bookmarks_are_listed_newest_first_renamed_deleted_and_restored() -> None:
    marks = Marks(None)
    old = marks.bookmarks.add(article("a"), Position(0), "old")
    new = marks.bookmarks.add(article("b"), Position(1), "new")
    assert [bookmark.name for bookmark in marks.bookmarks.all()] == ["new", "old"]
    renamed = marks.bookmarks.rename(old, " older\n\x1b[1m ")
    assert renamed.name == "older [1m"
    assert renamed.changed > old.changed
    assert marks.bookmarks.all() == [new, renamed]
    marks.bookmarks.delete(renamed)
    marks.bookmarks.delete(renamed)
    assert marks.bookmarks.all() == [new]
    assert marks.undo() is not None
    assert marks.bookmarks.all() == [new, renamed]


def test_bookmarks_of_an_article_are_sorted_by_position() -> None:
    marks = Marks(None)
    places = [Position(2, 1), Position(0, 9), Position(2, 0)]
    for place in places:
        marks.bookmarks.add(article("a"), place, "x")
        marks.bookmarks.add(article("b"), place, "x")
    assert [one.position for one in marks.bookmarks.of("a")] == sorted(places)


def test_lower_case_letter_works_in_its_article_and_a_capital_anywhere() -> None:
    marks = Marks(None)
    small = marks.bookmarks.add(article("a"), Position(0), "small", letter="q")
    other = marks.bookmarks.add(article("b"), Position(0), "other", letter="q")
    capital = marks.bookmarks.add(article("a"), Position(1), "capital", letter="Q")
    assert marks.bookmarks.lettered("q", "a") == small
    assert marks.bookmarks.lettered("q", "b") == other
    assert marks.bookmarks.lettered("q", None) is None
    for article_id in ("a", "b", None):
        assert marks.bookmarks.lettered("Q", article_id) == capital


def test_letter_belongs_to_the_bookmark_that_got_it_last() -> None:
    marks = Marks(None)
    first = marks.bookmarks.add(article("a"), Position(0), "first", letter="q")
    elsewhere = marks.bookmarks.add(article("b"), Position(0), "elsewhere", letter="q")
    second = marks.bookmarks.add(article("a"), Position(1), "second", letter="q")
    letters = {one.name: one.letter for one in marks.bookmarks.all()}
    assert letters == {"first": "", "elsewhere": "q", "second": "q"}
    marks.bookmarks.letter(first, "q")
    assert [one.letter for one in marks.bookmarks.of("a")] == ["q", ""]
    # A capital letter is also taken from a bookmark of another article.
    marks.bookmarks.letter(elsewhere, "Z")
    marks.bookmarks.letter(second, "Z")
    assert {one.name: one.letter for one in marks.bookmarks.all()} == {"first": "q", "elsewhere": "", "second": "Z"}
    marks.bookmarks.letter(second, "")
    assert marks.bookmarks.lettered("Z", None) is None


def test_reassigning_a_letter_is_undone_for_both_bookmarks() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article(), Position(0), "first", letter="q")
    marks.bookmarks.add(article(), Position(1), "second", letter="q")
    change = marks.undo()
    assert change is not None
    assert change.whole
    assert [(one.name, one.letter) for one in marks.bookmarks.all()] == [("first", "q")]
    marks.redo()
    assert [(one.name, one.letter) for one in marks.bookmarks.of("a")] == [("first", ""), ("second", "q")]


def test_row_id_of_a_deleted_bookmark_is_not_reused() -> None:
    marks = Marks(None)
    gone = marks.bookmarks.add(article(), Position(0), "gone")
    marks.bookmarks.delete(gone)
    assert marks.bookmarks.add(article(), Position(0), "new").id != gone.id
