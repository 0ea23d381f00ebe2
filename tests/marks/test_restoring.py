"""A database that cannot be used: its readable marks are shown, and a backup is restored with them."""

import shutil
from pathlib import Path
from random import Random

import apsw
import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError, StoreError
from reader.marks import database_files, restoring
from reader.marks.backups import back_up, backups, damage
from reader.marks.dump import dump
from reader.marks.facade import Marks
from reader.marks.restoring import open_marks, restore
from tests.marks.making import article, exported, filled, full_of, held, names

PAGE = 4096


# Restoring


def test_newest_intact_backup_is_restored_with_the_readable_marks(store: Path) -> None:
    marks = full_of(store)
    copy = back_up(store, why="daily")
    marks.bookmarks.add(article("new"), Position(0), "since the copy")
    marks.close()
    content = bytearray(store.read_bytes())
    connection = apsw.Connection(str(store))
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'bookmark_created'").fetchall()
    connection.close()
    assert isinstance(page, int)
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    store.write_bytes(content)
    assert damage(store)
    restored = restore(store)
    assert (restored.backup, restored.salvaged) == (copy, True)
    assert restored.aside.read_bytes() == bytes(content)
    assert damage(store) == ""
    assert "since the copy" in names(Marks(store))
    assert len(names(Marks(store))) == 403


def test_marks_made_in_memory_meanwhile_are_added(store: Path) -> None:
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"garbage" * 1_000)
    marks, error = open_marks(store)
    assert isinstance(error, CorruptStoreError)
    marks.bookmarks.add(article("new"), Position(0), "meanwhile")
    restored = restore(store, also=dump(marks.store.rows))
    assert restored.salvaged is False
    assert names(Marks(store)) == {"a 一处", "a 改过", "meanwhile"}


def test_nothing_is_salvaged_from_a_database_that_cannot_be_opened(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store).close()
    into = Marks(None)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise apsw.CantOpenError

    monkeypatch.setattr("reader.marks.restoring.apsw.Connection", refuse)
    assert not restoring._salvage(store, into)
    assert not restoring._salvage(store.parent, into)


def test_without_a_backup_a_new_store_is_created(store: Path) -> None:
    store.write_bytes(b"garbage" * 1_000)
    restored = restore(store)
    assert (restored.backup, restored.salvaged) == (None, False)
    assert restored.aside.read_bytes() == b"garbage" * 1_000
    assert Marks(store).bookmarks.all() == []


