"""The installed command, killed while it reads an archive: the next one goes on, and finds what it would have found."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.benchmarks.corpus import write_corpus
from tests.end_to_end.terminal import READER

pytestmark = pytest.mark.end_to_end


def found(archive: Path, cache: Path) -> list[str]:
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data")}
    command = [READER, "search", "-a", str(archive), "--json", "--newest", "--limit", "1000", "市场"]
    done = subprocess.run(command, env=environ, capture_output=True, check=True, timeout=120)
    assert done.stderr == b""
    # The order of reading decides which undated article comes first, and which of two equal copies is shown.
    return sorted(one["title"] for one in json.loads(done.stdout))


def test_an_index_that_was_killed_at_any_moment_goes_on(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    write_corpus(archive, 700)
    for attempt in range(4):
        environ = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "killed"), "XDG_DATA_HOME": str(tmp_path / "data")}
        with subprocess.Popen([READER, "index", "-a", str(archive)], env=environ, stdout=subprocess.DEVNULL) as process:
            time.sleep(0.3 + 0.25 * attempt)
            process.kill()
    assert found(archive, tmp_path / "killed") == found(archive, tmp_path / "whole")
