"""The program in a pseudo-terminal, killed during marking: every acknowledged mark is kept.

A thousand kills: `python -m tests.benchmarks.kill_marks --kills 1000`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.end_to_end.journal import Journal, write_archive
from tests.end_to_end.killing_marks import MarkKilling, Migration, environ
from tests.end_to_end.marking import in_sight, selected
from tests.end_to_end.marking_user import MarkingUser
from tests.end_to_end.terminal import READER, Terminal
from tests.end_to_end.two_readers import TwoReaders

pytestmark = pytest.mark.end_to_end

KILLS = 12
KILLS_OF_TWO = 3
SECOND = 3.0
"""Seconds within which a mark of another reader is shown, on a machine with three times as much load."""


def test_no_acknowledged_change_is_lost_by_a_kill_at_any_moment(tmp_path: Path) -> None:
    killing = MarkKilling(tmp_path, seed=5)
    try:
        for _ in range(KILLS):
            killing.kill()
        killing.end()
    finally:
        killing.marker.gone()


def test_kill_during_a_migration_costs_nothing(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 2)
    Migration(tmp_path, tmp_path / "archive", Random(2)).kill()  # noqa: S311 - not for cryptography


def test_acknowledged_changes_survive_a_kill_of_the_other_reader(tmp_path: Path) -> None:
    two = TwoReaders(tmp_path, seed=2)
    try:
        for _ in range(KILLS_OF_TWO):
            two.round()
        two.end()
    finally:
        two.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Terminal, Terminal]]:
    write_archive(tmp_path / "archive", 2)
    arguments = [READER, str(tmp_path / "archive")]
    with (
        Terminal(arguments, columns=100, rows=24, environ=environ(tmp_path)) as one,
        Terminal(arguments, columns=100, rows=24, environ=environ(tmp_path)) as other,
    ):
        for terminal in (one, other):
            terminal.wait_for(lambda seen: bool(in_sight(seen))).wait_for("Article A00").settle()
        yield one, other


def test_marks_of_one_reader_appear_on_the_screen_of_the_other(two: tuple[Terminal, Terminal]) -> None:
    one, other = two
    one.press("*").wait_for("Starred: Article A01")
    other.wait_for(lambda seen: bool(re.search(r"\*● \d\d Article A01", seen.text)), SECOND)
    one.press("r").wait_for("Marked as read: Article A01")
    one.press("m", "m").wait_for("Added a bookmark: Chapter 1.0")
    other.wait_for("▍Chapter 1.0", SECOND)
    one.press("v", "l").wait_for(lambda seen: selected(seen).startswith("A01S000"))
    one.press("n").wait_for("Ctrl+S save").press("a note").wait_for("a note").press("ctrl+s")
    one.wait_for("Highlighted with a note: A01S000")
    other.wait_for("•A01S000", SECOND)
    # The other reader only undoes its own changes, and has none.
    other.press("U").wait_for("Nothing to undo")
    one.press("U").wait_for("Undone: highlight added · A01S000")
    other.wait_for(lambda seen: "•A01S000" not in seen.text, SECOND)
    for terminal in two:
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_random_marking_stores_exactly_what_was_acknowledged(tmp_path: Path) -> None:
    killing = MarkKilling(tmp_path, seed=8)
    person: MarkingUser = killing.marker
    person.start()
    try:
        person.ready()
        for kind in MarkingUser.KINDS:
            person.act({kind: 3, "highlight": 1})
        person.quit()
        killing.look()
    finally:
        person.gone()
    assert person.journal.marks() != Journal().marks()
