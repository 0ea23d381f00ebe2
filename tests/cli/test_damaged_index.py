"""The commands on a corrupt index: the results are correct, and one line reports the corruption."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.cli.main import run
from tests.library.corruption import PAGE, Damage, Damageable

REMADE = "reader: Rebuilding the index: the old one was corrupt\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Damageable:
    return Damageable(tmp_path_factory.mktemp("damage")).make(20)


@pytest.fixture(autouse=True)
def _same_cache(index: Damageable, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(index.cache.parent))
    with index.articles_kept():
        yield


def found(index: Damageable, capsys: pytest.CaptureFixture[str]) -> tuple[Any, str]:
    code = run(["search", "-a", str(index.archive), "--json", "--limit", "1000", "-市场"])
    out, err = capsys.readouterr()
    assert code == 0
    return sorted(one["title"] + one["excerpt"] for one in json.loads(out)), err


def test_every_lost_page_is_repaired_within_the_command(index: Damageable, capsys: pytest.CaptureFixture[str]) -> None:
    index.place(index.content)
    truth, err = found(index, capsys)
    assert (len(truth) > 5, err) == (True, "")
    remade = 0
    for offset in range(0, len(index.content), PAGE):
        index.place(Damage("page", offset).done_to(index.content))
        now, err = found(index, capsys)
        assert now == truth
        assert err in ("", REMADE)
        remade += err == REMADE
        if err:
            assert found(index, capsys) == (truth, "")
    assert remade > 10


@pytest.mark.parametrize("command", ["list", "check", "stats", "index"])
def test_every_command_gives_correct_results(
    index: Damageable, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [command, "-a", str(index.archive), *(["港口"] if command == "list" else [])]
    index.place(index.content)
    codes = {run(arguments)}
    whole = capsys.readouterr().out
    for offset in range(PAGE, len(index.content), 4 * PAGE):
        index.place(Damage("garbage", offset).done_to(index.content))
        codes.add(run(arguments))
        out, err = capsys.readouterr()
        assert command == "index" or out == whole
        assert err in ("", REMADE)
    assert len(codes) == 1


@pytest.mark.end_to_end
@pytest.mark.parametrize(
    "damage", [Damage("cut", 5_000), Damage("garbage", 0), Damage("bit", 18), Damage("page", PAGE)]
)
def test_process_reports_it_in_one_line_and_the_next_reports_nothing(index: Damageable, damage: Damage) -> None:
    index.place(damage.done_to(index.content))
    command = [sys.executable, "-m", "reader", "index", "-a", str(index.archive)]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    first, second = (subprocess.run(command, env=environ, capture_output=True, check=True, text=True) for _ in "12")
    assert (first.stderr, second.stderr) == (REMADE, "")
    assert first.stdout.startswith("archive: 20 articles")
