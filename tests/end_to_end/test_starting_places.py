"""The screen opens at the place that the command line names, in a real terminal."""

from pathlib import Path

import pytest

from tests.end_to_end.terminal import READER, Terminal

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return {"LC_ALL": "C.UTF-8", **folders}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.md"
    entries = [f"## Day {number}\n\nOn day {number}, all was calm." for number in range(200)]
    path.write_text("# Log\n\n" + "\n\n".join(entries) + "\n", "utf-8")
    return path


def _row(terminal: Terminal, text: str) -> int:
    return next((number for number, row in enumerate(terminal.text.splitlines()) if text in row), 99)


@pytest.mark.parametrize("place", ["{file}:403", "{file}#day-100", "{file}|+/day 100", "+403|{file}"])
def test_the_named_place_is_at_the_top(log: Path, environ: dict[str, str], place: str) -> None:
    assert log.read_text("utf-8").splitlines()[402] == "## Day 100"
    with Terminal([READER, *place.format(file=log).split("|")], environ=environ) as started:
        started.wait_for(lambda terminal: _row(terminal, "Day 100") < 3)
        started.press("q")
        assert started.wait_for_exit() == 0


def test_a_missing_place_is_said_and_the_saved_one_is_kept(log: Path, environ: dict[str, str]) -> None:
    with Terminal([READER, f"{log}#Day 150"], environ=environ) as started:
        started.wait_for(lambda terminal: _row(terminal, "Day 150") < 3)
        started.press("q")
        assert started.wait_for_exit() == 0
    with Terminal([READER, f"{log}#Night"], environ=environ) as started:
        started.wait_for("No such place in this article: #Night")
        assert _row(started, "Day 150") < 3
        started.press("q")
        assert started.wait_for_exit() == 0


def test_a_text_is_marked_as_by_the_find_bar(log: Path, environ: dict[str, str]) -> None:
    with Terminal([READER, str(log), "+/day 77"], environ=environ) as started:
        started.wait_for("“day 77”  1/2")
        started.press("n")
        started.wait_for("“day 77”  2/2")
        started.press("escape")
        started.press("q")
        assert started.wait_for_exit() == 0
