"""The choice of tests for the inner loop."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.quick_tests import LONGEST, RATES, SECONDS, changed_files, imported_modules, quick_files
from tests.test_architecture import MODULES, imported, trees


def test_the_nearest_tests_come_first(tmp_path: Path) -> None:
    files = {
        "reader/lamp.py": "",
        "reader/tower.py": "from reader import lamp",
        "reader/harbour.py": "NAMES = {'light': 'reader.tower'}",
        "reader/screen.tcss": "",
        "tests/test_far.py": "import reader.harbour",
        "tests/test_lamp.py": "from reader.lamp import (\n    oil,\n)",
        "tests/test_tower.py": "def check():\n    from reader import tower",
        "tests/test_look.py": "STYLE = 'screen.tcss'",
        "tests/harbour/conftest.py": "",
        "tests/harbour/test_ships.py": "",
        "tests/test_kill.py": "import reader.lamp\npytestmark = pytest.mark.slow",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        # As many tests as fit once into the time for near tests.
        tests = "\n" + "def test_it() -> None: ...\n" * 400 if "/test_" in name else ""
        (tmp_path / name).write_text(text + tests, encoding="utf-8")
    assert quick_files(tmp_path, ["reader/lamp.py"]) == ["tests/test_lamp.py"]
    assert quick_files(tmp_path, ["reader/tower.py"]) == ["tests/test_tower.py"]
    assert quick_files(tmp_path, ["reader/harbour.py"]) == ["tests/test_far.py"]
    assert quick_files(tmp_path, ["reader/screen.tcss"]) == ["tests/test_look.py"]
    assert quick_files(tmp_path, ["tests/harbour/conftest.py"]) == ["tests/harbour/test_ships.py"]
    assert quick_files(tmp_path, ["tests/test_kill.py", "reader/gone.py"]) == []


def test_without_a_change_tests_of_all_folders_are_run() -> None:
    chosen = quick_files(PROJECT, [])
    assert chosen == quick_files(PROJECT, [])
    folders = {path.rpartition("/")[0] for path in chosen}
    assert folders >= {f"tests/{one}" for one in ("archive", "document", "index", "layout", "marks", "parse", "search")}


def test_a_change_everywhere_takes_no_more_time() -> None:
    everything = [path.relative_to(PROJECT).as_posix() for path in (PROJECT / "reader").rglob("*.py")]
    assert len(quick_files(PROJECT, everything)) < SECONDS / 0.1


def test_imports_are_those_of_the_syntax_tree() -> None:
    files = {name: name for name in MODULES}
    for name, tree in trees().items():
        text = MODULES[name].read_text(encoding="utf-8")
        assert imported_modules(text, files) - {name, "reader"} >= set(imported(tree, MODULES)) - {name, "reader"}, name


def test_files_with_rates_exist() -> None:
    assert [one for one in RATES if not (PROJECT / one).exists()] == []
    assert max(RATES.values()) <= LONGEST


def git(folder: Path, *arguments: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


def test_changed_files_are_those_since_main_and_those_not_committed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a.py", "b.py", "灯塔.py"):
        (tmp_path / name).write_text("")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Begin")
    assert changed_files(tmp_path) == []
    git(tmp_path, "switch", "-q", "-c", "change")
    (tmp_path / "a.py").write_text("1")
    git(tmp_path, "commit", "-q", "-a", "-m", "Change")
    (tmp_path / "灯塔.py").write_text("1")
    (tmp_path / "c.py").write_text("1")
    assert changed_files(tmp_path) == ["a.py", "c.py", "灯塔.py"]


def test_a_folder_outside_git_has_no_changed_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert changed_files(tmp_path) == []
