"""A store that cannot be used: shown all the same, and gone back from, with whatever can still be read."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import apsw
import pytest

from reader.document.document import Position
from reader.errors import DamagedStoreError, StoreError
from reader.marks import restoring, standing
from reader.marks.backups import back_up, backups, damage
from reader.marks.marks import Marks
from reader.marks.restoring import open_marks, restore
from tests.marks.making import anchor, article, exported, filled, held, names

PAGE = 4096


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "marks.db"


def full_of(store: Path, many: int = 400) -> Marks:
    """A store of many pages."""
    marks = filled(store)
    for number in range(0, many, 4):
        one = article(f"{number % 90}")
        with marks.store.change(None, article=one) as connection:
            connection.executemany(
                "INSERT INTO bookmark (uid, article, block, offset, name, section, quotation, created_at, changed_at)"
                " VALUES (?, ?, ?, 0, ?, '节', '引用的字', ?, 1)",
                [(f"b{at}", one.id, at, f"书签 {at}", at) for at in range(number, number + 4)],
            )
        marks.highlights.add(one, anchor(f"第{number}处", number), "节", 1, f"笔记 {number}")
        marks.articles.tag(one, [f"签{number}"])
    return marks


# Read-only


def test_a_store_that_cannot_be_written_is_shown_from_memory(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(filled(store))

    def unwritable(*_: object) -> None:
        raise apsw.ReadOnlyError("attempt to write a readonly database")

    monkeypatch.setattr("reader.marks.store.migrate", unwritable)
    # The store in memory is one that can be written.
    monkeypatch.setattr(restoring, "Marks", _Migrated)
    marks, error = open_marks(store)
    assert error is not None
    assert "readonly" in error.message
    assert exported(marks) == before
    assert marks.undo() is None
    marks.bookmarks.add(article(), Position(0), "until the end")
    assert marks.undo() is not None
    assert exported(marks) != b""


class _Migrated(Marks):
    """Marks in memory, which the test above leaves writable."""

    def __init__(self, path: Path | None, *rest: object) -> None:
        if path is None:
            with pytest.MonkeyPatch.context() as patch:
                patch.undo()
                from reader.marks.schema import migrate  # noqa: PLC0415

                patch.setattr("reader.marks.store.migrate", migrate)
                super().__init__(path, *rest)  # type: ignore[arg-type]
        else:
            super().__init__(path, *rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("ways", [("_as_it_is",), ("_as_it_is", "_copied")])
def test_what_cannot_be_read_one_way_is_read_another(
    store: Path, ways: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(full_of(store, 20))
    real = restoring._as_it_is

    def cannot(path: Path, options: str = "mode=ro") -> object:
        if options == "mode=ro" and (path == store or len(ways) > 1):
            raise apsw.CantOpenError
        return real(path, options)

    monkeypatch.setattr(restoring, "_as_it_is", cannot)
    if len(ways) > 1:
        # Without its log, all must be in the file.
        Marks(store).store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    marks = Marks(None)
    restoring._read(store, marks)
    assert held(marks) == before


def test_a_store_that_another_reader_holds_for_long_is_shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.marks.store._PATIENCE", 10)
    before = held(filled(store))
    other = apsw.Connection(str(store))
    other.execute("BEGIN IMMEDIATE")
    marks, error = open_marks(store)
    assert error is not None
    assert held(marks) == before


def test_a_store_of_a_newer_reader_is_shown_as_far_as_it_is_understood(store: Path) -> None:
    marks = filled(store)
    before = held(marks)
    marks.store.connection.pragma("user_version", 99)
    marks.close()
    marks, error = open_marks(store)
    assert error is not None
    assert "newer" in error.message
    assert held(marks) == before


@pytest.mark.parametrize("content", [b"no database" * 100, None])
def test_where_nothing_can_be_read_there_is_nothing_in_memory(tmp_path: Path, content: bytes | None) -> None:
    store = tmp_path / "marks.db"
    if content is None:
        store = tmp_path / "file" / "marks.db"
        (tmp_path / "file").touch()
    else:
        store.write_bytes(content)
    marks, error = open_marks(store)
    assert isinstance(error, StoreError)
    assert marks.store.path is None
    assert marks.bookmarks.all() == []
    marks.bookmarks.add(article(), Position(0), "x")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    if mounted(place, "size=4m").returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def mounted(place: Path, options: str) -> subprocess.CompletedProcess[bytes]:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return subprocess.run(command, check=False, capture_output=True)


@pytest.mark.parametrize("logged", [True, False])
def test_a_disk_that_can_only_be_read_shows_its_marks(disk: Path, logged: bool) -> None:  # noqa: FBT001
    marks = filled(disk / "marks.db")
    before = held(marks)
    if not logged:
        marks.close()
    else:
        # Left by a reader that was killed: with its log, that nobody may write any more.
        shutil.copytree(disk, disk.parent / "killed")
        marks.close()
        for file in (disk.parent / "killed").iterdir():
            shutil.copy(file, disk / file.name)
    assert mounted(disk, "remount,ro").returncode == 0
    marks, error = open_marks(disk / "marks.db")
    assert error is not None
    assert held(marks) == before
    mounted(disk, "remount,rw")
    again, error = open_marks(disk / "marks.db")
    assert error is None
    assert held(again) == before
    again.close()


def fill(disk: Path) -> None:
    """Leave no room on a disk."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 512):
            pass


