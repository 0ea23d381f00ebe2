"""Processes that use the library, killed while they mark, import, restore, back up and migrate: no unreported loss.

A thousand kills: `python -m tests.benchmarks.kill_marks --kills 1000 --mode library`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end import killing_library, library_worker
from tests.end_to_end.killing_library import LibraryKilling
from tests.end_to_end.ledger import Content, Key, Ledger
from tests.end_to_end.library_worker import Task, start
from tests.end_to_end.tracing import can_trace, kill_at_call

pytestmark = pytest.mark.end_to_end

KILLS = 25
NOT_SLOW = {"none": 56, "full disk": 14, "read-only": 10, "migration": 10}
"""All obstacles except locks, which cause waiting."""


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LibraryKilling]:
    monkeypatch.setattr(killing_library, "OBSTACLES", NOT_SLOW)
    monkeypatch.setattr(killing_library, "LONGEST_LOCK", 0.2)
    # Another user must be able to reach the folder of the database.
    for folder in tmp_path.parents[:2]:
        folder.chmod(0o755)
    killing = LibraryKilling(tmp_path, seed=7)
    yield killing
    killing.close()


def test_no_acknowledged_change_is_lost_or_hidden_despite_obstacles(killing: LibraryKilling) -> None:
    while killing.tally.kills.total() < KILLS:
        killing.round()
        assert not any(killing.tally.faults.values()), killing.tally.faults
    assert killing.tally.acknowledged.total() > KILLS


def test_restore_that_loses_newer_marks_would_be_detected(
    killing: LibraryKilling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.marks.restoring._salvage", lambda _path, _marks: False)
    monkeypatch.setattr(killing_library, "OBSTACLES", {"none": 1})
    monkeypatch.setattr(killing_library, "LAST", {"restore": 3, "import": 1, "close": 1})
    monkeypatch.setattr(library_worker, "ACTS", {"bookmark": 5, "backup": 2, "restore": 2})
    for _ in range(60):
        killing.round()
        if killing.tally.elsewhere or any(killing.tally.faults.values()):
            return
    pytest.fail("it was not found")


def test_process_is_killed_before_the_given_call(tmp_path: Path) -> None:
    if not can_trace():
        pytest.skip("ptrace is refused here")
    store = tmp_path / "reader" / "marks.db"
    made = []
    for number in (1, 10_000):
        task = Task(store, tmp_path / "j", "w", 1, "x", 0, "bookmark", is_victim=True, is_traced=True)
        made.append(kill_at_call(start(task), number))
    assert made[0] == 1
    assert 10 < (made[1] or 0) < 1_000


# The model


def _lines(*told: tuple[str, str, object]) -> list[dict[str, object]]:
    """The journal of a process: whether it began or finished an action, the action, and a row that it changes."""
    return [
        {"at": at, "who": "w", "what": what, "act": act, "set": [[["name", row], row]], "told": ["bookmark", row]}
        for at, (what, act, row) in enumerate(told)
    ]


def test_acknowledged_row_must_be_in_the_store_or_a_reported_file() -> None:
    key = ("name", "one")
    there = Content({key: "one"})
    for told, unreported, found in (([], [], "lost"), ([there], [], "elsewhere"), ([], [there], "unreported")):
        ledger = Ledger()
        ledger.enter(_lines(("begin", "bookmark", "one"), ("done", "bookmark", "one")))
        verdict = ledger.settle(Content(), lambda told=told, unreported=unreported: (told, unreported))  # type: ignore[misc]
        assert [kind for kind in ("lost", "unreported", "elsewhere", "unknown") if getattr(verdict, kind)] == [found]


def test_started_change_may_exist_and_other_rows_are_unknown() -> None:
    there: list[dict[Key, str]] = [{}, {("name", "one"): "one"}]
    for found in there:
        ledger = Ledger()
        ledger.enter(_lines(("begin", "bookmark", "one")))
        verdict = ledger.settle(Content(found))
        assert (verdict.lost, verdict.unknown) == ((), ())
    assert Ledger().settle(Content({("name", "one"): "one"})).unknown


def test_deleted_row_may_return_only_by_a_restore() -> None:
    for went_back in (False, True):
        ledger = Ledger({("name", "one"): "one"})
        delete = [
            {"at": 0, "who": "w", "what": what, "act": "unbookmark", "set": [[["name", "one"], None]]}
            for what in ("begin", "done")
        ]
        restore = [{"at": 1, "who": "w", "what": what, "act": "restore"} for what in ("begin", "done")]
        ledger.enter([*delete, *(restore if went_back else [])])
        assert bool(ledger.settle(Content({("name", "one"): "one"})).unknown) != went_back
