"""Databases of older versions: migrated without loss after a backup, or left unchanged."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError, StoreError
from reader.marks import backups as copies
from reader.marks import migrations
from reader.marks.backups import backups
from reader.marks.facade import Marks
from reader.marks.migrations import MIGRATIONS
from reader.marks.restoring import open_marks, restore
from reader.search.query_tree import State
from tests.marks.making import ODD_PATH, anchor, article, exported, in_state

OLD = range(1, len(MIGRATIONS))
_FILLED = {
    1: """
        INSERT INTO article (id, path, title, read_at, place_block, place_offset, progress, opened_at) VALUES
            ('a', x'2f612e6d64', '题 a', 1600000000.123456789, 7, 2, 0.5, 1600000001.5),
            ('b', CAST(:odd AS BLOB), '题 b', NULL, NULL, NULL, 0, NULL);
        INSERT INTO bookmark (article, block, offset, name, section, quotation, created_at) VALUES
            ('a', 3, 14, '一处', '第三节', '引', 1600000002.25), ('b', 0, 0, '二', '', '', 1600000003),
            ('a', 3, 14, '一处', '第三节', '引', 1600000002.25);
        DELETE FROM bookmark WHERE id = 2;
        INSERT INTO bookmark (article, block, offset, name, section, quotation, created_at) VALUES
            ('b', 1, 0, '三', '', '', 1600000004);
        INSERT INTO state VALUES ('theme', 'night');
    """,
    2: """
        UPDATE article SET fingerprint = -9, starred_at = 1600000005 WHERE id = 'b';
        INSERT INTO saved_search (name, query, created_at) VALUES ('搜', '灯塔', 1600000006);
    """,
    3: """
        INSERT INTO tag (article, name, added_at) VALUES ('b', '海', 1600000007);
        INSERT INTO day (day, seconds, characters) VALUES ('2020-09-13', 60, 400);
    """,
    4: """
        INSERT INTO word (uid, text, reading, meaning, sentence, title, created_at) VALUES
            ('w', '灯', 'dēng', 'lamp', '灯亮着。', '题 b', 1600000008);
    """,
}
"""The rows of each version, in addition to those of earlier versions."""


def old_store(path: Path, version: int, *, wal: bool = True) -> Path:
    """A database in the format of an older version."""
    connection = apsw.Connection(str(path))
    if wal:
        connection.pragma("journal_mode", "wal")
    for step, (_name, sql) in enumerate(MIGRATIONS[:version], start=1):
        connection.execute(sql)
        connection.execute(_FILLED[step].replace(":odd", f"x'{bytes(ODD_PATH).hex()}'"))
        connection.pragma("user_version", step)
    connection.close()
    return path


def rows(path: Path, version: int) -> list[list[tuple[object, ...]]]:
    """The rows of all tables in the columns of a version."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    there = apsw.Connection(":memory:")
    for _name, sql in MIGRATIONS[:version]:
        there.execute(sql)
    found = []
    for (table,) in there.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
        columns = ", ".join(str(row[1]) for row in there.execute(f"PRAGMA table_info({table})").fetchall())
        found.append(connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall())  # noqa: S608
    connection.close()
    return found


@pytest.mark.parametrize("version", OLD)
@pytest.mark.parametrize("wal", [True, False])
def test_older_store_is_migrated_without_loss(
    tmp_path: Path,
    version: int,
    wal: bool,  # noqa: FBT001
) -> None:
    store = old_store(tmp_path / "marks.db", version, wal=wal)
    before = rows(store, version)
    Marks(store).close()
    sequence = [row for row in rows(store, version)[-1] if row[0] in {one[0] for one in before[-1]}]
    assert rows(store, version)[:-1] == before[:-1]
    assert sequence == before[-1]
    (copy,) = backups(store)
    assert (copy.why, rows(copy.path, version)) == ("migration", before)
    Marks(store).close()
    assert len(backups(store)) == 1


