"""A crew: whatever an item does to the process that is at it, nothing else is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from reader.archive.walk import Found
from reader.index import sync as syncing
from reader.index.chunks import chunks
from reader.index.crew import Crew, hands_for
from reader.index.heads import Refused
from reader.index.texts import Wanted
from tests.conftest import PROJECT
from tests.index.jobs import failed, work
from tests.index.syncing import PNG, Archived, a_few, at_once


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    # They look for modules where this one does, and the functions that they call are those of `tests.index.jobs`.
    monkeypatch.syspath_prepend(PROJECT)


def done_by(crew: Crew[str, str], jobs: Sequence[Sequence[str]]) -> dict[str, str]:
    """What became of each item: the process that did it, or how it failed."""
    results: dict[str, str] = {}
    with crew:
        for job in jobs:
            crew.give(job)
            if not crew.hungry:
                take(results, crew.results(finish=False))
        take(results, crew.results(finish=True))
    return results


def take(results: dict[str, str], found: Iterator[list[str]]) -> None:
    for result in found:
        for item, _, what in (one.rpartition(" ") for one in result):
            assert item not in results
            results[item] = what


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class EndlessError(Exception):
    """Something did not end in time; no OSError, which a crew takes for a process that died."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises an error where something never ends, even within a system call."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system cannot end what never ends")

    def over(*_: object) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


NAMES = [f"n{number}" for number in range(100)]


def test_a_crew_of_none_works_in_this_process_when_it_is_asked() -> None:
    crew = Crew(work, failed, 0)
    assert done_by(crew, list(chunks(NAMES, 7))) == dict.fromkeys(NAMES, str(os.getpid()))


def test_a_crew_does_all_its_work_elsewhere_and_is_gone_afterwards() -> None:
    results = done_by(Crew(work, failed, 2), list(chunks(NAMES, 3)))
    assert set(results) == set(NAMES)
    processes = set(map(int, results.values()))
    assert os.getpid() not in processes
    assert len(processes) in (1, 2)
    assert not any(map(is_there, processes))


def test_a_crew_is_gone_when_whoever_asked_gives_up_and_while_it_works() -> None:
    crew = Crew(work, failed, 1)

    def failing() -> None:
        with crew:
            crew.give(["a"])
            results = crew.results(finish=True)
            processes.extend(int(result[0].split()[1]) for result in results if result)
            crew.give(["hang"])
            raise RuntimeError

    processes: list[int] = []
    with pytest.raises(RuntimeError):
        failing()
    assert len(processes) == 1
    assert not is_there(processes[0])


def test_a_crew_can_be_given_more_until_it_is_not_hungry() -> None:
    with Crew(work, failed, 1) as crew:
        given = 0
        while crew.hungry:
            crew.give([f"n{given}"])
            given += 1
        assert 1 < given < 50
        # Results are given until it could take more, and then all of them.
        some = [one for result in crew.results(finish=False) for one in result]
        assert crew.hungry
        rest = [one for result in crew.results(finish=True) for one in result]
        assert sorted(one.split()[0] for one in some + rest) == sorted(f"n{number}" for number in range(given))
        assert list(crew.results(finish=True)) == []


def test_an_item_that_its_process_dies_of_takes_nothing_with_it() -> None:
    jobs = [["a", "die1", "b", "c"], ["d"], ["die2"], ["e", "f", "die3"], ["g", "h"]]
    results = done_by(Crew(work, failed, 1), jobs)
    assert {item: what for item, what in results.items() if item.startswith("die")} == {
        "die1": "died",
        "die2": "died",
        "die3": "died",
    }
    assert set(results) == {item for job in jobs for item in job}
    assert all(results[item].isdecimal() for item in "abcdefgh")


def test_an_item_that_hangs_takes_nothing_with_it_and_whoever_waits_can_look_around() -> None:
    crew = Crew(work, failed, 1, patience=1.5)
    with crew:
        for job in (["a"], ["hang"], ["b", "c"]):
            crew.give(job)
        begun = time.monotonic()
        results = list(crew.results(finish=True))
        taken = time.monotonic() - begun
    assert sorted(one.split()[0] for result in results for one in result) == ["a", "b", "c", "hang"]
    assert ["hang hung"] in results
    assert 1.5 < taken < 15
    # Several times a second.
    assert results.count([]) >= 5


