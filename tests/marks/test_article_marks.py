"""Marks of whole articles: read, starred, read later, tags, saved positions; and their paths."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.document.sanitizing import clean_line
from reader.indexing.known_ids import identities
from reader.marks.article_marks import LONGEST_TAG
from reader.marks.facade import Marks
from reader.search.query_tree import State
from tests.marks.making import ODD_PATH, anchor, article, in_state, progress


def test_article_is_read_and_unread_and_its_position_is_saved(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.articles.place("a") is None
    assert progress(marks, "a") == 0
    assert marks.articles.last_opened() is None
    marks.articles.save_position(article("a"), Position(7, 2), 0.4)
    marks.articles.save_position(article("b"), Position(1, 0), 0.9)
    marks.articles.mark_read(article("a"), read=True)
    marks.articles.mark_read(article("b"), read=True, by_hand=False)
    marks.articles.mark_read(article("b"), read=False)
    marks.close()
    again = Marks(tmp_path / "marks.db")
    assert again.articles.place("a") == Position(7, 2)
    assert progress(again, "a") == 0.4
    assert in_state(again, State.READ) == {"a"}
    assert again.articles.last_opened() == "b"


def test_states_are_independent() -> None:
    marks = Marks(None)
    one = article()
    marks.articles.star(one, starred=True)
    marks.articles.mark_read(one, read=True)
    marks.articles.keep_for_later(one, later=True)
    bookmark = marks.bookmarks.add(one, Position(0), "x")
    assert in_state(marks, State.STARRED) == in_state(marks, State.READ) == in_state(marks, State.LATER) == {"a"}
    marks.articles.star(one, starred=False)
    marks.bookmarks.delete(bookmark)
    assert (in_state(marks, State.STARRED), in_state(marks, State.READ)) == (set(), {"a"})
    marks.articles.keep_for_later(one, later=False)
    marks.articles.star(article("never seen"), starred=False)
    assert in_state(marks, State.LATER) == in_state(marks, State.STARRED) == set()


def test_setting_a_state_again_is_not_a_change() -> None:
    marks = Marks(None)
    for change in (
        lambda: marks.articles.star(article(), starred=True),
        lambda: marks.articles.mark_read(article(), read=True),
        lambda: marks.articles.keep_for_later(article(), later=True),
        lambda: marks.articles.tag(article(), ["海"]),
    ):
        change()
        before = marks.store.rows("SELECT * FROM article, tag, change")
        change()
        assert marks.store.rows("SELECT * FROM article, tag, change") == before


def test_reading_to_the_end_leaves_a_manual_read_mark_undoable() -> None:
    marks = Marks(None)
    marks.articles.mark_read(article(), read=True)
    marks.articles.mark_read(article(), read=True, by_hand=False)
    change = marks.undo()
    assert change is not None
    assert change.whole
    assert in_state(marks, State.READ) == set()


def test_opened_articles_are_sorted_by_time() -> None:
    marks = Marks(None)
    assert marks.articles.opened_ids() == []
    for name in "abca":
        marks.articles.save_position(article(name), Position(0), 0.25)
    marks.articles.star(article("d"), starred=True)
    assert marks.articles.opened_ids() == ["a", "c", "b"]
    assert marks.articles.last_opened() == "a"
    visited = marks.articles.visited(2)
    assert [(one.id, one.path, one.title, one.progress) for one in visited] == [
        ("a", Path("/archive/a.md"), "文章 a", 0.25),
        ("c", Path("/archive/c.md"), "文章 c", 0.25),
    ]
    assert visited[0].at > visited[1].at


def test_last_visit_below_some_roots() -> None:
    marks = Marks(None)
    for name in "ab":
        marks.articles.save_position(article(name), Position(0), 0.25)
    visit = marks.articles.last_visit([Path("/other"), Path("/archive/a.md")])
    assert visit is not None
    assert visit.id == "a"
    assert marks.articles.last_visit([Path("/arch")]) is None


def test_texts_from_standard_input_are_not_in_the_history() -> None:
    marks = Marks(None)
    with TemporaryDirectory(prefix="reader-") as folder:
        spooled = replace(article("b"), path=Path(folder) / "stdin.html")
    for one in (article("a"), spooled):
        marks.articles.save_position(one, Position(0), 0.25)
    assert [visit.id for visit in marks.articles.visited()] == ["a"]


def test_position_is_saved_with_its_quotation() -> None:
    marks = Marks(None)
    assert marks.articles.place_quotation("a") == ""
    marks.articles.save_position(article(), Position(3), 0.5, quotation="灯塔照着海")
    assert marks.articles.place_quotation("a") == "灯塔照着海"
    marks.articles.save_position(article(), Position(4), 0.5)
    assert marks.articles.place_quotation("a") == ""


def test_progress_of_a_section_only_grows() -> None:
    marks = Marks(None)
    marks.articles.save_position(article(), Position(0), 0.1, {("节", 0): 0.5, ("节", 1): 0.25})
    marks.articles.save_position(article(), Position(0), 0.1, {("节", 0): 0.25, ("尾", 0): 1.0})
    assert marks.articles.sections("a") == {("节", 0): 0.5, ("节", 1): 0.25, ("尾", 0): 1.0}
    assert marks.articles.sections("b") == {}


# Paths


def test_moved_article_has_its_new_path_and_an_unknown_one_is_not_added() -> None:
    marks = Marks(None)
    for name in "ab":
        marks.bookmarks.add(article(name), Position(0), name)
    marks.articles.moved([("a", ODD_PATH), ("gone", Path("/archive/gone.md"))])
    marks.articles.moved(())
    assert {bookmark.name: bookmark.path for bookmark in marks.bookmarks.all()} == {
        "a": ODD_PATH,
        "b": Path("/archive/b.md"),
    }


def test_path_is_stored_as_an_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    marks = Marks(None)
    marks.bookmarks.add(article(path=Path("x/../a.md")), Position(0), "")
    assert marks.bookmarks.all()[0].path == tmp_path / "a.md"
    marks.articles.moved([("a", Path("b.md"))])
    assert marks.bookmarks.all()[0].path == tmp_path / "b.md"


def test_path_that_is_not_utf8_round_trips(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    marks.bookmarks.add(article(path=ODD_PATH), Position(0), "x")
    marks.highlights.add(article(path=ODD_PATH), anchor(), "", 1)
    marks.articles.save_position(article(path=ODD_PATH), Position(0), 0)
    paths = [marks.bookmarks.all()[0].path, marks.highlights.all()[0].path, marks.articles.visited()[0].path]
    assert paths == [ODD_PATH] * 3


def test_a_renamed_article_shows_its_new_title_in_the_lists() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article(), Position(0), "x")
    marks.highlights.add(article(), anchor(), "", 1)
    marks.articles.save_position(replace(article(), title="新题"), Position(0), 0.0)
    assert marks.bookmarks.all()[0].title == marks.highlights.all()[0].title == "新题"


def test_fingerprint_is_kept_until_another_is_known(tmp_path: Path) -> None:
    known: dict[str, int | None] = {"a": 7}
    marks = Marks(tmp_path / "marks.db", known.get)
    for fingerprint, kept in ((7, 7), (None, 7), (9, 9)):
        known["a"] = fingerprint
        marks.articles.star(article("a"), starred=True)
        assert identities(tmp_path / "marks.db").by_fingerprint == {kept: ("a", "/archive/a.md")}


# Tags


def test_article_has_the_last_assigned_tags_in_order() -> None:
    marks = Marks(None)
    assert marks.articles.tag(article(), ["#海", "  灯 塔 ", "", "＃", "海", "abc"]) == ("海", "灯 塔", "abc")
    assert marks.articles.tag(article(), ["new", "ABC", "海"]) == ("海", "abc", "new")
    marks.articles.tag(article("b"), ["海"])
    assert marks.articles.all_tags() == [("海", 2), ("abc", 1), ("new", 1)]
    assert marks.articles.tag(article(), []) == ()
    assert marks.articles.all_tags() == [("海", 1)]


def test_tags_of_the_same_microsecond_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.marks.article_marks.now", lambda: 1_700_000_000.0)
    assert Marks(None).articles.tag(article(), ["west", "north", "east"]) == ("west", "north", "east")


def test_tags_differing_only_in_case_or_width_are_equal_and_can_be_removed() -> None:
    marks = Marks(None)
    marks.articles.tag(article(), ["Ａbc"])
    # An older import may have left this.
    marks.store.connection.execute("INSERT INTO tag VALUES ('a', 'abc', 1), ('a', ' odd \x1b', 2)")
    assert marks.articles.tag(article(), ["x"]) == ("x",)


tags = st.lists(st.text("#＃ aAbＢ海\u0301\x1b\u202e", max_size=80) | st.text(max_size=8), max_size=6)


@given(tags, tags)
@settings(max_examples=40, deadline=None)
def test_any_tags_can_be_added_and_removed(some: list[str], others: list[str]) -> None:
    marks = Marks(None)
    for names in (some, others, []):
        kept = marks.articles.tag(article(), names)
        assert marks.articles.tags("a") == kept
        assert marks.articles.tag(article(), kept) == kept
        assert all(0 < len(one) <= LONGEST_TAG and clean_line(one) == one and one[0] not in "#＃ " for one in kept)
    assert kept == ()
    marks.close()
