"""The installed command, killed during indexing: the next one continues, and finds everything."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.corpus import write_corpus
from tests.end_to_end.killing import Killing, content_of, differences, ended
from tests.end_to_end.terminal import READER

pytestmark = pytest.mark.end_to_end

ARTICLES = 350
KILLS = 12


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills") / "archive"
    write_corpus(folder, ARTICLES)
    return folder


@pytest.fixture
def killing(archive: Path, tmp_path: Path) -> Killing:
    return Killing(archive, tmp_path, Random(1))  # noqa: S311 - not for cryptography


def found(archive: Path, cache: Path) -> list[str]:
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data")}
    command = [READER, "search", "-a", str(archive), "--json", "--newest", "--limit", "1000", "市场"]
    done = subprocess.run(command, env=environ, capture_output=True, check=True, timeout=120)
    assert done.stderr == b""
    # The order of reading determines which undated article comes first, and which of two equal copies is shown.
    return sorted(one["title"] for one in json.loads(done.stdout))


def test_index_killed_at_any_moment_is_completed_later(killing: Killing) -> None:
    whole = killing.whole("whole")
    for _ in range(KILLS):
        killing.kill("killed")
    # Neither the search nor the next run reports a problem.
    assert found(killing.archive, killing.folder / "killed") == found(killing.archive, killing.folder / "whole")
    now = killing.whole("killed")
    assert now == whole, differences(whole, now)


def test_waiting_process_continues_after_the_other_is_killed(killing: Killing) -> None:
    dying = killing.start("cache", "--rebuild")
    index = killing.index("cache")
    until = time.monotonic() + 30
    while not index.exists() and time.monotonic() < until:
        time.sleep(0.01)
    # It holds the lock and is killed before it can release it.
    os.killpg(dying.pid, signal.SIGSTOP)
    waiting = killing.start("cache")
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(2)
    os.killpg(dying.pid, signal.SIGKILL)
    dying.communicate()
    assert f"{ARTICLES} articles" in ended(waiting)
    now, whole = content_of(index), killing.whole("whole")
    assert now == whole, differences(whole, now)


def test_parallel_runs_do_the_work_once_and_all_succeed(killing: Killing) -> None:
    several = [killing.start("cache") for _ in range(3)]
    assert all(f"{ARTICLES} articles" in ended(one) for one in several)
    now, whole = content_of(killing.index("cache")), killing.whole("whole")
    assert now == whole, differences(whole, now)
