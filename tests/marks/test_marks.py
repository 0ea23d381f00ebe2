"""Marks: kept, found again, shared between two readers, refused when they cannot be kept."""

import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader.library.marks import Marks
from reader.library.schema import MIGRATIONS

from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.document.document import Position
from reader.errors import StoreError
from reader.library.identities import identities
from reader.library.survey import SavedSearch


def article(name: str = "a", path: Path | None = None) -> Article:
    return Article(
        id=name,
        path=path or Path(f"/archive/{name}.md"),
        root=Path("/archive"),
        title=f"文章 {name}",
        date=datetime(2021, 11, 10, tzinfo=UTC),
        author="",
        categories=(),
        tags=(),
        url="",
        format=BodyFormat.HTML,
        size=1,
    )


def test_a_bookmark_is_there_after_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "new" / "folder" / "marks.db"
    first = Marks(store)
    made = first.add_bookmark(article(), Position(3, 14), "一处", "第三节", "这里写着什么")
    first.close()
    second = Marks(store)
    assert second.bookmarks() == [made]
    assert made.position == Position(3, 14)
    assert (made.name, made.section, made.quotation, made.title) == ("一处", "第三节", "这里写着什么", "文章 a")


def test_bookmarks_are_listed_newest_first_renamed_deleted_and_put_back() -> None:
    marks = Marks(None)
    old = marks.add_bookmark(article("a"), Position(0), "old", "", "")
    new = marks.add_bookmark(article("b"), Position(1), "new", "", "")
    assert [bookmark.name for bookmark in marks.bookmarks()] == ["new", "old"]
    renamed = marks.rename_bookmark(old, "older")
    assert marks.bookmarks() == [new, renamed]
    marks.delete_bookmark(renamed)
    marks.delete_bookmark(renamed)
    assert marks.bookmarks() == [new]
    marks.restore_bookmark(renamed)
    assert marks.bookmarks() == [new, renamed]


def test_a_path_that_is_not_utf8_comes_back_byte_for_byte(tmp_path: Path) -> None:
    odd = Path("/archive") / b"\xb2\xe2\xca\xd4 100%.md".decode("utf-8", "surrogateescape")
    marks = Marks(tmp_path / "marks.db")
    marks.add_bookmark(article(path=odd), Position(0), "x", "", "")
    assert marks.bookmarks()[0].path == odd


