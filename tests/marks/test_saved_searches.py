"""Saved searches."""

from pathlib import Path

from reader.marks.facade import Marks
from reader.marks.saved_searches import SavedSearch


def test_searches_are_sorted_by_time_and_identified_by_name(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.searches.all() == ()
    one, two = marks.searches.save("一", "灯塔"), marks.searches.save("二", "len:no")
    marks.close()
    marks = Marks(tmp_path / "marks.db")
    assert marks.searches.all() == (SavedSearch(one, "一", "灯塔"), SavedSearch(two, "二", "len:no"))
    three = marks.searches.save("一", "港口")
    assert {(search.name, search.query) for search in marks.searches.all()} == {("一", "港口"), ("二", "len:no")}
    for _ in range(2):
        marks.searches.delete(SavedSearch(two, "二", "len:no"))
        assert marks.searches.all() == (SavedSearch(three, "一", "港口"),)


def test_undoing_a_replacement_restores_the_replaced_search() -> None:
    marks = Marks(None)
    marks.searches.save("一", "灯塔")
    marks.searches.save("一", "港口")
    marks.undo()
    assert [search.query for search in marks.searches.all()] == ["灯塔"]
    marks.redo()
    assert [search.query for search in marks.searches.all()] == ["港口"]


def test_row_id_of_a_deleted_search_is_not_reused() -> None:
    marks = Marks(None)
    gone = marks.searches.save("一", "灯塔")
    marks.searches.delete(marks.searches.all()[0])
    assert marks.searches.save("二", "灯塔") != gone
