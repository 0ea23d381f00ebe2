"""Full and read-only disks, deleted folders, corrupt databases: no mark is lost."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from reader.marks.backups import backups
from tests.end_to_end.disks import SmallDisk, unmounted
from tests.end_to_end.journal import Journal, look, texts, write_archive
from tests.end_to_end.killing_marks import age_backups, environ, settled, store_in
from tests.end_to_end.marker import Marker
from tests.end_to_end.marking import Act, in_sight

pytestmark = pytest.mark.end_to_end

SHORT = 6
"""Marks that are made before something happens."""

STATES = {"star": 1, "read": 1, "later": 1}
LONG_NOTE = 30_000
"""Characters, so that a note needs room on the disk."""


@dataclass
class Home:
    """A user with an archive and a data folder.

    Attributes:
        folder: The folder of both.
        person: The user.
    """

    folder: Path
    person: Marker

    @property
    def store(self) -> Path:
        return store_in(self.folder)

    def start(self, marks: int = 0) -> None:
        """Start the program, and make marks."""
        self.person.start()
        self.person.ready()
        for _ in range(marks):
            self.person.act()

    def quit(self) -> None:
        """Quit it, and check that nothing acknowledged is lost."""
        self.person.quit()
        assert look(self.store).marks == self.person.journal.marks()

    def refused(self, said: str) -> Act:
        """Try to mark, and check that the refusal is reported and nothing is acknowledged."""
        act = self.person.prepare(STATES)
        terminal = self.person.terminal
        terminal.type(act.keys)
        terminal.wait_for(said)
        terminal.settle()
        assert not self.person.enter(act)
        return act

    def reads_on(self) -> None:
        """Check that reading still works: the page scrolls, another article opens."""
        terminal, article = self.person.terminal, self.person.article
        terminal.wait_for("Article").press("g").settle(1.0)
        before = in_sight(terminal)
        terminal.press("space").wait_for(lambda seen: in_sight(seen) not in ([], before))
        terminal.press("J" if article == "A01" else "K")
        terminal.wait_for(lambda seen: article not in dict(in_sight(seen)) and bool(in_sight(seen)))
        self.person.article = in_sight(terminal)[0][0]

    def damage(self, seed: int = 1) -> bytes:
        """Overwrite random pages of the database, including the schema table; return the content."""
        chance = Random(seed)  # noqa: S311 - chance enough
        content = bytearray(self.store.read_bytes())
        pages = len(content) // 4096
        for page in (0, *chance.sample(range(1, pages), pages // 3)):
            start = page * 4096 + (100 if page == 0 else 0)
            content[start : page * 4096 + 4096] = chance.randbytes(page * 4096 + 4096 - start)
        self.store.write_bytes(content)
        return bytes(content)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marks") / "archive"
    write_archive(folder, 2)
    return folder


@pytest.fixture
def home(archive: Path, tmp_path: Path) -> Iterator[Home]:
    chance = Random(4)  # noqa: S311 - chance enough
    home = Home(tmp_path, Marker(archive, environ(tmp_path), texts(archive), Journal(), chance))
    yield home
    home.person.gone()


@pytest.fixture
def disk(home: Home) -> Iterator[SmallDisk]:
    with unmounted(home.folder / "data"):
        yield SmallDisk(home.folder / "data")
        home.person.gone()


# A full disk


def test_full_disk_refuses_marks_and_keeps_existing_ones(home: Home, disk: SmallDisk) -> None:
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


def test_kill_on_a_full_disk_costs_nothing(home: Home, disk: SmallDisk) -> None:
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


def test_disk_full_before_the_start_shows_marks_and_warns(home: Home, disk: SmallDisk) -> None:
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


def test_disk_full_before_there_is_a_store(home: Home, disk: SmallDisk) -> None:
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


def test_read_only_data_folder_shows_its_marks(home: Home, disk: SmallDisk) -> None:
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
    terminal.press("A", "tab").wait_for(f"{highlights} in these archives").press("escape")
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
def test_files_deleted_while_reading_are_rewritten_with_all_marks(home: Home, gone: str) -> None:
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


def test_files_deleted_right_before_the_exit_are_rewritten(home: Home) -> None:
    home.start(SHORT)
    shutil.rmtree(home.store.parent)
    home.quit()


def test_data_folder_replaced_by_a_file_costs_nothing_once_it_is_back(home: Home) -> None:
    home.start(SHORT)
    folder = home.store.parent
    shutil.rmtree(folder)
    folder.touch()
    home.refused("Cannot create the folder for marks")
    home.reads_on()
    folder.unlink()
    home.person.act(STATES)
    home.quit()


# Damage


@pytest.fixture(scope="module")
def template(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A database with an up-to-date backup."""
    folder = tmp_path_factory.mktemp("copied")
    home = Home(folder, Marker(archive, environ(folder), texts(archive), Journal(), Random(4)))  # noqa: S311 - chance enough
    home.start(SHORT)
    for _ in range(6):
        home.person.act({"note": 2, "bookmark": 1})
    home.quit()
    age_backups(home.store)
    before = backups(home.store)
    home.start()
    home.person.terminal.wait_for(lambda _seen: backups(home.store) != before)
    home.quit()
    return home