def test_a_full_disk_shows_its_marks_and_costs_none(disk: Path) -> None:
    marks = filled(disk / "marks.db")
    before = held(marks)
    marks.close()
    fill(disk)
    marks, error = open_marks(disk / "marks.db")
    assert held(marks) == before
    if error is None:
        with pytest.raises(StoreError, match="the disk has room"):
            marks.keep_state("large", "x" * 100_000)
        with pytest.raises(StoreError):
            back_up(disk / "marks.db", why="daily")
    marks.close()
    (disk / "filler").unlink()
    marks = Marks(disk / "marks.db")
    assert held(marks) == before
    marks.bookmarks.add(article(), Position(0), "again")
    marks.close()


# Gone back from


def test_the_newest_good_copy_is_gone_back_to_and_what_can_be_read_is_added(store: Path) -> None:
    marks = full_of(store)
    copy = back_up(store, why="daily")
    marks.bookmarks.add(article("new"), Position(0), "since the copy")
    marks.close()
    content = bytearray(store.read_bytes())
    connection = apsw.Connection(str(store))
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'bookmark_created'").fetchall()
    connection.close()
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    store.write_bytes(content)
    assert damage(store)
    restored = restore(store)
    assert (restored.backup, restored.salvaged) == (copy, True)
    assert restored.aside.read_bytes() == bytes(content)
    assert damage(store) == ""
    assert "since the copy" in names(Marks(store))
    assert len(names(Marks(store))) == 403


def test_what_was_marked_in_memory_meanwhile_is_added(store: Path) -> None:
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"garbage" * 1_000)
    marks, error = open_marks(store)
    assert isinstance(error, DamagedStoreError)
    marks.bookmarks.add(article("new"), Position(0), "meanwhile")
    restored = restore(store, also=marks)
    assert restored.salvaged is False
    assert names(Marks(store)) == {"a 一处", "a 改过", "meanwhile"}


def test_without_a_copy_a_new_store_is_begun(store: Path) -> None:
    store.write_bytes(b"garbage" * 1_000)
    restored = restore(store)
    assert (restored.backup, restored.salvaged) == (None, False)
    assert restored.aside.read_bytes() == b"garbage" * 1_000
    assert Marks(store).bookmarks.all() == []


