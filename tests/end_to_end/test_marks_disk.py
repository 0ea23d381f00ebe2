"""Full and read-only disks, deleted folders, corrupt databases: no mark is lost."""

import shutil
from collections.abc import Iterator

import pytest

from tests.end_to_end.disks import SmallDisk, unmounted
from tests.end_to_end.journal import Journal, look
from tests.end_to_end.killing_marks import settled
from tests.end_to_end.marking_home import SHORT, STATES, UserHome

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def disk(home: UserHome) -> Iterator[SmallDisk]:
    with unmounted(home.folder / "data"):
        yield SmallDisk(home.folder / "data")
        home.person.gone()


# A full disk


def test_full_disk_refuses_marks_and_keeps_existing_ones(home: UserHome, disk: SmallDisk) -> None:
    disk.mount("size=4m")
    home.start(SHORT)
    filler = disk.fill()
    # Changes that fit into the existing WAL are still saved.
    act = None
    for _ in range(40):
        act = home.person.prepare(STATES)
        # The message about the position, which cannot be saved either, is not the message about the mark.
        home.person.terminal.wait_for(lambda seen: "Cannot use" not in seen.text)
        home.person.terminal.type(act.keys)
        home.person.terminal.wait_for(
            lambda seen, act=act: "Cannot use" in seen.text or home.person.is_said(act)  # type: ignore[misc]
        )
        home.person.terminal.settle(0.4)
        if not home.person.enter(act):
            break
    else:
        pytest.fail("the disk never was full")
    assert look(home.store, alone=False).marks == home.person.journal.marks()
    # The path in front of it may be long and wrapped.
    notice = " ".join(line.partition("▌")[2].strip() for line in home.person.terminal.lines)
    assert "database or disk is full" in notice
    home.reads_on()
    filler.unlink()
    for _ in range(SHORT):
        home.person.act(STATES)
    home.quit()


def test_kill_on_a_full_disk_costs_nothing(home: UserHome, disk: SmallDisk) -> None:
    disk.mount("size=4m")
    home.start(SHORT)
    filler = disk.fill()
    for _ in range(SHORT):
        act = home.person.prepare(STATES)
        home.person.terminal.type(act.keys)
        home.person.terminal.settle(0.1)
        home.person.enter(act)
    act = home.person.prepare(STATES)
    home.person.terminal.type(act.keys)
    home.person.terminal.kill()
    unacknowledged = None if home.person.enter(act) else act
    home.person.gone()
    filler.unlink()
    home.person.journal = settled(home.person.journal, unacknowledged, look(home.store))
    home.start(SHORT)
    home.quit()


def test_disk_full_before_the_start_shows_marks_and_warns(home: UserHome, disk: SmallDisk) -> None:
    disk.mount("size=4m")
    home.start(SHORT)
    home.quit()
    filler = disk.fill()
    home.start()
    home.person.terminal.wait_for("Cannot use the marks database")
    home.reads_on()
    home.person.quit()
    filler.unlink()
    assert look(home.store).marks == home.person.journal.marks()
    home.start(SHORT)
    home.quit()


def test_disk_full_before_there_is_a_store(home: UserHome, disk: SmallDisk) -> None:
    disk.mount("size=64k")
    filler = disk.fill()
    home.start()
    home.person.terminal.wait_for("Marks are lost when the program ends")
    home.person.act(STATES)
    home.reads_on()
    home.person.quit(discarding=True)
    filler.unlink()
    disk.mount("remount,size=4m")
    home.person.journal = Journal()
    home.start(SHORT)
    home.quit()


# A folder that is read-only, deleted, or replaced by a file


def test_read_only_data_folder_shows_its_marks(home: UserHome, disk: SmallDisk) -> None:
    disk.mount("size=4m")
    home.start(SHORT)
    for _ in range(3):
        home.person.act({"note": 1})
    home.quit()
    kept = home.person.journal.copy()
    was = home.store.read_bytes()
    disk.mount("remount,ro")
    home.start()
    terminal = home.person.terminal
    terminal.wait_for("Marks are lost when the program ends")
    # Earlier undos stay: the change log is not copied.
    home.person.journal.log.clear()
    home.person.act(STATES)
    home.reads_on()
    highlights = sum(1 for key in home.person.journal.rows if key[0] == "highlight")
    terminal.press("A").wait_for("in this article").press("tab")
    terminal.wait_for(f"{highlights} in these archives").press("escape")
    terminal.wait_for(lambda seen: "in these archives" not in seen.text)
    home.person.quit(discarding=True)
    assert home.store.read_bytes() == was
    disk.mount("remount,rw")
    home.person.journal = kept
    home.start(SHORT)
    home.quit()


@pytest.mark.parametrize(
    "gone", ["data", "data/reader", "data/reader/marks.db", "data/reader/marks.db*", "data/reader/marks.db-wal"]
)
def test_files_deleted_while_reading_are_rewritten_with_all_marks(home: UserHome, gone: str) -> None:
    home.start(SHORT)
    for _ in range(2):
        for path in home.folder.glob(gone):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        home.person.act()
        found = look(home.store, alone=False)
        assert found.marks == home.person.journal.marks()
    home.person.terminal.kill()
    home.person.gone()
    assert look(home.store).marks == home.person.journal.marks()
    home.start(SHORT)
    home.quit()


def test_files_deleted_right_before_the_exit_are_rewritten(home: UserHome) -> None:
    home.start(SHORT)
    shutil.rmtree(home.store.parent)
    home.quit()


def test_data_folder_replaced_by_a_file_costs_nothing_once_it_is_back(home: UserHome) -> None:
    home.start(SHORT)
    folder = home.store.parent
    shutil.rmtree(folder)
    folder.touch()
    home.refused("Cannot create the folder for marks")
    home.reads_on()
    folder.unlink()
    home.person.act(STATES)
    home.quit()