@pytest.mark.parametrize("version", OLD)
def test_migrated_store_works_like_a_new_one(tmp_path: Path, version: int) -> None:
    store = old_store(tmp_path / "marks.db", version)
    marks = Marks(store)
    assert [(one.name, one.position, one.article_id) for one in marks.bookmarks.all()] == [
        ("三", Position(1), "b"),
        ("一处", Position(3, 14), "a"),
        ("一处", Position(3, 14), "a"),
    ]
    assert {one.path for one in marks.bookmarks.all()} == {Path("/a.md"), ODD_PATH}
    assert all(one.uid and one.changed == one.created for one in marks.bookmarks.all())
    assert len({one.uid for one in marks.bookmarks.all()}) == 3
    assert (in_state(marks, State.READ), marks.articles.place("a")) == ({"a"}, Position(7, 2))
    assert marks.state("theme") == "night"
    if version > 1:
        assert in_state(marks, State.STARRED) == {"b"}
        assert [one.query for one in marks.searches.all()] == ["灯塔"]
    if version > 2:
        assert marks.articles.tags("b") == ("海",)
    assert [word.text for word in marks.words.all()] == (["灯"] if version > 3 else [])
    assert marks.reviews.due(9) == []
    assert marks.undo() is None
    for number, one in enumerate(marks.bookmarks.all()):
        marks.bookmarks.letter(one, "xyz"[number])
        marks.bookmarks.rename(one, "new")
    marks.highlights.add(article("a"), anchor(), "", 1)
    marks.bookmarks.delete(marks.bookmarks.all()[0])
    made = marks.bookmarks.add(article("a"), Position(0), "x")
    assert made.id == 5
    for _ in range(9):
        change = marks.undo()
        assert change is not None
        assert change.whole
    assert {one.name for one in marks.bookmarks.all()} == {"一处", "三"}
    marks.close()
    assert exported(Marks(store))


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_failed_migration_leaves_the_store_unchanged(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "marks.db"
    if version:
        old_store(store, version)
        before = rows(store, version)
    name, sql = MIGRATIONS[-1]
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS[:-1], (name, sql + "SELECT nonsense;")))
    with pytest.raises(StoreError, match="nonsense") as told:
        Marks(store)
    assert not isinstance(told.value, CorruptStoreError)
    connection = apsw.Connection(str(store))
    assert connection.pragma("user_version") == version
    connection.close()
    monkeypatch.undo()
    if version:
        assert rows(store, version) == before
    marks = Marks(store)
    assert len(marks.bookmarks.all()) == (3 if version else 0)


def _full(_source: object, target: Path, _stop: object) -> None:
    target.write_bytes(b"half")
    raise apsw.FullError("database or disk is full")


def _no_room(_source: object, _target: Path, _stop: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("failing", [_full, _no_room])
def test_full_disk_during_the_backup_leaves_the_store_unchanged(
    tmp_path: Path, failing: Callable[[object, Path, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = old_store(tmp_path / "marks.db", 2)
    before = store.read_bytes()
    monkeypatch.setattr(copies, "copy_store", failing)
    with pytest.raises(StoreError, match=r"Cannot back up.*(full|space).*the free disk space") as told:
        Marks(store)
    assert not isinstance(told.value, CorruptStoreError)
    assert store.read_bytes() == before
    assert [*(tmp_path / "backups").iterdir()] == []
    # Reading still works, and all marks are visible.
    marks, error = open_marks(store)
    assert error is not None
    assert len(marks.bookmarks.all()) == 3
    monkeypatch.undo()
    assert len(Marks(store).bookmarks.all()) == 3


def test_missing_folder_for_backups_leaves_the_store_unchanged(tmp_path: Path) -> None:
    store = old_store(tmp_path / "marks.db", 1)
    (tmp_path / "backups").touch()
    before = store.read_bytes()
    with pytest.raises(StoreError, match="backups"):
        Marks(store)
    assert store.read_bytes() == before


@pytest.mark.parametrize("version", OLD)
def test_corrupt_older_store_is_salvaged_and_not_changed(tmp_path: Path, version: int) -> None:
    store = old_store(tmp_path / "marks.db", version)
    content = bytearray(store.read_bytes())
    # The index of bookmarks, which salvaging does not use.
    connection = apsw.Connection(str(store))
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'bookmark_article'").fetchall()
    connection.close()
    assert isinstance(page, int)
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    store.write_bytes(content)
    with pytest.raises(CorruptStoreError):
        Marks(store)
    assert store.read_bytes() == bytes(content)
    assert backups(store) == []
    restored = restore(store)
    assert (restored.backup, restored.salvaged) == (None, True)
    assert restored.aside.read_bytes() == bytes(content)
    marks = Marks(store)
    assert sorted(one.name for one in marks.bookmarks.all()) == ["一处", "一处", "三"]
    assert marks.articles.place("a") == Position(7, 2)
    assert in_state(marks, State.STARRED) == ({"b"} if version > 1 else set())


def test_two_readers_that_start_together_migrate_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = old_store(tmp_path / "marks.db", 1)
    others: list[Marks] = []
    outdated = migrations.outdated

    def quicker(connection: apsw.Connection) -> bool:
        found = outdated(connection)
        if not others:
            others.append(None)  # type: ignore[arg-type]
            others[0] = Marks(store)
        return found

    monkeypatch.setattr("reader.marks.store_opening.outdated", quicker)
    marks = Marks(store)
    assert marks.bookmarks.all() == others[0].bookmarks.all()
    assert len(marks.bookmarks.all()) == 3


@pytest.mark.parametrize("version", OLD)
def test_restoring_a_backup_from_before_a_migration_duplicates_no_bookmark(tmp_path: Path, version: int) -> None:
    store = old_store(tmp_path / "marks.db", version)
    marks = Marks(store)
    there = marks.bookmarks.all()
    marks.bookmarks.rename(there[0], "renamed since")
    wanted = sorted((one.article_id, one.position, one.name) for one in marks.bookmarks.all())
    marks.close()
    (copy,) = backups(store)
    for _ in range(2):
        restore(store, copy.path)
        restored = Marks(store)
        assert sorted((one.article_id, one.position, one.name) for one in restored.bookmarks.all()) == wanted
        restored.close()
    # No backup of the backup is made before it is migrated.
    assert [one.name for one in (tmp_path / "backups").iterdir()] == [copy.path.name]