@pytest.fixture
def copied(home: Home, template: Home) -> Home:
    """A copy of the template for one test."""
    for part in ("data", "cache"):
        shutil.copytree(template.folder / part, home.folder / part)
    home.person.journal = template.person.journal.copy()
    return home


@pytest.mark.parametrize("how", ["pages", "half", "empty", "noise"])
def test_corrupt_store_is_replaced_by_the_newest_intact_backup(copied: Home, how: str) -> None:
    home = copied
    if how == "pages":
        damaged = home.damage()
    else:
        was = home.store.read_bytes()
        damaged = {"half": was[: len(was) // 2], "empty": b"", "noise": b"no store of marks at all\n" * 400}[how]
        home.store.write_bytes(damaged)
    home.start()
    terminal = home.person.terminal
    terminal.wait_for("The marks database is corrupt").wait_for("There is an intact backup from").press("enter")
    terminal.wait_for("Restored the marks of")
    (aside,) = home.store.parent.glob("marks-damaged-*.db")
    assert aside.read_bytes() == damaged
    assert look(home.store, alone=False).marks == home.person.journal.marks()
    home.reads_on()
    home.person.journal.log.clear()
    home.person.act(STATES)
    home.quit()


def test_declining_a_restore_continues_reading_and_asks_again(copied: Home) -> None:
    home = copied
    damaged = home.damage()
    kept = home.person.journal.copy()
    for _ in range(2):
        home.start()
        terminal = home.person.terminal
        terminal.wait_for("There is an intact backup from").press("escape")
        terminal.wait_for(lambda seen: "intact backup" not in seen.text)
        home.reads_on()
        # A mark lasts until the program exits.
        home.person.journal = Journal()
        home.person.act(STATES)
        home.person.quit(discarding=True)
        assert home.store.read_bytes() == damaged
    home.person.journal = kept
    home.start()
    home.person.terminal.wait_for("There is an intact backup from").press("enter").wait_for("Restored the marks of")
    home.person.quit()
    assert look(home.store).marks == kept.marks()


@pytest.mark.parametrize("seed", [1, 2])
def test_store_corrupted_while_reading_is_restored(copied: Home, seed: int) -> None:
    home = copied
    lasting = home.person.journal.marks()
    home.start()
    for _ in range(SHORT if seed == 1 else 0):
        home.person.act()
        # A backup is made meanwhile, after any of the marks.
        lasting &= home.person.journal.marks()
    damaged = home.damage(seed)
    terminal = home.person.terminal
    act = home.person.prepare(STATES)
    terminal.type(act.keys)
    terminal.wait_for(lambda seen: home.person.is_said(act) or "There is an intact backup from" in seen.text)
    if home.person.is_said(act):
        # SQLite had the needed pages in memory; the next start detects the corruption at the latest.
        terminal.kill()
        home.person.gone()
        home.start()
        terminal = home.person.terminal
    terminal.wait_for("There is an intact backup from").press("enter").wait_for("Restored the marks of")
    (aside,) = home.store.parent.glob("marks-damaged-*.db")
    # A change in progress when the file was set aside may be in it too.
    assert len(aside.read_bytes()) >= len(damaged)
    assert not lasting - look(home.store, alone=False).marks
    home.reads_on()
    home.person.quit()
