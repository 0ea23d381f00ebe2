"""Export and import of marks: lossless, merged with existing ones, and the newer version wins."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks.change_kinds import ChangeKind
from reader.marks.exchange import MarksFile, decoded, encoded
from reader.marks.facade import Marks
from reader.marks.merging import ImportResult, import_marks
from reader.marks.reading_days import Day
from tests.marks.making import ODD_PATH, anchor, article, exported, filled, held, names, progress


def moved(marks: Marks) -> MarksFile:
    """The result of exporting and decoding the marks of a database."""
    return decoded(exported(marks))


def imported(*stores: Marks) -> Marks:
    """A database in memory into which others were imported in turn."""
    into = Marks(None)
    for store in stores:
        import_marks(into.store, moved(store))
    return into


def test_export_into_an_empty_store_round_trips(tmp_path: Path) -> None:
    marks = filled(None)
    into = Marks(tmp_path / "marks.db")
    added = import_marks(into.store, moved(marks))
    assert added == ImportResult(articles=2, bookmarks=2, highlights=2, unknown=2, changed=True)
    assert held(into) == held(marks)
    assert exported(into) == exported(marks)
    into.close()
    assert exported(Marks(tmp_path / "marks.db")) == exported(marks)
    assert exported(imported(Marks(None))) == exported(Marks(None))


def test_file_is_json_as_documented() -> None:
    file = json.loads(exported(filled(None)))
    assert [*file] == ["format", "version", "articles", "searches", "days", "state", "words"]
    assert (file["format"], file["version"]) == ("archive-reader marks", 1)
    one, two = file["articles"]
    assert (one["id"], one["path"], one["fingerprint"]) == ("a1", "/archive/a1.md", 97)
    assert one["starred"].endswith("Z")
    assert (one["place"], one["progress"]) == ([7, 2], 0.4)
    assert one["sections"] == [
        {"title": "第三节", "number": 0, "progress": 0.5},
        {"title": "第三节", "number": 1, "progress": 1.0},
    ]
    assert one["bookmarks"][0]["letter"] == "A"
    assert one["highlights"][0]["note"] == "第一行\n第二行"
    assert two["path_bytes"] == "L2FyY2hpdmUvYbLiytQgMTAwJS5tZA=="
    assert "�" in two["path"]
    assert file["days"] == [{"day": "2026-11-24", "seconds": 61.5, "characters": 1200}]


def test_optional_fields_may_be_missing() -> None:
    file = json.loads(exported(filled(None)))
    kept = ("id", "path", "title", "opened", "place")
    file["articles"] = [{key: one[key] for key in kept if key in one} for one in file["articles"]]
    into = Marks(None)
    import_marks(into.store, decoded(json.dumps(file).encode()))
    assert (into.articles.place("a1"), progress(into, "a1")) == (Position(7, 2), 0.0)
    assert held(into) | {"searches": []} == held(Marks(None))
    assert json.loads(exported(into))["articles"][0] == {**file["articles"][0], "progress": 0.0}


def test_path_that_is_not_utf8_round_trips() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article(path=ODD_PATH), Position(0), "x")
    assert imported(marks).bookmarks.all()[0].path == ODD_PATH


def test_importing_twice_adds_nothing() -> None:
    marks, into = filled(None), filled(None, "b")
    import_marks(into.store, moved(marks))
    before = exported(into), into.store.rows("SELECT * FROM change"), into.store.rows("SELECT * FROM saved_search")
    assert import_marks(into.store, moved(marks)) == ImportResult(
        articles=2, bookmarks=0, highlights=0, unknown=0, changed=False
    )
    import_marks(into.store, moved(into))
    again = exported(into), into.store.rows("SELECT * FROM change"), into.store.rows("SELECT * FROM saved_search")
    assert again == before


def test_existing_marks_are_not_lost() -> None:
    marks, into = filled(None), filled(None, "b")
    before, brought = held(into), held(marks)
    import_marks(into.store, moved(marks))
    after = held(into)
    for room, kept in before.items():
        other = brought[room]
        expected = {**kept, **other} if isinstance(kept, dict) else kept | other if isinstance(kept, set) else None
        assert after[room] == (sorted([*kept, *other]) if expected is None else expected)
    assert into.articles.place("b1") == into.articles.place("a1") == Position(7, 2)
    assert into.state("theme") == "b-night"


def test_merging_is_commutative() -> None:
    one, two = filled(None), filled(None, "b")
    assert held(imported(one, two)) == held(imported(two, one))


# The newer version


def test_of_two_versions_of_a_mark_the_newer_wins() -> None:
    marks = Marks(None)
    old = marks.bookmarks.add(article(), Position(0), "old", letter="q")
    noted = marks.highlights.add(article(), anchor(), "", 1, "old")
    into = imported(marks)
    older = moved(marks)
    marks.bookmarks.rename(old, "new")
    marks.highlights.change(noted, note="new", colour=3)
    added = import_marks(into.store, moved(marks))
    assert (added.bookmarks, added.highlights, added.unknown) == (1, 1, 0)
    import_marks(into.store, older)
    assert names(into) == {"new"}
    assert [(one.note, one.colour) for one in into.highlights.all()] == [("new", 3)]


def test_newer_position_and_larger_section_progress_win() -> None:
    marks, into = Marks(None), Marks(None)
    into.articles.save_position(article(), Position(1), 0.1, {("节", 0): 0.75})
    marks.articles.save_position(article(), Position(2), 0.2, {("节", 0): 0.5, ("尾", 0): 0.25})
    import_marks(into.store, moved(marks))
    assert into.articles.place("a") == Position(2)
    assert into.articles.sections("a") == {("节", 0): 0.75, ("尾", 0): 0.25}
    older = moved(marks)
    into.articles.save_position(article(), Position(3), 0.3)
    import_marks(into.store, older)
    assert (into.articles.place("a"), progress(into, "a")) == (Position(3), 0.3)


def test_of_a_day_the_larger_figures_are_kept() -> None:
    file = MarksFile("archive-reader marks", 1)
    raw = json.loads(encoded(file))
    into = Marks(None)
    for seconds, characters in ((10, 100), (5, 200), (10, 1)):
        raw["days"] = [{"day": "2026-11-24", "seconds": seconds, "characters": characters}]
        import_marks(into.store, decoded(json.dumps(raw).encode()))
    assert [*into.days.all().values()] == [Day(10.0, 200)]


def test_tags_differing_only_in_case_or_width_are_equal() -> None:
    marks, into = Marks(None), Marks(None)
    marks.articles.tag(article(), ["Ａbc", "海"])
    into.articles.tag(article(), ["aBC", "岸"])
    import_marks(into.store, moved(marks))
    assert set(into.articles.tags("a")) == {"aBC", "岸", "海"}


def test_existing_search_keeps_its_query() -> None:
    marks, into = Marks(None), Marks(None)
    marks.searches.save("一", "there")
    into.searches.save("一", "here")
    import_marks(into.store, moved(marks))
    assert [one.query for one in into.searches.all()] == ["here"]


def test_unknown_time_of_reading_stays_unknown() -> None:
    marks, into = Marks(None), Marks(None)
    marks.articles.mark_read(article("a"), read=True)
    marks.articles.star(article("b"), starred=True)
    dated = moved(marks)
    marks.clear_history()
    records = {one["id"]: one for one in json.loads(exported(marks))["articles"]}
    assert (records["a"]["read"], "read" in records["b"]) == (None, False)
    import_marks(into.store, moved(marks))
    assert held(into) == held(marks)
    assert exported(into) == exported(marks)
    # If another database knows the time, it is imported, and not lost again.
    import_marks(into.store, dated)
    after = exported(into)
    assert json.loads(after)["articles"][0]["read"].endswith("Z")
    import_marks(into.store, moved(marks))
    assert exported(into) == after


# Articles with different ids


@pytest.fixture
def elsewhere() -> Marks:
    """The marks of an article that has another id on another machine."""
    marks = Marks(None, {"there": 7}.get)
    marks.bookmarks.add(article("there", Path("/elsewhere/a.md")), Position(0), "x")
    return marks


def test_article_is_identified_by_its_fingerprint(elsewhere: Marks) -> None:
    into = Marks(None, {"here": 7}.get)
    into.articles.star(article("here"), starred=True)
    added = import_marks(into.store, moved(elsewhere))
    assert added.unknown == 0
    assert [one.article_id for one in into.bookmarks.all()] == ["here"]
    assert into.bookmarks.all()[0].path == Path("/archive/here.md")


def test_article_is_identified_by_the_fingerprint_of_an_open_archive(elsewhere: Marks) -> None:
    into = Marks(None)
    assert import_marks(into.store, moved(elsewhere), {7: "here"}.get).unknown == 1
    assert [one.article_id for one in into.bookmarks.all()] == ["here"]
    assert import_marks(into.store, moved(elsewhere), {7: "here"}.get) == ImportResult(1, 0, 0, 0, changed=False)


def test_article_is_identified_by_its_path_as_a_last_resort(elsewhere: Marks) -> None:
    into = Marks(None)
    into.articles.star(article("here", Path("/elsewhere/a.md")), starred=True)
    assert import_marks(into.store, moved(elsewhere), {7: "archived"}.get).unknown == 1
    into = Marks(None)
    into.articles.star(article("here", Path("/elsewhere/a.md")), starred=True)
    assert import_marks(into.store, moved(elsewhere)).unknown == 0
    assert [one.article_id for one in into.bookmarks.all()] == ["here"]


def test_marks_of_a_missing_article_are_kept_until_it_appears(elsewhere: Marks) -> None:
    into = imported(elsewhere)
    into.articles.save_position(article("there", Path("/now/a.md"), "题"), Position(0), 0)
    assert [(one.path, one.title) for one in into.bookmarks.all()] == [(Path("/now/a.md"), "题")]


@pytest.mark.parametrize("fingerprints", [{"a": 7, "b": 7}, {"a": 0, "b": 0}, {}])
@pytest.mark.parametrize("path", [None, Path("/archive/one.md")])
def test_two_articles_of_a_file_stay_two_even_if_one_is_a_copy(fingerprints: dict[str, int], path: Path | None) -> None:
    marks = Marks(None, fingerprints.get)
    for name in "ab":
        marks.bookmarks.add(article(name, path), Position(0), name)
    into = imported(marks)
    assert {one.name: one.article_id for one in into.bookmarks.all()} == {"a": "a", "b": "b"}
    zero = {one.fingerprint or None for one in moved(marks).articles}
    assert {one.fingerprint for one in moved(into).articles} == zero


def test_files_without_a_fingerprint_are_not_identical() -> None:
    marks, into = Marks(None, {"a": 0}.get), Marks(None, {"b": 0}.get)
    marks.bookmarks.add(article("a"), Position(0), "a")
    into.bookmarks.add(article("b"), Position(0), "b")
    import_marks(into.store, moved(marks))
    assert {one.name: one.article_id for one in into.bookmarks.all()} == {"a": "a", "b": "b"}


# Atomicity


def test_import_is_one_change_for_undo_and_redo() -> None:
    marks, into = filled(None), filled(None, "b")
    before = held(into)
    import_marks(into.store, moved(marks))
    after = held(into)
    change = into.undo()
    assert change is not None
    assert (change.kind, change.articles, change.whole) == (ChangeKind.IMPORT, frozenset({"a1", "a2"}), True)
    assert held(into) == before
    assert into.redo() is not None
    assert held(into) == after


def test_marks_made_since_an_import_survive_its_undo() -> None:
    into = imported(filled(None))
    into.bookmarks.add(article("a1"), Position(9), "mine")
    first, second = into.undo(), into.undo()
    assert first is not None
    assert second is not None
    into.redo()
    into.redo()
    assert names(into) == {"a 一处", "a 改过", "mine"}


def test_failed_import_leaves_nothing(tmp_path: Path) -> None:
    marks, into = filled(None), Marks(tmp_path / "marks.db")
    before = exported(into)
    pages = int(into.store.connection.pragma("page_count"))
    into.store.connection.pragma("max_page_count", pages)
    file = moved(marks)
    for record in file.articles:
        for one in record.highlights:
            one.note = "x" * 200_000
    with pytest.raises(StoreError, match="full"):
        import_marks(into.store, file)
    assert exported(into) == before
    assert into.undo() is None
    into.store.connection.pragma("max_page_count", 1_000_000)
    import_marks(into.store, file)
    assert len(into.highlights.all()) == 2


# Random marks

# Ideographic spaces are preserved, because headings contain them.
texts = st.just("第一节\u3000题") | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]), max_size=6
)
changes = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), texts), max_size=12)


def make(marks: Marks, some: list[tuple[int, int, str]]) -> None:
    for what, number, text in some:
        one = article("abc"[number % 3], Path(f"/archive/{number}.md"))
        makers: list[Any] = [
            lambda one=one, text=text: marks.bookmarks.add(one, Position(1), text, text, text, "q"),
            lambda one=one, text=text: marks.highlights.add(one, anchor(text), text, 1, text),
            lambda one=one, text=text: marks.articles.tag(one, text.split("a")),
            lambda text=text: marks.searches.save(text, text),
            lambda one=one, text=text, number=number: marks.articles.save_position(
                one, Position(number), number / 9, {(text, number): 0.5}, " ".join(text.split())
            ),
            lambda one=one, number=number: marks.articles.mark_read(one, read=number > 3),
        ]
        makers[what]()


@given(changes, changes)
@settings(max_examples=25, deadline=None)
def test_any_two_stores_can_be_merged_and_any_one_round_trips(
    some: list[tuple[int, int, str]], others: list[tuple[int, int, str]]
) -> None:
    first, second = Marks(None), Marks(None)
    make(first, some)
    make(second, others)
    assert exported(imported(first)) == exported(first)
    both = imported(first, second)
    assert exported(imported(both)) == exported(both)
    after = exported(both)
    import_marks(both.store, moved(first))
    import_marks(both.store, moved(second))
    assert exported(both) == after
    for marks in (first, second):
        assert held(marks)["bookmarks"].items() <= held(both)["bookmarks"].items()
        assert held(marks)["highlights"].items() <= held(both)["highlights"].items()
        assert held(marks)["read"] <= held(both)["read"]
        marks.close()
    both.close()
