"""Marks: kept, found again, shared between two readers, refused when they cannot be kept."""

import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.document.document import Position
from reader.errors import StoreError
from reader.library.marks import Marks
from reader.library.schema import MIGRATIONS


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
