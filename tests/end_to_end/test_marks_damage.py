"""Corrupt marks databases on the screen: restored, or read on; no mark is lost."""

import shutil
from pathlib import Path
from random import Random

import pytest

from reader.marks.backups import backups
from tests.end_to_end.journal import Journal, look, texts
from tests.end_to_end.killing_marks import age_backups, environ
from tests.end_to_end.marking_home import SHORT, STATES, UserHome
from tests.end_to_end.marking_user import MarkingUser

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def template(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> UserHome:
    """A database with an up-to-date backup."""
    folder = tmp_path_factory.mktemp("copied")
    home = UserHome(folder, MarkingUser(archive, environ(folder), texts(archive), Journal(), Random(4)))  # noqa: S311 - not for cryptography
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
def copied(home: UserHome, template: UserHome) -> UserHome:
    """A copy of the template for one test."""
    for part in ("data", "cache"):
        shutil.copytree(template.folder / part, home.folder / part)
    home.person.journal = template.person.journal.copy()
    return home


@pytest.mark.parametrize("how", ["pages", "half", "empty", "noise"])
def test_corrupt_store_is_replaced_by_the_newest_intact_backup(copied: UserHome, how: str) -> None:
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


def test_declining_a_restore_continues_reading_and_asks_again(copied: UserHome) -> None:
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
def test_store_corrupted_while_reading_is_restored(copied: UserHome, seed: int) -> None:
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
