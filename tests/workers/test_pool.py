"""A worker pool: whatever an item does to its process, no other item is lost."""

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

from reader.index.schema import chunks
from reader.workers.limits import COUNTS_CPU
from reader.workers.pool import Failure, WorkerPool, pool_size
from tests.conftest import PROJECT
from tests.workers.jobs import failed, run_job

PATIENCE = 60.0
"""Seconds for what other processes do on a busy machine."""


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    # Workers import modules from the same paths as this process; they call functions of `tests.workers.jobs`.
    monkeypatch.syspath_prepend(PROJECT)


def done_by(pool: WorkerPool[str, str], jobs: Sequence[Sequence[str]]) -> dict[str, str]:
    """The outcome of each item: the PID of its process, or its failure."""
    results: dict[str, str] = {}
    with pool:
        for job in jobs:
            pool.submit(job)
            if not pool.has_room:
                take(results, pool.results(finish=False))
        take(results, pool.results(finish=True))
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


class TimedOutError(Exception):
    """Raised on a timeout; not an OSError, which a pool interprets as a crashed worker."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise an error if the block does not end in time, even within a system call."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system cannot end what never ends")

    def over(*_: object) -> None:
        raise TimedOutError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


NAMES = [f"n{number}" for number in range(100)]


def test_pool_without_workers_runs_jobs_in_this_process() -> None:
    pool = WorkerPool(run_job, failed, 0)
    assert done_by(pool, list(chunks(NAMES, 7))) == dict.fromkeys(NAMES, str(os.getpid()))


def test_workers_do_all_jobs_and_are_gone_afterwards() -> None:
    results = done_by(WorkerPool(run_job, failed, 2), list(chunks(NAMES, 3)))
    assert set(results) == set(NAMES)
    processes = set(map(int, results.values()))
    assert os.getpid() not in processes
    assert len(processes) in (1, 2)
    assert not any(map(is_there, processes))


def test_workers_are_gone_after_an_exception_even_in_the_middle_of_a_job() -> None:
    pool = WorkerPool(run_job, failed, 1)

    def failing() -> None:
        with pool:
            pool.submit(["a"])
            results = pool.results(finish=True)
            processes.extend(int(result[0].split()[1]) for result in results if result)
            pool.submit(["hang"])
            raise RuntimeError

    processes: list[int] = []
    with pytest.raises(RuntimeError):
        failing()
    assert len(processes) == 1
    assert not is_there(processes[0])


def test_jobs_can_be_submitted_until_there_is_no_room() -> None:
    with WorkerPool(run_job, failed, 1) as pool:
        given = 0
        while pool.has_room:
            pool.submit([f"n{given}"])
            given += 1
        assert 1 < given < 50
        # Results are yielded until there is room for another job, then all of them.
        some = [one for result in pool.results(finish=False) for one in result]
        assert pool.has_room
        rest = [one for result in pool.results(finish=True) for one in result]
        assert sorted(one.split()[0] for one in some + rest) == sorted(f"n{number}" for number in range(given))
        assert list(pool.results(finish=True)) == []


def test_item_that_crashes_its_worker_affects_no_other() -> None:
    jobs = [["a", "die1", "b", "c"], ["d"], ["die2"], ["e", "f", "die3"], ["g", "h"]]
    results = done_by(WorkerPool(run_job, failed, 1), jobs)
    assert {item: what for item, what in results.items() if item.startswith("die")} == {
        "die1": "CRASHED",
        "die2": "CRASHED",
        "die3": "CRASHED",
    }
    assert set(results) == {item for job in jobs for item in job}
    assert all(results[item].isdecimal() for item in "abcdefgh")


def test_item_that_hangs_affects_no_other_and_the_caller_can_check_meanwhile() -> None:
    results: list[str] = []
    checks = 0

    def given_up(item: str, failure: Failure) -> str:
        pool.wait_limit = 600.0
        return failed(item, failure)

    with WorkerPool(run_job, given_up, 1) as pool:
        for job in (["a"], ["hang"], ["b", "c"]):
            pool.submit(job)
        for result in pool.results(finish=True):
            results += result
            if len(results) == 1 and not result:
                checks += 1
            if checks == 5:
                # Only the item that hangs has so little time, whatever the machine does.
                pool.wait_limit = 0.0
                checks += 1
    assert sorted(one.split()[0] for one in results) == ["a", "b", "c", "hang"]
    assert "hang TIMED_OUT" in results
    assert checks > 5
    assert "TIMED_OUT" not in "".join(one for one in results if not one.startswith("hang"))


@pytest.mark.skipif(not COUNTS_CPU, reason="this system does not limit processor time")
def test_time_without_cpu_use_does_not_count() -> None:
    pool = WorkerPool(run_job, failed, 1, cpu_limit=0.5)
    results = done_by(pool, [["nap"], ["hang without letting go"], ["nap1", "nap2"]])
    assert results.pop("hang without letting go") == "TIMED_OUT"
    assert set(results) == {"nap", "nap1", "nap2"}
    assert all(map(str.isdecimal, results.values()))


def test_limit_is_per_job() -> None:
    items = [["work1"], ["work2"], ["work3"]]
    results = done_by(WorkerPool(run_job, failed, 1, cpu_limit=1.0), items)
    assert all(map(str.isdecimal, results.values()))


def test_an_interrupt_does_not_stop_workers() -> None:
    with WorkerPool(run_job, failed, 1) as pool:
        pool.submit(["a"])
        (first,) = [result[0].split()[1] for result in pool.results(finish=True) if result]
        os.kill(int(first), signal.SIGINT)
        pool.submit(["b"])
        (second,) = [result[0].split()[1] for result in pool.results(finish=True) if result]
    assert first == second


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    script = (
        "import os\nfrom reader.workers.pool import WorkerPool\nfrom tests.workers.jobs import failed, run_job\n"
        "with WorkerPool(run_job, failed, 1) as pool:\n    pool.submit(['a'])\n"
        "    print(*pool.results(finish=True), flush=True)\n    os._exit(3)"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 3, done.stderr
    process = int("".join(filter(str.isdecimal, done.stdout)))
    until = time.monotonic() + PATIENCE
    while is_there(process) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_there(process)


def test_few_items_need_no_workers() -> None:
    assert pool_size(299, 300) == 0
    assert pool_size(300, 300) >= 1


# Results in transit


def test_item_that_crashes_its_worker_at_once_is_identified() -> None:
    results = done_by(WorkerPool(run_job, failed, 1), [["a"], ["die at once"], ["b"]])
    assert results.pop("die at once") == "CRASHED"
    assert set(results) == {"a", "b"}
    assert "CRASHED" not in results.values()


def test_item_that_hangs_while_the_previous_result_is_in_transit_is_given_up() -> None:
    with at_most(60):
        results = done_by(WorkerPool(run_job, failed, 1, cpu_limit=1.5), [["big"], ["hang without letting go"], ["a"]])
    assert results.pop("hang without letting go") == "TIMED_OUT"
    assert set(results) == {"big", "a"}
    assert not {"CRASHED", "TIMED_OUT"} & set(results.values())


def test_workers_continue_while_nobody_takes_results() -> None:
    with WorkerPool(run_job, failed, 1) as pool:
        for job in (["big1"], ["big2"], ["big3"], ["a"]):
            pool.submit(job)
        until = time.monotonic() + PATIENCE
        while pool._results.qsize() < 4 and time.monotonic() < until:
            time.sleep(0.02)
        assert pool._results.qsize() == 4
        assert [len(result) for result in pool.results(finish=True)] == [1, 1, 1, 1]


def test_error_in_the_dispatcher_is_raised_to_the_caller() -> None:
    with at_most(60), WorkerPool(run_job, failed, 1) as pool:
        pool.submit([(one for one in "no job can be sent with this")])  # type: ignore[list-item]
        with pytest.raises(TypeError):
            list(pool.results(finish=True))


# Starting processes


def test_nothing_in_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    for name in ("multiprocessing", "json", "reader"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__file__)\n")
    monkeypatch.chdir(tmp_path)
    assert len(done_by(WorkerPool(run_job, failed, 2), [["a"], ["b"]])) == 2
    assert not ran.exists()
    assert "PYTHONSAFEPATH" not in os.environ


def test_workers_start_where_stderr_has_no_file_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stand:
        def fileno(self) -> int:
            return -1

        def write(self, text: str) -> int:
            return len(text)

        def flush(self) -> None:
            pass

    monkeypatch.setattr(sys, "stderr", Stand())
    # Like for the first pool of a process.
    monkeypatch.setattr(resource_tracker._resource_tracker, "_fd", None)
    assert len(done_by(WorkerPool(run_job, failed, 1), [["a"]])) == 1


def test_heavy_results_wait_in_the_workers_while_the_caller_is_busy() -> None:
    pool = WorkerPool[str, str](run_job, failed, 1, weigh=lambda _result: 100 * 2**20)
    names = [f"heavy{number}" for number in range(8)]
    results: dict[str, str] = {}
    with pool:
        for name in names:
            pool.submit([name])
        while pool._results.empty():
            time.sleep(0.01)
        # A worker is sent some jobs ahead, and would have done them by now.
        time.sleep(0.3)
        for found in pool.results(finish=True):
            take(results, iter([found]))
            assert pool._results.qsize() <= 1
    assert results.keys() == set(names)