def test_a_copy_that_is_named_is_gone_back_to_and_the_store_is_merged(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    marks.bookmarks.add(article(), Position(0), "since")
    back_up(store, why="daily")
    marks.close()
    restored = restore(store, copy.path)
    assert restored.backup is not None
    assert restored.backup.path == copy.path
    assert names(Marks(store)) == {"a 一处", "a 改过", "since"}


def test_a_copy_that_is_no_good_is_not_gone_back_to(store: Path, tmp_path: Path) -> None:
    filled(store).close()
    before = store.read_bytes()
    for content in (b"garbage" * 1_000, b"", None):
        if content is not None:
            (tmp_path / "copy.db").write_bytes(content)
        with pytest.raises(StoreError, match="no copy to go back to"):
            restore(store, tmp_path / ("copy.db" if content is not None else "nothing.db"))
    assert store.read_bytes() == before
    assert list(tmp_path.glob("*damaged*")) == []


@pytest.mark.parametrize("failing", ["put_aside", "copy_store", "put_in_place"])
def test_what_fails_leaves_the_store_where_it_was(store: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"garbage" * 1_000)
    before = {one: one.read_bytes() for one in store.parent.rglob("*") if one.is_file()}

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, failing, fails)
    with pytest.raises(StoreError, match="No space"):
        restore(store)
    assert {one: one.read_bytes() for one in store.parent.rglob("*") if one.is_file()} == before
    monkeypatch.undo()
    restore(store)
    assert len(names(Marks(store))) == 2


def test_a_full_disk_while_the_copy_is_copied_leaves_the_store_where_it_was(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_rename_that_fails_halfway_is_taken_back(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = filled(store)
    files = {one.name for one in store.parent.iterdir()}
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path == store:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="Permission"):
        standing.put_aside(store)
    assert {one.name for one in store.parent.iterdir()} == files
    marks.close()
    assert len(names(Marks(store))) == 2


def test_another_reader_that_writes_the_store_anew_meanwhile_loses_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = filled(store)
    back_up(store, why="daily")
    real = restoring.put_aside
    asides: list[Path] = []

    def aside(path: Path) -> Path:
        asides.append(real(path))
        if len(asides) == 1:
            # The other finds its file gone, and writes it anew.
            other.bookmarks.add(article(), Position(0), "meanwhile")
        return asides[-1]

    monkeypatch.setattr(restoring, "put_aside", aside)
    restored = restore(store)
    assert restored.aside == asides[0]
    assert len(asides) == 2
    assert all(one.exists() for one in asides)
    other.bookmarks.add(article(), Position(1), "afterwards")
    assert {"meanwhile", "afterwards"} <= names(Marks(store))


# Any damage


def damaged(content: bytes, random: Random) -> bytes:
    """A store that something happened to."""
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
    """A store of some pages, a copy of it from before its last marks."""
    folder = tmp_path_factory.mktemp("whole")
    marks = full_of(folder / "marks.db", 120)
    back_up(folder / "marks.db", why="daily")
    marks.bookmarks.add(article("new"), Position(0), "since the copy")
    marks.close()
    return folder


@pytest.mark.parametrize("seed", range(40))
def test_whatever_was_damaged_the_copy_is_gone_back_to_and_the_store_is_whole(
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
    """Use a damaged store as the program does: whatever is wrong with it is told as such."""
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
def test_one_torn_page_costs_what_stands_on_it_and_no_more(whole: Path, tmp_path: Path, number: int) -> None:
    store = tmp_path / "marks.db"
    shutil.copy(whole / "marks.db", store)
    connection = apsw.Connection(str(store))
    # Without what tells where the tables are, nothing can be read.
    pages = connection.execute("SELECT pageno FROM dbstat WHERE name <> 'sqlite_schema' ORDER BY pageno").fetchall()
    connection.close()
    page = int(pages[number % len(pages)][0]) - 1
    before = held(Marks(store))
    content = bytearray(store.read_bytes())
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    store.write_bytes(content)
    restore(store)
    marks = Marks(store)
    after = held(marks)
    lost = {room for room in before if len(after[room]) < len(before[room])}
    # A page holds some fifty marks; the root of a table is all of it. What is read and starred stands in one.
    assert len({room if room not in {"read", "starred", "later"} else "articles" for room in lost}) <= 1, lost
    assert marks.store.rows("PRAGMA foreign_key_check") == []