def test_an_article_is_read_and_unread_and_its_place_is_kept(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.place("a") is None
    assert marks.last_opened() is None
    marks.keep_place(article("a"), Position(7, 2), 0.4)
    marks.keep_place(article("b"), Position(1, 0), 0.9)
    marks.mark_read(article("a"), read=True)
    marks.mark_read(article("b"), read=True)
    marks.mark_read(article("b"), read=False)
    marks.close()
    again = Marks(tmp_path / "marks.db")
    assert again.place("a") == Position(7, 2)
    assert again.read_ids() == {"a"}
    assert again.last_opened() == "b"


def test_a_state_is_kept_by_its_key(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.state("theme") is None
    marks.keep_state("theme", "night")
    marks.keep_state("theme", "sepia")
    marks.close()
    assert Marks(tmp_path / "marks.db").state("theme") == "sepia"


def test_a_renamed_article_shows_its_new_title_in_the_list() -> None:
    marks = Marks(None)
    marks.add_bookmark(article("a"), Position(0), "x", "", "")
    marks.keep_place(replace(article("a"), title="新题"), Position(0), 0.0)
    assert marks.bookmarks()[0].title == "新题"


def test_an_article_is_starred_and_no_more() -> None:
    marks = Marks(None)
    for name in "ab":
        marks.star(article(name), starred=True)
        marks.star(article(name), starred=True)
    marks.star(article("a"), starred=False)
    marks.star(article("c"), starred=False)
    assert (marks.starred_ids(), marks.read_ids(), marks.bookmarked_ids()) == ({"b"}, set(), set())


def test_stars_and_reading_and_bookmarks_are_apart() -> None:
    marks = Marks(None)
    marks.star(article("a"), starred=True)
    marks.mark_read(article("a"), read=True)
    bookmark = marks.add_bookmark(article("a"), Position(0), "x", "", "")
    assert marks.starred_ids() == marks.read_ids() == marks.bookmarked_ids() == {"a"}
    marks.star(article("a"), starred=False)
    marks.delete_bookmark(bookmark)
    assert (marks.starred_ids(), marks.read_ids(), marks.bookmarked_ids()) == (set(), {"a"}, set())


def test_what_was_opened_last_is_first() -> None:
    marks = Marks(None)
    assert marks.opened_ids() == []
    for name in "abca":
        marks.keep_place(article(name), Position(0), 0.0)
    marks.star(article("d"), starred=True)
    assert marks.opened_ids() == ["a", "c", "b"]
    assert marks.last_opened() == "a"


def test_an_article_that_was_moved_lies_where_it_lies_now_and_one_that_is_unknown_stays_so() -> None:
    marks = Marks(None)
    odd = Path("/archive") / b"\xb2\xe2.md".decode("utf-8", "surrogateescape")
    for name in "ab":
        marks.add_bookmark(article(name), Position(0), name, "", "")
    marks.moved([("a", odd), ("gone", Path("/archive/gone.md"))])
    marks.moved(())
    assert {bookmark.name: bookmark.path for bookmark in marks.bookmarks()} == {"a": odd, "b": Path("/archive/b.md")}


def test_a_path_is_kept_so_that_it_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    marks = Marks(None)
    marks.add_bookmark(article(path=Path("x/../a.md")), Position(0), "", "", "")
    assert marks.bookmarks()[0].path == tmp_path / "a.md"
    marks.moved([("a", Path("b.md"))])
    assert marks.bookmarks()[0].path == tmp_path / "b.md"


def test_a_fingerprint_is_kept_until_another_is_known(tmp_path: Path) -> None:
    known: dict[str, int | None] = {"a": 7}
    marks = Marks(tmp_path / "marks.db", known.get)
    for fingerprint, kept in ((7, 7), (None, 7), (9, 9)):
        known["a"] = fingerprint
        marks.star(article("a"), starred=True)
        assert identities(tmp_path / "marks.db").by_fingerprint == {kept: ("a", "/archive/a.md")}


def test_searches_are_kept_by_their_names_the_first_first(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.searches() == ()
    one, two = marks.save_search("一", "灯塔"), marks.save_search("二", "len:no")
    marks.close()
    marks = Marks(tmp_path / "marks.db")
    assert marks.searches() == (SavedSearch(one, "一", "灯塔"), SavedSearch(two, "二", "len:no"))
    three = marks.save_search("一", "港口")
    assert {(search.name, search.query) for search in marks.searches()} == {("一", "港口"), ("二", "len:no")}
    marks.delete_search(two)
    marks.delete_search(two)
    assert marks.searches() == (SavedSearch(three, "一", "港口"),)


def test_the_number_of_a_search_that_is_gone_is_no_other_ones() -> None:
    marks = Marks(None)
    gone = marks.save_search("一", "灯塔")
    marks.delete_search(gone)
    assert marks.save_search("二", "灯塔") != gone


def _write(store: Path, name: str) -> None:
    marks = Marks(store)
    for number in range(30):
        marks.add_bookmark(article(name), Position(number), f"{name}{number}", "", "")
    marks.close()


def test_two_readers_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(store, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    names = {bookmark.name for bookmark in Marks(store).bookmarks()}
    assert names == {f"{name}{number}" for name in "ab" for number in range(30)}


def test_a_damaged_store_is_said_so_and_left_alone(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    store.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError, match=r"marks\.db"):
        Marks(store)
    assert store.read_bytes().startswith(b"this is no database")


def test_a_store_of_a_newer_reader_is_not_touched(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    Marks(store).close()
    connection = apsw.Connection(str(store))
    connection.pragma("user_version", len(MIGRATIONS) + 1)
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Marks(store)


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        Marks(tmp_path / "file" / "marks.db")


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["add", "rename", "delete", "restore"]), st.integers(0, 9), st.text(max_size=20)),
    max_size=40,
)


@given(OPERATIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sequence_of_changes_leaves_what_a_dictionary_would(operations: list[tuple[str, int, str]]) -> None:
    marks, model, made = Marks(None), {}, []
    for what, index, text in operations:
        name = text.replace("\0", "").encode("utf-8", "ignore").decode()
        if what == "add":
            bookmark = marks.add_bookmark(article(), Position(index), name, "", "")
            made.append(bookmark)
            model[bookmark.id] = bookmark
        elif made:
            chosen = made[index % len(made)]
            if what == "rename" and chosen.id in model:
                model[chosen.id] = marks.rename_bookmark(model[chosen.id], name)
            elif what == "delete":
                marks.delete_bookmark(chosen)
                model.pop(chosen.id, None)
            elif what == "restore" and chosen.id not in model:
                marks.restore_bookmark(chosen)
                model[chosen.id] = chosen
    expected = sorted(model.values(), key=lambda bookmark: (bookmark.created, bookmark.id), reverse=True)
    assert marks.bookmarks() == expected
    marks.close()