def test_an_interrupt_does_not_reach_the_crew() -> None:
    with Crew(work, failed, 1) as crew:
        crew.give(["a"])
        (first,) = [result[0].split()[1] for result in crew.results(finish=True) if result]
        os.kill(int(first), signal.SIGINT)
        crew.give(["b"])
        (second,) = [result[0].split()[1] for result in crew.results(finish=True) if result]
    assert first == second


def test_a_crew_ends_with_the_process_that_hired_it(tmp_path: Path) -> None:
    script = (
        "import os\nfrom reader.index.crew import Crew\nfrom tests.index.jobs import failed, work\n"
        "with Crew(work, failed, 1) as crew:\n    crew.give(['a'])\n"
        "    print(*crew.results(finish=True), flush=True)\n    os._exit(3)"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 3, done.stderr
    process = int("".join(filter(str.isdecimal, done.stdout)))
    until = time.monotonic() + 10
    while is_there(process) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_there(process)


def test_few_items_are_worth_no_crew() -> None:
    assert hands_for(299, 300) == 0
    assert hands_for(300, 300) >= 1


# Where a result is still on its way


def test_an_item_that_its_process_dies_of_at_once_is_the_one_that_is_blamed() -> None:
    results = done_by(Crew(work, failed, 1), [["a"], ["die at once"], ["b"]])
    assert results.pop("die at once") == "died"
    assert set(results) == {"a", "b"}
    assert "died" not in results.values()


def test_an_item_that_hangs_while_the_result_before_is_on_its_way_is_given_up() -> None:
    with at_most(5):
        results = done_by(Crew(work, failed, 1, patience=1.5), [["big"], ["hang without letting go"], ["a"]])
    assert results.pop("hang without letting go") == "hung"
    assert set(results) == {"big", "a"}
    assert not {"died", "hung"} & set(results.values())


def test_a_crew_goes_on_while_nobody_takes_its_results() -> None:
    with Crew(work, failed, 1) as crew:
        for job in (["big1"], ["big2"], ["big3"], ["a"]):
            crew.give(job)
        until = time.monotonic() + 10
        while crew._done.qsize() < 4 and time.monotonic() < until:
            time.sleep(0.02)
        assert crew._done.qsize() == 4
        assert [len(result) for result in crew.results(finish=True)] == [1, 1, 1, 1]


def test_what_goes_wrong_in_the_crew_itself_is_told() -> None:
    with at_most(10), Crew(work, failed, 1) as crew:
        crew.give([(one for one in "no job can be sent with this")])  # type: ignore[list-item]
        with pytest.raises(TypeError):
            list(crew.results(finish=True))


# Within a sync


def test_many_files_are_read_by_a_crew_to_the_same_end(archived: Archived, monkeypatch: pytest.MonkeyPatch) -> None:
    a_few(archived)
    archived.write_bytes("b.md", PNG)
    with monkeypatch.context() as patch:
        patch.setattr(syncing, "_FEW", 4)
        assert archived.sync().new == 7
    assert (archived.derived(), archived.ids(), archived.shown()) == at_once(archived)


def test_a_file_that_was_too_much_is_refused_or_has_its_title_alone() -> None:
    refused = syncing._refused_head(Found("a.md", 1, 2, 3), "hung")
    assert refused == Refused(Found("a.md", 1, 2, 3), "Reading it took too long; it was given up")
    text = syncing._unread_text(Wanted(7, "a.md", "a.md", "港口", "", "", "", ""), "died")
    assert (text.key, text.length, text.gist) == (7, 0, 0)
    assert "ended the process" in (text.faults or "")


def test_nothing_in_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    for name in ("multiprocessing", "json", "reader"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__file__)\n")
    monkeypatch.chdir(tmp_path)
    assert len(done_by(Crew(work, failed, 2), [["a"], ["b"]])) == 2
    assert not ran.exists()
    assert "PYTHONSAFEPATH" not in os.environ


def test_processes_are_begun_where_stderr_is_none_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stand:
        def fileno(self) -> int:
            return -1

        def write(self, text: str) -> int:
            return len(text)

        def flush(self) -> None:
            pass

    monkeypatch.setattr(sys, "stderr", Stand())
    # As at the first crew of a process.
    monkeypatch.setattr(resource_tracker._resource_tracker, "_fd", None)
    assert len(done_by(Crew(work, failed, 1), [["a"]])) == 1