def test_named_backup_is_restored_and_the_store_merged(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    marks.bookmarks.add(article(), Position(0), "since")
    back_up(store, why="daily")
    marks.close()
    restored = restore(store, copy.path)
    assert restored.backup is not None
    assert restored.backup.path == copy.path
    assert names(Marks(store)) == {"a 一处", "a 改过", "since"}


def test_corrupt_backup_is_not_restored(store: Path, tmp_path: Path) -> None:
    filled(store).close()
    before = store.read_bytes()
    for content in (b"garbage" * 1_000, b"", None):
        if content is not None:
            (tmp_path / "copy.db").write_bytes(content)
        with pytest.raises(StoreError, match="not a usable backup"):
            restore(store, tmp_path / ("copy.db" if content is not None else "nothing.db"))
    assert store.read_bytes() == before
    assert list(tmp_path.glob("*damaged*")) == []


@pytest.mark.parametrize("failing", ["put_aside", "copy_store", "put_in_place"])
def test_failure_leaves_the_store_in_place(store: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"garbage" * 1_000)
    before = {one: one.read_bytes() for one in store.parent.rglob("*") if one.is_file()}

    def fails(*_: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, failing, fails)
    with pytest.raises(StoreError, match="No space"):
        restore(store)
    assert {one: one.read_bytes() for one in store.parent.rglob("*") if one.is_file()} == before
    monkeypatch.undo()
    restore(store)
    assert len(names(Marks(store))) == 2


def test_full_disk_during_the_copy_leaves_the_store_in_place(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"garbage" * 1_000)

    def half(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(restoring, "copy_store", half)
    with pytest.raises(StoreError, match="full"):
        restore(store)
    assert {one.name for one in store.parent.iterdir() if one.suffix} <= {"marks.db", "marks.db-wal", "marks.db-shm"}
    assert store.read_bytes() == b"garbage" * 1_000


def test_failed_rename_is_reverted(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = filled(store)
    files = {one.name for one in store.parent.iterdir()}
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path == store:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="Permission"):
        database_files.put_aside(store)
    assert {one.name for one in store.parent.iterdir()} == files
    marks.close()
    assert len(names(Marks(store))) == 2


def test_another_reader_that_rewrites_the_store_meanwhile_loses_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = filled(store)
    back_up(store, why="daily")
    real = database_files.put_aside
    asides: list[Path] = []

    def aside(path: Path, *, stays: bool = False) -> Path:
        asides.append(real(path, stays=stays))
        if len(asides) == 1:
            # The other reader detects that the WAL is gone, and rewrites the file.
            other.bookmarks.add(article(), Position(0), "meanwhile")
        return asides[-1]

    monkeypatch.setattr(restoring, "put_aside", aside)
    restored = restore(store)
    assert restored.aside == asides[0]
    assert len(asides) == 2
    assert all(one.exists() for one in asides)
    other.bookmarks.add(article(), Position(1), "afterwards")
    assert {"meanwhile", "afterwards"} <= names(Marks(store))


# Random corruption


def damaged(content: bytes, random: Random) -> bytes:
    """A corrupted database."""
    made = bytearray(content)
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(made))
        page = at // PAGE * PAGE
        what = random.choice(["bit", "byte", "noise", "zero", "page", "cut", "swap", "header"])
        if what == "bit":
            made[at] ^= 1 << random.randrange(8)
        elif what == "byte":
            made[at : at + 8] = random.randbytes(8)
        elif what == "noise":
            made[page : page + PAGE] = random.randbytes(PAGE)
        elif what == "zero":
            made[page : page + PAGE] = bytes(PAGE)
        elif what == "page":
            other = random.randrange(len(made) // PAGE) * PAGE
            made[page : page + PAGE] = made[other : other + PAGE]
        elif what == "cut":
            del made[max(at, PAGE) :]
        elif what == "swap":
            made[page : page + 16] = random.randbytes(16)
        else:
            made[random.randrange(100)] = random.randrange(256)
    return bytes(made)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of several pages, with a backup from before its last marks."""
    folder = tmp_path_factory.mktemp("whole")
    marks = full_of(folder / "marks.db", 120)
    back_up(folder / "marks.db", why="daily")
    marks.bookmarks.add(article("new"), Position(0), "since the copy")
    marks.close()
    return folder


@pytest.mark.parametrize("seed", range(40))
def test_after_any_corruption_a_backup_is_restored_and_the_store_is_intact(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(whole, folder)
    store = folder / "marks.db"
    content = damaged(store.read_bytes(), Random(seed))  # noqa: S311 - the same damage each time
    store.write_bytes(content)
    use(store)
    restored = restore(store)
    assert restored.aside.exists()
    assert restored.backup == backups(store)[0]
    assert damage(store) == ""
    marks = Marks(store)
    copied = held(Marks(restored.backup.path))
    kept = held(marks)
    assert copied["bookmarks"].keys() <= kept["bookmarks"].keys()
    assert copied["highlights"].keys() <= kept["highlights"].keys()
    assert copied["starred"] <= kept["starred"]
    assert exported(marks)
    marks.bookmarks.add(article(), Position(0), "again")
    assert marks.undo() is not None
    marks.close()


def use(store: Path) -> None:
    """Use a corrupt database like the program; every error must be reported as corruption."""
    marks, error = open_marks(store)
    assert error is None or isinstance(error, StoreError)
    for question in (
        marks.bookmarks.all,
        marks.highlights.all,
        marks.articles.all_tags,
        marks.articles.visited,
        marks.searches.all,
        marks.days.all,
        lambda: exported(marks),
        lambda: marks.articles.tag(article("0"), ["x"]),
        marks.undo,
        marks.redo,
        marks.store.changed_elsewhere,
        marks.store.revised,
    ):
        try:
            question()
        except StoreError as told:
            assert told.message  # noqa: PT017 - most of them raise nothing
    marks.close()


@pytest.mark.parametrize("number", range(0, 24, 3))
def test_torn_page_only_costs_its_own_rows(whole: Path, tmp_path: Path, number: int) -> None:
    store = tmp_path / "marks.db"
    shutil.copy(whole / "marks.db", store)
    connection = apsw.Connection(str(store))
    # Without the schema, nothing can be read.
    pages = connection.execute("SELECT pageno FROM dbstat WHERE name <> 'sqlite_schema' ORDER BY pageno").fetchall()
    connection.close()
    page = int(str(pages[number % len(pages)][0])) - 1
    before = held(Marks(store))
    content = bytearray(store.read_bytes())
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    store.write_bytes(content)
    restore(store)
    marks = Marks(store)
    after = held(marks)
    lost = {room for room in before if len(after[room]) < len(before[room])}
    # A page contains about fifty marks; without its root page, a whole table is lost. All states are in one table.
    assert len({room if room not in {"read", "starred", "later"} else "articles" for room in lost}) <= 1, lost
    assert marks.store.rows("PRAGMA foreign_key_check") == []
