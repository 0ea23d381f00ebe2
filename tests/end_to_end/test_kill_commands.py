"""Two screens, and commands that import and restore, killed at random while `U` is typed: every loss is explained.

More kills: `python -m tests.benchmarks.kill_marks --mode commands --kills 150`.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from reader.marks.change_kinds import ChangeKind
from tests.end_to_end import killing_commands
from tests.end_to_end.killing_commands import CommandKilling
from tests.end_to_end.ledger import Content, Key, Ledger

pytestmark = pytest.mark.end_to_end

KILLS = 3
ARTICLES = 60


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandKilling]:
    monkeypatch.setattr(killing_commands, "OBSTACLES", {"none": 1})
    killing = CommandKilling(tmp_path, seed=4, articles=ARTICLES)
    yield killing
    killing.close()


def test_no_acknowledged_change_is_lost_by_screens_commands_and_kills(killing: CommandKilling) -> None:
    while killing.tally.kills.total() < KILLS:
        killing.round()
        assert not any(killing.tally.faults.values()), killing.tally.faults
    # A loss that was not an undo is detected.
    with closing(apsw.Connection(os.fspath(killing.store))) as connection:
        connection.set_busy_timeout(30_000)
        connection.execute("DELETE FROM tag")
        connection.execute("DELETE FROM bookmark")
    killing._look()
    assert killing.tally.faults["lost"]


# The model


def _import(number: int) -> list[dict[str, object]]:
    told = [ChangeKind.IMPORT, f"i{number}.json"]
    rows = [[["name", f"i{number}"], f"i{number}"]]
    begin = {"at": number, "who": f"i{number}/1", "what": "begin", "act": "import", "set": rows, "told": told}
    return [begin, {"at": number, "who": f"i{number}/1", "what": "done", "act": "import"}]


def _undo(*, answered: bool, number: int = 2, in_memory: bool = False) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = [{"at": 9, "who": "x1/7", "what": "begin", "act": "undo"}]
    if answered:
        told = [ChangeKind.IMPORT, f"i{number}.json"]
        done = {"told": told, "whole": True, "overtaken": False, "in_memory": in_memory}
        lines.append({"at": 9, "who": "x1/7", "what": "done", "act": "undo", **done})
    return lines


def _content(*numbers: int, undone: int | None = None, cleared: bool = False) -> Content:
    rows: dict[Key, str] = {("name", f"i{number}"): f"i{number}" for number in numbers}
    log = {} if cleared else {(str(ChangeKind.IMPORT), f"i{number}.json"): number == undone for number in (1, 2)}
    return Content(rows, log)


def _verdict(found: Content, *more: dict[str, object]) -> tuple[str, ...]:
    ledger = Ledger()
    ledger.enter([*_import(1), *_import(2), *more])
    return ledger.settle(found).lost


def test_import_reported_as_undone_by_a_screen_is_not_lost() -> None:
    assert not _verdict(_content(1, undone=2), *_undo(answered=True))
    assert _verdict(_content(undone=2), *_undo(answered=True))


def test_unacknowledged_undo_explains_only_what_the_log_shows() -> None:
    assert not _verdict(_content(1, 2), *_undo(answered=False))
    assert not _verdict(_content(1, undone=2), *_undo(answered=False))
    assert _verdict(_content(1), *_undo(answered=False))
    assert _verdict(_content(), *_undo(answered=False))
    with pytest.raises(AssertionError, match="turned by nobody"):
        _verdict(_content(1, undone=2))


def test_after_the_log_is_cleared_an_unacknowledged_undo_explains_the_last_change() -> None:
    assert not _verdict(_content(1, cleared=True), *_undo(answered=False))
    assert _verdict(_content(2, cleared=True), *_undo(answered=False))


def test_undo_in_memory_need_not_be_in_the_log_of_the_store() -> None:
    for there in ((1,), (1, 2)):
        assert not _verdict(_content(*there), *_undo(answered=True, in_memory=True))
    assert _verdict(_content(2), *_undo(answered=True, in_memory=True))


def test_change_in_memory_can_be_undone_before_it_is_acknowledged() -> None:
    for there in ((), (2,)):
        ledger = Ledger()
        ledger.enter([_import(2)[0], *_undo(answered=True, in_memory=True)])
        assert not ledger.settle(_content(*there)).lost
    with pytest.raises(AssertionError, match="nobody did it"):
        Ledger().enter(_undo(answered=True, in_memory=True))
